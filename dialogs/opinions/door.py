"""The entrance of the room OPINION (/ykien): a person is asked about somebody else's year, writes an opinion, sees it
once more and gives it.
"""

from dialogs.core.awaited import awaiting, awaits, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import GiveOpinion
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.stamps import comment_stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.opinions.guard import OPINIONS, TO_LIST, about_values, may_do, on_it, review_of, room
from rules.campaign.permissions import Action
from rules.nouns.reviews import OWED, Json, Review, ReviewStatus
from rules.nouns.rulings import Opinion

#: The longest opinion, in characters: one page.
MAX_CHARS = 3000


def ykien(books: Books, state: State, _: str) -> Turn:
    """The command /ykien."""
    return show_list(books, state, Button("opinion_list"))


def show_list(books: Books, state: State, button: Button) -> Turn:
    """The opinions that are asked: those still to be given first, by their last day."""
    here = (one for one in room(state).opinions if one.review in room(state).reviews)
    known = [one for one in here if may_do(state, one, Action.GIVE_OPINION)]
    some = page(sorted(known, key=_order), number(button, 0))
    rows = tuple(
        (Key("opinion/open", on_it("opinion_card", one), about_values(books, state, one)),) for one in some.shown
    )
    values = {**some.values(), "open": sum(one.given_at is None for one in known)}
    keys = tuple(row for row in (*rows, some.keys("opinion_list")) if row)
    return Turn((Reply("opinion/list", values, keys),), let_go(state, Room.OPINION))


def show_card(books: Books, state: State, opinion: Opinion, _: Button) -> Turn:
    """Whom the opinion is about, who asks for it and by which clause, and what was said."""
    values = about_values(books, state, opinion)
    write = ((Key("opinion/write", on_it("opinion_write", opinion), values),),) if opinion.given_at is None else ()
    keys = (*write, (Key("opinion/list", Button("opinion_list")),))
    return Turn((Reply("opinion/card", values, keys, replaces=True),), let_go(state, Room.OPINION))


def _order(opinion: Opinion) -> tuple[bool, str, int]:
    return opinion.given_at is not None, opinion.due.isoformat() if opinion.due else "9", opinion.id


#: The purpose of the focus from writing until giving. It holds the text.
TEXT = "opinion_text"


def ask(books: Books, state: State, opinion: Opinion, _: Button) -> Turn:
    """Await the opinion."""
    values = {**about_values(books, state, opinion), "max": MAX_CHARS}
    asked = Reply("opinion/ask", values, ((Key("opinion/cancel", on_it("opinion_card", opinion)),),))
    return Turn((asked,), (awaiting(TEXT, opinion=opinion.id, review=opinion.review, text=""),))


def keep(books: Books, state: State, opinion: Opinion, text: str) -> Turn:
    """Take the text and show it for confirmation."""
    said = text.strip()
    if not said or len(said) > MAX_CHARS:
        return Turn((Reply("opinion/unusable", {"length": len(said), "max": MAX_CHARS}),))
    return _confirm(books, state, opinion, said)


def give(books: Books, state: State, opinion: Opinion, button: Button) -> Turn:
    """Give exactly the text that was shown with the button."""
    said = written(state, "text") if awaits(state, TEXT, opinion=opinion.id) else ""
    if not said:
        return ask(books, state, opinion, button)
    if button.about[1:2] != (comment_stamp(said),):
        return _confirm(books, state, opinion, said)
    told = _told(books, state, opinion, said)
    values = {**about_values(books, state, opinion), "told": bool(told)}
    done = Reply("opinion/given", values, (TO_LIST,), replaces=True)
    return Turn((done,), (GiveOpinion(opinion.id, opinion.review, said), *told, *let_go(state, Room.OPINION)))


def _confirm(books: Books, state: State, opinion: Opinion, text: str) -> Turn:
    values = {**about_values(books, state, opinion), "text": text}
    keys = (
        (Key("opinion/give", on_it("opinion_give", opinion, comment_stamp(text))),),
        (
            Key("opinion/rewrite", on_it("opinion_write", opinion)),
            Key("opinion/cancel", on_it("opinion_card", opinion)),
        ),
    )
    return Turn(
        (Reply("opinion/confirm", values, keys),),
        (awaiting(TEXT, opinion=opinion.id, review=opinion.review, text=text),),
    )


def _told(books: Books, state: State, opinion: Opinion, text: str) -> tuple[Command, ...]:
    """The notice to whoever has the draft or decides it. For an authority outside, the desk passes it on."""
    assert state.person is not None, "somebody known gives it"
    review = review_of(state, opinion)
    to, key = _next_reader(review)
    if to is None or to == state.person.id:
        return ()
    now: dict[str, Json] = {"given": True, "text": text, "by": state.person.name, "at": state.now.isoformat()}
    values = {**about_values(books, state, opinion), **now}
    keys = ((key,),) if key else ()
    notice = Reply("notice/opinion", values, keys)
    return (Notify(to, f"opinion:{opinion.id}", notice, cover_except=review.person.id),)


def _next_reader(review: Review) -> tuple[int | None, Key | None]:
    """Who needs the opinion next, and the button to the draft if they can see it."""
    if review.status is ReviewStatus.SUBMITTED:
        return review.approver_id, Key("head/back", Button("head_card", review.id))
    if review.status in OWED:
        return review.approver_id, None
    return review.decider_id, Key("notice/decide", Button("decide_card", review.id))


VERBS: dict[str, OnPress] = {
    "opinion_list": show_list,
    "opinion_card": OPINIONS.looking(show_card, Action.GIVE_OPINION),
    "opinion_write": OPINIONS.acting(ask, Action.GIVE_OPINION),
    "opinion_give": OPINIONS.acting(give, Action.GIVE_OPINION),
}

TEXTS: dict[str, OnText] = {TEXT: OPINIONS.acting(keep, Action.GIVE_OPINION)}

COMMANDS: dict[str, OnCommand] = {"ykien": ykien}
