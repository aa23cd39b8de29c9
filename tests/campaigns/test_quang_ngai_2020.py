"""Plan S000: Văn phòng UBND tỉnh, năm 2020, played in an office of 60 people and 8 collectives (song_trang_2020).

Ways: the desk opens in chat, having chosen first without and then with contract workers; everybody has the forms of
mục 3; the plan's days and who is told of them; a stand-in of a head with dates, ended early; a return with sections;
escalation to the head, the leader in charge, the desk; the opinion of the old unit; collectives before individuals,
civil before party, lower before upper; refusals (above a cap, not rated, unreviewed, over a quota, out of order); the
centre's director decides its people; lists decided at once; the head of the office is decided outside and recorded by
the desk; two years not completed; notice taken, an opinion reserved; closed with everything settled.
Special cases: under six months, long leave, absent with cause, contract workers, transferred within the office with eight
months before, two posts, two years not completed.
"""

import pytest

from rules.nouns.values import Subject
from storage.tables import OPINION
from tests.campaigns import handed_on
from tests.campaigns.colleague import OUTSTANDING
from tests.campaigns.decided_2020 import (
    the_authority_decides,
    the_desk_closes,
    the_head_of_the_office_is_decided_outside,
    the_results_are_taken_notice_of,
    what_is_out_of_order_is_refused,
)
from tests.campaigns.looking import whats
from tests.campaigns.offices.song_trang_2020 import CENTRE, CITIZENS, COUNTER, FINANCE, PROCEDURES, UNITS, cast
from tests.campaigns.stage import Play

BOOK = "quang-ngai-office-2020"
TITLE = "năm 2020 (Văn phòng UBND tỉnh Quảng Ngãi)"

CIVIL, PARTY, BODY = "mau-02", "mau-02-hd-2019", "mau-01-hd-2019"
#: Who had a year that was not an ordinary one, or rates themselves above what is suggested.
YEARS = {
    "failed": {"disciplined": "true"},
    "TH2": OUTSTANDING,
    "KS1": OUTSTANDING,
    "TH4": {"self_rating": "excellent"},
    "HC5": {"self_rating": "excellent"},
}

#: Milestone → last day; "trước ngày" is the day before. The last line is of the decree (before 15 December).
DAYS = {
    "criteria": "2020-11-14",
    "self_review": "2020-12-04",
    "unit_review": "2020-12-04",
    "reports_received": "2020-12-04",
    "summary": "2020-12-09",
    "leadership_meeting": "2020-12-15",
    "dossiers": "2020-12-30",
    "rating_decided": "2020-12-14",
}

HEADS = tuple(f"head:{short}" for short in UNITS)
#: Deputy secretaries of the cells: what the secretary sends goes to them.
DEPUTIES = ("deputy1", *(f"deputy:{short}" for short in UNITS))


