"""The course of a review after it is handed in, as a rulebook prescribes it: who comments, who decides, which cases are
special.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.conditions import Facts, FactValue, When, holds
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person, traits
from rules.nouns.periods import Period
from rules.nouns.rulings import OpinionKind
from rules.nouns.service import circumstances, facts_in
from rules.nouns.values import Rating, Subject, Verdict


class Role(StrEnum):
    """The role in which a person acts on somebody else's review."""

    UNIT_HEAD = "unit_head"  # người đứng đầu đơn vị cấu thành
    DEPUTY = "deputy"  # cấp phó được phân công chủ trì khi kiểm điểm người đứng đầu
    IN_CHARGE = "in_charge"  # lãnh đạo phụ trách đơn vị
    AUTHORITY = "authority"  # cấp có thẩm quyền
    PUBLIC_UNIT = "public_unit"  # người đứng đầu đơn vị sự nghiệp công lập
    CELL = "cell"  # chi bộ, chi ủy: its secretary, for the secretary's own form the deputy
    COMMITTEE = "committee"  # cấp ủy cấp trên của chi bộ, or whoever the roster names to act for it


#: The roles that may decide (`ApprovalRule.decides`).
DECIDERS = (Role.AUTHORITY, Role.PUBLIC_UNIT, Role.CELL, Role.COMMITTEE)
#: The steps within the unit. A draft beyond them is proposed by the unit.
UNIT_STEPS = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.CELL})
#: Bodies of the party. If the roster does not name them, nobody takes their place.
OF_PARTY = frozenset({Role.CELL, Role.COMMITTEE})


@dataclass(frozen=True, slots=True)
class ToldOf(Remarked):
    """Who else must be told of a decided result: the head of the unit, or the leader in charge of it. `quote`: the
    sentence of the text.
    """

    to: Role
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class ApprovalRule(Remarked):
    """The chain of a draft, and who decides at its end. The first rule that matches the person applies.

    A step that nobody, or only the person themself, could take is passed over; without steps the draft goes straight to
    the decider. `when` sees the person as what the form rates: in the party's form an official is a party member.
    """

    key: str
    when: When
    steps: tuple[Role, ...]
    cite: str
    decides: Role = Role.AUTHORITY


@dataclass(frozen=True, slots=True)
class DeciderTitle(Remarked):
    """The title that the clause gives to the decider for such a person, told to the person and the desk. The first
    match applies.
    """

    key: str
    when: When
    #: It is an authority outside the office.
    outside: bool
    #: As used within a sentence.
    title: str
    cite: str
    #: It belongs to the body above the office, whose name the roster has.
    above: bool = False


class Effect(StrEnum):
    """How a special case changes the course of a review."""

    NOT_REVIEWED = "not_reviewed"  # no review is opened
    NOT_RATED = "not_rated"  # reviewed, not rated
    CAPPED = "capped"  # rated, but no higher than a cap allows
    TIME_WORKED = "time_worked"  # rated by the time worked, no cap
    NO_MEETING = "no_meeting"  # hands in the self-review, without a meeting about it
    OPINION_ASKED = "opinion_asked"  # an opinion of another body is asked
    BY_CHOICE = "by_choice"  # the office chooses whether it reviews such people
    FLAGGED = "flagged"  # the desk is told, with the clause
    CAP_WAIVED = "cap_waived"  # a cap does not apply


class Choice(StrEnum):
    """A setting by which the office chooses whether it reviews certain people."""

    WORKERS = "review_workers"  # người lao động theo hợp đồng
    UNIT_WORKERS = "review_unit_workers"  # those of its public service units, where their law is another

    def of(self, settings: OfficeSettings) -> bool | None:
        """What the office chose; None: nothing yet."""
        return settings.review_workers if self is Choice.WORKERS else settings.review_unit_workers


@dataclass(frozen=True, slots=True)
class SpecialCase(Remarked):
    """A case that the rulebook treats separately."""

    #: Unique within the rulebook.
    key: str
    #: The case in words, for the desk and the person.
    title: str
    #: Tests of traits and facts, including those from the roster (see `known_of`).
    when: When
    effect: Effect
    cite: str
    #: For OPINION_ASKED: whose opinion.
    opinion: OpinionKind | None = None
    #: For BY_CHOICE: the rulebook is the office's own and has already chosen.
    chosen: bool = False
    #: The setting by which the office chooses.
    choice: Choice = Choice.WORKERS

    def left_out(self, settings: OfficeSettings) -> bool:
        """Whether a person has no review because of it. If the office has not chosen yet, there is no review."""
        if self.effect is not Effect.BY_CHOICE:
            return self.effect is Effect.NOT_REVIEWED
        said = self.choice.of(settings)
        return not (self.chosen if said is None else said)


@dataclass(frozen=True, slots=True)
class PetitionRule(Remarked):
    """The number of working days within which the authority answers a petition; None: the rules set no time."""

    answer_within: int | None
    cite: str


