"""Filings: a filled-in form ready for printing, with everything that determines the document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rules.book.procedure import Role
from rules.book.suggestion import NotRated
from rules.forms.form import CommentPlace, Form
from rules.nouns.conditions import holds
from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person, traits
from rules.nouns.reviews import Answers, Decision
from rules.nouns.rulings import Endorsement, Opinion, OpinionKind, Ruling
from rules.nouns.values import Verdict


@dataclass(frozen=True, slots=True)
class Filing:
    """The content of one document."""

    form: Form
    person: Person
    year: int
    answers: Answers
    #: What the footer says of its content; for a draft that is not sent, the stamp of the answers.
    fingerprint: str
    #: 0: a draft that is not sent, printed without submission date.
    version: int = 0
    #: ISO date; "" while drafting.
    submitted_on: str = ""
    #: The agreement of the last step, given as `approver_role`.
    approval: Decision | None = None
    approver_role: str = "unit_head"
    #: Why there is no rating, printed in its place.
    not_rated: NotRated | None = None
    #: Fact → the computed value that an item with `shows` prints.
    worked_out: Mapping[str, float] = field(default_factory=dict)
    #: The authority's decision that is printed.
    ruling: Ruling | None = None
    #: The agreements of the steps before the last.
    endorsements: tuple[Endorsement, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    #: Of signature; "": unknown, printed as dots.
    place: str = ""
    #: The party body above the person's, from the roster; "": unknown, printed as dots.
    party_above: str = ""
    #: The code given anew with which the sending device had signed in, if any.
    device: CodeGiven | None = None
    #: The period it covers, a name of rules.nouns.periods.
    period: str = "year"
    #: The start of its code's address, where anybody can verify it; "": the installation has no public address.
    address: str = ""


def comment_place(filing: Filing, role: str = "") -> CommentPlace | None:
    """The first place of the form for a comment made as `role` ("": as the approver). An opinion is printed only where
    its kind is named.
    """
    who, known = role or filing.approver_role, traits(filing.person)
    fitting = {who} if who in tuple(OpinionKind) else {who, ""}
    for place in filing.form.comment:
        if place.role in fitting and (place.when is None or holds(place.when, known) is Verdict.MET):
            return place
    return None


def comment_places(filing: Filing) -> Mapping[str, tuple[str, str]]:
    """Role → section and item where its comments are printed. Roles without a place are absent."""
    places = {role: comment_place(filing, role) for role in (*Role, *OpinionKind)}
    return {role.value: (place.section, place.item) for role, place in places.items() if place}


def comments(filing: Filing) -> Iterator[Endorsement]:
    """The given opinions, then the steps of the chain, then the last step unless it is already among the steps."""
    for asked in filing.opinions:
        if asked.given_at is not None:
            yield opinion_given(asked, filing.version)
    yield from filing.endorsements
    last = filing.approval
    if last and all(one.by != last.by for one in filing.endorsements):
        yield agreement(last, len(filing.endorsements), filing.approver_role)


def opinion_given(asked: Opinion, version: int) -> Endorsement:
    """An opinion as a comment on a version, with the name of the body in place of a position."""
    assert asked.given_at is not None, "it was given"
    return Endorsement(version, 0, asked.kind, asked.by or 0, asked.by_name, asked.of, asked.given_at, asked.text)


def agreement(last: Decision, step: int, role: str) -> Endorsement:
    """The agreement of the last step, as `role`, in the form of the comments before it."""
    return Endorsement(last.version, step, role, last.by, last.by_name, last.by_position, last.at, last.comment)
