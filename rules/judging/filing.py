"""A filled form, ready to print: all that a document is a function of."""

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
    """The content of one document.

    `approval` is the agreement of the last step, as `approver_role`; `endorsements` are those of the steps before it.
    `ruling` is the decision of the authority that is printed. `version` is 0 while drafting (printed as a draft
    without submission date). `fingerprint` is what the footer says of its content; of one not sent yet the stamp of the answers.
    """

    form: Form
    person: Person
    year: int
    answers: Answers
    fingerprint: str
    version: int = 0
    submitted_on: str = ""  # ISO date, "" while drafting
    approval: Decision | None = None
    approver_role: str = "unit_head"
    not_rated: NotRated | None = None  # why there is no rating, printed in its place
    worked_out: Mapping[str, float] = field(default_factory=dict)  # what items with `shows` print, by fact
    ruling: Ruling | None = None
    endorsements: tuple[Endorsement, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    place: str = ""  # of signature; "" not known: dotted
    party_above: str = ""  # the party body above that of the person, as the roster names it; "" not known: dotted
    device: CodeGiven | None = None  # the code of the device it was sent from, where somebody gave it
    period: str = "year"  # what of the year it is about, a name of rules.nouns.periods
    address: str = ""  # what its code begins with: where anybody may check it; "" the house has no public address


def comment_place(filing: Filing, role: str = "") -> CommentPlace | None:
    """Where a comment made as `role` ("": as the approver) stands in this document: the first place of the form that
    matches. An opinion stands only where its kind is named.
    """
    who, known = role or filing.approver_role, traits(filing.person)
    fitting = {who} if who in tuple(OpinionKind) else {who, ""}
    for place in filing.form.comment:
        if place.role in fitting and (place.when is None or holds(place.when, known) is Verdict.MET):
            return place
    return None


def comment_places(filing: Filing) -> Mapping[str, tuple[str, str]]:
    """Section and item where comments stand, by the role they are made as; a role without a place is absent."""
    places = {role: comment_place(filing, role) for role in (*Role, *OpinionKind)}
    return {role.value: (place.section, place.item) for role, place in places.items() if place}


def comments(filing: Filing) -> Iterator[Endorsement]:
    """Opinions that were given, the steps of the chain, then the last step, unless it is kept among the steps too."""
    for asked in filing.opinions:
        if asked.given_at is not None:
            yield opinion_given(asked, filing.version)
    yield from filing.endorsements
    last = filing.approval
    if last and all(one.by != last.by for one in filing.endorsements):
        yield agreement(last, len(filing.endorsements), filing.approver_role)


def opinion_given(asked: Opinion, version: int) -> Endorsement:
    """An opinion that was given, as a comment on a version; in place of a position it names the body."""
    assert asked.given_at is not None, "it was given"
    return Endorsement(version, 0, asked.kind, asked.by or 0, asked.by_name, asked.of, asked.given_at, asked.text)


def agreement(last: Decision, step: int, role: str) -> Endorsement:
    """The agreement of the last step, as `role`, as a comment as those before it."""
    return Endorsement(last.version, step, role, last.by, last.by_name, last.by_position, last.at, last.comment)
