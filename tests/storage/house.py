"""A small office in the store: a director, a room with a head, and An, who is reviewed."""

import datetime as dt
from dataclasses import dataclass

from rules.nouns.people import Person
from rules.nouns.reviews import Step
from rules.nouns.values import Subject
from storage import Transaction
from storage.values import Opening

HANOI = dt.timezone(dt.timedelta(hours=7))
AT = dt.datetime(2026, 11, 2, 8, 30, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Office:
    """The ids of the stored rows."""

    id: int
    room: int
    director: int
    head: int
    an: int
    campaign: int
    review: int  # An's, approved by the head


def person(name: str, unit: int, **traits: bool) -> Person:
    """A person for the roster."""
    return Person(0, name, "Chuyên viên", unit, "", "", Subject.OFFICIAL, **traits)


async def settle(tx: Transaction) -> Office:
    """Store the office."""
    office = await tx.units.keep_office("Văn phòng Mẫu", "UỶ BAN NHÂN DÂN TỈNH MẪU")
    top = await tx.units.keep_unit(office, "Lãnh đạo")
    room = await tx.units.keep_unit(office, "Phòng Tổng hợp", top)
    director = await tx.people.add(person("Đỗ Thị Giám", top, head=True, leader=True), "CB01")
    head = await tx.people.add(person("Lê Văn Trưởng", room, head=True, leader=True), "CB02")
    an = await tx.people.add(person("Nguyễn Thị An", room), "CB03")
    campaign = await tx.campaigns.open(office, "mau-2026", 2026, {"self_review": dt.date(2026, 11, 28)}, AT)
    review = await begun(tx, campaign.id, an, head)
    return Office(office, room, director, head, an, campaign.id, review)


async def begun(tx: Transaction, campaign: int, who: int, *approvers: int, form: str = "mau-02") -> int:
    """Begins a review with these approvers, the first of whom is the head of the unit. Returns its id."""
    roles = ("unit_head", "in_charge", "authority")
    steps = tuple(Step(role, approver) for role, approver in zip(roles, approvers, strict=False))
    opening = Opening(who, campaign, "mau-2026", form, steps)
    await tx.reviews.begin([opening])
    return (await tx.reviews.opened(campaign))[opening.key].id
