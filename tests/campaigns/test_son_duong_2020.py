"""Plan S001 (16-KH/HU of 12/11/2020) played by a fictional district: tests/campaigns/offices/son_thach_2020.py.

Opened on 16/11, the day the plan came in; cells and agencies from 25/11 until 5/12 (III.1.2), reports before 10/12, the
district decides before 30/12 (III.2). Cadres fill three forms (the decree's, the sheet of points, the party's), officials
and employees the decree's and, as party members, the party's. The year after it is the decree and the party's guidance,
two rulebooks at once.

Occurs here: party cells and members below a commune's own authority, lower before upper; collective before its people;
civil before party, within one rulebook and between two; nobody decided who was not reviewed; a cap by the unit, of which
a head who came this year is free; a quota of collectives; party member under six months; long leave;
maternity; barred from the party's review; temporary activity; transferred with the old unit's opinion; two posts; absent
when the office meets and decided later; a second year not completed; a decision from outside recorded by the desk; what
was said in one form taken over in the other, and what fell short shown a year later; the plan of improvement from one's own
form.
"""

from dataclasses import replace

import pytest

from bot.turn.uploads import Enclosing
from rules.nouns.reviews import ReviewStatus
from rules.nouns.service import LeaveKind
from storage.kept_files import KeptFiles
from storage.tables import OPINION, REVIEW
from tests.bot.campaign.results import test_own_tables as own_tables
from tests.campaigns import handed_on
from tests.campaigns.colleague import OUTSTANDING
from tests.campaigns.decided_son_duong import (
    a_head_who_came_this_year_is_no_worse_for_the_unit,
    a_new_member_is_not_rated_as_one,
    a_second_year_is_told_to_the_desk,
    bodies_are_decided,
    cards_tell_what_is_special,
    closed_with_nothing_open,
    mended_by_the_day_that_was_named,
    most_are_decided_at_once,
    no_cadre_is_above_the_unit,
    the_commune_decides_its_cells,
    the_district_decides,
    the_order_of_the_plan_is_kept,
    the_province_decides_about_the_secretary,
    the_year_after_remembers,
    who_has_two_posts_is_rated_in_each_place,
    who_was_absent_comes_later,
    who_was_ill_is_held_down,
)
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.offices.son_thach_2020 import BODY, CADRE, CIVIL, PARTY, POINTS, SHORT_OF, TO_MEND
from tests.campaigns.stage import Play

POINTS_TOLD = {"Tổng điểm anh/chị tự chấm": "85"}


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_plan_of_a_district(play, tmp_path):
    await everybody_has_the_forms_of_the_plan(play)
    await other_bodies_are_asked(play)
    await told_on_the_days_of_the_plan(play)
    await handed_in_and_looked_through(play)
    await the_district_has_its_own_form_07(play)
    await the_order_of_the_plan_is_kept(play)
    await the_commune_decides_its_cells(play)
    await who_was_absent_comes_later(play)
    await bodies_are_decided(play)
    await who_was_ill_is_held_down(play)
    await a_second_year_is_told_to_the_desk(play)
    await cards_tell_what_is_special(play)
    await most_are_decided_at_once(play)
    await no_cadre_is_above_the_unit(play)
    await a_head_who_came_this_year_is_no_worse_for_the_unit(play)
    await who_has_two_posts_is_rated_in_each_place(play)
    await a_new_member_is_not_rated_as_one(play)
    await the_district_decides(play)
    await the_province_decides_about_the_secretary(play)
    await closed_with_nothing_open(play)
    await handed_on.son_duong_2020(play)
    await mended_by_the_day_that_was_named(play)
    await the_year_after_remembers(play, tmp_path)


# ── November: opening, reminders, handing in ───────────────────────────────────────────────────


async def everybody_has_the_forms_of_the_plan(play):
    """II.3.3.1, II.3.1, II.2, II.1; in each place whoever has two posts (II.2)."""
    wanted = {
        "secretary": [CADRE, POINTS, PARTY],
        "dep:TG": [CADRE, POINTS, PARTY] * 2,
        "TC1": [CIVIL, PARTY],
        "TC2": [CIVIL],
        "arrived": ["mau-03", PARTY],
        "CT2": ["mau-03"],
        "barred": [CIVIL],
        "TH1": [PARTY],
        "cell:TH": [BODY],
        "body:VP": [BODY],
    }
    assert {who: await play.forms(who) for who in wanted} == wanted
    assert play.cast.person("barred").service.leaves[0].kind is LeaveKind.PARTY_SUSPENDED
    deciders = {who: (await play.standings(who))[0].decider_id for who in ("secretary", "TH1", "cell:TT", "head:X")}
    ids = {who: play.ids[who] for who in ("head:X", "secretary")}
    assert deciders == {"secretary": None, "TH1": ids["head:X"], "cell:TT": ids["head:X"], "head:X": ids["secretary"]}


