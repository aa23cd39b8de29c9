"""A ruling as templates take it."""

from dialogs.shown.new_code import device_values
from rules.book.rulebook import Rulebook
from rules.forms.form import Form
from rules.forms.kinds import same
from rules.judging.interview import rating_questions
from rules.nouns.reviews import Json
from rules.nouns.rulings import Ruling
from rules.nouns.values import Rating


def ruling_values(ruling: Ruling) -> dict[str, Json]:
    """Who decided what, when, and on which grounds."""
    return {
        "number": ruling.number,
        "by": ruling.by_name,
        "position": ruling.by_position,
        "at": ruling.at.isoformat(),
        "rating": ruling.rating,
        **ruled_values(ruling),
        "device": device_values(ruling.device),
    }


def ruled_values(ruling: Ruling) -> dict[str, Json]:
    """The content of a ruling apart from its ratings, stored or in preparation."""
    return {
        "remarks": ruling.remarks,
        "measures": ruling.measures,
        "prospects": ruling.prospects,
        "reason": ruling.reason,
        "cite": ruling.cite,
        "document": ruling.document,
        "signer": ruling.signer,
    }


def rating_words(book: Rulebook, form: Form, question: str, rating: Rating | None, cite: str = "") -> dict[str, Json]:
    """A rating in the form's own words if it has any, and what it rates if the form has two ratings.

    `cite`: the clause of the decision, from which `why` is found if there is no rating.
    """
    asked = form.questions.get(question)
    several = len(rating_questions(form)) > 1
    labels = (option.label for option in (asked.options if asked else ()) if same(option.value, rating))
    why = why_not_rated(book, cite) if rating is None else {}
    return {"about": asked.about if asked and several else "", "rating": rating, "words": next(labels, ""), "why": why}


def why_not_rated(book: Rulebook, cite: str) -> dict[str, Json]:
    """Why there is no rating: the words of the rule (`because`) or special case (`title`) with that clause; {}: it
    rests on none.
    """
    cited = set(cite.split("; "))
    rule = next((one for one in book.not_rated if one.cite in {cite, *cited}), None)
    if rule:
        return {"because": rule.because, "title": "", "cite": rule.cite}
    case = next((one for one in book.procedure.special_cases if one.cite in {cite, *cited}), None)
    return {"because": "", "title": case.title, "cite": case.cite} if case else {}


#: The key of the special case about two consecutive years (`rules.book.procedure.SpecialCase.key`).
TWO_YEARS = "failed_two_years"
