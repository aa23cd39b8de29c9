"""Plan S004 (170-KH/CB of 24/11/2021) played by a fictional centre: tests/campaigns/offices/nam_hoa_2021.py.

Opened on 25/11 by `tusoi campaign open`; own reviews until 28/11, the rooms until 30/11, files on 2/12, employees decided
on 3/12, groups and cell on 4 and 5/12, all on its way on 6/12 (D.1, D.2). One rulebook; a party member fills one form
that rates them twice, as an employee and as a party member.

Occurs here: maternity; absent with cause; suspended (from the cell's committee, from the party's activity); temporary
activity with the opinion of a cell outside, recorded by the desk; under six months; long leave; moving with the draft in
hand and the old room's opinion; a leaver; a new name; a head through the deputy; the order collective before
individuals; the cap by the unit; a quota by post; nobody decided who was not reviewed; a decision from outside recorded
by the desk; reservation; petition, result kept; rating anew with both documents; the plan of improvement and its
reminders; closing with what is open, named.
"""

from dataclasses import replace

import pytest

from rules.nouns.reviews import ReviewStatus
from rules.nouns.service import Leaving
from storage.tables import OPINION, REVIEW
from tests.campaigns import handed_on, made_decision
from tests.campaigns.colleague import OUTSTANDING
from tests.campaigns.decided_son_la import (
    closed_with_what_is_open_named,
    everybody_is_decided,
    rated_anew_with_both_documents,
    results_are_answered,
    the_collective_comes_first,
    the_department_decides_about_the_director,
    the_plan_of_improvement_goes_on,
    what_the_rules_do_not_allow_is_refused_with_the_clause,
)
from tests.campaigns.offices import nam_hoa_2021 as office
from tests.campaigns.offices.nam_hoa_2021 import day
from tests.campaigns.stage import Play

BOOK = "son-la-rehab-2021"

#: The points of a good year are typed, at words of their question.
GOOD = {"unit_rating": "good", "điểm anh/chị tự chấm": "80", "Tổng điểm tự chấm": "80"}
#: Those of a party body, and the shares of its members.
BODY = {**GOOD, "bodies": "good", "tổ đảng trực thuộc": "0", "Bao nhiêu phần trăm": "100"}
WEAK_BODY = {**GOOD, "Tổng điểm tự chấm": "65"}
ON_LEAVE = {**GOOD, "maternity_leave": "true"}


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, office.cast(), "25/11/2021 08:00")
    await play.opens(tmp_path, BOOK, year=2021)
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_plan_of_a_treatment_centre(play, tmp_path):
    await _everybody_has_the_form_of_the_plan(play)
    await _reminded_three_days_before(play)
    await _handed_in(play)
    await _late_ones_are_told_of_one_level_up(play)
    await _the_roster_changes_meanwhile(play, tmp_path)
    await _rooms_look_through(play)
    await _the_cell_outside_is_heard(play)
    await the_collective_comes_first(play)
    await what_the_rules_do_not_allow_is_refused_with_the_clause(play)
    await everybody_is_decided(play)
    await the_department_decides_about_the_director(play)
    await results_are_answered(play)
    await rated_anew_with_both_documents(play)
    await closed_with_what_is_open_named(play)
    await handed_on.son_la_2021(play)
    await made_decision.son_la_2021(play)
    await the_plan_of_improvement_goes_on(play)


# ── opening and handing in ─────────────────────────────────────────────────────────────────────


