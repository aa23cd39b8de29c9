"""Writing a broadcast: it is shown word for word with its recipients, then sent once."""

from collections.abc import Sequence

from dialogs.broadcast.filters import BY_STAGE, Filter, chosen, groups
from dialogs.core.awaited import awaiting, number, written
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import Broadcast
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number as number_of
from dialogs.core.paging import word
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.progress import parts
from dialogs.people.view import joined
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.text import clean

#: The purpose of the focus while a message is written. It holds the filter, and the text once there is one.
WRITE = "cast_write"
#: The longest message, in characters: what is read on a phone.
MAX_CHARS = 1000
#: How many recipients are named.
NAMES_SHOWN = 8


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Await the message to the people of this filter."""
    campaign, by = number_of(button, 0), _filter(view, word(button, 1), word(button, 2))
    if campaign and not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.BROADCAST)
    people = _people(state, view, campaign, by) if by else ()
    if by is None or not people:
        return _nobody(state, campaign)
    asked = Reply("cast/ask", {**to_values(view, by, people), "max": MAX_CHARS}, (_cancel(campaign),))
    return Turn((asked,), (awaiting(WRITE, campaign=campaign, kind=by.kind, of=by.of),))


def preview(_: Books, state: State, view: OfficeView, text: str) -> Turn:
    """The message as it will be read, and by whom."""
    message = clean(text)
    wrong = unfit(message)
    return Turn((wrong,)) if wrong else _preview(state, view, message, key_of(state))


def unfit(message: str) -> Reply | None:
    """Why a text cannot be a message; None: it can."""
    if not message:
        return Reply("cast/expected", {"max": MAX_CHARS})
    if len(message) > MAX_CHARS:
        return Reply("cast/too_long", {"length": len(message), "max": MAX_CHARS})
    return None


def key_of(state: State) -> str:
    """The permanent key of a message written now."""
    return f"cast:{state.person.id if state.person else 0}:{state.now:%Y%m%d%H%M%S%f}"


def send(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Send exactly what was shown to exactly those people. If they have changed, it is shown again."""
    text, key = written(state, "text"), written(state, "key")
    campaign, by = number(state, "campaign"), Filter(written(state, "kind"), written(state, "of"))
    if not text or not key:
        return Turn((Reply("cast/gone", {}, (_home(number_of(button, 0)),)),), let_go(state))
    people = _people(state, view, campaign, by)
    if word(button, 1) != stamp_of(text, people):
        return _preview(state, view, text, key, changed=True)
    report = (Key("cast/report", Button("cast_report", 0, (str(campaign),))),) if campaign else _home(campaign)
    said = Reply("cast/sent", to_values(view, by, people), (report,), replaces=True)
    return Turn((said,), (Broadcast(campaign, key, text, tuple(one.id for one in people)), SetFocus(None)))


def message_values(text: str, by: Person | None) -> dict[str, Json]:
    """The values of the template `cast/message`: the text, and its writer with their unit."""
    return {"text": text, "by": by.name if by else "", "unit": by.unit if by else ""}


def _preview(state: State, view: OfficeView, text: str, key: str, *, changed: bool = False) -> Turn:
    campaign, by = number(state, "campaign"), Filter(written(state, "kind"), written(state, "of"))
    people = _people(state, view, campaign, by)
    if not people:
        return _nobody(state, campaign)
    values = {**to_values(view, by, people), **message_values(text, state.person), "changed": changed}
    sending = Key("cast/send", Button("cast_send", 0, (str(campaign), stamp_of(text, people))), {"count": len(people)})
    shown = Reply("cast/preview", values, ((sending,), _cancel(campaign)))
    return Turn((shown,), (awaiting(WRITE, campaign=campaign, kind=by.kind, of=by.of, text=text, key=key),))


def _filter(view: OfficeView, kind: str, of: str) -> Filter | None:
    if kind == "group":
        names = groups(view)
        place = int(of) if of.isascii() and of.isdecimal() else len(names)
        return Filter("group", names[place]) if place < len(names) else None
    known = kind in {"all", *BY_STAGE} or (kind == "unit" and of.isascii() and of.isdecimal())
    return Filter(kind, of if kind == "unit" else "") if known else None


def _people(state: State, view: OfficeView, campaign: int, by: Filter) -> tuple[Person, ...]:
    return chosen(view, campaign, by, state.person.id if state.person else 0)


def to_values(view: OfficeView, by: Filter, people: Sequence[Person]) -> dict[str, Json]:
    """The recipients, as values of a template."""
    names: list[Json] = [one.called for one in people[:NAMES_SHOWN]]
    return {
        **by.values(view),
        "count": len(people),
        "names": names,
        "more": len(people) - len(names),
        "not_joined": sum(not joined(view, one) for one in people),
    }


def stamp_of(text: str, people: Sequence[Person]) -> str:
    """The stamp of exactly this message to exactly these people."""
    return seal([text, [one.id for one in people]])


def _nobody(state: State, campaign: int) -> Turn:
    return Turn((Reply("cast/nobody", {}, (_home(campaign),)),), let_go(state))


def _home(campaign: int) -> tuple[Key, ...]:
    return (Key("cast/home", Button("cast_home", 0, (str(campaign),))),)


def _cancel(campaign: int) -> tuple[Key, ...]:
    return (Key("cast/cancel", Button("cast_home", 0, (str(campaign),))),)


VERBS: dict[str, OnPress] = {
    "cast_to": OFFICE.looking(ask, Action.BROADCAST),
    "cast_send": OFFICE.looking(send, Action.BROADCAST),
}

TEXTS: dict[str, OnText] = {WRITE: OFFICE.looking(preview, Action.BROADCAST)}
