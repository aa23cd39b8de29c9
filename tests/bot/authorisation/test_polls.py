"""Who may hold a ballot: the table's row of `hold_poll`, tried at the second lock, where a dialog is not asked. Nobody of another office, nobody
who leads no unit; a head leads those of their own unit, the desk those of its office, whoever chairs their own.
"""

import pytest

from bot.door.channel import Incoming
from bot.turn.command_context import CommandContext
from bot.turn.guarding import guarded
from dialogs.core.commands.polls import AdmitToPoll, AmendPoll, CountOn, OpenPoll, WalkPoll
from dialogs.core.commands.refusals import Refuse
from dialogs.core.events import Commanded
from dialogs.core.turn import Turn
from rules.balloting.poll import Line, Mode, Poll, Stage, Taking
from rules.book.ballots import Choices
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage import Store, Transaction
from tests.bot.playing import shelf
from tests.storage.house import AT, Office, person, settle


def test_the_table_lets_heads_and_desks_hold_them_and_nobody_else() -> None:
    assert {relation for relation, action in ALLOWED if action is Action.HOLD_POLL} == {
        Relation.UNIT_HEAD,
        Relation.DESK,
    }


async def _furnished(tx: Transaction) -> tuple[Office, dict[str, int]]:
    office = await settle(tx)
    desk = await tx.units.keep_unit(office.id, "Phòng Tổ chức", desk=True)
    other = await tx.units.keep_office("Văn phòng Khác")
    away = await tx.units.keep_unit(other, "Phòng Khác", desk=True)
    people = {
        "head": office.head,
        "director": office.director,
        "an": office.an,
        "desk": await tx.people.add(person("Trần Thị Tổ", desk, desk=True), "CB09"),
        "foreign": await tx.people.add(person("Lý Văn Ngoài", away, head=True), "NG01"),
    }
    return office, people


def _poll(office: Office, unit: int | None, *taking: int, poll: int = 0, chair: int = 0) -> Poll:
    parts = tuple(Taking(one, "Tên") for one in taking)
    return Poll(
        poll,
        office.id,
        chair or office.head,
        "Bỏ phiếu",
        Mode.OPEN,
        Choices.AGREE,
        (Line("A"),),
        unit=unit,
        taking=parts,
    )


@pytest.mark.parametrize(
    ("who", "may"),
    [("head", True), ("desk", True), ("director", False), ("an", False), ("foreign", False)],
)
async def test_a_poll_of_a_unit_is_led_by_its_head_and_the_desk(store: Store, who: str, may: bool) -> None:  # noqa: FBT001 - a row of a table
    async with store.transaction() as tx:
        office, people = await _furnished(tx)
        id_ = await tx.polls.add(_poll(office, office.room, office.an), AT)
        known = _poll(office, office.room, office.an, poll=id_)
        actor = await tx.people.get(people[who])
        for command in (
            OpenPoll(_poll(office, office.room, office.an)),
            AmendPoll(known),
            WalkPoll(id_, Stage.CASTING),
            CountOn(id_),
        ):
            assert await _let(tx, actor, command) is may, command


async def test_nobody_of_another_office_is_made_a_voter(store: Store) -> None:
    async with store.transaction() as tx:
        office, people = await _furnished(tx)
        head = await tx.people.get(people["head"])
        assert not await _let(tx, head, OpenPoll(_poll(office, office.room, people["foreign"])))


async def test_a_code_is_for_whoever_takes_part(store: Store) -> None:
    async with store.transaction() as tx:
        office, people = await _furnished(tx)
        id_ = await tx.polls.add(_poll(office, office.room, office.an), AT)
        let = {who: await _let(tx, await tx.people.get(one), AdmitToPoll(id_, "X")) for who, one in people.items()}
        assert let == {"an": True, "head": False, "director": False, "desk": False, "foreign": False}


async def _let(tx: Transaction, actor, command) -> bool:
    context = CommandContext(tx, Incoming("web", "a", "1", Commanded("bophieu")), actor, AT, shelf())
    turn = await guarded(context, Turn((), (command,)))
    return not any(isinstance(one, Refuse) for one in turn.commands)
