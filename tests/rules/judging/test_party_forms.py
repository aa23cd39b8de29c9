"""The party forms: to the letter of the plan that prints them, who fills which, and what answers come to."""

from rules.book.rulebook import choose_form
from rules.forms.form import Form, QuestionKind
from rules.judging.interview import asked, case_of
from rules.judging.suggest import suggest
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

PARTY = load("party-2019")
OFFICE = load("quang-ngai-office-2023")
LEVELS = "Tự đánh giá về cấp độ thực hiện"

#: The dashes and scales of the two forms of HD 21, as the plan of 2020 prints them (slips of the scan mended).
MEMBER = {
    "1": [
        "Về tư tưởng chính trị",
        "Về phẩm chất đạo đức, lối sống",
        "Về ý thức tổ chức kỷ luật",
        "Về tác phong, lề lối làm việc",
        (
            "Việc đấu tranh phòng, chống những biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, "
            "“tự chuyển hóa” của cá nhân (Đối chiếu với 27 biểu hiện, cá nhân tự nhận diện)"
        ),
        LEVELS,
    ],
    "2": [
        "Việc thực hiện chức trách, quyền hạn theo quy định (đảng, chính quyền, đoàn thể)",
        "Kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao trong năm",
        (
            "Trách nhiệm cá nhân liên quan đến kết quả, hạn chế, khuyết điểm ở lĩnh vực, địa phương, tổ chức, cơ quan, đơn vị "
            "do mình phụ trách"
        ),
        LEVELS,
    ],
}
MEMBER_SECTIONS = """\
I. Ưu điểm, kết quả đạt được
II. Hạn chế, khuyết điểm và nguyên nhân
III. Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận hoặc được chỉ ra ở các kỳ kiểm điểm trước
IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)
V. Làm rõ trách nhiệm của cá nhân đối với những hạn chế, khuyết điểm của tập thể (nếu có)
VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm
VII. Tự nhận mức xếp loại chất lượng
NGƯỜI TỰ KIỂM ĐIỂM
Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức
THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ
Đánh giá, xếp loại chất lượng đảng viên
T/M CHI ỦY (CHI BỘ)
Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng
T/M ĐẢNG ỦY (CHI ỦY)
"""
COLLECTIVE_SECTIONS = """\
I. Ưu điểm, kết quả đạt được
II. Hạn chế, khuyết điểm và nguyên nhân
III. Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận hoặc được chỉ ra ở các kỳ kiểm điểm trước
IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)
V. Trách nhiệm của tập thể, cá nhân
VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm
VII. Đề nghị xếp loại mức chất lượng
T/M TẬP THỂ LÃNH ĐẠO, QUẢN LÝ
"""
HEADER = [
    "Họ và tên",
    "Ngày sinh",
    "Chức vụ Đảng",
    "Chức vụ chính quyền",
    "Chức vụ đoàn thể",
    "Đơn vị công tác",
    "Chi bộ",
]


def person(subject: Subject = Subject.OFFICIAL, **changes: object) -> Person:
    plain = {"id": 5, "name": "Phạm Thị Thử", "position": "Chuyên viên", "unit_id": 2, "unit": "Phòng Thử"}
    return Person(**{**plain, "office": "Văn phòng Thử", "subject": subject, "party_member": True, **changes})


def sections(form: Form) -> str:
    lines = []
    for section in form.sections:
        if section.printed:
            lines.append(f"{section.number}. {section.title}".removeprefix(". "))
            lines += [section.signature.title] if section.signature else []
    return "".join(f"{line}\n" for line in lines)


def dashes(form: Form, number: str) -> list[str]:
    item = next(item for section in form.sections for item in section.items if item.number == number)
    return [question.printed_as for question in item.questions]


def best(form: Form, someone: Person, **other: object) -> dict[str, Answer]:
    """The best answers to every question, but for `other`; the same again until nothing new is asked."""
    answers: dict[str, Answer] = {}
    while missing := [place.question for place in asked(form, someone, answers) if place.key not in answers]:
        for question in missing:
            answers[question.key] = Answer(other.get(question.key, best_of(question)))
    return answers


