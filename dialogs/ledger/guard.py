"""The guard of ledgers: the owner and whoever assigns their work may write, until the sheet of the period is sent."""

from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.knowledge.ledgers import WorkView
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, Relation, may
from rules.ledger.work import WorkLedger
from rules.nouns.reviews import Json

HOME = Key("work/home", Button("work_home"))


def view_of(state: State) -> WorkView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, WorkView) else WorkView()


def held_of(state: State, view: WorkView, ledger: WorkLedger) -> frozenset[Relation]:
    """The person's relations to the owner of a ledger. To their own ledger they are only its owner, whomever they act
    for.
    """
    if state.person is None:
        return frozenset()
    if ledger.person.id == state.person.id:
        return frozenset({Relation.SELF})
    if view.giver == state.person.id:
        return frozenset({Relation.UNIT_HEAD})
    return frozenset({Relation.STAND_IN}) if view.giver in state.acts_for else frozenset()


def is_own(state: State, ledger: WorkLedger) -> bool:
    """Whether it is this person's own ledger."""
    return state.person is not None and ledger.person.id == state.person.id


def drawn(verb: str, ledger: WorkLedger, *about: str) -> Button:
    """A button of a ledger, with its period and owner."""
    return Button(verb, 0, (ledger.named, str(ledger.person.id), *about))


def _find(state: State, button: Button) -> WorkLedger | Refused:
    view = view_of(state)
    if view.ledger is not None:
        return view.ledger
    return Refused("not_yours", tried=Tried(person=number(button, 1))) if number(button, 1) else Refused("no_period")


def _may(state: State, ledger: WorkLedger, action: Action) -> bool:
    return may(held_of(state, view_of(state), ledger), action)


def _denied(state: State, ledger: WorkLedger, _: Action) -> Refused:
    if is_own(state, ledger):
        return Refused("of_head", tried=Tried(person=ledger.person.id))
    return Refused("not_yours", tried=Tried(person=ledger.person.id))


def _words(_: Books, state: State, refused: Refused, __: Action, button: Button) -> tuple[Reply, ...]:
    values: dict[str, Json] = {"why": refused.reason, "period": word(button, 0), **refused.values}
    return (Reply("work/refused", values, ((HOME,),) if view_of(state).periods else ()),)


def _closed(_: State, ledger: WorkLedger, __: Button) -> Refused | None:
    return Refused("closed", {"period": ledger.named}) if ledger.closed else None


#: The guard of a ledger, found by period and person. It can be changed until its sheet is sent.
LEDGERS: Guard[WorkLedger] = Guard(
    rooms=(Room.WORK,),
    find=_find,
    may=_may,
    denied=_denied,
    words=_words,
    changed=_closed,
)

#: The guard of what the desk does for the office.
OFFICE_WORK: Guard[WorkView] = Guard(
    rooms=(Room.WORK,),
    find=lambda state, _: state.room if isinstance(state.room, WorkView) else Refused("not_desk", tried=Tried()),
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, ___: Refused("not_desk", tried=Tried()),
    words=_words,
)
