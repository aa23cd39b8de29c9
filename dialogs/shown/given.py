"""The ratings a person gave themselves in a form, each beside what the rules suggest."""

from dataclasses import dataclass

from dialogs.shown.suggestion import suggested
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.forms.form import Form, QuestionKind
from rules.judging.interview import asked
from rules.judging.rated import rating_questions
from rules.judging.self_ratings import suggestions, worked_out
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.text import shorten
from rules.nouns.values import Rating

REASON_CHARS = 600


@dataclass(frozen=True, slots=True)
class Given:
    """One rating. `about` is `civil` or `party` where the form asks for both, else "". `rating` is None while there is
    none (or when a rule gives none); `suggestion` None where the rulebook has no conditions for it.
    """

    about: str
    rating: Rating | None
    reason: str
    suggestion: Suggestion | None

    def values(self, form: Form) -> dict[str, Json]:
        """As templates take it."""
        found = self.suggestion
        return {
            "about": self.about,
            "self_rating": self.rating,
            "reason": shorten(self.reason, REASON_CHARS),
            "suggested": suggested(found, form) if found else None,
            "not_rated": found.not_rated.cite if found and found.not_rated else "",
        }


def given(book: Rulebook, form: Form, person: Person, answers: Answers) -> tuple[Given, ...]:
    """Every rating this person is asked for (or would be, were they rated), in the order of the form."""
    found = suggestions(book, form, person, answers)
    questions = [place.question for place in asked(form, person, answers) if place.question.kind is QuestionKind.RATING]
    several = len(rating_questions(form)) > 1
    return tuple(
        Given(one.about if several else "", *_of(answers.get(one.key)), found.get(one.key)) for one in questions
    )


def ratings(book: Rulebook, form: Form, person: Person, answers: Answers) -> list[Json]:
    """The same as templates take it."""
    return [one.values(form) for one in given(book, form, person, answers)]


def totals(book: Rulebook, form: Form, person: Person, answers: Answers) -> list[Json]:
    """What the form shows worked out of the answers: points and their sum. Shown twice in a form, it is told once."""
    shown = {item.shows: (item.title, value) for item, value in worked_out(book, form, person, answers)}
    return [{"title": title, "fact": fact, "value": value} for fact, (title, value) in shown.items()]


def _of(answer: Answer | None) -> tuple[Rating | None, str]:
    if answer is None or answer.value not in tuple(Rating):
        return None, ""
    return Rating(str(answer.value)), answer.note
