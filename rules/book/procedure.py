"""How a review goes on after it is handed in, as a rulebook says it: who comments, who decides, what is special."""

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
    """As what somebody acts on another's review."""

    UNIT_HEAD = "unit_head"  # người đứng đầu đơn vị cấu thành
    DEPUTY = "deputy"  # cấp phó được phân công chủ trì khi kiểm điểm người đứng đầu
    IN_CHARGE = "in_charge"  # lãnh đạo phụ trách đơn vị
    AUTHORITY = "authority"  # cấp có thẩm quyền
    PUBLIC_UNIT = "public_unit"  # người đứng đầu đơn vị sự nghiệp công lập
    CELL = "cell"  # chi bộ, chi ủy: the secretary, of the secretary's own form the deputy secretary
    COMMITTEE = "committee"  # cấp ủy cấp trên của chi bộ, or whoever the roster names to act for it


#: Who may decide (`ApprovalRule.decides`).
DECIDERS = (Role.AUTHORITY, Role.PUBLIC_UNIT, Role.CELL, Role.COMMITTEE)
#: Steps within the unit: what is past them it has proposed.
UNIT_STEPS = frozenset({Role.UNIT_HEAD, Role.DEPUTY, Role.CELL})
#: Bodies of the party: where the roster does not name them, nobody takes their place.
OF_PARTY = frozenset({Role.CELL, Role.COMMITTEE})


@dataclass(frozen=True, slots=True)
class ToldOf(Remarked):
    """Who else must be told of a result once it is decided: the head of the unit, or the leader in charge of it. `quote`: the sentence of
    the text.
    """

    to: Role
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class ApprovalRule(Remarked):
    """The steps that a draft of such a person goes through, and who decides then; the first rule that matches wins. A step
    that nobody (or only the person themself) can take is passed over; no steps: the draft goes to who decides. `when` asks of
    the person as what the form rates them: an official is a party member in the party's form.
    """

    key: str
    when: When
    steps: tuple[Role, ...]
    cite: str
    decides: Role = Role.AUTHORITY


@dataclass(frozen=True, slots=True)
class DeciderTitle(Remarked):
    """What the clause calls who decides about such a person (`title`, as within a sentence). `outside`: where it is an
    authority outside the office. `above`: it is that of the body above the office, whose name the roster has. The first that
    matches is said to the person and to the desk.
    """

    key: str
    when: When
    outside: bool
    title: str
    cite: str
    above: bool = False


class Effect(StrEnum):
    """What a special case changes on the way of a review."""

    NOT_REVIEWED = "not_reviewed"  # no review is opened
    NOT_RATED = "not_rated"  # reviewed, not rated
    CAPPED = "capped"  # rated, no higher than a cap says
    TIME_WORKED = "time_worked"  # rated by the time worked, no cap
    NO_MEETING = "no_meeting"  # sends the self-review in; no meeting is held over it
    OPINION_ASKED = "opinion_asked"  # an opinion of another body is asked
    BY_CHOICE = "by_choice"  # the office chooses whether it reviews such people
    FLAGGED = "flagged"  # the desk is told, with the clause
    CAP_WAIVED = "cap_waived"  # a cap does not bind


class Choice(StrEnum):
    """A setting by which the office chooses whether it reviews somebody."""

    WORKERS = "review_workers"  # người lao động theo hợp đồng
    UNIT_WORKERS = "review_unit_workers"  # those of its public service units, where their law is another

    def of(self, settings: OfficeSettings) -> bool | None:
        """What the office chose; None: nothing yet."""
        return settings.review_workers if self is Choice.WORKERS else settings.review_unit_workers


@dataclass(frozen=True, slots=True)
class SpecialCase(Remarked):
    """A case the rulebook treats apart. `key` is its own within the rulebook; `when` asks facts (those the roster gives
    among them, see `known_of`) and traits. `title` says it in words, to the desk and to the person. `opinion`: whose
    is asked, where the effect is OPINION_ASKED. `chosen`: the rulebook is the office's own and has chosen already (BY_CHOICE);
    `choice`: which setting of the office chooses.
    """

    key: str
    title: str
    when: When
    effect: Effect
    cite: str
    opinion: OpinionKind | None = None
    chosen: bool = False
    choice: Choice = Choice.WORKERS

    def left_out(self, settings: OfficeSettings) -> bool:
        """Whether it leaves somebody without a review. What is left to the office and not chosen by anybody is not held."""
        if self.effect is not Effect.BY_CHOICE:
            return self.effect is Effect.NOT_REVIEWED
        said = self.choice.of(settings)
        return not (self.chosen if said is None else said)


