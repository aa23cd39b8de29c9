"""Preparing a round: what, to whom, until when, and a last look including how answers are named. `sending` sends it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.core.awaited import awaiting, written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.paging import ON_A_PAGE, Page, number, page, word
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.rounds.attaching import ATTACH, FILE, asked_for, carried
from dialogs.rounds.guard import DRAFTS, TO_HOME, view
from dialogs.shown.person import called
from rules.book.rounds import OF_SHEETS
from rules.campaign.permissions import Action
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.rounds import ENOUGH, Naming
from rules.nouns.values import BODIES
from rules.nouns.workdays import workdays_after

#: The purposes of the focus while a draft is prepared, and while its last day is awaited.
MAKING, DAY = "round_make", "round_day"
#: The value of `picking` in the focus while people are chosen one by one. For a body it is the place of the body.
PEOPLE = "people"
#: The offered last days, in working days from now, and the furthest last day allowed.
DAYS, FURTHEST = (2, 3, 5, 10), dt.timedelta(days=120)
#: How many of the people asked are named.
NAMES = 8


def whom(_: Books, state: State, draft: DraftToSend, __: Button) -> Turn:
    """Ask whom the draft goes to: `round_of:0:<token>`."""
    if draft.unwritten and not draft.file_name:
        return asked_for(state, draft)
    return Turn((whom_of(state, draft),), (making(state, draft, ()),))


def whom_of(state: State, draft: DraftToSend) -> Reply:
    """The question whom the draft goes to, with what the text prescribes and what changed since the last round."""
    everybody, by_text = able(state, draft), set(draft.reached)
    sizes = {
        _by_text(draft): sum(one.id in by_text for one in everybody),
        "unit": sum(one.unit_id == _unit(state, draft) for one in everybody),
        "all": len(everybody),
    }
    listed = [
        (
            Key(
                "round/to",
                Button("round_to", 0, (draft.token, kind)),
                {"kind": kind, "count": count, "about": draft.about},
            ),
        )
        for kind, count in sizes.items()
        if count
    ]
    chosen: tuple[Key, ...] = (Key("round/pick", Button("round_pick", 0, (draft.token,))),)
    if draft.rule and draft.rule.bodies:
        listed, chosen = [(Key("round/bodies", Button("round_bodies", 0, (draft.token,))),)], ()
    rule = draft.rule
    values: dict[str, Json] = {
        "title": draft.title,
        "cite": rule.cite if rule else "",
        "quote": rule.quote if rule else "",
        "unverified": bool(rule and rule.unverified),
        "nobody": bool(rule and rule.to in OF_SHEETS and not rule.bodies and not draft.reached),
        "without": rule.without if rule else "",
        "again": draft.earlier is not None,
        "still_open": bool(draft.earlier and draft.earlier.open(state.now.date())),
        "changed": [piece.title for piece in draft.pieces if piece.changed] if draft.earlier else [],
        "file": draft.file_name,
        "same": bool(draft.earlier and draft.earlier.sha256 == draft.sha256),
    }
    return Reply("round/whom", values, rows(*listed, chosen, (_attaching(draft),), (TO_HOME,)))


def _attaching(draft: DraftToSend) -> Key | None:
    """The button for sending a file instead, or another file."""
    called = "round/other_file" if draft.file_name else "round/file_instead"
    if draft.takes_file:
        return Key(called, Button(ATTACH, 0, (draft.token,)))
    return Key(called, Button(FILE)) if draft.file_name else None


def _by_text(draft: DraftToSend) -> str:
    """The label for those to whom the text sends the draft."""
    return draft.rule.to.value if draft.rule else ""


def _unit(state: State, draft: DraftToSend) -> int | None:
    """The unit offered as a whole: for a sheet, the unit of the person it is about; otherwise one's own."""
    mine = state.person.unit_id if state.person else None
    about = next((one for one in view(state).people if one.id == draft.person), None) if draft.about else None
    return about.unit_id if about else mine


