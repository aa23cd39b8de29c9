"""Sending a unit's package up, withdrawing it, or returning it for completion with a reason."""

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.upward import KeepSentUp
from dialogs.core.handlers import Books
from dialogs.core.knowledge.upward import UnitSends
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.stamps import FINGERPRINT
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.upward.guard import RETURN, UNITS, WITHDRAW, on_it, to_unit, view
from dialogs.upward.page import refused_while, shown
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.upward.package import differences, missing_in
from rules.upward.standing import Deed

#: The longest reason, in characters.
MOST_REASON = 300


def send(books: Books, state: State, one: UnitSends, button: Button) -> Turn:
    """Send the package as it was shown: `upward_send:0:<campaign>:<unit>:<mark>:<number of the last deed>`. If it
    changed, it is shown again.
    """
    known, last = view(state), one.up.last
    if known.value is None or known.mark[:FINGERPRINT] != word(button, 2):
        return shown(books, state, one, said="changed")
    if number(button, 3) != (last.number if last else 0):
        return shown(books, state, one, said="meanwhile")
    if one.up.standing and one.up.standing.fingerprint == known.mark:
        return shown(books, state, one, said="same")
    keep = KeepSentUp(one.up.campaign, one.up.unit, last.number if last else 0, Deed.SENT, known.value)
    version, missing = len(one.up.sent) + 1, len(missing_in(known.value))
    differ = differences(known.kept, known.value) if known.kept and one.up.standing else []
    values: dict[str, Json] = {
        "unit": one.up.name,
        "version": version,
        "missing": missing,
        "differ": len(differ),
        "to": str(known.value["to"]),
        "through": str(known.value["through"]),
        "office": one.office,
        "mark": known.mark[:FINGERPRINT],
        "looked_at": one.looked_at,
    }
    told = () if one.office else _tell_desk(state, one, "sent_up", {**values, "by": _name(state)}, version)
    return Turn((Reply("upward/sent", values, ((to_unit(one),),), replaces=True),), (keep, *told))


def _name(state: State) -> str:
    return state.person.called if state.person else ""


def _tell_desk(state: State, one: UnitSends, what: str, values: dict[str, Json], which: int) -> tuple[Command, ...]:
    """The notices to the desk; if there is none, nobody is told."""
    me = state.person.id if state.person else 0
    key = ((Key("upward/open", on_it("upward_look", one)),),)
    mark = f"{what}:{one.up.campaign}:{one.up.unit}:{which}"
    return tuple(
        Notify(each, f"{mark}:{each}", Reply(f"notice/{what}", values, key)) for each in state.desk if each != me
    )


def ask_withdraw(books: Books, state: State, one: UnitSends, button: Button) -> Turn:
    """Ask for the reason of a withdrawal: `upward_withdraw:0:<campaign>:<unit>`."""
    return _ask(books, state, one, button, WITHDRAW, Action.SEND_UP)


def ask_return(books: Books, state: State, one: UnitSends, button: Button) -> Turn:
    """Ask for the reason of a return: `upward_return:0:<campaign>:<unit>`."""
    return _ask(books, state, one, button, RETURN, Action.RETURN_SENT)


def _ask(books: Books, state: State, one: UnitSends, button: Button, what: str, action: Action) -> Turn:
    if one.up.standing is None:
        return shown(books, state, one, said="not_standing")
    if refused := refused_while(one):
        return UNITS.refuse(books, state, refused, action, button)
    last = one.up.last
    values: dict[str, Json] = {"what": what.removeprefix("upward_"), "unit": one.up.name}
    focus = awaiting(what, campaign=one.up.campaign, unit=one.up.unit, after=last.number if last else 0)
    return Turn((Reply("upward/ask", values, ((to_unit(one),),)),), (focus,))


def withdrawn(books: Books, state: State, one: UnitSends, text: str) -> Turn:
    """Withdraw the package with the reason given."""
    return _taken_back(books, state, one, text, Deed.WITHDRAWN)


def returned(books: Books, state: State, one: UnitSends, text: str) -> Turn:
    """Return the package with the reason given."""
    return _taken_back(books, state, one, text, Deed.RETURNED)


def _taken_back(books: Books, state: State, one: UnitSends, text: str, deed: Deed) -> Turn:
    if wrong := unusable(text, MOST_REASON):
        return Turn((wrong,))
    standing, focus = one.up.standing, state.focus or {}
    if standing is None or standing.number != focus.get("after"):
        return shown(books, state, one, said="meanwhile")
    action = Action.RETURN_SENT if deed is Deed.RETURNED else Action.SEND_UP
    if refused := refused_while(one):
        return UNITS.refuse(books, state, refused, action)
    keep = KeepSentUp(one.up.campaign, one.up.unit, standing.number, deed, reason=text)
    values: dict[str, Json] = {"unit": one.up.name, "version": one.up.version(standing), "reason": text}
    told = _of_return(state, one, values) if deed is Deed.RETURNED else _of_withdrawal(state, one, values)
    done = Reply("upward/taken_back", {**values, "deed": deed.value}, ((to_unit(one),),))
    return Turn((done,), (keep, *told, *let_go(state, Room.UPWARD)))


def _of_return(state: State, one: UnitSends, values: dict[str, Json]) -> tuple[Command, ...]:
    """The notice of a return to whoever sent the package."""
    standing = one.up.standing
    assert standing is not None, "only what stands is returned"
    key = ((Key("upward/open", on_it("upward_look", one)),),)
    reply = Reply("notice/sent_up_returned", {**values, "by": _name(state)}, key)
    return (Notify(standing.by, f"sent_up_returned:{one.up.campaign}:{one.up.unit}:{standing.number}", reply),)


def _of_withdrawal(state: State, one: UnitSends, values: dict[str, Json]) -> tuple[Command, ...]:
    if one.office:
        return ()
    told = {**values, "by": _name(state)}
    return _tell_desk(state, one, "sent_up_withdrawn", told, one.up.last.number if one.up.last else 0)
