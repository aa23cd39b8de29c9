"""Sending a sheet about everybody who has none yet, by one press. Before that a list shows who is asked about whom."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import BeginSheets
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office, reason_in
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend, SheetsToSend
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.beginning import DAYS, FURTHEST, NAMES, bad_day, first_day, naming_of, never
from dialogs.rounds.guard import TO_HOME, view
from dialogs.rounds.sending import begin
from rules.campaign.permissions import Action
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.days import read_day
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.rounds import ENOUGH, Naming
from rules.nouns.values import BODIES
from rules.nouns.workdays import workdays_after

#: The purpose of the focus while the last day is awaited.
DAY = "round_restday"
#: How many sheets are on a page of the list.
ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is asked about whom."""

    #: Draft → the people asked, in the order of the list.
    asked: tuple[tuple[DraftToSend, tuple[Person, ...]], ...] = ()
    #: Sheets that are not sent because nobody may be asked.
    nobody: tuple[DraftToSend, ...] = ()
    #: Sheets that are not sent because too few are asked for answers without names.
    few: tuple[DraftToSend, ...] = ()

    @property
    def people(self) -> int:
        """How many people are asked."""
        return len({one.id for _, people in self.asked for one in people})


def plan_of(state: State, rest: SheetsToSend) -> Plan:
    """The plan for everybody who has no sheet yet, sorted by unit and name. Nobody is asked about themselves or twice,
    and the sender is never asked.
    """
    here = {one.id: one for one in view(state).people if one.subject not in BODIES}
    order = {one.id: place for place, one in enumerate(sorted(here.values(), key=_by_unit))}
    asked, nobody, few = list[tuple[DraftToSend, tuple[Person, ...]]](), list[DraftToSend](), list[DraftToSend]()
    for draft in sorted(rest.drafts, key=lambda one: order.get(one.person or 0, 0)):
        named = {*(draft.reached or draft.speakers)} - never(state, draft)
        people = tuple(sorted((here[one] for one in named & here.keys()), key=lambda one: order[one.id]))
        if not people:
            nobody.append(draft)
        elif naming_of(draft) is Naming.UNNAMED and len(people) < ENOUGH:
            few.append(draft)
        else:
            asked.append((draft, people))
    return Plan(tuple(asked), tuple(nobody), tuple(few))


def _by_unit(one: Person) -> tuple[object, object, int]:
    return alphabetical(one.unit), by_name(one.name), one.id


def choose(_: Books, state: State, __: Button) -> Turn:
    """Choose the kind of sheet: `round_rest`."""
    counts = [(one, len(one.drafts)) for one in view(state).rest]
    keys = (
        (Key("round/rest_of", Button("round_restof", 0, (one.token,)), {"what": one.rule.title, "count": count}),)
        for one, count in counts
        if count
    )
    sheets: list[Json] = [
        {"title": one.rule.title, "left": count, "had": one.had, "own": one.own} for one, count in counts
    ]
    back = Key("round/new", Button("round_new"))
    return Turn((Reply("round/rest", {"sheets": sheets}, rows(*keys, (back,), (TO_HOME,))),), let_go(state, Room.ROUND))


def ask_day(books: Books, state: State, rest: SheetsToSend, _: Button) -> Turn:
    """Ask for the last day: `round_restof:0:<token>`."""
    plan = plan_of(state, rest)
    if not rest.drafts:
        return choose(books, state, Button("round_rest"))
    first = first_day(state, rest.drafts[0])
    offered = dict.fromkeys(max(workdays_after(state.now.date(), count), first) for count in DAYS)
    keys = [
        Key("round/day", Button("round_reston", 0, (rest.token, day.isoformat())), {"day": day.isoformat()})
        for day in offered
    ]
    values: dict[str, Json] = {
        **_told(rest, plan),
        "quote": rest.rule.quote,
        "days": rest.rule.days,
        **_left_out(state, rest, plan),
    }
    back = Key("round/rest", Button("round_rest"))
    days = (keys[:2], keys[2:]) if plan.asked else ()
    reply = Reply("round/rest_when", values, rows(*days, (back,), (TO_HOME,)))
    return Turn((reply,), (awaiting(DAY, rest=rest.token),) if plan.asked else let_go(state, Room.ROUND))


def _told(rest: SheetsToSend, plan: Plan) -> dict[str, Json]:
    rule = rest.rule
    return {
        "title": rule.title,
        "cite": rule.cite,
        "unverified": rule.unverified,
        "naming": (Naming.UNNAMED if rule.unnamed else Naming.NAMED).value,
        "sheets": len(plan.asked),
        "asked": plan.people,
    }


def _left_out(state: State, rest: SheetsToSend, plan: Plan) -> dict[str, Json]:
    """For whom no sheet is sent and who is not asked, with the reason."""
    me = state.person.id if state.person else 0
    about = [draft for draft, _ in plan.asked]
    lacking: list[Json] = [one.about for one in about if not set(rest.shows) <= {piece.title for piece in one.pieces}]
    return {
        "nobody": [one.about for one in plan.nobody],
        "bodies": bool(rest.rule.bodies),
        "without": rest.rule.without if plan.nobody else "",
        "few": [one.about for one in plan.few],
        "enough": ENOUGH,
        "had": rest.had,
        "own": rest.own,
        "not_me": [one.about for one in about if me in one.reached or me in one.speakers],
        "lacking": lacking,
        "all_lack": len(lacking) == len(about),
    }