async def _everybody_has_the_form_of_the_plan(play: Play) -> None:
    """C.IV.1.1.b, D.5.1, B.III.1; C.IV: the head through a deputy. Who is barred from the party's review is an employee
    all the same (C.I).
    """
    wanted = {
        "mau-02a": ("director", "deputy1", "head:YT", "dep:BV"),
        "mau-02b": ("HC1", "YT2", "mover", "temporary", "committee"),
        "mau-02d": ("HC3", "BV1", "mother", "absent", "barred", "sick", "newcomer"),
        "mau-01-hd02": ("cell", "group1", "group3"),
        "bao-cao-tap-the": ("body", "body:YT"),
    }
    for form, people in wanted.items():
        assert {who: await play.forms(who) for who in people} == {who: [form] for who in people}
    assert len(await play.standings()) == len(play.cast.key) == 70
    chains = {who: (await play.standings(who))[0] for who in ("director", "head:YT", "YT3")}
    assert {who: one.approver_id for who, one in chains.items()} == {
        "director": play.ids["deputy1"], "head:YT": play.ids["dep:YT"], "YT3": play.ids["head:YT"],
    }  # fmt: skip
    assert (chains["director"].decider_id, chains["YT3"].decider_id) == (None, play.ids["director"])


async def _reminded_three_days_before(play: Play) -> None:
    """Last day 28/11 (D.1): everybody is told on 25/11, outside the quiet hours; heads also of the files due on 2/12."""
    assert await play.reminders("25/11/2021 12:15") == {}
    told = await play.reminders("25/11/2021 14:00")
    drafting = [play.who(one.drafter) for one in await play.standings() if one.drafter]
    own = {who: [("2021-11-28", 3)] * (1 + drafting.count(who)) for who in play.people}
    assert {who: _of(things, "own") for who, things in told.items() if who in play.people} == own
    (nameless,) = (one for one in told["head:HC"] if one["what"] == "naming")  # the roster does not say who leads them
    assert set(nameless["names"]) == {play.cast.name(who) for who in ("cell", "group1", "group2", "group3")}
    heads = {"director", *(f"head:{short}" for short in office.ROOMS)}
    assert {who: _of(things, "task") for who, things in told.items() if _of(things, "task")} == {
        who: [("2021-12-02", 7)] for who in heads
    }


def _of(things, what: str) -> list[tuple[str, int]]:
    """Last day, and days until then, of what somebody is told of."""
    return [(one["due"], one["days"]) for one in things if one["what"] == what]


async def _handed_in(play: Play) -> None:
    """On 26/11 everybody but one; whoever is on leave or ill sends theirs from home (D.2, Lưu ý)."""
    play.on("26/11/2021 09:00")
    bodies = dict.fromkeys(("cell", "group1", "group2", "group3"), BODY)
    special = {**bodies, "YT3": OUTSTANDING, "YT4": OUTSTANDING, "body:BV": WEAK_BODY, "mother": ON_LEAVE}
    answers = {who: special.get(who, GOOD) for who in play.ids}
    assert await play.everybody_hands_in("late", answers=answers) == 69
    assert await play.counted() == {"submitted": 69, "drafting": 1}
    said = {who: (await play.standings(who))[0].self_rating for who in ("YT3", "body:BV", "sick", "newcomer", "mother")}
    assert said == {"YT3": "excellent", "body:BV": "completed", "sick": "completed", "newcomer": None, "mother": "good"}


async def _late_ones_are_told_of_one_level_up(play: Play) -> None:
    """One, three and five working days after 28/11: the head, the leader in charge, the desk."""
    told = await play.reminders("29/11/2021")
    assert _of(told["late"], "own") == [("2021-11-28", -1)]
    late = [one for one in told["head:QL"] if one["what"] == "late"]
    assert [one["names"] for one in late] == [[play.cast.name("late")]]
    digest = next(one for one in told["head:QL"] if one["what"] == "digest")
    (unit,) = digest["units"]
    assert (unit["unit"], unit["total"], unit["handed_in"]) == (office.KEEPERS, 15, 14)
    for when, who in (("01/12/2021", "deputy2"), ("03/12/2021", "head:HC")):
        branch = await play.reminders(when)
        assert [one["names"] for one in branch[who] if one["what"] == "late" and one["stage"] == "not_handed_in"] == [
            [play.cast.name("late")]
        ]
    play.on("29/11/2021 10:00")


# ── the roster changes ─────────────────────────────────────────────────────────────────────────


