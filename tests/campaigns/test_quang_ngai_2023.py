"""Plan S002: Văn phòng UBND tỉnh, năm 2023, played in an office of 59 people and 8 collectives (song_trang_2023).

Ways: opened as `tusoi campaign open` does; one form for civil servant and party member; the plan's thirteen days and who
is told of them; a head's own goes to the deputy who chairs, then to the leader in charge, who returns sections: the next
version goes through the whole chain again; the opinion of a body outside is recorded by the desk; the head of the office
is away and a deputy decides for him, with dates, never their own; caps and quotas refuse with the clause; below what is
suggested with a reason; an unreviewed person; a day that is moved; closed with an open item that is named.
Special cases: under six months, long leave, absent with cause, contract workers, transferred from another body, two posts,
two years not completed.
"""

import pytest

from rules.nouns.values import Subject
from storage.tables import AUDIT, OPINION
from tests.campaigns import handed_on
from tests.campaigns.colleague import OUTSTANDING
from tests.campaigns.looking import dues, whats
from tests.campaigns.offices.song_trang_2023 import ADVISERS, BODY_BEFORE, CENTRE, OFFICE, UNITS, cast
from tests.campaigns.stage import Play

BOOK = "quang-ngai-office-2023"

#: Milestone → last day; "trước ngày" is the day before. `rating_decided` is the decree's (before 15 December).
DAYS = {
    "suggestions": "2023-11-15",
    "reports": "2023-11-16",
    "self_review": "2023-11-19",
    "office_reports": "2023-11-22",
    "leadership_meeting": "2023-11-24",
    "unit_review": "2023-11-26",
    "consultation": "2023-11-28",
    "dossiers": "2023-11-29",
    "initiatives": "2023-12-08",
    "emulation": "2023-12-12",
    "rating_decided": "2023-12-14",
    "reward_dossiers": "2023-12-15",
    "conference_papers": "2023-12-24",
    "conference": "2023-12-29",
}

HEADS = {f"head:{short}" for short in UNITS}
YEARS = {
    **dict.fromkeys(("TH1", "TH2", "TH3", "TH4", "NC1", "NC3"), OUTSTANDING),
    "failed": {"disciplined": "true", "discipline_counted": "false"},
}


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, cast(), "06/11/2023 08:00")
    await play.opens(tmp_path, BOOK, year=2023)
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_campaign_of_2023(play):
    await everybody_has_the_form_of_the_plan(play)
    await heads_are_told_of_suggestions_and_reports(play)
    await people_are_told_before_a_sunday(play)
    await heads_and_deputies_go_first(play)
    await the_others_hand_in_and_the_units_finish(play)
    await the_desk_records_what_the_body_before_wrote(play)
    await the_head_of_the_office_is_away(play)
    await the_deputy_decides_in_his_place(play)
    await the_head_of_the_office_is_back(play)
    await the_results_are_told(play)
    await the_desk_is_told_of_what_is_left_of_the_plan(play)
    await the_desk_closes_with_one_open(play)
    await handed_on.quang_ngai_2023(play)


# ── November ───────────────────────────────────────────────────────────────────────────────────


async def everybody_has_the_form_of_the_plan(play):
    """II.1: party members 02A, with a post 02B; who is none: officials and workers 01, employees 03; collectives 01."""
    (part,) = await play.parts()
    assert {key: day.isoformat() for key, day in part.timetable.items()} == DAYS
    for who in play.ids:
        person = play.cast.person(who)
        expected = _form_by_the_plan(person)
        assert await play.forms(who) == [expected] * (2 if who == "deputy2" else 1), who
    assert [one.person.unit for one in await play.standings("deputy2")] == [OFFICE, CENTRE]
    assert await play.counted() == {"drafting": 68}


def _form_by_the_plan(person):
    if person.subject is Subject.COLLECTIVE:
        return "mau-01-hd-2023"
    if person.party_member:
        return "mau-02b-hd-2023" if person.leader else "mau-02a-hd-2023"
    return "mau-03" if person.subject is Subject.EMPLOYEE else "mau-01-vp-2023"


async def heads_are_told_of_suggestions_and_reports(play):
    """Before 16 November and by 16 November: a week, three days and one day before, at the working day before."""
    expected = {"08/11": {"11-15"}, "09/11": {"11-16"}, "10/11": {"11-15"}, "13/11": {"11-16"}, "14/11": {"11-15"}}
    for day, due in expected.items():
        told = await play.reminders(f"{day}/2023")
        assert {who for who, things in told.items() if "task" in whats(things)} == {*HEADS, "chief", "deputy2"}, day
        assert dues(told["head:TH"], "task") == {f"2023-{one}" for one in due}


