"""The forms stand in the house as they stand in the plan of 2020 (slips of the scan mended)."""

from rules.forms.form import Form, Item

FORM_02 = """\
PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC
Họ và tên:
Chức vụ, chức danh:
Đơn vị công tác:
I. KẾT QUẢ TỰ ĐÁNH GIÁ
1. Chính trị tư tưởng:
2. Đạo đức, lối sống:
3. Tác phong, lề lối làm việc:
4. Ý thức tổ chức kỷ luật:
5. Kết quả thực hiện chức trách, nhiệm vụ được giao (xác định rõ nội dung công việc thực hiện; tỉ lệ hoàn thành, \
chất lượng, tiến độ công việc):
6. Thái độ phục vụ nhân dân, doanh nghiệp (đối với những vị trí tiếp xúc trực tiếp hoặc trực tiếp giải quyết công \
việc của người dân và doanh nghiệp):
PHẦN DÀNH RIÊNG CHO CÔNG CHỨC LÃNH ĐẠO, QUẢN LÝ
7. Kết quả hoạt động của cơ quan, tổ chức, đơn vị được giao lãnh đạo, quản lý, phụ trách (xác định rõ nội dung công \
việc thực hiện; tỉ lệ hoàn thành, chất lượng, tiến độ công việc):
8. Năng lực lãnh đạo, quản lý:
9. Năng lực tập hợp, đoàn kết:
II. TỰ NHẬN XÉT, XẾP LOẠI CHẤT LƯỢNG
1. Tự nhận xét ưu, khuyết điểm:
2. Tự xếp loại chất lượng:
(Hoàn thành xuất sắc nhiệm vụ; hoàn thành tốt nhiệm vụ; hoàn thành nhiệm vụ; không hoàn thành nhiệm vụ).
NGƯỜI TỰ NHẬN XÉT
(Ký, ghi rõ họ tên)
III. Ý KIẾN NHẬN XÉT, ĐÁNH GIÁ
(Phần dành cho người đứng đầu đơn vị cấu thành (nếu có))
NGƯỜI NHẬN XÉT, ĐÁNH GIÁ
(Ký, ghi rõ họ tên)
IV. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC
(Phần dành cho cấp có thẩm quyền đánh giá)
1. Nhận xét ưu, khuyết điểm:
2. Kết quả đánh giá, xếp loại chất lượng:
(Hoàn thành xuất sắc nhiệm vụ; hoàn thành tốt nhiệm vụ; hoàn thành nhiệm vụ; không hoàn thành nhiệm vụ).
3. Nhận định chiều hướng, triển vọng phát triển của cán bộ:
NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ
(Ký, ghi rõ họ tên)
"""

FORM_03 = """\
PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC
Họ và tên:
Chức danh nghề nghiệp:
Đơn vị công tác:
I. KẾT QUẢ TỰ ĐÁNH GIÁ
1. Chính trị tư tưởng:
2. Đạo đức, lối sống:
3. Tác phong, lề lối làm việc:
4. Ý thức tổ chức kỷ luật:
5. Kết quả thực hiện chức trách, nhiệm vụ được giao (xác định rõ nội dung công việc thực hiện; tỉ lệ hoàn thành, \
chất lượng, tiến độ công việc):
6. Thái độ phục vụ nhân dân, doanh nghiệp (đối với những vị trí tiếp xúc trực tiếp hoặc trực tiếp giải quyết công \
việc của người dân và doanh nghiệp):
PHẦN DÀNH RIÊNG CHO VIÊN CHỨC QUẢN LÝ
7. Kết quả hoạt động của cơ quan, tổ chức, đơn vị được giao quản lý, phụ trách:
8. Năng lực lãnh đạo, quản lý:
9. Năng lực tập hợp, đoàn kết:
II. TỰ NHẬN XÉT, XẾP LOẠI CHẤT LƯỢNG
1. Tự nhận xét ưu, khuyết điểm:
2. Tự xếp loại chất lượng:
(Hoàn thành xuất sắc nhiệm vụ; hoàn thành tốt nhiệm vụ; hoàn thành nhiệm vụ; không hoàn thành nhiệm vụ).
NGƯỜI TỰ NHẬN XÉT
III. Ý KIẾN NHẬN XÉT, ĐÁNH GIÁ ĐỐI VỚI CẤP PHÓ CỦA NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ SỰ NGHIỆP CÔNG LẬP
NGƯỜI NHẬN XÉT, ĐÁNH GIÁ
(Ký, ghi rõ họ tên)
IV. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC
(Phần dành cho cấp có thẩm quyền đánh giá)
1. Nhận xét ưu, khuyết điểm:
2. Kết quả đánh giá, xếp loại chất lượng:
(Hoàn thành xuất sắc nhiệm vụ; hoàn thành tốt nhiệm vụ; hoàn thành nhiệm vụ; không hoàn thành nhiệm vụ).
NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ
(Ký, ghi rõ họ tên)
"""

