"""Offers: earlier answers of people, and what their office knows of them, ready to be taken over in new reviews."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.forms.form import Form
from rules.forms.recalling import Told, offers
from rules.nouns.conditions import FactValue
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Json, Review
from rules.nouns.rulings import Offer
from rules.nouns.service import facts_in
from rules.nouns.values import Subject
from storage.transaction import Transaction
from storage.values import Opening

#: The years whose answers are offered, as offsets: last year and this year.
YEARS_BACK = 1

#: The topic of the question for the party cell, and the question of a sheet that names its month or quarter.
CELL = "cell"
#: The fact that somebody is rated under the laws on civil servants and employees, and the subjects for which the roster
#: says so.
CIVIL_SERVANT = "civil_servant"
_CIVIL = frozenset({Subject.CADRE, Subject.OFFICIAL, Subject.EMPLOYEE})


async def offers_for(
    tx: Transaction, books: Books, campaign: Campaign, openings: Sequence[Opening], people: Mapping[int, Person]
) -> Sequence[Opening]:
    """The openings with offers: what these people said in earlier campaigns (newest reviews first), and what the roster
    says.
    """
    earlier = await tx.reviews.before(campaign.id, campaign.year - YEARS_BACK) if openings else []
    known: defaultdict[int, list[Review]] = defaultdict(list)
    for review in earlier:
        if usable(review.campaign, books):
            known[review.person.id].append(review)
    return [
        _with_offers(books, campaign, opening, known.get(opening.person_id, []), people[opening.person_id])
        for opening in openings
    ]


def _with_offers(
    books: Books, campaign: Campaign, opening: Opening, earlier: Sequence[Review], person: Person
) -> Opening:
    form = books[opening.rulebook, campaign.span.as_of].forms[opening.form]
    told = [_told(books, review) for review in earlier if review.campaign.period == campaign.period]
    said = offers(form, campaign.year, told) if earlier else {}
    found = {**said, **{key: Offer(value) for key, value in _on_file(form, campaign, person)}}
    kept: dict[str, Json] = {
        question: _as_json(offer) for question, offer in found.items() if question in form.questions
    }
    return replace(opening, offers=kept)


def _on_file(form: Form, campaign: Campaign, person: Person) -> Iterator[tuple[str, FactValue]]:
    """What the office knows: dates of service, the party cell, and whether somebody is rated as a civil servant or
    employee.
    """
    known = dict(facts_in(person.service, campaign.span)) if campaign.span.whole else {}
    if person.subject in _CIVIL:
        known[CIVIL_SERVANT] = True
    for question in form.questions.values():
        facts = [one.fact for one in question.yields if one.how == "value" and one.fact in known]
        if facts:
            yield question.key, known[facts[0]]
        elif question.topic == CELL and person.service.party_cell:
            yield question.key, person.service.party_cell


def _told(books: Books, review: Review) -> Told:
    form = books[review.campaign.edition].forms[review.form]
    answers = review.draft.answers if review.draft else review.answers
    return Told(form, review.campaign.year, review.campaign.rulebook, answers)


def _as_json(offer: Offer) -> dict[str, Json]:
    return {name: value for name, value in asdict(offer).items() if value not in ("", 0) or name == "value"}
