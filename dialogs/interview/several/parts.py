"""Parts of a body's report: which questions each is about, and whose they are."""

from collections.abc import Sequence

from dialogs.interview.own_review import Place
from rules.forms.answers import answered
from rules.forms.form import Form, item_number
from rules.nouns.reviews import Json, Part, Review
from rules.nouns.text import shorten

#: The longest title of a part in lists, in characters.
TITLE_CHARS = 60


def title_of(form: Form, place: str) -> str:
    """The title of a part: number and title of its section or item, or its question."""
    for section in form.sections:
        if section.key == place:
            return _called(section.number, section.title)
        for item in section.items:
            if item.key == place:
                return _called(item_number(section, item) if item.number else "", item.title)
    question = form.questions.get(place)
    return shorten(question.short or question.text, TITLE_CHARS) if question else place


def _called(number: str, title: str) -> str:
    return shorten(f"{number}. {title}" if number else title, TITLE_CHARS)


def part_values(form: Form, review: Review, part: Part, places: Sequence[Place]) -> dict[str, Json]:
    """A part as values of a template: its title, writer, last day and progress."""
    answers = review.answers
    done = sum(answered(one.question, answers[one.key]) for one in places if one.key in answers)
    return {
        "id": part.id,
        "title": title_of(form, part.place),
        "writer": part.writer_name,
        "due": part.due.isoformat() if part.due else "",
        "done_at": part.done_at.isoformat() if part.done_at else "",
        "answered": done,
        "total": len(places),
    }
