"""Sheets that go to bodies named by the text: who speaks for each is chosen once and proposed again for the next sheet."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.paging import ON_A_PAGE, Page, number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.rounds.beginning import able, ask_day, making, speaking
from dialogs.rounds.guard import DRAFTS, TO_HOME
from dialogs.shown.person import called
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.text import folded


def show(_: Books, state: State, draft: DraftToSend, __: Button) -> Turn:
    """The bodies, with who speaks for each: `round_bodies:0:<token>`."""
    chosen, bodies = _chosen(state, draft), draft.rule.bodies if draft.rule else ()
    names: list[list[Json]] = [
        [one.called for one in able(state, draft) if chosen.get(one.id) == place] for place in range(len(bodies))
    ]
    keys = (
        (
            Key(
                "round/body",
                Button("round_body", 0, (draft.token, str(place))),
                {"body": body, "count": len(names[place])},
            ),
        )
        for place, body in enumerate(bodies)
    )
    done = Key("round/picked", Button("round_speak", 0, (draft.token,)), {"count": len(chosen)}) if chosen else None
    listed: list[Json] = [{"body": body, "names": names[place]} for place, body in enumerate(bodies)]
    reply = Reply("round/bodies", {"title": draft.title, "bodies": listed}, rows(*keys, (done,), (TO_HOME,)))
    return Turn((reply,), (_kept(state, draft, chosen),))


def pick(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Choose who speaks for a body: `round_body:0:<token>:<body>:<first>:<toggled person>`. Nobody speaks for two
    bodies.
    """
    place, chosen = number(button, 1), _chosen(state, draft)
    if place >= _count(draft):
        return show(_, state, draft, button)
    people, toggled = _by_nearness(state, draft, place), number(button, 3)
    if chosen.get(toggled) == place:
        del chosen[toggled]
    elif toggled in {one.id for one in people}:
        chosen[toggled] = place
    shown = page(people, number(button, 2))
    return Turn((_picking(draft, chosen, place, shown),), (_kept(state, draft, chosen, str(place)),))


def found(state: State, draft: DraftToSend, text: str) -> Turn | None:
    """The people with that name, as speakers of the body on display; None: no body is on display, or nobody has the
    name.
    """
    picking, chosen = written(state, "picking"), _chosen(state, draft)
    if not picking.isdecimal() or int(picking) >= _count(draft):
        return None
    place = int(picking)
    people = _by_nearness(state, draft, place)
    some = called(people, text)
    if not some:
        return None
    first = people.index(some[0]) // ON_A_PAGE * ON_A_PAGE
    shown = replace(_picking(draft, chosen, place, page(some, 0), first=first), replaces=False)
    return Turn((shown,), (_kept(state, draft, chosen, picking),))


def _by_nearness(state: State, draft: DraftToSend, place: int) -> list[Person]:
    """The people sorted so that those in a unit with the body's name come first, its head before the others."""
    body = folded(draft.rule.bodies[place]) if draft.rule else ""
    return sorted(
        able(state, draft), key=lambda one: (folded(one.unit) != body, folded(one.unit) == body and not one.head)
    )


def _picking(
    draft: DraftToSend, chosen: Mapping[int, int], place: int, shown: Page[Person], *, first: int | None = None
) -> Reply:
    """A page of people, with the body's speakers marked. `first`: the beginning of the page that a press leads to, if
    it is another one.
    """
    about = (draft.token, str(place), str(shown.first if first is None else first))
    listed = (
        (
            Key(
                "round/person",
                Button("round_body", 0, (*about, str(one.id))),
                {"name": one.called, "unit": one.unit, "chosen": chosen.get(one.id) == place},
            ),
        )
        for one in shown.shown
    )
    turning = shown.keys("round_body", draft.token, str(place), room="round") if first is None else ()
    back = Key("round/bodies", Button("round_bodies", 0, (draft.token,)))
    values: dict[str, Json] = {
        "title": draft.rule.bodies[place] if draft.rule else "",
        "chosen": [*chosen.values()].count(place),
        **shown.values(),
    }
    return Reply("round/pick", values, rows(*listed, turning, (back,), (TO_HOME,)), replaces=True)


def _count(draft: DraftToSend) -> int:
    return len(draft.rule.bodies) if draft.rule else 0


def done(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Go on with the speakers chosen: `round_speak:0:<token>`."""
    chosen = _chosen(state, draft)
    return ask_day(state, draft, [*chosen]) if chosen else show(_, state, draft, button)


def _chosen(state: State, draft: DraftToSend) -> dict[int, int]:
    """Person → place of the body that they speak for. People who may not be asked about this person are left out."""
    bodies = _count(draft)
    here = {one.id for one in able(state, draft)}
    said: Mapping[str, Json] = speaking(state, draft)
    return {
        int(person): place
        for person, place in sorted(said.items(), key=lambda one: (str(one[1]), one[0]))
        if person.isdecimal() and isinstance(place, int) and int(person) in here and place < bodies
    }


def _kept(state: State, draft: DraftToSend, chosen: Mapping[int, int], picking: str = "") -> SetFocus:
    speaking_for: dict[str, Json] = {str(person): place for person, place in chosen.items()}
    return making(state, draft, [*chosen], bodies=speaking_for, picking=picking)


VERBS: dict[str, OnPress] = {
    "round_bodies": DRAFTS.looking(show, Action.START_ROUND),
    "round_body": DRAFTS.looking(pick, Action.START_ROUND),
    "round_speak": DRAFTS.looking(done, Action.START_ROUND),
}
