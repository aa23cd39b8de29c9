"""Loading: what is refused, and what `extends` brings."""

from pathlib import Path

import pytest

from rules.judging.suggest import Case, suggest
from rules.nouns.errors import Mistake, RulebookErrors
from rules.nouns.values import Rating, Subject
from rules.reading.folders import heads, shipped
from rules.reading.load import load
from templates.errors import word
from tests.rules.books import RATINGS, write_book


def mistakes_of(folder) -> list[tuple[int, str, str]]:
    with pytest.raises(RulebookErrors) as caught:
        load(folder)
    return [(one.line, one.field, one.expected) for one in caught.value.mistakes]


def rated(book, **facts) -> Rating | None:
    return suggest(book, Case(Subject.OFFICIAL, leader=False, facts=facts)).rating


def test_every_shipped_rulebook_loads() -> None:
    assert [load(name).id for name in shipped()] == list(shipped())


def test_heads_tell_id_and_time_in_force() -> None:
    by_id = {head.id: head for head in heads()}
    decree, office = by_id["decree-90-2020"], by_id["quang-ngai-office-2020"]
    assert (decree.id, decree.since.isoformat(), decree.until.isoformat()) == (
        "decree-90-2020",
        "2020-08-20",
        "2026-06-30",
    )
    assert office.extends == ("decree-90-2020", "party-2019")


def test_an_unknown_id_names_the_known_ones() -> None:
    with pytest.raises(RulebookErrors) as caught:
        load("no-such-book")
    known = {"known": ", ".join(shipped())}
    assert caught.value.mistakes == (Mistake("no-such-book", 0, "", "rulebook", known),)


def test_a_folder_of_an_office_is_a_rulebook(tmp_path) -> None:
    book = load(write_book(tmp_path / "phong-thu"))
    assert rated(book, score=90, disciplined=False) is Rating.EXCELLENT


def test_a_condition_without_a_clause_is_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace(', cite: "Điều 2"', ""))
    assert mistakes_of(folder) == [(12, "ratings[0].good.all[0].cite", "missing")]


def test_an_unknown_fact_is_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace("fact: disciplined, is: true", "fact: late, is: true"))
    assert mistakes_of(folder) == [(18, "ratings[0].not_completed.any[0]", "known_name")]


def test_a_value_outside_the_range_of_its_fact_is_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace("at_least: 90", "at_least: 900"))
    assert mistakes_of(folder) == [(9, "ratings[0].excellent.all[0]", "between")]


def test_two_comparisons_in_one_condition_are_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace("at_least: 90", "at_least: 90, below: 95"))
    assert mistakes_of(folder) == [(9, "ratings[0].excellent.all[0]", "one_comparison")]


def test_mistakes_of_book_and_forms_come_together(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS + "caps: 3\n")
    (folder / "forms").mkdir()
    (folder / "forms" / "mau.yaml").write_text("id: mau\n", encoding="utf-8")
    with pytest.raises(RulebookErrors) as caught:
        load(folder)
    assert {one.file.rpartition("/")[2] for one in caught.value.mistakes} == {"book.yaml", "mau.yaml"}


def test_ratings_that_lack_one_rating_are_refused(tmp_path) -> None:
    without = RATINGS.split("    not_completed:")[0]
    assert mistakes_of(write_book(tmp_path / "b", without)) == [(6, "ratings[0]", "rating")]


def test_a_form_that_is_not_there_is_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS + 'choose_form: [{form: mau-9, cite: "Điều 5"}]\n')
    assert mistakes_of(folder) == [(19, "choose_form[0].form", "known_form")]


def test_extending_what_is_not_there_is_refused(tmp_path) -> None:
    assert mistakes_of(write_book(tmp_path / "b", "extends: nowhere\n")) == [(5, "extends", "rulebook")]


def test_extending_in_a_circle_is_refused(tmp_path) -> None:
    write_book(tmp_path / "one", "extends: two\n")
    assert mistakes_of(write_book(tmp_path / "two", "extends: one\n")) == [(5, "extends", "extends_circle")]


def test_a_file_that_is_not_utf8_is_refused(tmp_path) -> None:
    (write_book(tmp_path / "b") / "book.yaml").write_bytes("title: Đánh giá".encode("utf-16"))
    assert mistakes_of(tmp_path / "b") == [(0, "", "utf8")]


def test_a_folder_without_book_yaml_is_refused(tmp_path) -> None:
    assert mistakes_of(tmp_path) == [(0, "", "readable_file")]


