"""The office of the play: a head with nine people under them, all members of one party cell, in the rulebook's year."""

import datetime as dt

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.codes import fresh_code
from bot.rulebooks.library import Library
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage.store import Store
from storage.values import NewCode

RULEBOOK, YEAR = "quang-ngai-office-2020", 2020
BEGINS = dt.datetime(2020, 11, 23, 8, 30, tzinfo=ZONE)
FORM, MEMBER_FORM = "mau-02", "mau-02-hd-2019"

_OFFICE, _ROOM = "Văn phòng UBND tỉnh An Phú", "Phòng Hành chính – Tổ chức"
AUTHORITY, HEAD = "AP-001", "AP-002"
_NAMES = (
    "Trần Thị Hoa Mai",
    "Phan Thảo Vy",
    "Lê Khánh Trúc",
    "Vũ Đăng Khoa Minh",
    "Đặng Ngọc Lan Chi",
    "Ngô Việt Thư",
    "Mai Trường An",
    "Tạ Minh Hạ",
    "Bùi Hải Đăng Quang",
)
STAFF = tuple(f"AP-{number:03}" for number in range(11, 11 + len(_NAMES)))


def _official(key: str, name: str, position: str, unit: str, role: str = "") -> RosterPerson:
    return RosterPerson(
        key, name, position, unit, Subject.OFFICIAL, bool(role), role, party_member=True, serves_public=False
    )


ROSTER = Roster(
    units=(RosterUnit(_OFFICE, "", above="UBND tỉnh An Phú", desk=True), RosterUnit(_ROOM, _OFFICE)),
    people=(
        _official(AUTHORITY, "Hoàng Sơn Lâm", "Chánh Văn phòng", _OFFICE, "head"),
        _official(HEAD, "Nguyễn Bình Nguyên", "Trưởng phòng", _ROOM, "head"),
        *(_official(key, name, "Chuyên viên", _ROOM) for key, name in zip(STAFF, _NAMES, strict=True)),
    ),
)


async def furnish(store: Store, now: dt.datetime) -> None:
    """Makes the office and opens its campaign."""
    await open_campaign(store, Library(), [RULEBOOK], YEAR, ROSTER, now)


async def invited(store: Store, key: str, now: dt.datetime) -> str:
    """A new invitation code for the person with that key."""
    code = fresh_code()
    async with store.transaction() as tx:
        office = await tx.units.office(_OFFICE)
        person = await tx.people.by_roster_key(office, key) if office else None
        if person is None:
            raise LookupError(key)
        await tx.invitations.issue(NewCode(person.id, code), "device", now + dt.timedelta(days=1), now)
        await tx.commit()
    return code
