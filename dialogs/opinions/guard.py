"""The guard of opinions: is this person asked for it, and was it given already?"""

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.knowledge.others import Opinions
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.shown.person import review_values
from rules.campaign.permissions import Action, may, relations
from rules.nouns.reviews import Json, Review
from rules.nouns.rulings import Opinion

TO_LIST = (Key("opinion/list", Button("opinion_list")),)


def on_it(verb: str, opinion: Opinion, *more: str) -> Button:
    """A button about an opinion."""
    return Button(verb, opinion.review, (str(opinion.id), *more))


def room(state: State) -> Opinions:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, Opinions) else Opinions()


def review_of(state: State, opinion: Opinion) -> Review:
    """The review that the opinion is about."""
    return room(state).reviews[opinion.review]


def may_do(state: State, opinion: Opinion, action: Action) -> bool:
    """Whether this person was asked; for a body outside, whether they may record what it wrote."""
    if state.person is None:
        return False
    asked = opinion.asked == state.person.id
    relations_held = relations(state.person, review_of(state, opinion), asked=asked)
    return may(relations_held, Action.RECORD_OUTSIDE if opinion.asked is None else action)


def about_values(books: Books, state: State, opinion: Opinion) -> dict[str, Json]:
    """Whom it is about, which period, who was asked and by which clause, and what was said."""
    return about(books, review_of(state, opinion), opinion)


def asked_notice(books: Books, review: Review, opinion: Opinion) -> Reply:
    """The notice to whoever is asked for an opinion."""
    return Reply(
        "notice/opinion_asked",
        about(books, review, opinion),
        ((Key("opinion/asked", on_it("opinion_card", opinion)),),),
    )


def about(books: Books, review: Review, opinion: Opinion) -> dict[str, Json]:
    """The same values, for a given review."""
    return {
        **review_values(books, review),
        "kind": opinion.kind.value,
        "of": opinion.of,
        "outside": opinion.asked is None,
        "cite": opinion.cite,
        "due": opinion.due.isoformat() if opinion.due else "",
        "given": opinion.given_at is not None,
        "text": opinion.text,
        "by": opinion.by_name,
        "at": opinion.given_at.isoformat() if opinion.given_at else "",
    }


def _find(state: State, button: Button) -> Opinion | Refused:
    """The opinion that a button names, if the room knows it and its review. One asked of somebody else is refused for
    that reason.
    """
    named = number(button, 0)
    known = (opinion for opinion in room(state).opinions if opinion.review in room(state).reviews)
    opinion = next((opinion for opinion in known if opinion.id == named), None)
    if opinion:
        return opinion
    other = next((opinion for opinion in room(state).others if opinion.id == named), None)
    return _not_asked(other) if other else Refused("missing")


def _not_asked(opinion: Opinion) -> Refused:
    return Refused("not_yours", tried=Tried(review=opinion.review))


def _denied(state: State, opinion: Opinion, _: Action) -> Refused:
    """The refusal: this person was not asked, or they gave anew the code of the device from which the draft was sent."""
    barred = state.person is not None and state.person.id in review_of(state, opinion).barred
    return Refused("gave_code", tried=Tried(review=opinion.review)) if barred else _not_asked(opinion)


def _given(_: State, opinion: Opinion, __: Button) -> Refused | None:
    """An opinion cannot be changed once given."""
    return Refused("given") if opinion.given_at is not None else None


def _words(books: Books, state: State, refused: Refused, _: Action, button: Button) -> tuple[Reply, ...]:
    """The refusal: there is none (any more), it is not asked of this person, or it was given, with its text."""
    opinion = _find(state, button) if refused.reason == "given" else None
    values = about_values(books, state, opinion) if isinstance(opinion, Opinion) else {}
    return (Reply("opinion/refused", {**values, "reason": refused.reason}, (TO_LIST,)),)


#: The guard of an opinion, which can be written until it is given.
OPINIONS: Guard[Opinion] = Guard(
    rooms=(Room.OPINION,),
    find=_find,
    may=may_do,
    denied=_denied,
    words=_words,
    changed=_given,
    awaited=lambda state: Button("opinion_write", 0, (text_of(state.focus or {}, "opinion"),)),
)
