"""The joint proposal of everybody who filled in a sheet: words and a rating, stored as a paper to be signed, with the
papers of each of them.
"""

from dialogs.core.awaited import awaiting, let_go, unusable, written
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import ConcludeSheet
from dialogs.core.guard import Guard, Refused
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.rounds.guard import ROUNDS, TO_HOME, about, on_it, view
from dialogs.rounds.notices import came_to
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import MAX_CHARS, Talk
from rules.nouns.text import clean
from rules.nouns.values import Rating

#: The purpose of the focus while the text that all agree on is awaited.
AGREED = "round_agreed"


def concludes(state: State) -> bool:
    """Whether those asked make a joint proposal on a form of its own."""
    rule = view(state).rule
    return rule is not None and bool(rule.then)


def ask(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Await the joint text: `round_together:0:<id>`."""
    if not concludes(state):
        return Turn((Reply("round/refused", {**about(state, talk), "reason": "missing"}, ((TO_HOME,),)),))
    before = view(state).together
    values: dict[str, Json] = {
        "title": talk.round.title,
        "text": before.text if before else "",
        "max": MAX_CHARS,
        "missing": len(talk.missing),
        **came_to(talk),
    }
    back = Key("round/cancel", on_it("round_card", talk))
    return Turn((Reply("round/ask_together", values, ((back,),)),), (awaiting(AGREED, round=talk.round.id),))


def agreed(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the text and ask for the proposed rating."""
    said = clean(text)
    if wrong := unusable(said, MAX_CHARS):
        return Turn((wrong,))
    return Turn((_which(state, talk, said),), (awaiting(AGREED, round=talk.round.id, text=said),))


def _which(state: State, talk: Talk, said: str) -> Reply:
    keys = [
        (Key("round/rate", on_it("round_propose", talk, one.value), {"rating": one.value, "chosen": False}),)
        for one in Rating
    ]
    back = (Key("round/cancel", on_it("round_card", talk)),)
    rule = view(state).rule
    values: dict[str, Json] = {
        "title": talk.round.title,
        "text": said,
        "note": rule.note if rule else "",
        **came_to(talk),
    }
    return Reply("round/which", values, rows(*keys, back))


def propose(books: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Take the proposed rating: `round_propose:0:<id>:<rating>`. Text and rating are stored together as a paper."""
    said, rating = written(state, "text"), word(button, 1)
    if not said or rating not in set(Rating) or kept_number(state, "round") != talk.round.id:
        return ask(books, state, talk, button)
    values: dict[str, Json] = {"title": talk.round.title, "text": said, "rating": rating}
    keys = rows((Key("round/card", on_it("round_card", talk)),), (TO_HOME,))
    paper = DeskFile(f"roundpaper_{talk.round.id}", "docx")
    kept = ConcludeSheet(talk.round.id, said, Rating(rating))
    done = Reply("round/together", values, keys, attached=paper)
    return Turn((done,), (kept, *let_go(state, Room.ROUND)))


def papers(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """The papers to be signed: `round_papers:0:<id>`."""
    back = rows((Key("round/card", on_it("round_card", talk)),))
    values: dict[str, Json] = {"title": talk.round.title, "count": view(state).papers}
    files = DeskFile(f"roundpapers_{talk.round.id}", "docx") if view(state).papers else None
    return Turn((Reply("round/papers", values, back, attached=files),), let_go(state, Room.ROUND))


def _not_decided(state: State, talk: Talk, _: Button) -> Refused | None:
    """Refuse a proposal once the review is decided."""
    return Refused("over") if talk.round.id in view(state).decided else None


#: The guard of a round that ends in a joint proposal: possible after the round is over, until the review is decided.
UNDECIDED: Guard[Talk] = Guard(
    rooms=ROUNDS.rooms,
    find=ROUNDS.find,
    may=ROUNDS.may,
    denied=ROUNDS.denied,
    words=ROUNDS.words,
    changed=_not_decided,
    awaited=lambda state: Button("round_card", 0, (str(kept_number(state, "round")),)),
)

VERBS: dict[str, OnPress] = {
    "round_together": UNDECIDED.acting(ask, Action.SETTLE_ROUND),
    "round_propose": UNDECIDED.acting(propose, Action.SETTLE_ROUND),
    "round_papers": ROUNDS.looking(papers, Action.READ_ANSWERS),
}

TEXTS: dict[str, OnText] = {AGREED: UNDECIDED.acting(agreed, Action.SETTLE_ROUND)}
