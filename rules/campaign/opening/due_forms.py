"""Due forms: which forms a campaign asks of a person under all its rulebooks, and of whom it asks none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from rules.book.procedure import SpecialCase, known_of, special_cases
from rules.book.rulebook import FormChoice, NoFormError, Rulebook, choose_form, further_forms
from rules.campaign.months.tracking import absence
from rules.campaign.opening.around import NOWHERE, OfficeAround
from rules.judging.interview import rated, subjects_rated
from rules.nouns.people import Person
from rules.nouns.periods import Period
from rules.nouns.values import Subject

#: The first letter of a period's name → how often such a form is filled in, as `choose_form` calls it.
_KINDS = {"y": "year", "s": "year", "h": "half", "q": "quarter", "m": "month"}
#: How often a form may be filled in → a period that asks for it.
PERIODS: Mapping[str, str] = {"year": "year", "half": "h1", "quarter": "q1", "month": "m01"}


@dataclass(frozen=True, slots=True)
class DueForm:
    """A form that is due, with its rulebook and clause. `why`: the reason in words for the person."""

    rulebook: str
    form: str
    cite: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class AskedForms:
    """The forms asked of a person, and those they are exempt from, each with the special case."""

    forms: tuple[DueForm, ...] = ()
    excepted: tuple[tuple[DueForm, SpecialCase], ...] = ()


def kind_of(period: str) -> str:
    """How often a form of that period (a name of `rules.nouns.periods`) is filled in."""
    return _KINDS[period[0]]


def due_forms(
    books: Sequence[Rulebook], person: Person, period: str = "year", around: OfficeAround = NOWHERE
) -> tuple[DueForm, ...]:
    """The forms of this person in the order of filling them in; empty: no rulebook has a form for them.

    First comes the form of the unit that they head, because it is rated before its head (NĐ 335/2025 Điều 9 khoản 1,
    Điều 20 khoản 6), then the civil form, then what its rulebook requires besides, then the party's form. A rulebook
    that extends another precedes it, so an office's plan takes priority over the decree. The civil form is that of the
    first rulebook with a form for somebody who is not in the party, so that the order of rulebooks never puts a party
    form in its place. A form that serves as both is listed once.
    """
    extended = {name for book in books for name in book.head.extends}
    books, kind = sorted(books, key=lambda book: book.id in extended), kind_of(period)
    found = _of_unit(books, person, kind, around)
    civil = _civil([book for book in books if around.takes(book, person.subject, person.unit_id)], person, kind)
    found += _under(civil, person, kind) if civil else ()
    if person.party_member:
        first = (civil,) if civil else ()
        found += _party((*first, *(book for book in books if book is not civil)), person, kind)
    once: dict[str, DueForm] = {}
    for due in found:
        once.setdefault(due.form, due)
    return tuple(once.values())


def asked_of(books: Sequence[Rulebook], person: Person, period: Period, around: OfficeAround = NOWHERE) -> AskedForms:
    """What a campaign asks of a person: the due forms, without those that special cases exempt from or that the office
    has not chosen.

    A special case exempts from forms of its own rulebook only, and sees the person as what the form rates: somebody
    exempt as a party member still fills in the form as an official, if one form serves as both. A rulebook that has
    ended but still applies to some (Decree 90/2020 for employees in 2026) follows those in force. For a part of a year,
    nothing is asked of people who were absent throughout (`absence`) or who came after the period.
    """
    if comes_later(person, period) or absence(person.service, period):
        return AskedForms()
    books = sorted(books, key=lambda book: book.head.until is not None and book.head.until < period.as_of)
    forms: list[DueForm] = []
    excepted: list[tuple[DueForm, SpecialCase]] = []
    for due in due_forms(books, person, period.name, around):
        book = next(book for book in books if book.id == due.rulebook)
        form = book.forms[due.form]
        known = known_of(person, period, rated(form, person)[0])
        cases = special_cases(book.procedure, known)
        case = next((case for case in cases if case.left_out(around.settings)), None)
        if case is None:
            forms.append(due)
            continue
        excepted.append((due, case))
        if person.party_member and len(subjects_rated(form, person)) > 1:
            plain = asked_of(books, replace(person, party_member=False), period, around)
            forms += plain.forms
    return AskedForms(tuple(dict.fromkeys(forms)), tuple(excepted))


def comes_later(person: Person, period: Period) -> bool:
    """Whether the person joined the office after the period."""
    return person.service.joined is not None and person.service.joined > period.last


def _of_unit(books: Sequence[Rulebook], person: Person, kind: str, around: OfficeAround) -> list[DueForm]:
    """The form of the unit that the person heads, under the first rulebook with a form for such units."""
    body = around.body_of(person)
    if body is None:
        return []
    of_units = (book for book in books if around.takes(book, body.subject, person.unit_id))
    return [_due(book, chosen) for book in of_units if (chosen := _chosen(book, body, kind))][:1]


def _civil(books: Sequence[Rulebook], person: Person, kind: str) -> Rulebook | None:
    plain = replace(person, party_member=False)
    of_plain = (book for book in books if _chosen(book, plain, kind))
    of_member = (book for book in books if _chosen(book, person, kind))
    return next(of_plain, None) or next(of_member, None)


def _under(book: Rulebook, person: Person, kind: str) -> Iterator[DueForm]:
    chosen = _chosen(book, person, kind)
    if chosen:
        yield _due(book, chosen)
    for further in further_forms(book, person, kind):
        yield _due(book, further)


def _party(books: Sequence[Rulebook], person: Person, kind: str) -> list[DueForm]:
    """The first form for this person as a party member. People with a post get the form for those with posts."""
    plain, member = replace(person, party_member=False), replace(person, subject=Subject.PARTY_MEMBER)
    for book in books:
        chosen = None if _chosen(book, plain, kind) else _chosen(book, person, kind)
        chosen = chosen or _chosen(book, member, kind)
        if chosen:
            return [_due(book, chosen)]
    return []


def _chosen(book: Rulebook, person: Person, kind: str) -> FormChoice | None:
    with suppress(NoFormError):
        return choose_form(book, person, kind)
    return None


def _due(book: Rulebook, choice: FormChoice) -> DueForm:
    return DueForm(book.id, choice.form.id, choice.cite, choice.why)