async def the_district_has_its_own_form_07(play):
    """II.3.3.2.2: Mẫu số 07 of Quy định 11, which the plan does not print; filled in by the desk."""
    desk = await play.phone("head:TC")
    await own_tables.asks(desk, "Mẫu số 07")
    said = await own_tables.sends(desk, "Mau 07 QD 11.xlsx", own_tables.sheet("Mẫu số 07"))
    assert "Đã nhận tệp “Mau 07 QD 11.xlsx”" in said


async def other_bodies_are_asked(play):
    """II.2: the cell of a temporary activity; the old unit of who came after six months or more."""
    asked = {(one["kind"], one["of"], one["cite"]) for one in await play.rows(OPINION)}
    assert asked == {
        ("temporary_cell", office.CELL_OUTSIDE, "II.2"),
        ("old_unit", office.EDUCATION, "II.2"),
        ("old_unit", office.EDUCATION, "NĐ 90/2020, Điều 20 khoản 1"),
    }
    old = await play.phone("head:GD")
    for _ in range(2):
        await old.commands("ykien")
        button = next(key for key, one in old.keys if one.verb == "opinion_card")
        await old.taps("opinion_card", label=button.label)
        await old.taps("opinion_write")
        await old.says("Bảy tháng ở Phòng: hoàn thành tốt nhiệm vụ, chấp hành nghiêm nội quy.")
        await old.taps("opinion_give")
    desk = await play.phone("head:TC")
    await desk.commands("ykien")
    await desk.taps("opinion_card")
    await desk.taps("opinion_write")
    await desk.says("Chi bộ 3: tham gia sinh hoạt đầy đủ.")
    await desk.taps("opinion_give")
    assert all(one["given_at"] for one in await play.rows(OPINION))


async def told_on_the_days_of_the_plan(play):
    """People owe theirs by 5/12; a week before is a Saturday, so everybody is told on Friday 27/11, nobody on Thursday."""
    for when, everybody in (("26/11/2020", ()), ("27/11/2020", play.people)):
        told = await play.reminders(when)
        own = {
            who: {(one["due"], one["days"]) for one in things if one["what"] == "own"} for who, things in told.items()
        }
        assert {who: found for who, found in own.items() if found} == {who: {("2020-12-05", 8)} for who in everybody}


async def handed_in_and_looked_through(play):
    """Everybody but who is absent; what a cadre says in the decree's form is taken over in the party's."""
    play.on("03/12/2020 09:00")
    assert await play.everybody_hands_in("absent", answers=_answers(play)) == 115
    civil, party = await play.rows(REVIEW, person_id=play.ids["VP1"])
    assert party["answers"]["tasks"]["value"]["items"] == civil["answers"]["tasks"]["value"]["items"]
    assert party["answers"]["shortcomings"]["value"] == civil["answers"]["shortcomings"]["value"] == SHORT_OF
    await play.all_look_through()
    standings = await play.standings()
    agreed = {ReviewStatus.APPROVED, ReviewStatus.FINAL}
    left = {play.who(one.person.id): one.status for one in standings if one.status not in agreed}
    # nobody agrees with what a body sends (III.1.2, III.2), nor with what the secretary of a cell without a deputy does
    alone = [who for who in play.ids if who.split(":")[0] in {"body", "cell"}] + ["arrived", "head:TH", "head:TT"]
    sent = dict.fromkeys(["secretary", *alone], ReviewStatus.SUBMITTED)
    assert left == {**sent, "absent": ReviewStatus.DRAFTING}
    # a cadre's sheet of points has no rating: it ends when it is agreed to
    assert {one.form for one in standings if one.status is ReviewStatus.FINAL} == {"mau-06-qd11"}


def _answers(play):
    plain = {
        who: {"civil_servant": "false"} for who in play.ids if who[:2] in {"TH", "TT"} or who in {"head:TH", "head:TT"}
    }
    best = {**OUTSTANDING, "unit_rating": "excellent"}
    weak = {"levels": "average"}
    own = {
        **plain,
        "body:TC": OUTSTANDING,
        "body:VP": OUTSTANDING,
        "head:TC": best,
        "body:KT": weak,
        "body:CT": weak,
        "arrived": {"arrived": "true", "answerable": "false"},
        "failed": {"disciplined": "true"},
        "mother": {"maternity_leave": "true"},
        "VP1": {"hạn chế, khuyết điểm của mình": SHORT_OF, "khắc phục những hạn chế": TO_MEND},
    }
    usual = {"unit_rating": "good", "arrived": "false", **POINTS_TOLD}
    return {who: {**usual, **own.get(who, {})} for who in play.ids}
