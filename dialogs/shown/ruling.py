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
    """Who decided what, when, on what it rests."""
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
    """What a ruling says besides its ratings, whether it is kept or about to be."""
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
    """A rating, of what it is where a form asks for two, in the form's own words where it has them. `cite`: the clause of the
    decision; of a rating that was left out it tells `why`.
    """
    asked = form.questions.get(question)
    several = len(rating_questions(form)) > 1
    labels = (option.label for option in (asked.options if asked else ()) if same(option.value, rating))
    why = why_not_rated(book, cite) if rating is None else {}
    return {"about": asked.about if asked and several else "", "rating": rating, "words": next(labels, ""), "why": why}


def why_not_rated(book: Rulebook, cite: str) -> dict[str, Json]:
    """Why there is no rating, in the words of the rule (`because`) or the special case (`title`) of that clause, with the
    clause; {} where it rests on none.
    """
    cited = set(cite.split("; "))
    rule = next((one for one in book.not_rated if one.cite in {cite, *cited}), None)
    if rule:
        return {"because": rule.because, "title": "", "cite": rule.cite}
    case = next((one for one in book.procedure.special_cases if one.cite in {cite, *cited}), None)
    return {"because": "", "title": case.title, "cite": case.cite} if case else {}


#: The special case of a rulebook (rules.book.procedure.SpecialCase.key) that speaks of two consecutive years.
TWO_YEARS = "failed_two_years"