async def people_are_told_before_a_sunday(play):
    """Before 20 November is Sunday the 19th: told on Friday the 10th, Thursday the 16th and Friday the 17th."""
    assert "own" in whats((await play.told("TH5", kind="reminder"))[-1].things)  # on the 10th
    play.on("15/11/2023 16:00")
    await (await play.phone("TH5")).hands_in_all()
    told = await play.reminders("16/11/2023")
    assert {who for who, things in told.items() if "own" in whats(things)} == play.people - {"TH5"}
    assert dues(told["TH1"], "own") == {"2023-11-19"}
    assert whats(told["head:TH"]) == {"own"}  # unit_review is ten days away


async def heads_and_deputies_go_first(play):
    """II.2.c: the deputy chairs over the head's own; then the leader in charge, who returns a section of it."""
    play.on("17/11/2023 09:00")
    head, deputy, leader = [await play.phone(who) for who in ("head:TH", "deputy:TH", "deputy1")]
    await head.hands_in_all()
    assert await deputy.looks_through() == 1
    (endorsed,) = await play.told("head:TH", "notice/endorsed")
    assert deputy.name in endorsed.text
    await leader.returns(head.name, "Đề nghị bổ sung.", "Hạn chế, khuyết điểm")
    assert [one.status.value for one in await play.standings("head:TH")] == ["returned"]
    await head.mends("Còn chậm hai báo cáo của quý II.")
    await leader.commands("choduyet")
    assert head.name not in leader.labels  # the chain begins anew
    assert await deputy.looks_through() == 1
    await leader.approves(head.name, comment="Đã tiếp thu.")
    (stands,) = await play.standings("head:TH")
    assert (stands.status.value, play.who(stands.decider_id)) == ("approved", "chief")


async def the_others_hand_in_and_the_units_finish(play):
    """By 19 and 26 November; one sends nothing, and is told of level by level: 20, 22 and 24 November."""
    play.on("17/11/2023 14:00")
    await play.everybody_hands_in("silent", answers=YEARS)
    silent = play.cast.name("silent")
    for day, level in (("20/11/2023", "head:KS"), ("22/11/2023", "deputy2"), ("24/11/2023", "head:HQ")):
        told = await play.reminders(day)
        late = {who: one["names"] for who, things in told.items() for one in things if one["what"] == "late"}
        assert late == {level: [silent]}
    assert "waiting" in whats(told["head:KT"])  # a day (the 25th is a Saturday) before the 26th
    await play.all_look_through()
    # nobody agrees with what the eight bodies send: their authority is next
    assert await play.counted() == {"approved": 67 - 8, "submitted": 8, "drafting": 1}
    # The head of the office: the deputy chaired, and nobody here decides.
    (chief,) = await play.standings("chief")
    assert (chief.status.value, chief.decider_id) == ("approved", None)
    assert await play.told("chief", "notice/approved")


async def the_desk_records_what_the_body_before_wrote(play):
    """Điều 20: more than six months elsewhere; the paper of that body is written down by the desk."""
    (asked,) = await play.rows(OPINION)
    assert (asked["of"], asked["asked"], asked["given_at"]) == (BODY_BEFORE, None, None)
    desk = await play.phone("head:HQ")
    await desk.commands("ykien")
    await desk.taps("opinion_card", label=play.cast.name("moved"))
    await desk.taps("opinion_write")
    await desk.says("Công văn 55/SNV ngày 20/11/2023: hoàn thành tốt nhiệm vụ đến hết tháng 5.")
    await desk.taps("opinion_give")
    (notice,) = await play.told("chief", "notice/opinion")
    assert "Công văn 55/SNV" in notice.text


# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def the_head_of_the_office_is_away(play):
    """From 27 to 30 November a deputy head acts for him; both see it, and who decides is told what he is told."""
    play.on("24/11/2023 15:00")
    chief = await play.phone("chief")
    await chief.names_a_stand_in(play.cast.name("deputy1"), "27/11/2023", "30/11/2023")
    early = await play.phone("deputy1")
    await early.commands("quyetdinh")
    assert not early.sees("decide_all")  # not before the 27th
    told = await play.reminders("27/11/2023")  # a day before the consultation
    for who in ("chief", "deputy1"):
        assert dues(told[who], "decide") == {"2023-11-28"}, who