def test_an_extending_book_changes_only_the_rating_it_names(tmp_path) -> None:
    write_book(tmp_path / "province")
    own = RATINGS.split("    good:")[0].replace("at_least: 90", "at_least: 95")
    book = load(write_book(tmp_path / "office", "extends: province\n" + own))
    assert rated(book, score=94, disciplined=False) is Rating.GOOD
    assert rated(book, score=70, disciplined=False) is Rating.GOOD
    assert rated(book, score=95, disciplined=True) is Rating.NOT_COMPLETED


CAP = 'caps: [{key: leave, %sat_most: %s, when: {leave_months: {at_least: 3}}, because: nghỉ dài, cite: "Điều 6"}]\n'


def test_a_cap_that_says_so_takes_the_place_of_the_inherited_one_with_its_key(tmp_path) -> None:
    write_book(tmp_path / "province", RATINGS + CAP % ("", "completed"))
    book = load(write_book(tmp_path / "office", "extends: province\n" + CAP % ("replaces: true, ", "good")))
    assert rated(book, score=95, disciplined=False, leave_months=4) is Rating.GOOD


def test_a_key_that_takes_a_place_without_saying_so_is_refused_with_what_to_write(tmp_path) -> None:
    write_book(tmp_path / "province", RATINGS + CAP % ("", "completed"))
    office = write_book(tmp_path / "office", "extends: province\n" + CAP % ("", "good"))
    with pytest.raises(RulebookErrors) as caught:
        load(office)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.line, mistake.field) == (f"{office}/book.yaml", 6, "caps[0].key")
    assert word(mistake).endswith(
        "“leave” đã có trong province; muốn thay thì ghi thêm replaces: true, nếu không thì đặt tên khác"
    )


def test_what_replaces_nothing_is_refused(tmp_path) -> None:
    said = CAP % ("replaces: true, ", "good")
    assert mistakes_of(write_book(tmp_path / "b", RATINGS + said)) == [(19, "caps[0].replaces", "replaces_nothing")]


def test_a_form_with_an_inherited_id_says_that_it_takes_its_place(tmp_path) -> None:
    office = write_book(tmp_path / "office", "extends: decree-90-2020\n")
    form = (Path("rules/books/decree-90-2020/forms/mau-02.yaml")).read_text(encoding="utf-8")
    (office / "forms").mkdir()
    (office / "forms" / "mau-02.yaml").write_text(form, encoding="utf-8")
    assert [field for _, field, expected in mistakes_of(office) if expected == "replaced_unsaid"] == ["id"]
    (office / "forms" / "mau-02.yaml").write_text("replaces: true\n" + form, encoding="utf-8")
    assert load(office).forms["mau-02"].title == load("decree-90-2020").forms["mau-02"].title


def test_the_forms_of_both_parents_are_inherited() -> None:
    assert {"mau-02", "mau-03", "mau-01-hd-2019", "mau-02-hd-2019"} <= set(load("quang-ngai-office-2020").forms)


def test_of_two_parents_each_brings_its_own_and_one_key_may_not_mean_two_things(tmp_path) -> None:
    write_book(tmp_path / "decree", RATINGS + CAP % ("", "completed"))
    members = RATINGS.replace("subject: official", "subject: party_member")
    write_book(tmp_path / "party", members + CAP % ("", "good"))
    unsaid = write_book(tmp_path / "unsaid", "extends: [decree, party]\n")
    assert mistakes_of(unsaid) == [(5, "extends", "both_parents")]
    said = "extends: [decree, party]\n" + CAP % ("replaces: true, ", "good")
    book = load(write_book(tmp_path / "office", said))
    assert {rules.subject for rules in book.ratings} == {Subject.OFFICIAL, Subject.PARTY_MEMBER}
    assert rated(book, score=95, disciplined=False, leave_months=4) is Rating.GOOD


def test_one_of_several_parents_that_is_not_there_is_refused(tmp_path) -> None:
    write_book(tmp_path / "one")
    assert mistakes_of(write_book(tmp_path / "b", "extends: [one, nowhere]\n")) == [(5, "extends", "rulebook")]


def test_a_milestone_of_the_parent_is_inherited_and_days_stand_in_order() -> None:
    keys = [milestone.key for milestone in load("quang-ngai-office-2020").milestones]
    assert keys == [
        "criteria",
        "self_review",
        "unit_review",
        "reports_received",
        "summary",
        "rating_decided",
        "leadership_meeting",
        "dossiers",
    ]
