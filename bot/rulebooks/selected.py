"""Which rulebooks and forms apply to a person in a year, and checks on an office's choice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rules.book.rulebook import FormChoice, Rulebook
from rules.nouns.errors import NamedError
from rules.nouns.people import Person
from rules.nouns.periods import Period
from rules.nouns.reviews import Json
from rules.nouns.values import Subject
from rules.reading.load import load
from rules.reading.selecting import Selected, fitting, forms, select
from templates.documents.words import period_words
from templates.errors import worded
from templates.rulebook.words import SUBJECTS


@dataclass(frozen=True, slots=True)
class ApplicableRulebook:
    """A rulebook that applies, and the forms it has for such a person, with their periods."""

    selected: Selected
    forms: tuple[tuple[str, FormChoice], ...]

    def as_json(self) -> dict[str, Json]:
        """The JSON printed by `tusoi rulebook for --json`."""
        one = self.selected
        return {
            "rulebook": one.rulebook,
            "subject": one.subject.value,
            "only": one.only,
            "cite": one.cite,
            "note": one.note,
            "unverified": one.unverified,
            "forms": [_form(period, choice) for period, choice in self.forms],
        }


def applying(subject: Subject, year: int, *, leader: bool, party_member: bool) -> tuple[ApplicableRulebook, ...]:
    """Every rulebook that applies, with the forms for such a person."""
    found = select(subject, year, party_member=party_member)
    member = party_member or subject is Subject.PARTY_MEMBER
    person = Person(0, "", "", 0, "", "", subject, leader=leader, party_member=member)
    return tuple(ApplicableRulebook(one, forms(load(one.rulebook, year), person)) for one in found)


def doubts(
    book: Rulebook, span: Period, subjects: Iterable[Subject], parents: Callable[[str], Rulebook] = load
) -> Iterator[str]:
    """Warnings before a campaign: subjects who on its day of reference fall under another regulation.

    `parents` returns a rulebook that `book` extends, by id.
    """
    for subject in sorted(subjects):
        if not fitting(book, subject, span.as_of, parents):
            known = "; ".join(f"{one.rulebook} ({one.cite})" for one in select(subject, span.as_of))
            named = {"period": period_words(span.year, span.name), "subject": SUBJECTS[subject]}
            yield worded(NamedError("rated_by_others", **named, known=known, rulebook=book.id))


def _form(period: str, choice: FormChoice) -> dict[str, Json]:
    form = choice.form
    return {
        "period": period,
        "form": form.id,
        "code": form.code,
        "instrument": form.instrument,
        "title": form.title,
        "cite": choice.cite,
        "why": choice.why,
        "note": choice.note,
        "unverified": choice.unverified or form.unverified,
    }
