"""Two heads who propose the last place of a quota in the same moment: one of them is told that it is one too many."""

import asyncio

from rules.nouns.tracking import LastMonth, LastMonthChoice
from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play

ROOMS = {"A": "Phòng Tổng hợp", "B": "Phòng Quản trị"}
GOOD = {
    "unit_rating": "good",
    "sick_leave": "false",
    "basic_targets": "false",
    "subunit_corruption": "false",
    **{f"m{month:02}": "85" for month in range(1, 13)},
}
BEST = {**GOOD, **{f"m{month:02}": "95" for month in range(1, 13)}, "self_rating": "excellent"}


def small_office() -> Cast:
    """Eight experts in two rooms: of six who are good one in five may be excellent."""
    hire = Hiring("Sở Thử nghiệm tỉnh An Phú", above="UBND tỉnh An Phú", seed=20, prefix="TN")
    hire.one("director", "Giám đốc", role="head", group="Lãnh đạo")
    for short, unit in ROOMS.items():
        hire.unit(unit, desk=short == "A")
        hire.one(f"head:{short}", "Trưởng phòng", unit, role="head", group="Lãnh đạo")
        hire.staff(short, 4, "Chuyên viên", unit, group="Chuyên viên")
    return hire.done()


async def test_the_last_place_is_free_for_one_of_two(database_url, tmp_path):
    play = await Play.begin(database_url, small_office(), "05/12/2026 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "decree-335-2025", year=2026)
    async with play.store.transaction() as tx:
        later = LastMonth(LastMonthChoice.LATER, "Sở Nội vụ", "12/SNV-CCVC")
        await tx.campaigns.set_last_month(play.campaign, later)
        await tx.commit()
    staff = [f"{short}{number}" for short in ROOMS for number in range(1, 5)]
    leaving_out = [who for who in play.ids if who not in staff]
    answers = {who: BEST if who.endswith("1") else GOOD for who in staff}
    assert await play.everybody_hands_in(*leaving_out, answers=answers) == 8
    heads = [await play.phone(f"head:{short}") for short in ROOMS]
    for head, short in zip(heads, ROOMS, strict=True):
        await head.commands("choduyet")
        await head.opens("head_card", play.cast.name(f"{short}1"))
        assert head.sees("head_agree")
    await asyncio.gather(*(head.taps("head_agree") for head in heads))
    told = [head for head in heads if head.sees("head_approve")]
    counted = await play.counted()
    await play.ends()
    assert counted == {"submitted": 7, "approved": 1, "drafting": 3}
    (second,) = told
    assert "Bản này là bản thứ 2 được đề nghị “Xuất sắc”" in second.text