# Điều 3 khoản 1–4 of the decree, in the words of the plan of 2021 that restates it.
CRITERIA = {
    "c1a": "a) Chấp hành chủ trương, đường lối, quy định của Đảng, chính sách, pháp luật của Nhà nước và các nguyên tắc "
    "tổ chức, kỷ luật của Đảng, nhất là nguyên tắc tập trung dân chủ, tự phê bình và phê bình.",
    "c1b": "b) Có quan điểm, bản lĩnh chính trị vững vàng; kiên định lập trường; không dao động trước mọi khó khăn, "
    "thách thức.",
    "c1c": "c) Đặt lợi ích của Đảng, quốc gia - dân tộc, nhân dân, tập thể lên trên lợi ích cá nhân.",
    "c1d": "d) Có ý thức nghiên cứu, học tập, vận dụng chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh, nghị quyết, chỉ thị, "
    "quyết định và các văn bản của Đảng.",
    "c2a": "a) Không tham ô, tham nhũng, tiêu cực, lãng phí, quan liêu, cơ hội, vụ lợi, hách dịch, cửa quyền; không có "
    "biểu hiện suy thoái về đạo đức, lối sống, tự diễn biến, tự chuyển hóa.",
    "c2b": "b) Có lối sống trung thực, khiêm tốn, chân thành, trong sáng, giản dị.",
    "c2c": "c) Có tinh thần đoàn kết, xây dựng cơ quan, tổ chức, đơn vị trong sạch, vững mạnh.",
    "c2d": "d) Không để người thân, người quen lợi dụng chức vụ, quyền hạn của mình để trục lợi.",
    "c3a": "a) Có trách nhiệm với công việc; năng động, sáng tạo, dám nghĩ, dám làm, linh hoạt trong thực hiện nhiệm vụ.",
    "c3b": "b) Phương pháp làm việc khoa học, dân chủ, đúng nguyên tắc.",
    "c3c": "c) Có tinh thần trách nhiệm và phối hợp trong thực hiện nhiệm vụ.",
    "c3d": "d) Có thái độ đúng mực và phong cách ứng xử, lề lối làm việc chuẩn mực, đáp ứng yêu cầu của văn hóa công vụ.",
    "c4a": "a) Chấp hành sự phân công của tổ chức.",
    "c4b": "b) Thực hiện các quy định, quy chế, nội quy của cơ quan, tổ chức, đơn vị nơi công tác.",
    "c4c": "c) Thực hiện việc kê khai và công khai tài sản, thu nhập theo quy định.",
    "c4d": "d) Báo cáo đầy đủ, trung thực, cung cấp thông tin chính xác, khách quan về những nội dung liên quan đến việc "
    "thực hiện chức trách, nhiệm vụ được giao và hoạt động của cơ quan, tổ chức, đơn vị với cấp trên khi được yêu cầu.",
    "c6": "Thái độ phục vụ nhân dân, doanh nghiệp đối với những vị trí tiếp xúc trực tiếp hoặc trực tiếp giải quyết công "
    "việc của người dân và doanh nghiệp.",
    "c5a1": "Quán triệt, thể chế hóa và thực hiện chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước tại "
    "cơ quan, tổ chức, đơn vị.",
    "c5a2": "Duy trì kỷ luật, kỷ cương trong cơ quan, tổ chức, đơn vị; không để xảy ra các vụ, việc vi phạm kỷ luật, vi "
    "phạm pháp luật phải xử lý, tình trạng khiếu nại, tố cáo kéo dài; phòng, chống tham nhũng, lãng phí trong phạm vi "
    "cơ quan, tổ chức, đơn vị.",
    "c5a3": "Lãnh đạo, chỉ đạo, tổ chức kiểm tra, thanh tra, giám sát, giải quyết khiếu nại, tố cáo theo thẩm quyền; chỉ "
    "đạo, thực hiện công tác cải cách hành chính, cải cách chế độ công vụ, công chức tại cơ quan, tổ chức, đơn vị.",
    "c5a4": "Xây dựng chương trình, kế hoạch hoạt động hàng năm của cơ quan, tổ chức, đơn vị được giao quản lý, phụ trách, "
    "trong đó xác định rõ kết quả thực hiện các chỉ tiêu, nhiệm vụ, lượng hóa bằng sản phẩm cụ thể.",
}


