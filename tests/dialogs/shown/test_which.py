"""Two campaigns at once and somebody with two posts: every line tells which period and which post it is about."""

from dataclasses import replace

import pytest

from dialogs.authority.door import VERBS as AUTHORITY
from dialogs.core.buttons import Button
from dialogs.core.turn import Turn
from dialogs.head.door import VERBS as HEAD
from dialogs.lobby.reminders import reminder
from rules.campaign.reminders.reminding import Owed, What
from rules.nouns.reviews import Campaign, Review
from templates.wording import environment, label, message
from tests.dialogs.deciding import agreed, line, sees
from tests.dialogs.small_office import BOOKS, LAN, NOW, TAM, draft, head_sees, review

#: Lan is also deputy of another unit.
AT_SECOND = replace(LAN, post=7, position="Phó Trưởng ban", unit_id=11, unit="Ban Dân tộc")


def of(period: str, id_: int, person=LAN) -> Review:
    found = review(draft(), person=person, review_id=id_)
    return replace(found, campaign=replace(found.campaign, id=id_, period=period))


SEPTEMBER, QUARTER = of("m09", 101), of("q3", 102)
BOTH_POSTS = (of("year", 103), of("year", 104, AT_SECOND))


def labels(turn: Turn, name: str) -> list[str]:
    keys = [key for reply in turn.replies for row in reply.keyboard for key in row]
    return [label(key.label, key.values, "vi") for key in keys if key.label == name]


def test_the_list_of_a_head_tells_september_from_the_third_quarter() -> None:
    turn = HEAD["head_list"](BOOKS, head_sees(None, SEPTEMBER, QUARTER), Button("head_list"))
    told = labels(turn, "head/open")
    assert [one.removeprefix("⚠ ") for one in told] == [
        "Nguyễn Thị Lan – Xuất sắc (gợi ý: Tốt) (Mẫu thử, tháng 9/2020)",
        "Nguyễn Thị Lan – Xuất sắc (gợi ý: Tốt) (Mẫu thử, quý III/2020)",
    ]


def test_a_form_that_all_lines_share_is_told_with_its_year_once_above_them() -> None:
    turn = HEAD["head_list"](BOOKS, head_sees(None, of("year", 105, TAM)), Button("head_list"))
    assert "Mẫu thử, năm 2020." in message("head/list", turn.replies[0].values, "vi")
    assert labels(turn, "head/open") == ["⚠ Phạm Minh Tâm – Xuất sắc (gợi ý: Tốt)"]


def test_the_list_of_a_head_tells_the_second_post() -> None:
    turn = HEAD["head_list"](BOOKS, head_sees(None, *BOTH_POSTS), Button("head_list"))
    told = [one.removeprefix("⚠ ") for one in labels(turn, "head/open")]
    assert told[0] == "Nguyễn Thị Lan – Xuất sắc (gợi ý: Tốt) (Mẫu thử)"
    assert told[1] == "Nguyễn Thị Lan – kiêm Phó Trưởng ban, Ban Dân tộc – Xuất sắc (gợi ý: Tốt) (Mẫu thử)"


def test_so_does_the_list_of_the_authority_in_its_buttons_and_above_them() -> None:
    waiting = [agreed(one) for one in (SEPTEMBER, of("q3", 104, AT_SECOND))]
    turn = AUTHORITY["decide_list"](BOOKS, sees(None, *waiting), Button("decide_list"))
    told = labels(turn, "decide/open")
    assert any("Nguyễn Thị Lan – " in one and one.endswith("(Mẫu thử, tháng 9/2020)") for one in told)
    assert any(
        "– kiêm Phó Trưởng ban, Ban Dân tộc –" in one and one.endswith("(Mẫu thử, quý III/2020)") for one in told
    )
    text = message("decide/list", turn.replies[0].values, "vi")
    assert "Nguyễn Thị Lan – kiêm Phó Trưởng ban, Ban Dân tộc" in text


def test_a_pile_one_is_reminded_of_names_period_and_post() -> None:
    piles = [
        Owed(2, What.WAITING, NOW.date(), one.campaign.id, "m", "Người đứng đầu xem", (line(one),))
        for one in (SEPTEMBER, of("q3", 104, AT_SECOND))
    ]
    told = message("notice/today", reminder(BOOKS, piles, NOW.date()).values, "vi")
    assert "• Nguyễn Thị Lan (Mẫu thử, tháng 9/2020)" in told
    assert "• Nguyễn Thị Lan – kiêm Phó Trưởng ban, Ban Dân tộc (Mẫu thử, quý III/2020)" in told


def test_a_pile_that_was_told_before_lines_told_more_still_names_people() -> None:
    kept = {"count": 1, "names": ["Nguyễn Thị Lan"], "more": 0, "due": "2020-12-02", "days": 1}
    assert "• Nguyễn Thị Lan" in message("notice/head_reminder", kept, "vi", kept=True)


def test_what_one_owes_is_told_by_its_period_and_post() -> None:
    owed = Owed(1, What.OWN, NOW.date(), 104, "m", "", (line(of("q3", 104, AT_SECOND)),))
    told = message("notice/person_reminder", reminder(BOOKS, [owed], NOW.date()).values, "vi")
    assert "Phiếu đánh giá thử (Mẫu thử), quý III/2020 – kiêm Phó Trưởng ban, Ban Dân tộc của anh/chị" in told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("year", "năm 2026"),
        ("school", "năm học 2025–2026"),
        ("h1", "6 tháng đầu năm 2026"),
        ("h2", "6 tháng cuối năm 2026"),
        ("q3", "quý III/2026"),
        ("m09", "tháng 9/2026"),
    ],
)
def test_a_period_has_its_words(name: str, words: str) -> None:
    period = environment("vi").filters["period"]
    assert period(2026, name) == words
    assert period(Campaign(1, "b", 2026, "").year, "") == "năm 2026"


def test_a_form_has_one_name_with_its_period() -> None:
    said = environment("vi").filters
    assert said["named"]("Mẫu số 01", 2026, "m09") == "Mẫu số 01, tháng 9/2026"
    assert said["named"]("Mẫu số 02", 2026, "year", "Phó Trưởng ban") == "Mẫu số 02, năm 2026 – kiêm Phó Trưởng ban"
    title = "PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC"
    assert (
        said["titled"](title, "Mẫu số 01", 2026, "q3") == "Phiếu theo dõi, đánh giá công chức (Mẫu số 01), quý III/2026"
    )
    assert said["whose"]("Lê Văn Tám", "Mẫu số 01", 2026, "m09") == "Lê Văn Tám (Mẫu số 01, tháng 9/2026)"


@pytest.mark.parametrize("words", ["named", "whose"])
def test_what_was_kept_before_lines_told_the_form_says_what_it_knows(words: str) -> None:
    said = environment("vi", kept=True).filters[words]
    assert said(*([""] if words == "named" else ["Lan", ""]), 2026, "m09").strip("Lan ()") == "tháng 9/2026"
    assert said(*([""] if words == "named" else ["Lan", ""]), 0, "") == ("" if words == "named" else "Lan")