async def _the_roster_changes_meanwhile(play: Play, tmp_path) -> None:
    """29/11: one moves with the draft in hand, one is transferred to another body, which rates them (Decree 90, Điều 20
    khoản 1), one has another name.
    """
    moved = replace(
        play.cast.person("mover").service,
        moved_on=day("29/11/2021"),
        moved_from=office.DOCTORS,
        there_since=day("01/03/2015"),
    )
    after = play.cast.changed("mover", unit=office.TEACHERS, service=moved).changed("renamed", name="Huỳnh Gia Hân")
    leaver, gone = await play.phone("leaver"), play.ids["leaver"]
    transferred = replace(play.cast.person("leaver").service, left=day("28/11/2021"), left_as=Leaving.TRANSFERRED)
    change = await play.imports(tmp_path, after.changed("leaver", service=transferred))
    assert [one.old.name for one in change.moved] == [play.cast.name("mover")]
    assert [(one.old.name != one.new.name, one.new.name) for one in change.renamed] == [(True, "Huỳnh Gia Hân")]
    (mover,) = await play.standings("mover")
    assert (mover.status, mover.approver_id) == (ReviewStatus.SUBMITTED, play.ids["head:GD"])
    await leaver.commands("tieptuc")
    assert not leaver.keys, leaver.text
    assert [row["status"] for row in await play.rows(REVIEW, person_id=gone)] == [ReviewStatus.ENDED]
    assert await play.counted() == {"submitted": 68, "drafting": 1}
    assert [one.person.name for one in await play.standings("renamed")] == ["Huỳnh Gia Hân"]
    await _the_old_room_is_asked(play)


async def _the_old_room_is_asked(play: Play) -> None:
    """NĐ 90/2020, Điều 20 khoản 1: more than six months there, so the old unit is heard; the new head reads it."""
    (asked,) = [one for one in await play.rows(OPINION) if one["kind"] == "old_unit"]
    assert (asked["of"], asked["asked"], asked["cite"]) == (
        office.DOCTORS,
        play.ids["head:YT"],
        "NĐ 90/2020, Điều 20 khoản 1",
    )
    old = await play.phone("head:YT")
    await old.commands("ykien")
    await old.taps("opinion_card")
    assert play.cast.name("mover") in old.text
    await old.taps("opinion_write")
    await old.says("Ở Phòng Y tế: hoàn thành tốt các ca trực, quan hệ tốt với đồng nghiệp.")
    await old.taps("opinion_give")
    (told,) = await play.told("head:GD", "notice/opinion")
    assert "hoàn thành tốt các ca trực" in told.text


async def _rooms_look_through(play: Play) -> None:
    """30/11: whoever has drafts agrees; one goes back with a section and a reason, and comes again."""
    play.on("30/11/2021 09:00")
    head = await play.phone("head:QL")
    await head.returns(play.cast.name("QL3"), "Đề nghị nêu rõ số học viên được phân công.", "Kết quả")
    (back,) = await play.standings("QL3")
    assert back.status is ReviewStatus.RETURNED
    assert await (await play.phone("QL3")).hands_in_all(**GOOD) == 1
    await play.all_look_through()
    # nobody agrees with what six bodies, the cell and its three groups send
    assert await play.counted() == {"approved": 68 - 10, "submitted": 10, "drafting": 1}


async def _the_cell_outside_is_heard(play: Play) -> None:
    """D.2 (Lưu ý): the cell of temporary activity is no unit of the centre; the desk records what it wrote."""
    play.on("02/12/2021 09:00")
    desk = await play.phone("head:HC")
    await desk.commands("ykien")
    await desk.taps("opinion_card")
    assert office.VILLAGE_CELL in desk.text
    assert "D.2 (Lưu ý)" in desk.text
    await desk.taps("opinion_write")
    await desk.says("Chi bộ bản Nà Pén: tham gia sinh hoạt đầy đủ, đóng đảng phí đúng quy định.")
    await desk.taps("opinion_give")
    (told,) = await play.told("director", "notice/opinion")
    assert play.cast.name("temporary") in told.text