def best_of(question) -> object:
    if question.kind is QuestionKind.ITEMS:
        return {"items": [{field.key: best_of(field) for field in question.fields}], "closed": True}
    if question.key in {"disciplined", "degradation", "maternity_leave", "corruption"}:
        return False
    return (
        question.options[0].value if question.options else 12 if question.kind is QuestionKind.NUMBER else "Việc tốt."
    )


def test_the_form_of_a_member_reads_as_the_plan_prints_it() -> None:
    form = PARTY.forms["mau-02-hd-2019"]
    assert [line.label for line in form.person_lines] == HEADER
    assert sections(form) == MEMBER_SECTIONS
    assert {number: dashes(form, number) for number in MEMBER} == MEMBER


def test_the_form_of_a_collective_reads_as_the_plan_prints_it() -> None:
    form = PARTY.forms["mau-01-hd-2019"]
    assert sections(form) == COLLECTIVE_SECTIONS
    assert [dashes(form, number)[-1] for number in "12345"] == [LEVELS] * 5


def test_the_form_of_a_member_asks_for_two_ratings_and_that_of_a_collective_for_one() -> None:
    def ratings(form: str) -> list[str]:
        return [
            question.about for question in PARTY.forms[form].questions.values() if question.kind is QuestionKind.RATING
        ]

    assert ratings("mau-02-hd-2019") == ["civil", "party"]
    assert ratings("mau-01-hd-2019") == [""]


def test_who_is_not_rated_as_a_civil_servant_is_asked_for_one_rating() -> None:
    form, someone = PARTY.forms["mau-02-hd-2019"], person(Subject.PARTY_MEMBER)
    keys = [place.key for place in asked(form, someone, best(form, someone, civil_servant=False))]
    assert "civil_rating" not in keys
    assert keys[-1] == "self_rating"


def test_the_rating_as_a_civil_servant_is_the_ground_of_the_rating_as_a_member() -> None:
    form, someone = PARTY.forms["mau-02-hd-2019"], person(Subject.PARTY_MEMBER)
    best_answers, good = best(form, someone), best(form, someone, civil_rating="good")
    assert suggest(PARTY, case_of(form, someone, best_answers)).rating is Rating.EXCELLENT
    assert suggest(PARTY, case_of(form, someone, good)).rating is Rating.GOOD


def test_a_level_of_one_of_the_other_items_lowers_and_a_skipped_one_does_not_count() -> None:
    form, someone = PARTY.forms["mau-02-hd-2019"], person(Subject.PARTY_MEMBER)
    average = best(form, someone, l3="average")
    skipped = best(form, someone) | {"l3": Answer(None, skipped=True)}
    assert suggest(PARTY, case_of(form, someone, average)).rating is Rating.GOOD
    assert suggest(PARTY, case_of(form, someone, skipped)).rating is Rating.EXCELLENT


def test_02a_is_of_who_does_not_lead_and_02b_of_who_leads_in_2023() -> None:
    assert choose_form(OFFICE, person(leader=False)).form.code == "Mẫu 02A-HD KĐ.ĐG 2023"
    assert choose_form(OFFICE, person(leader=True)).form.code == "Mẫu 02B-HD KĐ.ĐG 2023"


def test_who_is_no_member_fills_the_local_form_or_that_of_the_decree() -> None:
    official = choose_form(OFFICE, person(party_member=False)).form
    employee = choose_form(OFFICE, person(Subject.EMPLOYEE, party_member=False)).form
    assert (official.id, official.code, official.unverified) == ("mau-01-vp-2023", "Mẫu số 01", True)
    assert employee.id == "mau-03"


def test_the_one_review_of_2023_tells_both_ratings() -> None:
    someone = person(leader=True, head=True)
    form = choose_form(OFFICE, someone).form
    answers = best(form, someone)
    civil, party = form.questions["civil_rating"], form.questions["self_rating"]
    assert suggest(OFFICE, case_of(form, someone, answers, civil)).rating is Rating.EXCELLENT
    assert suggest(OFFICE, case_of(form, someone, answers, party)).rating is Rating.EXCELLENT
    met = best(form, someone, g3="met")
    assert suggest(OFFICE, case_of(form, someone, met, civil)).rating is Rating.GOOD


def test_the_forms_that_were_not_seen_say_so() -> None:
    book = load("party-2023")
    assert all(form.unverified and form.desk_note for form in book.forms.values())
    assert not any(form.unverified for form in PARTY.forms.values())