@pytest.fixture
async def play(database_url):
    play = await Play.begin(database_url, cast(), "09/11/2020 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_campaign_of_2020(play, tmp_path):
    await opened_by_the_desk_in_chat(play, tmp_path)
    await everybody_has_the_forms_of_the_plan(play)
    await the_desk_is_told_of_its_criteria(play)
    await a_week_before_everybody_is_told(play)
    await the_old_unit_says_its_opinion(play)
    await an_absent_head_names_a_stand_in(play)
    await all_but_one_hand_in(play)
    await a_head_returns_sections(play)
    await the_late_one_is_told_of_level_by_level(play)
    await what_is_out_of_order_is_refused(play)
    await the_authority_decides(play)
    await the_head_of_the_office_is_decided_outside(play)
    await the_results_are_taken_notice_of(play)
    await the_desk_closes(play)
    await handed_on.quang_ngai_2020(play)


# ── November ───────────────────────────────────────────────────────────────────────────────────


async def opened_by_the_desk_in_chat(play, folder):
    """9 November: the clerk's file is imported, the desk gets a code, chooses, looks and opens."""
    change = await play.imports(folder)
    assert len(change.joined) == len(play.cast.roster.people) == 68
    desk = await play.phone("head:HC")
    await desk.sets("review_workers", on=False)
    without = await desk.prepares_a_campaign(TITLE, year=2020)
    for who in ("driver", "guard"):
        assert (
            f"• {play.cast.name(who)}, {FINANCE}: cơ quan đã chọn không đánh giá người lao động theo hợp đồng"
            in without
        )
    assert "2 trường hợp không có bản:" in without
    await desk.sets("review_workers", on=True)
    looked_at = await desk.prepares_a_campaign(TITLE, year=2020)
    assert "68 người làm 100 bản:" in looked_at
    assert "trường hợp không có bản" not in looked_at
    await desk.taps("desk_open")
    await play.learn()
    assert await play.counted() == {"drafting": 100}
    parts = await play.parts()
    assert {key: day.isoformat() for part in parts for key, day in part.timetable.items()} == DAYS


async def everybody_has_the_forms_of_the_plan(play):
    """Mục 3: the collective a), party members both b), everybody else c): officials and workers 02, employees 03."""
    for who in play.ids:
        assert await play.forms(who) == _forms_by_the_plan(play.cast.person(who)), who
    both = await play.standings("both")
    assert [one.person.unit for one in both] == [PROCEDURES, COUNTER]
    assert {play.who(one.decider_id) for one in both} == {"chief"}
    of_centre = [one for one in await play.standings() if one.person.unit == CENTRE and not one.person.head]
    by_subject = {one.person.subject is Subject.COLLECTIVE: play.who(one.decider_id) for one in of_centre}
    assert by_subject == {False: "head:CB", True: "chief"}  # nobody decides a body that they lead
    assert {play.who(one.decider_id) for one in await play.standings("head:CB")} == {"chief"}
    assert {one.decider_id for one in await play.standings("chief")} == {None}


def _forms_by_the_plan(person):
    if person.subject is Subject.COLLECTIVE:
        return [BODY]
    civil = "mau-03" if person.subject is Subject.EMPLOYEE else CIVIL
    forms = [civil, PARTY] if person.party_member else [civil]
    return forms * (2 if person.position == "Phó Trưởng phòng" and not person.role else 1)


async def the_desk_is_told_of_its_criteria(play):
    """Mục 2: before 15 November; three days and one day before."""
    for day in ("11/11/2020", "13/11/2020"):
        told = await play.reminders(day)
        assert set(told) == {"head:HC"}
        assert [(one["what"], one["due"]) for one in told["head:HC"]] == [("task", "2020-11-14")]
    digests = await play.reminders("16/11/2020")
    assert {who for who, things in digests.items() if "digest" in whats(things)} == {
        "chief",
        "deputy1",
        "deputy2",
        *HEADS,
    }
    (hall,) = [one for one in digests["head:TD"] if one["what"] == "digest"]
    assert [(unit["unit"], unit["handed_in"], unit["total"]) for unit in hall["units"]] == [(CITIZENS, 0, 13)]


async def a_week_before_everybody_is_told(play):
    """27 November is a week before the last day of people and units; who has sent theirs is told nothing."""
    play.on("20/11/2020 09:00")
    assert await (await play.phone("TH1")).hands_in_all(**OUTSTANDING) == 2
    told = await play.reminders("27/11/2020")
    assert {who for who, things in told.items() if "own" in whats(things)} == play.people - {"TH1"}
    assert {one["due"] for things in told.values() for one in things if one["what"] == "own"} == {"2020-12-04"}
    assert {who for who, things in told.items() if "task" in whats(things)} == {"chief", *HEADS}
    assert {who for who, things in told.items() if "waiting" in whats(things)} == {"head:TH"}
    assert "late" not in {one["what"] for things in told.values() for one in things}


async def the_old_unit_says_its_opinion(play):
    """Điều 20: eight months in Quản trị - Tài vụ before 1 September; its head is asked, on a Monday told again."""
    told = await play.reminders("30/11/2020")
    asked = [one for one in told["head:TV"] if one["what"] == "opinion"]
    assert [(one["name"], one["of"]) for one in asked] == [(play.cast.name("moved"), FINANCE)]
    head = await play.phone("head:TV")
    await head.commands("ykien")
    await head.taps("opinion_card", label=play.cast.name("moved"))
    assert "NĐ 90/2020, Điều 20 khoản 1" in head.text
    await head.taps("opinion_write")
    await head.says("Tám tháng ở phòng cũ hoàn thành tốt nhiệm vụ kế toán.")
    await head.taps("opinion_give")
    (kept,) = await play.rows(OPINION)
    assert (kept["of"], kept["by"]) == (FINANCE, play.ids["head:TV"])


# ── the first days of December ─────────────────────────────────────────────────────────────────


async def an_absent_head_names_a_stand_in(play):
    """The head of Ban Tiếp công dân is away from 2 to 9 December; the deputy acts, not on their own review."""
    play.on("01/12/2020 16:00")
    head = await play.phone("head:TD")
    await head.names_a_stand_in(play.cast.name("deputy:TD"), "02/12/2020", "09/12/2020")
    deputy = await play.phone("deputy:TD")
    assert await play.told("deputy:TD", "notice/stand_in")
    play.on("02/12/2020 09:00")
    for who in ("TD1", "TD3", "deputy:TD"):
        await (await play.phone(who)).hands_in_all()
    await deputy.commands("choduyet")
    assert play.cast.name("TD3") in deputy.labels
    assert deputy.name not in deputy.labels
    assert await deputy.looks_through() == 3
    (approved,) = await play.told("TD3", "notice/approved")
    assert play.cast.name("head:TD") in approved.text
    assert {one.status.value for one in await play.standings("deputy:TD")} == {"submitted"}
    await head.commands("thaymat")
    await head.taps("cover_end")
    await head.taps("cover_ended")
    assert await play.told("deputy:TD", "notice/stand_in_ended")
    assert await head.looks_through() == 2
    await deputy.commands("choduyet")
    assert "head_card" not in [button.verb for _, button in deputy.keys]


async def all_but_one_hand_in(play):
    """By 4 December; who is absent with cause sends the self-review in all the same."""
    play.on("03/12/2020 09:00")
    await play.everybody_hands_in("TV5", answers=YEARS)
    assert [one.who for one in await play.all_told("reminder", play.clock().date())] == []
    told = await play.reminders("03/12/2020 15:00")
    assert {who for who, things in told.items() if "own" in whats(things)} == {"TV5"}
    assert {who for who, things in told.items() if "waiting" in whats(things)} == {"chief", *HEADS, *DEPUTIES}


async def a_head_returns_sections(play):
    """KS5 has two sections to write anew; only they are asked again, and the head sees what changed."""
    play.on("04/12/2020 09:00")
    head, person = await play.phone("head:KS"), await play.phone("KS5")
    await head.returns(person.name, "Đề nghị nêu rõ hơn.", "Chính trị tư tưởng", "Đạo đức, lối sống")
    (returned,) = await play.told("KS5", "notice/returned")
    assert [part["title"] for part in returned.values["parts"]] == ["Chính trị tư tưởng", "Đạo đức, lối sống"]
    (stands,) = await play.standings("KS5")
    assert stands.status.value == "returned"
    assert (
        await person.mends("Đã học tập nghị quyết đầy đủ, có sổ ghi chép.") == 8
    )  # Điều 3 khoản 1 and 2: four points each
    assert [one.status.value for one in await play.standings("KS5")] == ["submitted"]
    await head.commands("choduyet")
    await head.opens("head_card", person.name)
    assert "sổ ghi chép" in head.text
    # Nobody agrees with what the eight bodies send; what the chief sends goes to the deputy secretary of the cell.
    assert await play.all_look_through() == 97 - 5 - 8 + 1
    assert await play.counted() == {"drafting": 1, "submitted": 2 + 8 - 1, "approved": 97 - 8 + 1}


async def the_late_one_is_told_of_level_by_level(play):
    """TV5 is late: one, three and five working days after 4 December the head, the leader in charge, the desk hear."""
    late = play.cast.name("TV5")
    for day, level in (("07/12/2020", "head:TV"), ("09/12/2020", "deputy1"), ("11/12/2020", "head:HC")):
        told = await play.reminders(day)
        assert {who for who, things in told.items() if "late" in whats(things)} == {level}
        (thing,) = [one for one in told[level] if one["what"] == "late"]
        assert (thing["names"], thing["due"], thing["stage"]) == ([late], "2020-12-04", "not_handed_in")
        assert "own" in whats(told["TV5"])
        # The ratings are to be decided before 15 December: a week, three days and (the 13th is a Sunday) one before.
        deciding = {who for who, things in told.items() if "decide" in whats(things)}
        assert deciding == (set() if day == "09/12/2020" else {"chief", "head:CB", "head:HC"})
    told = await play.reminders("08/12/2020")
    assert {one["due"] for one in told["head:HC"] if one["what"] == "stands"} >= {"2020-12-09"}