def to(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Choose a whole group: `round_to:0:<token>:<kind>`."""
    kind, by_text = word(button, 1), set(draft.reached)
    by_kind: Mapping[str, Callable[[Person], bool]] = {
        _by_text(draft): lambda one: one.id in by_text,
        "unit": lambda one: one.unit_id == _unit(state, draft),
        "all": lambda _: True,
    }
    fits = by_kind.get(kind)
    people = [one.id for one in able(state, draft) if fits and fits(one)]
    return ask_day(state, draft, people) if people else whom(_, state, draft, button)


def pick(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Choose people one by one: `round_pick:0:<token>:<first>:<toggled person>`. A name may also be typed."""
    people, toggled = able(state, draft), number(button, 2)
    chosen = [one for one in chosen_of(state, draft) if one != toggled]
    if toggled in {one.id for one in people} - set(chosen_of(state, draft)):
        chosen.append(toggled)
    return Turn(
        (_picking(draft, chosen, page(people, number(button, 1))),), (making(state, draft, chosen, picking=PEOPLE),)
    )


def found(state: State, draft: DraftToSend, text: str) -> Turn | None:
    """The people with that name, as buttons; None: nobody has it."""
    people, chosen = able(state, draft), chosen_of(state, draft)
    some = called(people, text)
    if not some:
        return None
    # A press leads back to the page of the whole list on which the person stands.
    first = people.index(some[0]) // ON_A_PAGE * ON_A_PAGE
    shown = replace(_picking(draft, chosen, page(some, 0), first=first), replaces=False)
    return Turn((shown,), (making(state, draft, chosen, picking=PEOPLE),))


def _picking(draft: DraftToSend, chosen: Sequence[int], shown: Page[Person], *, first: int | None = None) -> Reply:
    """A page of people, with those chosen marked. `first`: the beginning of the page that a press leads to, if it is
    another one.
    """
    about = (draft.token, str(shown.first if first is None else first))
    listed = (
        (
            Key(
                "round/person",
                Button("round_pick", 0, (*about, str(one.id))),
                {"name": one.called, "unit": one.unit, "chosen": one.id in chosen},
            ),
        )
        for one in shown.shown
    )
    done = Key("round/picked", Button("round_picked", 0, (draft.token,)), {"count": len(chosen)}) if chosen else None
    values: dict[str, Json] = {"title": draft.title, "chosen": len(chosen), **shown.values()}
    turning = shown.keys("round_pick", draft.token, room="round") if first is None else ()
    return Reply("round/pick", values, rows(*listed, turning, (done,), (TO_HOME,)), replaces=True)


def picked(_: Books, state: State, draft: DraftToSend, __: Button) -> Turn:
    """Go on with the people who were picked."""
    people = chosen_of(state, draft)
    return ask_day(state, draft, people) if people else Turn((whom_of(state, draft),), (making(state, draft, ()),))


def ask_day(state: State, draft: DraftToSend, people: Sequence[int]) -> Turn:
    """Ask for the last day."""
    first = first_day(state, draft)
    offered = dict.fromkeys(max(workdays_after(state.now.date(), count), first) for count in DAYS)
    keys = [
        Key("round/day", Button("round_until", 0, (draft.token, day.isoformat())), {"day": day.isoformat()})
        for day in offered
    ]
    values: dict[str, Json] = {**to_values(state, draft, people), "days": draft.rule.days if draft.rule else 0}
    reply = Reply("round/when", values, rows(keys[:2], keys[2:], (TO_HOME,)))
    return Turn((reply,), (making(state, draft, people),))


def first_day(state: State, draft: DraftToSend) -> dt.date:
    """The earliest last day: the text may prescribe how many days people have."""
    return state.now.date() + dt.timedelta(days=draft.rule.days if draft.rule else 0)


def until(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Take a last day that was offered: `round_until:0:<token>:<day>`."""
    try:
        day = dt.date.fromisoformat(word(button, 1))
    except ValueError:
        return ask_day(state, draft, chosen_of(state, draft))
    return dated(state, draft, day)


def dated(state: State, draft: DraftToSend, day: dt.date) -> Turn:
    """Take the last day, if it is allowed."""
    people = chosen_of(state, draft)
    if not people:
        return Turn((whom_of(state, draft),), (making(state, draft, ()),))
    if day < first_day(state, draft):
        return Turn((bad_day(state, draft, "early"),))
    if day > state.now.date() + FURTHEST:
        return Turn((bad_day(state, draft, "far"),))
    return preview(state, draft, people, day)


def bad_day(state: State, draft: DraftToSend, why: str) -> Reply:
    """The message on what is wrong with a last day."""
    rule = draft.rule
    values: dict[str, Json] = {
        "why": why,
        "first": first_day(state, draft).isoformat(),
        "days": rule.days if rule else 0,
        "cite": rule.cite if rule else "",
    }
    return Reply("round/bad_day", values)


def naming_of(draft: DraftToSend) -> Naming:
    """How answers are named according to the text; with names if it says nothing."""
    return Naming.UNNAMED if draft.rule and draft.rule.unnamed else Naming.NAMED


def preview(state: State, draft: DraftToSend, people: Sequence[int], day: dt.date, *, changed: bool = False) -> Turn:
    """Show once more, before sending, what goes to whom until when, and how answers are named."""
    naming = naming_of(draft)
    few = naming is Naming.UNNAMED and len(people) < ENOUGH
    rule = draft.rule
    values: dict[str, Json] = {
        **to_values(state, draft, people),
        "last_day": day.isoformat(),
        "naming": naming.value,
        "few": few,
        "enough": ENOUGH,
        "cite": rule.cite if rule else "",
        "unverified": bool(rule and rule.unverified),
        "sections": [piece.title for piece in draft.pieces],
        "file": draft.file_name,
        "changed": changed,
        "still_open": bool(draft.earlier and draft.earlier.open(state.now.date())),
    }
    stamp = stamp_of(draft, people, day)
    send = Key("round/send", Button("round_send", 0, (draft.token, stamp)), {"count": len(people)})
    named = Key("round/by_consent", Button("round_send", 0, (draft.token, stamp, "c")))
    paper = Key("round/on_paper", Button("round_send", 0, (draft.token, stamp, "p")))
    keys = rows((named,), (paper,), (TO_HOME,)) if few else rows((send,), (TO_HOME,))
    return Turn((Reply("round/preview", values, keys),), (making(state, draft, people, day),))


def never(state: State, draft: DraftToSend) -> set[int | None]:
    """The people it never goes to: its owner, the person it is about, and the sender."""
    return {draft.owner, draft.person, state.person.id if state.person else 0}


def able(state: State, draft: DraftToSend) -> list[Person]:
    """The people it may go to, sorted by unit and name. Excluded are the sender, the owner, the person it is about, and
    bodies.
    """
    without = never(state, draft)
    here = [one for one in view(state).people if one.id not in without and one.subject not in BODIES]
    return sorted(here, key=lambda one: (alphabetical(one.unit), by_name(one.name), one.id))


def to_values(state: State, draft: DraftToSend, people: Sequence[int]) -> dict[str, Json]:
    """What goes to whom, as values of a template."""
    chosen = set(people)
    names: list[Json] = [one.called for one in able(state, draft) if one.id in chosen]
    return {
        "title": draft.title,
        "count": len(people),
        "names": names[:NAMES],
        "more": max(0, len(names) - NAMES),
    }


def stamp_of(draft: DraftToSend, people: Sequence[int], day: dt.date) -> str:
    """The stamp of what the sending button was drawn from."""
    whom: list[Json] = [*sorted(people)]
    return seal([draft.sha256, whom, day.isoformat()])


def making(
    state: State,
    draft: DraftToSend,
    people: Sequence[int],
    day: dt.date | None = None,
    bodies: Mapping[str, Json] | None = None,
    picking: str = "",
) -> SetFocus:
    """Keep in the focus what has been prepared so far, including who speaks for which body. `picking`: for whom a typed
    name is looked up; "": nobody is being chosen.
    """
    listed: list[Json] = [*people]
    more: dict[str, Json] = {"title": draft.title, "text": draft.text} if draft.text else carried(draft)
    if draft.rule and draft.rule.bodies:
        more["bodies"] = {**(speaking(state, draft) if bodies is None else bodies)}
    purpose = DAY if people else MAKING
    return awaiting(
        purpose, token=draft.token, people=listed, day=day.isoformat() if day else "", picking=picking, **more
    )


def speaking(state: State, draft: DraftToSend) -> dict[str, Json]:
    """Who speaks for which body: person → place of the body in the rule's list. Taken from the focus, otherwise from
    the last round under the same rule.
    """
    focus = _focus(state)
    bodies = focus.get("bodies")
    if focus.get("token") == draft.token and isinstance(bodies, dict):
        return bodies
    return {str(person): place for person, place in draft.speakers.items()}


def _focus(state: State) -> Mapping[str, Json]:
    return state.focus or {}


def chosen_of(state: State, draft: DraftToSend) -> list[int]:
    """The people chosen so far for this draft who may still be asked."""
    people = _focus(state).get("people")
    if written(state, "token") != draft.token or not isinstance(people, list):
        return []
    here = {one.id for one in able(state, draft)}
    return [one for one in people if isinstance(one, int) and one in here]


def day_of(state: State) -> dt.date | None:
    """The last day that was chosen."""
    try:
        return dt.date.fromisoformat(written(state, "day"))
    except ValueError:
        return None


VERBS: dict[str, OnPress] = {
    "round_of": DRAFTS.looking(whom, Action.START_ROUND),
    "round_to": DRAFTS.looking(to, Action.START_ROUND),
    "round_pick": DRAFTS.looking(pick, Action.START_ROUND),
    "round_picked": DRAFTS.looking(picked, Action.START_ROUND),
    "round_until": DRAFTS.looking(until, Action.START_ROUND),
}