def on_day(books: Books, state: State, rest: SheetsToSend, button: Button) -> Turn:
    """Show the list once more before sending: `round_reston:0:<token>:<day>:<first>`."""
    day = _day(word(button, 1))
    return _listed(books, state, rest, day, first=number(button, 2)) if day else ask_day(books, state, rest, button)


def typed_day(books: Books, state: State, rest: SheetsToSend, text: str) -> Turn:
    """Take a last day that was typed."""
    day = read_day(text, state.now.date())
    if not rest.drafts:
        return choose(books, state, Button("round_rest"))
    return _listed(books, state, rest, day) if day else Turn((bad_day(state, rest.drafts[0], "unread"),))


def _listed(
    books: Books, state: State, rest: SheetsToSend, day: dt.date, *, first: int = 0, changed: bool = False
) -> Turn:
    plan = plan_of(state, rest)
    if not plan.asked:
        return ask_day(books, state, rest, Button("round_restof"))
    if wrong := _out_of_bounds(state, rest, day):
        return Turn((bad_day(state, rest.drafts[0], wrong),))
    shown = page(plan.asked, first, ON_A_PAGE)
    listed: list[Json] = [
        {
            "number": shown.first + place,
            "about": draft.about,
            "unit": next((one.unit for one in view(state).people if one.id == draft.person), ""),
            "names": [one.called for one in people[:NAMES]],
            "more": max(0, len(people) - NAMES),
        }
        for place, (draft, people) in enumerate(shown.shown, start=1)
    ]
    values: dict[str, Json] = {
        **_told(rest, plan),
        **_left_out(state, rest, plan),
        "last_day": day.isoformat(),
        "listed": listed,
        "changed": changed,
        **shown.values(),
    }
    on = (rest.token, day.isoformat())
    send = Key("round/rest_send", Button("round_restgo", 0, (*on, _stamp(plan, day))), {"count": len(plan.asked)})
    turning = shown.keys("round_reston", *on, room="round")
    another = Key("round/rest_day", Button("round_restof", 0, (rest.token,)))
    reply = Reply("round/rest_list", values, rows(turning, (send,), (another,), (TO_HOME,)))
    return Turn((reply,), (awaiting(DAY, rest=rest.token),))


def send(books: Books, state: State, rest: SheetsToSend, button: Button) -> Turn:
    """Send exactly what was listed: `round_restgo:0:<token>:<day>:<stamp>`."""
    day, plan = _day(word(button, 1)), plan_of(state, rest)
    if day is None or not plan.asked or _out_of_bounds(state, rest, day):
        return ask_day(books, state, rest, button)  # everybody has a sheet by now, or the button is from an earlier day
    if word(button, 2) != _stamp(plan, day):
        return _listed(books, state, rest, day, changed=True)
    begun = [begin(state, draft, [one.id for one in people], day, naming_of(draft)) for draft, people in plan.asked]
    values: dict[str, Json] = {**_told(rest, plan), "last_day": day.isoformat()}
    done = Reply("round/rest_sent", values, rows((Key("round/rest", Button("round_rest")),), (TO_HOME,)), replaces=True)
    kept = BeginSheets(rest.drafts[0].campaign or 0, tuple(begun))
    return Turn((done,), (kept, *let_go(state, Room.ROUND)))


def _out_of_bounds(state: State, rest: SheetsToSend, day: dt.date) -> str:
    """What is wrong with the last day: "early" or "far"; "": nothing."""
    if day < first_day(state, rest.drafts[0]):
        return "early"
    return "far" if day > state.now.date() + FURTHEST else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _stamp(plan: Plan, day: dt.date) -> str:
    sheets: list[Json] = [[draft.token, draft.sha256, [one.id for one in people]] for draft, people in plan.asked]
    return seal([sheets, day.isoformat()])


def _find(state: State, button: Button) -> SheetsToSend | Refused:
    found: Mapping[str, SheetsToSend] = {one.token: one for one in view(state).rest}
    return found.get(word(button, 0)) or Refused("no_draft", tried=Tried(action=Action.START_ROUND))


#: The guard of the sheets that an office's desk may send.
REST: Guard[SheetsToSend] = Guard(
    rooms=(Room.ROUND,),
    find=_find,
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, action: Refused("no_draft", tried=Tried(action=action)),
    words=reason_in("round/refused", TO_HOME),
    awaited=lambda state: Button("round_restof", 0, (written(state, "rest"),)),
)

VERBS: dict[str, OnPress] = {
    "round_rest": choose,
    "round_restof": REST.looking(ask_day, Action.START_ROUND),
    "round_reston": REST.looking(on_day, Action.START_ROUND),
    "round_restgo": REST.acting(send, Action.START_ROUND),
}

TEXTS: dict[str, OnText] = {DAY: REST.looking(typed_day, Action.START_ROUND)}