async def the_deputy_decides_in_his_place(play):
    """28 November: first who is not rated and who is capped, then the list within the quotas, then the others."""
    play.on("28/11/2023 14:00")
    deputy, name = await play.phone("deputy1"), play.cast.name
    assert "NĐ 90/2020, Điều 2 khoản 3" in await deputy.chooses(name("newcomer"), "good")
    assert "khống chế" in await deputy.chooses(name("sick"), "good")
    await deputy.decides(name("newcomer"), "none")
    await deputy.decides(name("sick"), "completed")
    await deputy.decides_the_list()
    excellent = [who for who in play.cast.called(group=ADVISERS) if "excellent" in str(await play.ratings(who))]
    left = sorted(set(YEARS) - set(excellent) - {"failed"})
    assert (len(excellent), len(left)) == (2, 4)  # two of fifteen who are good; a third would be one of fourteen
    for who in left:
        ratings = ("excellent",) * (2 if play.cast.person(who).party_member else 1)
        assert "Vượt tỷ lệ" in await deputy.chooses(name(who), *ratings)
        await deputy.decides(name(who), *("good",) * len(ratings), texts=["Đã đủ tỷ lệ của nhóm."])
    # the chief leads the office's collective: it is decided above, like his own
    assert await play.counted() == {"decided": 64, "submitted": 1, "approved": 2, "drafting": 1}
    await deputy.lists()
    assert deputy.name not in deputy.labels
    (ruled,) = await play.told("TH5", "notice/ruled")
    assert name("chief") in ruled.text
    assert ruled.values["by"] == name("deputy1")


async def the_head_of_the_office_is_back(play):
    """From 1 December the deputy acts no longer; the head decides on the deputy, the desk records what came for him."""
    play.on("01/12/2023 09:00")
    chief, deputy, desk = [await play.phone(who) for who in ("chief", "deputy1", "head:HQ")]
    await deputy.commands("quyetdinh")
    assert "decide_card" not in {button.verb for _, button in deputy.keys}
    unreviewed = await chief.chooses(play.cast.name("silent"), "good", which="r")
    assert "chưa" in unreviewed  # without an order of its own the plan leaves it to a reason
    texts = ["99/QĐ-UBND ngày 30/11/2023", "Chủ tịch UBND tỉnh"]
    await desk.decides(play.cast.name("body:VP"), "good", texts=texts, which="o")
    await chief.decides(deputy.name, "good", "good")  # a member of that body, so after it
    await desk.decides(chief.name, "good", "good", texts=texts, which="o")
    assert await play.counted() == {"decided": 67, "drafting": 1}


# ── after the result ───────────────────────────────────────────────────────────────────────────


async def the_results_are_told(play):
    """Each of their own and of the body whose report they drafted, nobody of another's; the desk of the second year; all take notice."""
    assert await play.rated() == {"good": 62, "excellent": 2, "completed": 1, "not_completed": 1, "none": 1}
    assert await play.results_told() == await play.results_due("silent")
    (flag,) = await play.told("head:HQ", "notice/two_years")
    assert flag.values["name"] == play.cast.name("failed")
    for who in set(play.ids) - {"silent"}:
        await play.takes_notice(who)
    assert await play.counted() == {"final": 67, "drafting": 1}


async def the_desk_is_told_of_what_is_left_of_the_plan(play):
    """One moves: the conference is held on the 28th, and its days with it. Weekends go to the Friday before."""
    desk = await play.phone("head:HQ")
    await desk.moves("Tổ chức Hội nghị công chức", "28/12/2023")
    expected = {
        "05/12": {"12-08", "12-12"},
        "07/12": {"12-08"},
        "08/12": {"12-12", "12-15"},
        "11/12": {"12-12"},
        "12/12": {"12-15"},
        "14/12": {"12-15"},
        "15/12": {"12-24"},
        "21/12": {"12-24", "12-28"},
        "22/12": {"12-24"},
        "25/12": {"12-28"},
        "27/12": {"12-28"},
    }
    for day, due in expected.items():
        told = (await play.reminders(f"{day}/2023"))["head:HQ"]
        assert {one["due"][5:] for one in told if one["days"] is not None and one["days"] >= 0} == due, day


async def the_desk_closes_with_one_open(play):
    """It closes only with what is open named."""
    play.on("29/12/2023 16:00")
    desk = await play.phone("head:HQ")
    assert play.cast.name("silent") in await desk.closes_the_campaign()
    await desk.taps("desk_close_now")
    (closed,) = await play.rows(AUDIT, what="campaign closed")
    assert closed["detail"]["open"] == [one.review for one in await play.standings("silent")]
