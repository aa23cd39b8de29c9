"""Through whom the forms of a department go in December 2026, and who decides them: each line read in the clause.

The roster is that of a fictional department of 24 (tests/bot/roster/cases). NĐ 335/2025, Điều 10: khoản 1 says who follows and
comments, khoản 2 who rates; NĐ 233/2026, Điều 13 khoản 2, 3 the same of employees. Of the party's forms the block printed in Mẫu
02-HD KĐ.ĐG 2019 is followed: chi ủy comments, the committee above rates (HD 43, mục 3, was not seen).
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.campaign.campaigns import OpenedCampaign, open_campaign
from bot.campaign.roster.importing import import_roster, preview, touched
from bot.clock import ZONE
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from rules.nouns.errors import RosterErrors
from rules.nouns.reviews import ReviewStatus
from rules.roster.people import OUTSIDE, Roster, RosterBody
from storage.store import Store
from tests.bot.playing import shelf

CASES = Path(__file__).parents[1] / "roster" / "cases"
NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=ZONE)
BOOKS = ["decree-335-2025", "decree-233-2026", "party-2025"]
CIVIL, PARTY = {"mau-02-335", "phu-luc-ii-233"}, {"mau-02a-hd-2025", "mau-02b-hd-2025", "mau-01-hd-2025"}
COMMITTEE = "Đảng ủy Sở Nông nghiệp và Môi trường"
OFFICE_CELL, CRAFT_CELL = "Chi bộ Văn phòng - Kế hoạch", "Chi bộ Chuyên môn"
BODIES = (
    RosterBody(COMMITTEE, "Đảng bộ UBND tỉnh Thạch Lâm", "TL-001", "TL-002", OUTSIDE),
    RosterBody(OFFICE_CELL, COMMITTEE, "TL-004", "TL-010"),
    RosterBody(CRAFT_CELL, COMMITTEE, "TL-014", "TL-018"),
)

#: Who → through whom, who decides. "" outside the office.
CIVIL_LINES = {
    # Người đứng đầu cơ quan quản lý công chức theo dõi và xếp loại người đứng đầu cơ quan: 10.1.a, 10.2.a
    "TL-001": ("", ""),
    # cấp phó của người đứng đầu cơ quan sử dụng: 10.1.b, 10.2.b
    **dict.fromkeys(("TL-002", "TL-003"), ("TL-001", "TL-001")),
    # người đứng đầu cơ quan trực tiếp sử dụng: 10.1.b, 10.2.b
    **dict.fromkeys(("TL-004", "TL-010", "TL-014", "TL-018"), ("TL-001", "TL-001")),
    # cấp phó và công chức của cơ quan trực tiếp sử dụng: 10.1.c, 10.2.b
    **dict.fromkeys(("TL-005", "TL-006", "TL-007", "TL-008", "TL-009"), ("TL-004", "TL-001")),
    **dict.fromkeys(("TL-011", "TL-012", "TL-013"), ("TL-010", "TL-001")),
    **dict.fromkeys(("TL-015", "TL-016", "TL-017"), ("TL-014", "TL-001")),
    **dict.fromkeys(("TL-019", "TL-020"), ("TL-018", "TL-001")),
    # viên chức của Trung tâm: người đứng đầu đơn vị sự nghiệp theo dõi và xếp loại, NĐ 233, 13.2.b–c, 13.3.b
    **dict.fromkeys(("TL-021", "TL-022", "TL-023"), ("TL-003", "TL-003")),
}
#: With the sheet of party bodies: chi ủy through its secretary (of the secretary's own form: the deputy), đảng ủy through its.
PARTY_LINES = {
    "TL-001": ("TL-004", "TL-002"),  # nobody decides their own: the deputy secretary of the committee
    **dict.fromkeys(("TL-002", "TL-003", "TL-005", "TL-006", "TL-009", "TL-010"), ("TL-004", "TL-001")),
    **dict.fromkeys(("TL-011", "TL-012", "TL-013"), ("TL-004", "TL-001")),
    "TL-004": ("TL-010", "TL-001"),  # the secretary's own: the deputy secretary of the cell
    **dict.fromkeys(("TL-015", "TL-016", "TL-017", "TL-018", "TL-021", "TL-022"), ("TL-014", "TL-001")),
    "TL-014": ("TL-018", "TL-001"),
    "TL-C01": ("", "TL-001"),  # the cell itself: the committee above decides, its own secretary has no part in it
    "TL-T01": ("", ""),  # the leadership collective: none of its leaders
}


def given(bodies: tuple[RosterBody, ...] | None = None) -> Roster:
    return replace(read_roster(CASES / "so-nnmt-2026.xlsx"), bodies=bodies)


async def opened(store: Store, roster: Roster) -> OpenedCampaign:
    said = {"review_workers": True, "own_regulation": True}
    return await open_campaign(store, shelf(), BOOKS, 2026, roster, NOW, answers=said)


async def lines(store: Store, campaign: int, forms: set[str]) -> dict[str, tuple[str, str]]:
    async with store.reading() as tx:
        office = await tx.units.office(given().office.name)
        assert office is not None
        keys = {id_: key for key, id_ in (await tx.rosters.ids(office)).items()}
        reviews = (await tx.reviews.opened(campaign)).items()
    return {
        keys[who]: (" ".join(keys[step.person] for step in one.steps), keys.get(one.decider_id or 0, ""))
        for (who, form, _, post), one in reviews
        if form in forms and post == 0
    }


async def test_each_line_is_the_one_of_its_clause(store):
    campaign = await opened(store, given(BODIES))
    civil = await lines(store, campaign.campaign, CIVIL)
    assert {key: civil[key] for key in CIVIL_LINES} == CIVIL_LINES
    party = await lines(store, campaign.campaign, PARTY)
    assert {key: party[key] for key in PARTY_LINES} == PARTY_LINES


async def test_without_the_sheet_no_party_form_goes_to_an_administrative_head_and_the_opening_says_so(store):
    campaign = await opened(store, given())
    party = await lines(store, campaign.campaign, PARTY)
    assert set(party) >= set(PARTY_LINES)
    assert set(party.values()) == {("", "")}
    missing = [dict(one.values) for one in campaign.points if one.key == "party_line"]
    assert {one["cell"]: one["missing"] for one in missing} == {
        cell: ["secretary", "committee"] for cell in (OFFICE_CELL, CRAFT_CELL)
    }
    (outside,) = [
        one.values for one in campaign.points if one.values.get("cite") == "NĐ 335/2025, Điều 10 khoản 2 điểm a"
    ]
    assert (outside["names"], outside["above"]) == (["Đinh Quang Thạch"], "UBND tỉnh Thạch Lâm")


async def test_what_was_sent_before_the_sheet_came_goes_to_the_party_body_with_all_that_is_in_it(store):
    campaign = await opened(store, given())
    async with store.transaction() as tx:
        office = await tx.units.office(given().office.name)
        who = (await tx.rosters.ids(office))["TL-016"]
        opened_ = await tx.reviews.opened(campaign.campaign)
        review = next(one.id for (person, form, *_), one in opened_.items() if person == who and form in PARTY)
        await tx.reviews.submit(review, "a" * 64, None, None, NOW)
        await tx.commit()
    later = NOW + dt.timedelta(days=1)
    roster = given(BODIES)
    seen = await preview(store, roster, later)
    assert (await touched(store, shelf(), roster, seen, later)).ended == ()
    await import_roster(store, shelf(), roster, seen, later)
    async with store.reading() as tx:
        (kept,) = await tx.reviews.some([review])
        secretary = (await tx.rosters.ids(office))["TL-014"]
    assert (kept.status, kept.approver_id, kept.approver_role) == (ReviewStatus.SUBMITTED, secretary, "cell")


async def test_a_roster_without_the_sheet_leaves_the_party_bodies_that_are_kept(store, tmp_path):
    await opened(store, given(BODIES))
    seen = await preview(store, given(), NOW)
    assert seen.change.nothing
    async with store.reading() as tx:
        office = await tx.units.office(given().office.name)
        kept = (await tx.rosters.kept(office)).present
    assert set(kept.bodies or ()) == set(BODIES)
    write_roster(tmp_path / "danh-sach.xlsx", kept)
    assert read_roster(tmp_path / "danh-sach.xlsx").bodies == kept.bodies


def test_the_written_roster_has_a_row_for_each_cell_that_nothing_is_known_of(tmp_path):
    write_roster(tmp_path / "danh-sach.xlsx", given())
    assert read_roster(tmp_path / "danh-sach.xlsx").bodies == (RosterBody(OFFICE_CELL), RosterBody(CRAFT_CELL))


@pytest.mark.parametrize(
    ("body", "cell", "expected"),
    [
        (RosterBody(OFFICE_CELL, secretary="TL-099"), "C2", "known_person"),
        (RosterBody(OFFICE_CELL, secretary="TL-007"), "C2", "party_member_there"),
        (RosterBody(OFFICE_CELL, secretary="TL-004", deputy="TL-004"), "D2", "other_than_secretary"),
        (RosterBody(OFFICE_CELL, above=OFFICE_CELL), "B2", "unit_circle"),
    ],
)
def test_what_cannot_be_is_told_with_its_cell(tmp_path, body, cell, expected):
    write_roster(tmp_path / "danh-sach.xlsx", given((body,)))
    with pytest.raises(RosterErrors) as wrong:
        read_roster(tmp_path / "danh-sach.xlsx")
    assert [(one.cell.sheet, one.cell.name, one.expected) for one in wrong.value.mistakes] == [
        ("Chi bộ", cell, expected)
    ]


async def test_the_committee_is_asked_about_heads_and_deputies_and_no_leader_about_themself(store):
    """NĐ 335/2025, Điều 21 khoản 1 điểm c, khoản 2 điểm c; NĐ 233/2026, Điều 15 khoản 2 điểm c."""
    campaign = await opened(store, given(BODIES))
    async with store.reading() as tx:
        office = await tx.units.office(given().office.name)
        keys = {id_: key for key, id_ in (await tx.rosters.ids(office)).items()}
        asked = await tx.opinions.missing(campaign.campaign)
        about = {one.id: keys[one.person.id] for one in await tx.reviews.some([opinion.review for opinion in asked])}
    committees = {about[one.review]: (one.of, keys.get(one.asked or 0)) for one in asked if one.kind == "committee"}
    of_office = dict.fromkeys(("TL-005", "TL-010", "TL-011"), (OFFICE_CELL, "TL-004"))
    of_craft = dict.fromkeys(("TL-015", "TL-018", "TL-021"), (CRAFT_CELL, "TL-014"))
    assert committees == {
        "TL-001": (COMMITTEE, "TL-002"),  # the secretary is the one it is about
        "TL-002": (COMMITTEE, "TL-001"),
        "TL-003": (COMMITTEE, "TL-001"),
        "TL-004": (OFFICE_CELL, "TL-010"),
        "TL-014": (CRAFT_CELL, "TL-018"),
        **of_office,
        **of_craft,
    }


async def test_an_opinion_that_the_desk_was_to_record_is_asked_of_the_committee_once_it_is_named(store):
    campaign = await opened(store, given())
    async with store.reading() as tx:
        before = [one for one in await tx.opinions.missing(campaign.campaign) if one.kind == "committee"]
    assert {one.asked for one in before} == {None}
    later = NOW + dt.timedelta(days=1)
    await import_roster(store, shelf(), given(BODIES), await preview(store, given(BODIES), later), later)
    async with store.reading() as tx:
        after = [one for one in await tx.opinions.missing(campaign.campaign) if one.kind == "committee"]
    assert [one.id for one in after] == [one.id for one in before]
    assert None not in {one.asked for one in after}