@dataclass(frozen=True, slots=True)
class PetitionRule(Remarked):
    """Within how many working days the authority answers a petition; None: the rules set no time."""

    answer_within: int | None
    cite: str


@dataclass(frozen=True, slots=True)
class Consequence(Remarked):
    """Hệ quả: what follows by law of a rating, for whom `when` holds of (traits and facts). `years`: only where the rating
    is that of so many years in a row.
    """

    key: str
    rating: Rating
    text: str
    cite: str
    when: When = field(default_factory=lambda: When(()))
    years: int = 1


class Order(StrEnum):
    """What is decided before what."""

    LOWER_FIRST = "lower_first"  # bodies below before the body above
    UNIT_FIRST = "unit_first"  # the body somebody works in before them
    COLLECTIVE_FIRST = "collective_first"  # the collective before its individuals
    CIVIL_FIRST = "civil_first"  # the rating as a civil servant before that as a party member
    REVIEWED_FIRST = "reviewed_first"  # nobody is rated who was not reviewed


@dataclass(frozen=True, slots=True)
class OrderRule(Remarked):
    """An order that decisions keep, with its clause."""

    order: Order
    cite: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """All of it, of one rulebook."""

    approvals: tuple[ApprovalRule, ...] = ()
    deciders: tuple[DeciderTitle, ...] = ()
    special_cases: tuple[SpecialCase, ...] = ()
    petitions: PetitionRule | None = None
    orders: tuple[OrderRule, ...] = ()
    consequences: tuple[Consequence, ...] = ()


#: Where a rulebook says nothing: the head of the unit comments, the authority decides.
PLAIN = ApprovalRule("plain", When(()), (Role.UNIT_HEAD,), "")


#: Where a rulebook says nothing of bodies: whoever speaks for one heads it, so it goes to the authority.
PLAIN_BODY = ApprovalRule("plain_body", When(()), (), "")
#: Where a rulebook says nothing of the party's forms: they are the party's, and nobody here comments or decides.
PLAIN_PARTY = ApprovalRule("plain_party", When(()), (Role.CELL,), "", Role.COMMITTEE)
_PLAIN = {
    Subject.PARTY_MEMBER: PLAIN_PARTY,
    Subject.PARTY_CELL: replace(PLAIN_PARTY, steps=()),
    Subject.PARTY_GROUP: replace(PLAIN_PARTY, steps=()),
    Subject.COLLECTIVE: PLAIN_BODY,
    Subject.ORGANISATION: PLAIN_BODY,
}


def approval_of(procedure: Procedure, person: Person, subjects: Sequence[Subject] = ()) -> ApprovalRule:
    """The steps for such a person, as what a form rates them, and who decides: the first rule that matches, else a plain one.

    `subjects`: what the form rates, its civil rating first; none: the person as they are on the roster. Of a form that rates
    twice the civil rule leads and decides, and the cell comments as the rule for party members says (Mẫu 02-HD KĐ.ĐG 2019
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
    """What the clause calls who decides about this person, as what they are rated; None: the rulebook does not say."""
    known = {**traits(person), "subject": (subject or person.subject).value}
    titles = (one for one in procedure.deciders if one.outside is outside)
    return next((one for one in titles if holds(one.when, known) is Verdict.MET), None)


def known_of(person: Person, period: Period, subject: Subject | None = None) -> Facts:
    """What the roster tells of a person before anything is asked. `subject`: as what they are rated, where that is not
    what they are on the roster (an official, rated as a party member: `rules.judging.interview.rated`).
    """
    known: dict[str, FactValue] = {**traits(person), **facts_in(person.service, period)}
    known |= circumstances(person.service, period)
    return known | {"subject": subject.value} if subject else known


def special_cases(procedure: Procedure, known: Facts) -> tuple[SpecialCase, ...]:
    """The cases that surely hold of what is known: facts, traits and circumstances."""
    return tuple(case for case in procedure.special_cases if holds(case.when, known) is Verdict.MET)


def consequences(procedure: Procedure, rating: Rating | None, known: Facts, years: int = 1) -> tuple[Consequence, ...]:
    """What follows of a rating, the rating of `years` years in a row, for somebody of whom that is `known`."""
    return tuple(
        one
        for one in procedure.consequences
        if one.rating is rating and one.years <= years and holds(one.when, known) is Verdict.MET
    )


def order_rule(procedure: Procedure, order: Order) -> OrderRule | None:
    """The rule of that order, if the rulebook has it."""
    return next((rule for rule in procedure.orders if rule.order is order), None)
