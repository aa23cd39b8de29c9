"""Self-ratings: which ones the rules allow and which need a reason, compared with the suggestion."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.book.rulebook import Rulebook
from rules.book.suggestion import Finding, Suggestion, named_grounds
from rules.forms.form import Form, QuestionKind
from rules.judging.elsewhere import NOTHING_ELSE, Elsewhere
from rules.judging.interview import asked, rating_questions, suggestions, typed_instead, worked_out
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.text import shorten
from rules.nouns.values import Rating, Verdict

#: How many characters of a reason are shown.
REASON_CHARS = 600


@dataclass(frozen=True, slots=True)
class Excluded:
    """A rule that excludes a rating."""

    #: `not_rated`, `ground` (the ground `fact` of "not completed" is met), or `cap` (rated no higher than `at_most`).
    why: str
    cite: str
    fact: str = ""
    at_most: Rating | None = None
    because: str = ""
    ground: Finding | None = None


@dataclass(frozen=True, slots=True)
class RatedForm:
    """One rating in a form."""

    #: `civil` or `party` if the form asks for both, otherwise "".
    about: str
    #: The self-rating; None: there is none, or a rule gives none.
    rating: Rating | None
    reason: str
    #: The suggestion; None: the rulebook has no conditions for this rating.
    suggestion: Suggestion | None

    def values(self, form: Form) -> dict[str, Json]:
        """The values of a template."""
        found = self.suggestion
        return {
            "about": self.about,
            "self_rating": self.rating,
            "reason": shorten(self.reason, REASON_CHARS),
            "suggested": suggested(found, form) if found else None,
            "not_rated": found.not_rated.cite if found and found.not_rated else "",
            "because": found.not_rated.because if found and found.not_rated else "",
        }


def refusal(suggestion: Suggestion | None, rating: Rating) -> Excluded | None:
    """The rule that certainly excludes this rating; None: there is none. Without a suggestion nothing is excluded."""
    if suggestion is None:
        return None
    if suggestion.not_rated:
        return Excluded("not_rated", suggestion.not_rated.cite, because=suggestion.not_rated.because)
    ground = next(iter(named_grounds(suggestion)), None)
    if ground and rating is not Rating.NOT_COMPLETED:
        return Excluded("ground", ground.cite, ground.fact, Rating.NOT_COMPLETED, ground=ground)
    for cap in suggestion.caps:
        if cap.verdict is Verdict.MET and cap.at_most and rating.rank < cap.at_most.rank:
            return Excluded("cap", cap.cite, at_most=cap.at_most)
    return None


def needs_reason(suggestion: Suggestion | None, rating: Rating) -> bool:
    """Whether the rating is above the suggestion, or above the highest rating still possible."""
    limit = highest(suggestion) if suggestion else None
    return limit is not None and rating.rank < limit.rank


def stands(suggestion: Suggestion | None, rating: Rating, reason: str) -> bool:
    """Whether a chosen rating is still allowed, given its reason if it is above the suggestion."""
    return refusal(suggestion, rating) is None and (bool(reason) or not needs_reason(suggestion, rating))


def highest(suggestion: Suggestion) -> Rating | None:
    """The suggested rating, or the highest that is still possible."""
    return suggestion.rating or (suggestion.possible[0] if suggestion.possible else None)


def suggested(suggestion: Suggestion, form: Form) -> dict[str, Json]:
    """The suggestion in one line. `elsewhere`: no question of `form` can settle it."""
    return {
        "rating": suggestion.rating,
        "possible": list(suggestion.possible),
        "gap": suggestion.gap,
        "missing": list(suggestion.missing),
        "elsewhere": bool(suggestion.missing) and not _asks_any(form, suggestion.missing),
    }


def self_ratings(
    book: Rulebook, form: Form, person: Person, answers: Answers, known: Elsewhere = NOTHING_ELSE
) -> tuple[RatedForm, ...]:
    """Every rating that this person is asked for (or would be, if they were rated), in the order of the form. `known`:
    what stands beside the review.
    """
    found = suggestions(book, form, person, answers, known)
    questions = [place.question for place in asked(form, person, answers) if place.question.kind is QuestionKind.RATING]
    several = len(rating_questions(form)) > 1
    return tuple(
        RatedForm(one.about if several else "", *_rating_and_reason(answers.get(one.key)), found.get(one.key))
        for one in questions
    )


def self_rating_values(
    book: Rulebook, form: Form, person: Person, answers: Answers, known: Elsewhere = NOTHING_ELSE
) -> list[Json]:
    """The self-ratings as values of a template."""
    return [one.values(form) for one in self_ratings(book, form, person, answers, known)]


def totals(book: Rulebook, form: Form, person: Person, answers: Answers) -> list[Json]:
    """The results that the form works out from the answers: points and their sum. A result printed twice is listed
    once. `typed`: the person typed it.
    """
    shown = {item.shows: (item.title, value) for item, value in worked_out(book, form, person, answers)}
    typed = typed_instead(form, person, answers)
    return [
        {"title": title, "fact": fact, "value": value, "typed": fact in typed} for fact, (title, value) in shown.items()
    ]


def _asks_any(form: Form, facts: Sequence[str]) -> bool:
    """Whether any question of the form yields one of these facts."""
    return any(rule.fact in facts for question in form.questions.values() for rule in question.yields)


def _rating_and_reason(answer: Answer | None) -> tuple[Rating | None, str]:
    if answer is None or answer.value not in tuple(Rating):
        return None, ""
    return Rating(str(answer.value)), answer.note
