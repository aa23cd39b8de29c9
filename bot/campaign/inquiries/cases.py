"""Which opinions of outside bodies are asked in a part of a campaign, and their answers."""

import hashlib
from collections.abc import Mapping, Sequence

from dialogs.core.handlers import Books
from dialogs.core.knowledge.inquiries import AskedOutside
from rules.book.inquiries import InquiryRule
from rules.book.rulebook import Rulebook
from rules.campaign.inquiring import asked_about, due_of, form_of, wanted_of
from rules.nouns.inquiries import InquiryCase, cases_of
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Json
from rules.nouns.standings import ReviewLine
from storage.transaction import Transaction
from templates.documents.inquiries.words import form_named


async def asked_in(
    tx: Transaction, books: Books, part: Campaign, lines: Sequence[ReviewLine], only: int = 0
) -> list[AskedOutside]:
    """All inquiries of a part, in the order of its people; `only`: those about one person."""
    book = books[part.edition]
    if not book.inquiries:
        return []
    kept = await (tx.inquiries.of_person(only) if only else tx.inquiries.of_campaign(part.id))
    here = [one for one in kept if (one.campaign_id, one.rulebook) == (part.id, part.rulebook)]
    cases = cases_of(here, await tx.inquiries.answers([one.id for one in here]))
    handed = await tx.enclosures.of_campaign(part.id)
    at = {(one.place, one.person_id): one.name for one in handed if one.rulebook == part.rulebook}
    found = list[AskedOutside]()
    for rule in book.inquiries:
        for person in asked_about(book, rule, lines).values():
            if only in {0, person.id}:
                about = (part.id, part.rulebook, rule.key, person.id)
                found.append(
                    AskedOutside(
                        stamp=_stamp(part, rule.key, person.id),
                        campaign=part,
                        rule=rule,
                        person=person,
                        case=cases.get(about, InquiryCase()),
                        due=due_of(rule, part.timetable),
                        place=_stamp(part, rule.place, person.id, 0) if rule.place else "",
                        handed=at.get((rule.place, person.id), "") if rule.place else "",
                    )
                )
    return found


def _stamp(part: Campaign, key: str, *about: int) -> str:
    """The token that buttons use; with a unit after the person, as for places of dossiers (bot/turn/rooms/dossiers)."""
    said = "|".join(map(str, (part.id, part.rulebook, key, *about)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def content_of(part: Campaign, book: Rulebook, rule: InquiryRule, person: Person, leads: str) -> Mapping[str, Json]:
    """What is asked, as printed and shown. It contains no more about the person than their name and unit."""
    form = form_of(book, rule)
    questions: list[Json] = [
        {"key": one.key, "label": one.label, "text": one.text, "options": [*one.options]}
        for one in wanted_of(book, rule)
    ]
    return {
        "layout": 1,
        "title": form.title if form else rule.title,
        "form": form_named(form) if form else "",
        "about": {"name": person.name, "unit": person.unit},
        "year": part.year,
        "period": part.period,
        "office": part.office,
        "asked": rule.asked,
        "source": book.issued.number or book.title,
        "cite": rule.cite,
        "quote": rule.quote,
        "questions": questions,
        "leads": leads,
    }
