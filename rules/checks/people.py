"""The kinds of people a rulebook may meet, and which form each fills. There are few enough to try them all."""

from collections.abc import Iterator
from itertools import product

from rules.people import Person
from rules.rulebook import Rulebook
from rules.values import Subject


def kinds_of_people(book: Rulebook) -> Iterator[Person]:
    """One person of every kind for whom the rulebook has ratings: heads and deputies are leaders."""
    for subject, leader in book.profiles:
        for head, deputy, party_member, serves_public in product((False, True), repeat=4):
            if (head and deputy) or ((head or deputy) and not leader):
                continue
            yield _person(subject, leader, head, deputy, party_member, serves_public)


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
