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

#: Topics of questions that say what is to be put right, the closest first. Of each form the first one it asks is used.
DRAFT_TOPICS = ("remedies", "unit_remedies", "shortcomings", "unit_shortcomings")

#: The longest line, in characters.
MAX_CHARS = 300

#: How many lines may be open at once.
MAX_LINES = 30

#: Separates the parts of a text; `_MARK` is a list mark before a part.
_PART = re.compile(r"[\n;]+")
_MARK = re.compile(r"^\s*(?:[-–•+*]|\d{1,2}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A line that one of the person's forms suggests."""

    review: int
    #: The key of the question, and `place` in its answer.
    question: str
    place: int
    what: str


def opened(state: State) -> tuple[Improvement, ...]:
    """The lines that are not done."""
    return tuple(line for line in in_order(results(state).improvements) if line.done_on is None)


def line_of(state: State, named: str) -> Improvement | None:
    """The line that a button names; None: it is not this person's, or was removed."""
    return next((line for line in results(state).improvements if str(line.id) == named), None)


def plan_year(state: State) -> int:
    """The year of the review from which a new line follows: the newest decided one, otherwise the newest, otherwise
    this year.
    """
    decided = decided_reviews(state)
    if decided:
        return decided[0].review.campaign.year
    return max((review.campaign.year for review in _mine(state)), default=state.now.year)


def drafts(books: Books, state: State) -> tuple[Suggested, ...]:
    """What the person's own forms of that year suggest and the plan does not contain yet."""
    year, known = plan_year(state), {folded(line.what) for line in results(state).improvements}
    mine = (review for review in _mine(state) if review.campaign.year == year)
    said = (line for review in mine for line in _said(_form(books, review), review))
    first = {folded(line.what): line for line in reversed(tuple(said))}
    return tuple(line for key, line in reversed(first.items()) if key and key not in known)


def draft_of(books: Books, state: State, review: int, question: str, place: str) -> Suggested | None:
    """The suggested line that a button names, if it still exists."""
    wanted = (review, question, place)
    return next((one for one in drafts(books, state) if (one.review, one.question, str(one.place)) == wanted), None)


def _mine(state: State) -> tuple[Review, ...]:
    """The person's reviews: those the room knows, and those of the present campaign, decided or not."""
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
    """A text line by line; for a list, the first text of each item."""
    if answer is None or answer.skipped:
        return ()
    found = _of_items(answer.value) if isinstance(answer.value, dict) else _PART.split(str(answer.value or ""))
    cleaned = (_MARK.sub("", part).strip().rstrip(".") for part in found)
    return tuple(part[:MAX_CHARS] for part in cleaned if part)


def _of_items(value: dict[str, Json]) -> list[str]:
    items = value.get("items")
    kept = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [next((text for text in item.values() if isinstance(text, str)), "") for item in kept]
