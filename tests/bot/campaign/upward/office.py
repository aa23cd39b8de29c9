"""An office of two rooms under the plan of Quảng Ngãi 2023, in which everybody's review is handed in and agreed to."""

from pathlib import Path

from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play, lived_once

BOOK, YEAR, BEGINS = "quang-ngai-office-2023", 2023, "20/11/2023 08:00"
ROOM, OTHER = "Phòng Tổng hợp", "Phòng Nội chính"


def office() -> Cast:
    """The office: two rooms, the desk's room, the leaders above."""
    hire = Hiring("Văn phòng UBND tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=21, prefix="VP")
    hire.one("chief", "Chánh Văn phòng", role="head")
    hire.one("vice", "Phó Chánh Văn phòng", role="deputy")
    hire.unit(ROOM, in_charge="vice")
    hire.unit(OTHER, in_charge="vice")
    hire.unit("Phòng Hành chính - Quản trị", desk=True, in_charge="vice")
    hire.one("head", "Trưởng phòng", ROOM, role="head", group="Trưởng phòng")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", group="Phó Trưởng phòng")
    hire.one("an", "Chuyên viên", ROOM, group="Chuyên viên")
    hire.one("binh", "Chuyên viên", ROOM, group="Chuyên viên")
    hire.one("head2", "Trưởng phòng", OTHER, role="head", group="Trưởng phòng")
    hire.one("chi", "Chuyên viên", OTHER, group="Chuyên viên")
    hire.one("desk", "Chuyên viên", "Phòng Hành chính - Quản trị", desk=True)
    return hire.done()


@lived_once
async def begun(url: str, folder: Path) -> Play:
    """Plays until the campaign is open, both rooms have handed in, and everything that waits is agreed to."""
    play = await Play.begin(url, office(), BEGINS)
    await play.opens(folder, BOOK, year=YEAR)
    for who in ("head", "deputy", "an", "binh", "head2", "chi"):
        await (await play.phone(who)).hands_in_all()
    play.on("21/11/2023 08:00")
    await play.all_look_through()
    return play
