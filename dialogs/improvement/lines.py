"""The lines of a plan of improvement: the year from which they follow, which are open, and a first draft from the
person's own forms.
"""

import re
from dataclasses import dataclass

from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.result.decided_review import decided_reviews, results
from dialogs.shown.improving import in_order
from rules.forms.form import Form
from rules.nouns.reviews import Answer, Json, Review
from rules.nouns.rulings import Improvement
from rules.nouns.text import folded

#: Topics of questions whose answers say what is to be put right, the nearest first: of a form the first it asks.
DRAFT_TOPICS = ("remedies", "unit_remedies", "shortcomings", "unit_shortcomings")

#: Characters of a line.
MAX_CHARS = 300

#: Lines that may be open at once.
MAX_LINES = 30

#: A line, or a part of it that stands by itself, with the mark before it.
_PART = re.compile(r"[\n;]+")
_MARK = re.compile(r"^\s*(?:[-–•+*]|\d{1,2}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A line a form of the person already says: the question it stands in and its place there."""

    review: int
    question: str
    place: int
    what: str


def opened(state: State) -> tuple[Improvement, ...]:
    """The lines that are not done."""
    return tuple(line for line in in_order(results(state).improvements) if line.done_on is None)


def line_of(state: State, named: str) -> Improvement | None:
    """The line a button names; None when it is not this person's, or was taken out."""
    return next((line for line in results(state).improvements if str(line.id) == named), None)


def plan_year(state: State) -> int:
    """The year of the review a new line follows from: of the newest decided one, else of the newest, else this year."""
    decided = decided_reviews(state)
    if decided:
        return decided[0].review.campaign.year
    return max((review.campaign.year for review in _mine(state)), default=state.now.year)


def drafts(books: Books, state: State) -> tuple[Suggested, ...]:
    """What the person's own forms of that year say is to be put right, as far as it is not in the plan yet."""
    year, known = plan_year(state), {folded(line.what) for line in results(state).improvements}
    mine = (review for review in _mine(state) if review.campaign.year == year)
    said = (line for review in mine for line in _said(_form(books, review), review))
    first = {folded(line.what): line for line in reversed(tuple(said))}
    return tuple(line for key, line in reversed(first.items()) if key and key not in known)


def draft_of(books: Books, state: State, review: int, question: str, place: str) -> Suggested | None:
    """The draft line a button names, while it is still there."""
    wanted = (review, question, place)
    return next((one for one in drafts(books, state) if (one.review, one.question, str(one.place)) == wanted), None)


def _mine(state: State) -> tuple[Review, ...]:
    """The person's reviews: those that the room knows, and those of the present campaign, decided or not."""
    present = (review for review in (state.own, *state.others) if review)
    return tuple({review.id: review for review in (*results(state).mine, *present)}.values())


def _form(books: Books, review: Review) -> Form:
    return books[review.campaign.edition].forms[review.form]


def _said(form: Form, review: Review) -> tuple[Suggested, ...]:
    asked = {question.topic: key for key, question in form.questions.items() if question.topic}
    question = next((asked[topic] for topic in DRAFT_TOPICS if topic in asked), "")
    answers = review.draft.answers if review.draft else review.answers
    parts = _parts(answers.get(question))
    return tuple(Suggested(review.id, question, place, what) for place, what in enumerate(parts))


def _parts(answer: Answer | None) -> tuple[str, ...]:
    """A text line by line; of a list the first text of each item."""
    if answer is None or answer.skipped:
        return ()
    found = _of_items(answer.value) if isinstance(answer.value, dict) else _PART.split(str(answer.value or ""))
    cleaned = (_MARK.sub("", part).strip().rstrip(".") for part in found)
    return tuple(part[:MAX_CHARS] for part in cleaned if part)


def _of_items(value: dict[str, Json]) -> list[str]:
    items = value.get("items")
    kept = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [next((text for text in item.values() if isinstance(text, str)), "") for item in kept]
