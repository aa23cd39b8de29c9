"""Codes for people selected in a list: first who gets one, who does not and why; then all codes are issued at once."""

from dataclasses import dataclass

from dialogs.core.commands.accounts import Reissue
from dialogs.core.events import Chosen
from dialogs.core.handlers import Books, OnChosen
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, Turn
from dialogs.desk.guard import changed_meanwhile
from dialogs.people.codes import told_of_code
from dialogs.people.guard import CREW
from dialogs.people.view import MOST, invitation_stamp, joined, may_do
from rules.campaign.permissions import Action
from rules.nouns.devices import WAITS
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.values import BODIES

#: The deeds: a code for those without one, or a new code for all who have not signed in, which cancels the old ones.
GIVE, RENEW = "crew_chosen", "crew_chosen_anew"


@dataclass(frozen=True, slots=True)
class Invitees:
    """Who among the selected people gets a code."""

    people: tuple[Person, ...]
    #: Those among them who have signed in before; their new code waits a day.
    anew: tuple[Person, ...]
    #: Left out: they are signed in.
    joined: tuple[Person, ...]
    #: Left out: they have a valid code.
    held: tuple[Person, ...]
    #: Left out: this person may not let them in, or it is themselves.
    others: tuple[Person, ...]
    #: Left out: they come after the first `MOST`.
    beyond: tuple[Person, ...]
    stamp: str


def invitees(state: State, view: OfficeView, *, renew: bool = False) -> Invitees:
    """The selected people, sorted by what becomes of them. `renew`: those with a valid code get another."""
    others = tuple(one for one in view.people if not may_do(state, one, Action.INVITE))
    not_mine = {one.id for one in others}
    mine = [one for one in view.people if one.id not in not_mine]
    inside = tuple(one for one in mine if joined(view, one))
    outside = [one for one in mine if not joined(view, one) and one.subject not in BODIES]
    held = tuple(one for one in outside if one.id in view.invited and not renew)
    free = tuple(one for one in outside if one.id not in view.invited or renew)
    people = free[:MOST]
    anew = tuple(one for one in people if one.id in view.been_in)
    stamp = seal([[one.id, one.id in view.been_in, invitation_stamp(view.invited.get(one.id))] for one in people])
    return Invitees(people, anew, inside, held, others, free[MOST:], stamp)


def give(_: Books, state: State, view: OfficeView, event: Chosen) -> Turn:
    """Issue a code to exactly those shown, in the same way as for one person (dialogs/people/codes)."""
    found = invitees(state, view, renew=event.deed == RENEW)
    if not found.people or event.stamp != found.stamp:
        return changed_meanwhile()
    commands: list[Command] = []
    for one, code in zip(found.people, state.fresh_codes, strict=False):
        opens_at = state.now + WAITS if one.id in view.been_in else None
        commands += (Reissue(one.id, code, opens_at), *told_of_code(state, view, one))
    values: dict[str, Json] = {
        "count": len(found.people),
        "anew": len(found.anew),
        "joined": len(found.joined),
        "held": len(found.held),
        "others": len(found.others),
        "beyond": len(found.beyond),
    }
    return Turn((Reply("crew/chosen_given", values),), tuple(commands))


CHOSEN: dict[str, OnChosen] = {GIVE: CREW.looking(give, Action.INVITE), RENEW: CREW.looking(give, Action.INVITE)}
