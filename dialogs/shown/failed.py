"""What a person must know who did not complete their duties: the ground, the legal consequences, what they can do. The
head reads the same.

For a rating that is only suggested, it says what would follow.
"""

from collections.abc import Mapping

from rules.book.procedure import PetitionRule, consequences
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion, named_grounds
from rules.campaign.deciding.judgement import Judgement
from rules.judging.explanation import finding_values
from rules.nouns.conditions import Facts
from rules.nouns.people import traits
from rules.nouns.reviews import Json, Review
from rules.nouns.rulings import Ruling
from rules.nouns.service import failed_two_years
from rules.nouns.values import Rating, Subject

#: How many grounds are named.
GROUNDS = 3


def failed_values(
    book: Rulebook, review: Review, subject: Subject, facts: Facts, found: Suggestion | None, *, again: bool = False
) -> dict[str, Json]:
    """The grounds that hold, the consequences with their clauses, and the rule of petitions, as values of a template
    (`review/_failed.j2`).

    `subject` is what the person is rated as, `facts` are the facts used. `again`: they also failed in the year before.
    """
    person = review.person
    years = 2 if again or failed_two_years(person.service, review.campaign.year, Rating.NOT_COMPLETED) else 1
    known = {**facts, **traits(person), "subject": subject.value}
    follows = consequences(book.procedure, Rating.NOT_COMPLETED, known, years)
    return {
        "grounds": finding_values(found, named_grounds(found)[:GROUNDS]) if found else [],
        "follows": [{"text": one.text, "cite": one.cite, "unverified": one.unverified} for one in follows],
        "petition": _petition(book.procedure.petitions),
    }


def failed_of(
    book: Rulebook, ruling: Ruling, judgements: Mapping[str, Judgement], *, again: bool = False
) -> list[Json]:
    """These values for every rating of a decision that is "not completed"; empty: there is none."""
    failed = (judgements.get(key) for key, rating in ruling.ratings.items() if rating is Rating.NOT_COMPLETED)
    return [
        failed_values(book, one.review, one.subject, one.facts, one.suggestion, again=again) for one in failed if one
    ]


def _petition(rule: PetitionRule | None) -> dict[str, Json] | None:
    """In how many working days a petition is answered, with the clause. `days` 0: no time is set."""
    return {"cite": rule.cite, "days": rule.answer_within or 0, "note": rule.note} if rule else None
