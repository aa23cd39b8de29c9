"""A sheet that goes to the bodies the text names: who speaks for each is chosen once, and proposed again with the next sheet."""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.rounds.beginning import able, ask_day, making, speaking
from dialogs.rounds.guard import DRAFTS, TO_HOME
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.text import folded


def show(_: Books, state: State, draft: DraftToSend, __: Button) -> Turn:
    """The bodies with who speaks for each: `round_bodies:0:<token>`."""
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
    """Who speaks for one of them: `round_body:0:<token>:<body>:<first>:<toggled person>`. Nobody speaks for two."""
    place, chosen = number(button, 1), _chosen(state, draft)
    bodies = draft.rule.bodies if draft.rule else ()
    if place >= len(bodies):
        return show(_, state, draft, button)
    body = folded(bodies[place])
    # Who works in a unit of that name comes first, and its head before the others.
    people = sorted(
        able(state, draft), key=lambda one: (folded(one.unit) != body, folded(one.unit) == body and not one.head)
    )
    toggled = number(button, 3)
    if chosen.get(toggled) == place:
        del chosen[toggled]
    elif toggled in {one.id for one in people}:
        chosen[toggled] = place
    shown = page(people, number(button, 2))
    about = (draft.token, str(place), str(shown.first))
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
    turning = shown.keys("round_body", draft.token, str(place), room="round")
    back = Key("round/bodies", Button("round_bodies", 0, (draft.token,)))
    values: dict[str, Json] = {
        "title": bodies[place],
        "chosen": [*chosen.values()].count(place),
        "named": False,
        **shown.values(),
    }
    reply = Reply("round/pick", values, rows(*listed, turning, (back,), (TO_HOME,)), replaces=True)
    return Turn((reply,), (_kept(state, draft, chosen),))


def done(_: Books, state: State, draft: DraftToSend, button: Button) -> Turn:
    """Those chosen are asked: `round_speak:0:<token>`."""
    chosen = _chosen(state, draft)
    return ask_day(state, draft, [*chosen]) if chosen else show(_, state, draft, button)


def _chosen(state: State, draft: DraftToSend) -> dict[int, int]:
    """Person → the place of the body they speak for; who may not be asked about this person is left out."""
    bodies = len(draft.rule.bodies) if draft.rule else 0
    here = {one.id for one in able(state, draft)}
    said: Mapping[str, Json] = speaking(state, draft)
    return {
        int(person): place
        for person, place in sorted(said.items(), key=lambda one: (str(one[1]), one[0]))
        if person.isdecimal() and isinstance(place, int) and int(person) in here and place < bodies
    }


def _kept(state: State, draft: DraftToSend, chosen: Mapping[int, int]) -> SetFocus:
    return making(state, draft, [*chosen], bodies={str(person): place for person, place in chosen.items()})


VERBS: dict[str, OnPress] = {
    "round_bodies": DRAFTS.looking(show, Action.START_ROUND),
    "round_body": DRAFTS.looking(pick, Action.START_ROUND),
    "round_speak": DRAFTS.looking(done, Action.START_ROUND),
}
