"""The opinion is written, shown once more, given. Given, it is not changed."""

from dialogs.core.awaited import awaiting, awaits, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands import GiveOpinion
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.rooms import Room
from dialogs.core.stamps import comment_stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.opinions.guard import OPINIONS, TO_LIST, about_values, on_it, review_of
from rules.campaign.permissions import Action
from rules.nouns.reviews import OWED, Json, Review, ReviewStatus
from rules.nouns.rulings import Opinion

#: Characters of an opinion: a page of it.
MAX_CHARS = 3000

#: What the focus is for from writing to giving; it keeps the text.
TEXT = "opinion_text"


def ask(books: Books, state: State, one: Opinion, _: Button) -> Turn:
    """The next text is the opinion."""
    values = {**about_values(books, state, one), "max": MAX_CHARS}
    asked = Reply("opinion/ask", values, ((Key("opinion/cancel", on_it("opinion_card", one)),),))
    return Turn((asked,), (awaiting(TEXT, opinion=one.id, review=one.review, text=""),))


def keep(books: Books, state: State, one: Opinion, text: str) -> Turn:
    """The awaited text came (or is written anew): show it, ask before it is given."""
    said = text.strip()
    if not said or len(said) > MAX_CHARS:
        return Turn((Reply("opinion/unusable", {"length": len(said), "max": MAX_CHARS}),))
    return _confirm(books, state, one, said)


def give(books: Books, state: State, one: Opinion, button: Button) -> Turn:
    """Given: exactly the text that was shown with the button."""
    said = written(state, "text") if awaits(state, TEXT, opinion=one.id) else ""
    if not said:
        return ask(books, state, one, button)
    if button.about[1:2] != (comment_stamp(said),):
        return _confirm(books, state, one, said)
    told = _told(books, state, one, said)
    values = {**about_values(books, state, one), "told": bool(told)}
    done = Reply("opinion/given", values, (TO_LIST,), replaces=True)
    return Turn((done,), (GiveOpinion(one.id, one.review, said), *told, *let_go(state, Room.OPINION)))


def _confirm(books: Books, state: State, one: Opinion, said: str) -> Turn:
    values = {**about_values(books, state, one), "text": said}
    keys = (
        (Key("opinion/give", on_it("opinion_give", one, comment_stamp(said))),),
        (Key("opinion/rewrite", on_it("opinion_write", one)), Key("opinion/cancel", on_it("opinion_card", one))),
    )
    return Turn(
        (Reply("opinion/confirm", values, keys),), (awaiting(TEXT, opinion=one.id, review=one.review, text=said),)
    )


def _told(books: Books, state: State, one: Opinion, said: str) -> tuple[Command, ...]:
    """To who has the draft, or is to decide; an authority outside this installation is told by the desk."""
    assert state.person is not None, "somebody known gives it"
    review = review_of(state, one)
    to, key = _next_reader(review)
    if to is None or to == state.person.id:
        return ()
    now: dict[str, Json] = {"given": True, "text": said, "by": state.person.name, "at": state.now.isoformat()}
    values = {**about_values(books, state, one), **now}
    keys = ((key,),) if key else ()
    notice = Reply("notice/opinion", values, keys)
    return (Notify(to, f"opinion:{one.id}", notice, cover_except=review.person.id),)


def _next_reader(review: Review) -> tuple[int | None, Key | None]:
    """Who needs it next, and the button to the draft, where there is one to see."""
    if review.status is ReviewStatus.SUBMITTED:
        return review.approver_id, Key("head/back", Button("head_card", review.id))
    if review.status in OWED:
        return review.approver_id, None
    return review.decider_id, Key("notice/decide", Button("decide_card", review.id))


VERBS: dict[str, OnPress] = {
    "opinion_write": OPINIONS.acting(ask, Action.GIVE_OPINION),
    "opinion_give": OPINIONS.acting(give, Action.GIVE_OPINION),
}

TEXTS: dict[str, OnText] = {TEXT: OPINIONS.acting(keep, Action.GIVE_OPINION)}