def test_form_02_reads_as_the_plan_prints_it(official_form: Form):
    assert printed(official_form) == FORM_02


def test_form_03_reads_as_the_plan_prints_it(employee_form: Form):
    assert printed(employee_form) == FORM_03


def test_the_criteria_of_form_02_are_in_the_words_of_the_decree(official_form: Form):
    assert {key: official_form.questions[key].text for key in criteria(official_form)} == CRITERIA


def test_the_criteria_of_form_03_are_in_the_words_of_the_decree(employee_form: Form):
    assert {key: employee_form.questions[key].text for key in criteria(employee_form)} == CRITERIA


def test_a_criterion_names_its_point_of_the_decree(official_form: Form):
    assert official_form.questions["c3d"].cite == "NĐ 90/2020, Điều 3 khoản 3 điểm d"


def test_criteria_stand_under_the_item_they_belong_to(official_form: Form):
    under = {item.number: [question.key for question in item.questions] for item in items(official_form)[:4]}
    assert under == {
        "1": ["c1a", "c1b", "c1c", "c1d"],
        "2": ["c2a", "c2b", "c2c", "c2d"],
        "3": ["c3a", "c3b", "c3c", "c3d"],
        "4": ["c4a", "c4b", "c4c", "c4d"],
    }


def test_every_question_says_which_clause_asks_for_it(official_form: Form, employee_form: Form):
    questions = [*official_form.questions.values(), *employee_form.questions.values()]
    assert [question.key for question in questions if not question.cite] == []


def test_every_question_has_a_help_text(official_form: Form, employee_form: Form):
    questions = [*official_form.questions.values(), *employee_form.questions.values()]
    assert [question.key for question in questions if not question.help] == []


def test_both_forms_ask_the_same_questions_in_the_same_order(official_form: Form, employee_form: Form):
    assert list(official_form.questions) == list(employee_form.questions)


def test_both_forms_offer_the_same_answers(official_form: Form, employee_form: Form):
    offered = [
        {key: (question.options, question.fields, question.yields) for key, question in form.questions.items()}
        for form in (official_form, employee_form)
    ]
    assert offered[0] == offered[1]


def printed(form: Form) -> str:
    """The printed words of a form, a line each, without what is filled in."""
    lines = [form.title, *(f"{line.label}:" for line in form.person_lines)]
    for section in form.sections:
        if section.printed:
            lines += [f"{section.number}. {section.title}" if section.number else section.title, section.note]
            lines += [line for item in section.items for line in item_lines(item)]
            lines += [section.signature.title, section.signature.note] if section.signature else []
    return "".join(f"{line}\n" for line in lines if line)


def item_lines(item: Item) -> list[str]:
    if item.hint_below:
        return [f"{item.number}. {item.title}:", item.hint]
    return [" ".join(f"{item.number}. {item.title} {item.hint}".split()) + ":"]


def criteria(form: Form) -> list[str]:
    return [key for key, question in form.questions.items() if question.illustrated]


def items(form: Form) -> list[Item]:
    return [item for section in form.sections if section.printed for item in section.items]