@dataclass(frozen=True, slots=True)
class Consequence(Remarked):
    """Hệ quả: what the law attaches to a rating, for people of whom `when` holds (traits and facts)."""

    key: str
    rating: Rating
    text: str
    cite: str
    when: When = field(default_factory=lambda: When(()))
    #: Only if the rating is the same for so many years in a row.
    years: int = 1


class Order(StrEnum):
    """An order in which decisions are taken."""

    LOWER_FIRST = "lower_first"  # lower bodies before the body above them
    UNIT_FIRST = "unit_first"  # a body before the people who work in it
    COLLECTIVE_FIRST = "collective_first"  # the collective before its individuals
    CIVIL_FIRST = "civil_first"  # the rating as a civil servant before that as a party member
    REVIEWED_FIRST = "reviewed_first"  # nobody is rated who was not reviewed


@dataclass(frozen=True, slots=True)
class OrderRule(Remarked):
    """An order in which decisions must be taken, with its clause."""

    order: Order
    cite: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole procedure of one rulebook."""

    approvals: tuple[ApprovalRule, ...] = ()
    deciders: tuple[DeciderTitle, ...] = ()
    special_cases: tuple[SpecialCase, ...] = ()
    petitions: PetitionRule | None = None
    orders: tuple[OrderRule, ...] = ()
    consequences: tuple[Consequence, ...] = ()


#: If the rulebook is silent: the head of the unit comments and the authority decides.
PLAIN = ApprovalRule("plain", When(()), (Role.UNIT_HEAD,), "")


#: If the rulebook is silent about bodies: the authority decides at once, since whoever speaks for a body heads it.
PLAIN_BODY = ApprovalRule("plain_body", When(()), (), "")
#: If the rulebook is silent about the party's forms: they belong to the party, so nobody here comments or decides.
PLAIN_PARTY = ApprovalRule("plain_party", When(()), (Role.CELL,), "", Role.COMMITTEE)
_PLAIN = {
    Subject.PARTY_MEMBER: PLAIN_PARTY,
    Subject.PARTY_CELL: replace(PLAIN_PARTY, steps=()),
    Subject.PARTY_GROUP: replace(PLAIN_PARTY, steps=()),
    Subject.COLLECTIVE: PLAIN_BODY,
    Subject.ORGANISATION: PLAIN_BODY,
}


def approval_of(procedure: Procedure, person: Person, subjects: Sequence[Subject] = ()) -> ApprovalRule:
    """The chain for a person as what a form rates them: the first rule that matches, else a plain one.

    `subjects`: what the form rates, its civil rating first; empty: as on the roster. If a form rates twice, the civil
    rule gives the chain and the decider, and the cell comments as the rule for party members says (Mẫu 02-HD KĐ.ĐG 2019
    prints both).
    """
    ruled = [_rule_for(procedure, person, subject) for subject in subjects or (person.subject,)]
    party = tuple(step for rule in ruled[1:] for step in rule.steps if step not in ruled[0].steps)
    return replace(ruled[0], steps=(*ruled[0].steps, *party)) if party else ruled[0]


def _rule_for(procedure: Procedure, person: Person, subject: Subject) -> ApprovalRule:
    known = {**traits(person), "subject": subject.value}
    found = (rule for rule in procedure.approvals if holds(rule.when, known) is Verdict.MET)
    return next(found, None) or _PLAIN.get(subject, PLAIN)


def decider_title(
    procedure: Procedure, person: Person, subject: Subject | None, *, outside: bool
) -> DeciderTitle | None:
    """The title that the clause gives to the decider for this person, as what they are rated; None: the rulebook does
    not say.
    """
    known = {**traits(person), "subject": (subject or person.subject).value}
    titles = (one for one in procedure.deciders if one.outside is outside)
    return next((one for one in titles if holds(one.when, known) is Verdict.MET), None)


def known_of(person: Person, period: Period, subject: Subject | None = None) -> Facts:
    """What the roster tells of a person before anything is asked.

    `subject`: as what they are rated, if that differs from the roster (an official rated as a party member:
    `rules.judging.interview.rated`).
    """
    known: dict[str, FactValue] = {**traits(person), **facts_in(person.service, period)}
    known |= circumstances(person.service, period)
    return known | {"subject": subject.value} if subject else known


def special_cases(procedure: Procedure, known: Facts) -> tuple[SpecialCase, ...]:
    """The special cases that certainly apply, given the known facts, traits and circumstances."""
    return tuple(case for case in procedure.special_cases if holds(case.when, known) is Verdict.MET)


def consequences(procedure: Procedure, rating: Rating | None, known: Facts, years: int = 1) -> tuple[Consequence, ...]:
    """What follows from a rating that was the same for `years` years in a row, for a person of whom that is `known`."""
    return tuple(
        one
        for one in procedure.consequences
        if one.rating is rating and one.years <= years and holds(one.when, known) is Verdict.MET
    )


def order_rule(procedure: Procedure, order: Order) -> OrderRule | None:
    """The rule of that order, if the rulebook has it."""
    return next((rule for rule in procedure.orders if rule.order is order), None)
