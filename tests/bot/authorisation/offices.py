"""The two offices, with their rooms and people by short names."""

import datetime as dt
from collections.abc import Callable

from rules.nouns.service import Service
from tests.campaigns.office import Cast, Hiring

POLICY, OLD_ROOM, STAFF = "Phòng Chính sách", "Phòng Tuyên truyền", "Phòng Tổ chức"


def _office(prefix: str, name: str, seed: int, who: Callable[[str], str]) -> Hiring:
    """An office of three rooms."""
    hire = Hiring(name, above=f"UBND {name}", seed=seed, prefix=prefix)
    hire.one(who("chief"), "Trưởng ban", role="head")
    hire.one(who("vice"), "Phó Trưởng ban", role="deputy")
    hire.unit(f"{POLICY} {prefix}", in_charge=who("vice"))
    hire.unit(f"{OLD_ROOM} {prefix}", in_charge=who("vice"))
    hire.unit(f"{STAFF} {prefix}", desk=True, in_charge=who("vice"))
    hire.one(who("head"), "Trưởng phòng", f"{POLICY} {prefix}", role="head")
    hire.one(who("desk_head"), "Trưởng phòng", f"{STAFF} {prefix}", role="head")
    hire.one(who("desk"), "Chuyên viên", f"{STAFF} {prefix}", desk=True)
    return hire


def office_a() -> Cast:
    """The office of the review."""
    day = dt.date
    moved = Service(
        joined=day(2015, 7, 1), moved_on=day(2023, 9, 1), moved_from=f"{OLD_ROOM} A", there_since=day(2019, 1, 1)
    )
    names = {"chief": "authority", "vice": "in_charge"}
    hire = _office("A", "Ban Dân tộc tỉnh Cao Mây", 1, lambda who: names.get(who, who))
    hire.one("stand_in_auth", "Phó Trưởng ban", role="deputy")
    hire.one("stand_in", "Phó Trưởng phòng", f"{POLICY} A", role="deputy")
    hire.one("self", "Chuyên viên", f"{POLICY} A", service=moved)
    for who in ("colleague", "past", "leaver", "lost"):
        hire.one(who, "Chuyên viên", f"{POLICY} A", desk=who == "leaver")
    hire.one("old_head", "Trưởng phòng", f"{OLD_ROOM} A", role="head")
    return hire.done()


def office_b() -> Cast:
    """Another office in the same database."""
    hire = _office("B", "Ban Dân tộc tỉnh Bến Mơ", 2, lambda who: f"b_{who}")
    hire.one("b_self", "Chuyên viên", f"{POLICY} B")
    return hire.done()
