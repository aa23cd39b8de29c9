"""Looking closer at a review before deciding: its card, its papers, every condition of what the rules say."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from dialogs.authority.card import card
from dialogs.authority.context import judged
from dialogs.authority.guard import OpenReview
from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply, Turn
from dialogs.interview.explaining import explained_values
from dialogs.interview.own_review import OwnReview
from dialogs.interview.review_page import totals
from rules.book.suggestion import Suggestion
from rules.campaign.judgement import answers_of
from rules.nouns.reviews import Json


class Merged(OwnReview):
    """The review of another, opened for reading: what the rules say of it rests on all that is known."""

    @cached_property
    def suggestions(self) -> Mapping[str, Suggestion]:
        """As the authority sees them."""
        judgements = judged(self.books, self.state, self.review)
        return {key: judgement.suggestion for key, judgement in judgements.items() if judgement.suggestion}


def show_card(books: Books, state: State, one: OpenReview, _: Button) -> Turn:
    """The card, in place of what stood there."""
    return Turn((card(books, state, one, replaces=True),), let_go(state, Room.DECIDE))


def show_papers(_: Books, __: State, one: OpenReview, button: Button) -> Turn:
    """The pages as pictures, the Word file or the PDF, of the newest version."""
    kind = next((kind for kind in ("pages", "docx", "pdf") if kind in button.about), "pages")
    values: dict[str, Json] = {"name": one.review.person.name, "version": one.version, "kind": kind}
    return Turn((Reply("head/papers", values, attached=Papers(one.review.id, one.version, (kind,))),))


def show_why(books: Books, state: State, one: OpenReview, _: Button) -> Turn:
    """Every condition, with verdict and clause."""
    review = replace(one.review, answers=answers_of(one.review))
    sheet = Merged.of(books, replace(state, own=review, approver=None, due=None, focus=None))
    values: dict[str, Json] = {
        "name": review.person.name,
        "ratings_of": [explained_values(sheet, question, everything=False) for question in sheet.suggestions],
        "totals": totals(sheet),
    }
    back = ((Key("head/back", Button("decide_card", review.id)),),)
    return Turn((Reply("head/why", values, back),))
