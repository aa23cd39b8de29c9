"""The guard of a body's report: its drafter, its writers, the head of the body's unit, and the desk."""

from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, held, reason_in
from dialogs.core.knowledge.reports import ReportView
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key
from rules.campaign.permissions import Action, Relation, may, relations_to_unit
from rules.nouns.reviews import Review

TO_LIST = Key("report/list", Button("report_list"))
#: Relations to a body that come from its unit: they decide who is appointed.
_OF_UNIT = frozenset({Relation.UNIT_HEAD, Relation.DESK})


def view_of(state: State) -> ReportView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, ReportView) else ReportView()


def may_do(state: State, review: Review, action: Action) -> bool:
    """Whether this person has permission for the action on the report."""
    if state.person is None:
        return False
    here = relations_to_unit(state.person, review.person.office, review.person.unit_id) & _OF_UNIT
    if action is Action.NAME_DRAFTER:
        return may(held(state, review) & {Relation.DRAFTER} | here, action)
    return may(held(state, review), action) or (action is Action.READ_PROGRESS and _sees(state, review, here))


def _sees(state: State, review: Review, here: frozenset[Relation]) -> bool:
    filling = held(state, review) & {Relation.DRAFTER, Relation.WRITER}
    return bool(filling) or may(here, Action.READ_PROGRESS)


def _find(state: State, button: Button) -> Review | Refused:
    found = next((one for one in view_of(state).reports if one.id == button.review), None)
    if found is not None:
        return found
    return Refused("not_yours", tried=Tried(review=button.review)) if button.review else Refused("gone")


def _ended(_: State, review: Review) -> Refused | None:
    return Refused("closed") if review.campaign.closed else None


def _awaited(state: State) -> Button:
    return Button("report_who", kept_number(state, "review"))


REPORTS: Guard[Review] = Guard(
    rooms=(Room.REPORT,),
    find=_find,
    may=may_do,
    denied=lambda _, review, __: Refused("not_yours", tried=Tried(review=review.id)),
    words=reason_in("report/refused", TO_LIST),
    ended=_ended,
    awaited=_awaited,
)
