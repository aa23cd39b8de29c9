"""The kinds of people that a rulebook may meet, and the forms that each fills in. They are few enough to try all."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from rules.book.rulebook import NoFormError, Rulebook, choose_form, further_forms
from rules.forms.form import Form
from rules.nouns.people import Person
from rules.nouns.values import CIVIL, Subject

PERIODS = ("year", "half", "quarter", "month")
_PEOPLE = (*CIVIL, Subject.PARTY_MEMBER)


def kinds_of_people(book: Rulebook) -> Iterator[Person]:
    """One person of every kind for whom the rulebook has ratings. Heads and deputies are leaders. If party members are
    rated, so are the officials, employees, workers and cadres who are members.
    """
    kinds = dict.fromkeys(book.profiles)
    of_the_party = [leader for subject, leader in kinds if subject is Subject.PARTY_MEMBER]
    kinds |= dict.fromkeys((subject, leader) for subject in CIVIL for leader in of_the_party)
    for subject, leader in kinds:
        only_members = subject is Subject.PARTY_MEMBER or (subject, leader) not in book.profiles
        for head, deputy, member, serves_public in product((False, True), repeat=4):
            if (head and deputy) or ((head or deputy) and not leader):
                continue
            if member in _may_be_member(subject, only_members=only_members):
                yield _person(subject, leader, head, deputy, member, serves_public)


def forms_of(book: Rulebook, person: Person) -> Iterator[Form]:
    """Every form that this person fills in during a year."""
    for period in PERIODS:
        with suppress(NoFormError):
            yield choose_form(book, person, period).form
        yield from (choice.form for choice in further_forms(book, person, period))


def _may_be_member(subject: Subject, *, only_members: bool) -> tuple[bool, ...]:
    if only_members:
        return (True,)
    return (False, True) if subject in _PEOPLE else (False,)


def _person(
    subject: Subject,
    leader: bool,  # noqa: FBT001 - a row of a truth table
    head: bool,  # noqa: FBT001
    deputy: bool,  # noqa: FBT001
    party_member: bool,  # noqa: FBT001
    serves_public: bool,  # noqa: FBT001
) -> Person:
    return Person(
        id=0,
        name="",
        position="",
        unit_id=0,
        unit="",
        office="",
        subject=subject,
        leader=leader,
        head=head,
        deputy=deputy,
        party_member=party_member,
        serves_public=serves_public,
    )
