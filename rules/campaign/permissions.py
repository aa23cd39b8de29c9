"""Permissions: who may do what with whose review, in one table that is read row by row. Whatever is not in it is
forbidden.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from rules.book.procedure import Role
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.rounds import Talk
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES


class Action(StrEnum):
    """Something that a person may be allowed to do. The names are used in the audit."""

    READ_DRAFT = "read_draft"  # the answers of a draft
    READ_PAPERS = "read_papers"  # its documents
    ANSWER = "answer"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ASK_ANEW = "ask_anew"  # ask to do a confirmed sheet anew
    ANSWER_ANEW = "answer_anew"
    COMMENT = "comment"
    RETURN = "return"
    APPROVE = "approve"
    DECIDE = "decide"
    REDECIDE = "redecide"
    READ_RATING = "read_rating"  # the decided rating
    READ_PLAN = "read_plan"  # a plan of improvement
    ACKNOWLEDGE = "acknowledge"
    PETITION = "petition"
    ANSWER_PETITION = "answer_petition"
    GIVE_OPINION = "give_opinion"
    SET_STAND_IN = "set_stand_in"
    OPEN_CAMPAIGN = "open_campaign"
    MOVE_DATES = "move_dates"
    CLOSE_CAMPAIGN = "close_campaign"
    IMPORT_ROSTER = "import_roster"
    INVITE = "invite"  # a fresh code for somebody: the first one, or for a new phone
    UNTIE = "untie"
    HASTEN = "hasten"  # ask that a code given anew work at once
    AGREE_HASTE = "agree_haste"  # the second person
    BROADCAST = "broadcast"
    READ_LEDGER = "read_ledger"  # the lines of work of a month or quarter
    WRITE_LEDGER = "write_ledger"  # one's own lines, and how they are done
    ASSIGN_WORK = "assign_work"  # another person's lines: assigning, handing over, answering a stated cause
    KEEP_CATALOGUE = "keep_catalogue"
    IMPORT_WORK = "import_work"  # what everybody is assigned, from one file
    READ_PROGRESS = "read_progress"  # who has handed in, and how far a draft is; without ratings
    RECORD_OUTSIDE = "record_outside"  # a written decision or opinion of a body outside the installation
    HAND_IN = "hand_in"  # a file that belongs to a dossier, at its place
    READ_PART = "read_part"  # such a file
    ASK_OUTSIDE = "ask_outside"  # an opinion of a body outside about somebody, by a link; to take the link back
    RECEIVE_OUTSIDE = "receive_outside"  # to confirm that what came by it came from whom it says
    HOLD_POLL = "hold_poll"  # set a ballot, lead it from stage to stage, see its result
    START_ROUND = "start_round"  # send a draft round
    READ_ROUND = "read_round"  # a draft that was sent round
    ANSWER_ROUND = "answer_round"
    READ_ANSWERS = "read_answers"  # what was said to it, and who has not answered
    SETTLE_ROUND = "settle_round"  # take up what was said, or say why not; end it; write what all propose together
    WEIGH_POINTS = "weigh_points"  # by which weights points of sheets come to one
    READ_DATA = "read_data"  # all that is kept of somebody, as one file, and what they asked about it
    ANSWER_DATA = "answer_data"  # what somebody asks about their data
    CALL_MEETING = "call_meeting"  # a meeting of a unit; also to take its chair in an emergency
    CHAIR_MEETING = "chair_meeting"  # open, turn, conclude, close
    WRITE_MINUTES = "write_minutes"  # take down, word, lay before those present
    SPEAK = "speak"  # come, comment, agree to the minutes
    READ_MEETING = "read_meeting"
    NAME_DRAFTER = "name_drafter"  # who answers for a body's report
    GIVE_PART = "give_part"  # of a body's report, to somebody to write
    SEND_UP = "send_up"  # send a unit's package to the authority, or withdraw it
    SEND_OUT = "send_out"  # send the office's package to an authority outside
    READ_SENT = "read_sent"  # a unit's package, and whether it was sent
    RETURN_SENT = "return_sent"  # return a package for completion
    CONSULT = "consult"  # call the authority's meeting about the packages
    READ_AUDIT = "read_audit"  # who did what when, and which devices are in use


class Relation(StrEnum):
    """What a person is to a review, a person or an office, in the order in which readers are listed
    (rules.personal.kinds).
    """

    SELF = "self"
    DRAFTER = "drafter"  # answers for a body's report, and sends it
    WRITER = "writer"  # a part of it was given to them
    HANDED_ON = "handed_on"  # rates the unit they head by it, and somebody else drafts it
    UNIT_HEAD = "unit_head"  # has the draft now, whatever the step's role; of a person: heads their unit
    EARLIER_STEP = "earlier_step"  # had it before
    OTHER_STEP = "other_step"  # another step of the chain is or was theirs, or of somebody for whom they act
    IN_CHARGE = "in_charge"  # leader in charge above, whose step is still to come; of a unit: in charge of it
    AUTHORITY = "authority"
    STAND_IN = "stand_in"  # acts for the one who has the draft now
    STAND_IN_AUTHORITY = "stand_in_authority"
    TOLD = "told"  # must be told of the result by a sentence of the rulebook (rules.campaign.deciding.told)
    OLD_UNIT = "old_unit"  # asked for an opinion: the unit before, or of a temporary activity
    ASKED = "asked"  # a draft was sent to them
    AUTHOR = "author"  # would act, but drafted or wrote some of it
    CODE_GIVER = "code_giver"  # would act, but gave the code of the device it was sent from
    DESK_CODE_GIVER = "desk_code_giver"  # the same of the desk
    CHAIR = "chair"  # has the chair of the meeting now
    SECRETARY = "secretary"  # writes its minutes
    MEMBER = "member"  # was called to it; of a review: it stands on the agenda of a meeting that goes on
    DEPUTY = "deputy"  # of a unit: its head's deputy
    CELL_LEADER = "cell_leader"  # secretary or deputy secretary of the party body whose meeting it is
    DESK = "desk"  # of the same office
    COLLEAGUE = "colleague"  # of the same office
    OTHER_OFFICE = "other_office"


_A, _R = Action, Relation

#: Relation → what it allows. Nobody but SELF answers for a person, nobody but its drafter and writers for a body; none of them decides.
_TABLE: tuple[tuple[Relation, tuple[Action, ...]], ...] = (
    (_R.SELF, (_A.READ_DRAFT, _A.READ_PAPERS, _A.ANSWER, _A.SUBMIT, _A.WITHDRAW)),
    (_R.SELF, (_A.ASK_ANEW,)),
    (_R.SELF, (_A.READ_RATING, _A.ACKNOWLEDGE, _A.PETITION, _A.SET_STAND_IN)),
    (_R.DRAFTER, (_A.READ_DRAFT, _A.READ_PAPERS, _A.ANSWER, _A.SUBMIT, _A.WITHDRAW, _A.GIVE_PART, _A.NAME_DRAFTER)),
    (_R.DRAFTER, (_A.READ_RATING, _A.ACKNOWLEDGE, _A.PETITION)),
    (_R.WRITER, (_A.READ_DRAFT, _A.READ_PAPERS, _A.ANSWER)),
    (_R.HANDED_ON, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS, _A.READ_RATING, _A.ACKNOWLEDGE, _A.PETITION)),
    (_R.AUTHOR, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS)),
    (_R.UNIT_HEAD, (_A.READ_DRAFT, _A.READ_PAPERS, _A.COMMENT, _A.RETURN, _A.APPROVE)),
    (_R.UNIT_HEAD, (_A.NAME_DRAFTER,)),
    (_R.DESK, (_A.NAME_DRAFTER,)),
    (_R.SELF, (_A.READ_LEDGER, _A.WRITE_LEDGER)),
    (_R.SELF, (_A.READ_DATA,)),
    (_R.UNIT_HEAD, (_A.READ_PROGRESS, _A.INVITE, _A.ANSWER_ANEW)),
    (_R.UNIT_HEAD, (_A.READ_LEDGER, _A.ASSIGN_WORK)),
    (_R.EARLIER_STEP, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS)),
    (_R.IN_CHARGE, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS)),
    (_R.OTHER_STEP, (_A.READ_PROGRESS,)),
    (_R.AUTHORITY, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS, _A.ANSWER_ANEW)),
    (_R.AUTHORITY, (_A.DECIDE, _A.REDECIDE, _A.READ_RATING, _A.ANSWER_PETITION)),
    (_R.STAND_IN, (_A.READ_DRAFT, _A.READ_PAPERS, _A.COMMENT, _A.RETURN, _A.APPROVE)),
    (_R.STAND_IN, (_A.READ_PROGRESS, _A.READ_LEDGER, _A.ASSIGN_WORK, _A.ANSWER_ANEW)),
    (_R.STAND_IN_AUTHORITY, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS, _A.ANSWER_ANEW)),
    (_R.STAND_IN_AUTHORITY, (_A.DECIDE, _A.REDECIDE, _A.READ_RATING, _A.ANSWER_PETITION)),
    (_R.TOLD, (_A.READ_RATING,)),
    (_R.SELF, (_A.READ_PLAN,)),
    (_R.UNIT_HEAD, (_A.READ_PLAN,)),
    (_R.OLD_UNIT, (_A.GIVE_OPINION,)),
    (_R.DESK, (_A.READ_PAPERS, _A.READ_RATING, _A.READ_PROGRESS, _A.RECORD_OUTSIDE, _A.SET_STAND_IN)),
    (_R.DESK, (_A.OPEN_CAMPAIGN, _A.MOVE_DATES, _A.CLOSE_CAMPAIGN, _A.IMPORT_ROSTER)),
    (_R.CODE_GIVER, (_A.READ_DRAFT, _A.READ_PAPERS, _A.READ_PROGRESS)),
    (_R.DESK_CODE_GIVER, (_A.READ_PAPERS, _A.READ_RATING, _A.READ_PROGRESS)),
    (_R.SELF, (_A.HAND_IN, _A.READ_PART)),
    (_R.UNIT_HEAD, (_A.HAND_IN, _A.READ_PART)),
    (_R.EARLIER_STEP, (_A.READ_PART,)),
    (_R.IN_CHARGE, (_A.READ_PART,)),
    (_R.STAND_IN, (_A.READ_PART,)),
    (_R.AUTHORITY, (_A.READ_PART,)),
    (_R.STAND_IN_AUTHORITY, (_A.READ_PART,)),
    (_R.DESK, (_A.HAND_IN, _A.READ_PART)),
    (_R.SELF, (_A.ASK_OUTSIDE,)),
    (_R.DESK, (_A.ASK_OUTSIDE, _A.RECEIVE_OUTSIDE)),
    (_R.UNIT_HEAD, (_A.AGREE_HASTE, _A.HOLD_POLL)),
    (_R.DESK, (_A.HASTEN, _A.AGREE_HASTE)),
    (_R.DESK, (_A.INVITE, _A.UNTIE, _A.BROADCAST, _A.KEEP_CATALOGUE, _A.IMPORT_WORK)),
    (_R.SELF, (_A.START_ROUND, _A.READ_ROUND, _A.READ_ANSWERS, _A.SETTLE_ROUND)),
    (_R.UNIT_HEAD, (_A.START_ROUND, _A.READ_ROUND, _A.READ_ANSWERS, _A.SETTLE_ROUND)),
    (_R.DESK, (_A.START_ROUND, _A.READ_ROUND, _A.READ_ANSWERS, _A.SETTLE_ROUND, _A.WEIGH_POINTS)),
    (_R.DRAFTER, (_A.START_ROUND,)),
    (_R.ASKED, (_A.READ_ROUND, _A.ANSWER_ROUND)),
    (_R.DESK, (_A.ANSWER_DATA, _A.READ_AUDIT, _A.HOLD_POLL)),
    (_R.UNIT_HEAD, (_A.CALL_MEETING, _A.READ_MEETING)),
    (_R.DEPUTY, (_A.CALL_MEETING, _A.READ_MEETING)),
    (_R.STAND_IN, (_A.CALL_MEETING, _A.READ_MEETING)),
    (_R.CELL_LEADER, (_A.CALL_MEETING, _A.READ_MEETING)),
    (_R.DESK, (_A.CALL_MEETING, _A.READ_MEETING)),
    (_R.CHAIR, (_A.CHAIR_MEETING, _A.WRITE_MINUTES, _A.SPEAK, _A.READ_MEETING)),
    (_R.SECRETARY, (_A.WRITE_MINUTES, _A.SPEAK, _A.READ_MEETING)),
    (_R.MEMBER, (_A.SPEAK, _A.READ_MEETING, _A.READ_PAPERS)),
    (_R.UNIT_HEAD, (_A.SEND_UP, _A.READ_SENT)),
    (_R.STAND_IN, (_A.SEND_UP, _A.READ_SENT)),
    (_R.DEPUTY, (_A.READ_SENT,)),
    (_R.IN_CHARGE, (_A.READ_SENT,)),
    (_R.DESK, (_A.READ_SENT, _A.RETURN_SENT, _A.SEND_OUT, _A.CONSULT)),
    (_R.AUTHORITY, (_A.READ_SENT, _A.RETURN_SENT, _A.SEND_OUT, _A.CONSULT)),
    (_R.STAND_IN_AUTHORITY, (_A.READ_SENT, _A.RETURN_SENT, _A.SEND_OUT, _A.CONSULT)),
)

#: Actions on an office as a whole: on its campaigns, roster, people and their sign-in.
OF_OFFICE = (
    *(_A.OPEN_CAMPAIGN, _A.MOVE_DATES, _A.CLOSE_CAMPAIGN, _A.IMPORT_ROSTER),
    *(_A.INVITE, _A.UNTIE, _A.BROADCAST, _A.READ_PROGRESS, _A.KEEP_CATALOGUE, _A.IMPORT_WORK),
)

#: Actions on a person's way of signing in.
OF_PEOPLE = (_A.INVITE, _A.UNTIE)

#: Every allowed pair.
ALLOWED: frozenset[tuple[Relation, Action]] = frozenset(
    (relation, action) for relation, actions in _TABLE for action in actions
)


def relations(
    person: Person,
    about: Review | ReviewLine,
    acts_for: Iterable[int] = (),
    *,
    asked: bool = False,
    sits: bool = False,
) -> frozenset[Relation]:
    """What `person` is to this review.

    For their own review a person is SELF and nothing else: nobody acts on their own review, not even for somebody
    absent. People in `Review.barred` may read but not act: the drafter and authors of a body's report, and whoever gave
    the code by which the sending device signed in.

    `acts_for`   the people they stand in for today
    `asked`      whether they were asked for an opinion on it
    `sits`       whether they were called to a running meeting that has it on its agenda
    """
    if about.drafter == person.id and about.person.id != person.id:
        return frozenset({Relation.DRAFTER})
    if about.person.id == person.id:
        if about.drafter not in {None, person.id}:
            return _without_drafting(person, about)
        return frozenset({Relation.SELF, *({Relation.DRAFTER} if about.drafter else ())})
    found = _relations(person, about, acts_for, asked=asked)
    if sits and Relation.OTHER_OFFICE not in found:
        found |= {Relation.MEMBER}
    report = about.report if isinstance(about, Review) else None
    if report and report.parts_of(person.id):
        found |= {Relation.WRITER}
    if person.id not in about.barred:
        return found
    wrote = report is not None and person.id in report.authors
    instead = _OF_AUTHORS if wrote else _ACTING
    return (found - instead.keys()) | {instead[one] for one in found & instead.keys()}


def _without_drafting(person: Person, about: Review | ReviewLine) -> frozenset[Relation]:
    """The relation of a body's own account to its report, and of a head to the form about their unit, when somebody
    else drafts it.
    """
    if person.subject in BODIES:
        return frozenset({Relation.COLLEAGUE})
    writes = isinstance(about, Review) and about.report is not None and about.report.parts_of(person.id)
    return frozenset({Relation.COLLEAGUE, Relation.HANDED_ON, *((Relation.WRITER,) if writes else ())})


def fills(person: Person, review: Review) -> bool:
    """Whether a person answers the review or a part of it: their own, or a body's report that they draft or have a part
    of.
    """
    return bool(relations(person, review) & FILLING)


#: The relations of a person to what they answer.
FILLING = frozenset({Relation.SELF, Relation.DRAFTER, Relation.WRITER})


def _relations(
    person: Person, about: Review | ReviewLine, acts_for: Iterable[int], *, asked: bool
) -> frozenset[Relation]:
    acting = frozenset(acts_for)
    chain = _of_chain(person, about) | (set() if _leads_body(person, about.person) else _stands_in(about, acting))
    if isinstance(about, Review) and not chain & _STEPS and _took_part(person, about, acting):
        chain.add(Relation.OTHER_STEP)
    if about.person.office != person.office:
        return frozenset({Relation.OTHER_OFFICE, *chain})
    asked_or_not = {Relation.OLD_UNIT} if asked else set()
    return frozenset(chain | asked_or_not | relations_to_office(person, about.person.office))


def relations_to_office(person: Person, office: str) -> frozenset[Relation]:
    """What `person` is to an office as a whole: its desk, one of its people, or of another office."""
    if person.office != office:
        return frozenset({Relation.OTHER_OFFICE})
    return frozenset({Relation.DESK, Relation.COLLEAGUE} if person.desk else {Relation.COLLEAGUE})


def relations_to_unit(
    person: Person, office: str, unit_id: int, in_charge: Collection[int] = ()
) -> frozenset[Relation]:
    """What `person` is to a unit and the people in it, including its head or deputy. `in_charge`: the units they are in
    charge of.
    """
    if person.office != office:
        return relations_to_office(person, office)
    heads = {Relation.UNIT_HEAD} if person.head and person.unit_id == unit_id else set()
    heads |= {Relation.DEPUTY} if person.deputy and person.unit_id == unit_id else set()
    charge = {Relation.IN_CHARGE} if unit_id in in_charge else set()
    return relations_to_office(person, office) | heads | charge


def answering_for(person: Person, unit_id: int, answers: int | None) -> frozenset[Relation]:
    """What `person` is to a unit of their office for which somebody answers, by whatever post: who does is its head in all of its papers."""
    found = relations_to_unit(person, person.office, unit_id)
    return found | {Relation.UNIT_HEAD} if person.id == answers else found


def relations_to_person(person: Person, other: Person) -> frozenset[Relation]:
    """What `person` is to another person: SELF alone, or what they are to that person's unit."""
    if other.id == person.id:
        return frozenset({Relation.SELF})
    return relations_to_unit(person, other.office, other.unit_id)


def relations_to_round(person: Person, talk: Talk) -> frozenset[Relation]:
    """What `person` is to a draft that was sent round.

    SELF is whoever settles the comments, and whoever began the round. Others are the head of the unit concerned, the
    desk, and those who were asked. Nobody may read what others write in a sheet about them.
    """
    sent = talk.round
    found = relations_to_office(person, sent.office)
    if Relation.OTHER_OFFICE in found or (sent.about_somebody and person.id == sent.person):
        return found - {Relation.DESK}
    mine = {Relation.SELF} if person.id in {sent.owner, sent.by} else set()
    heads = {Relation.UNIT_HEAD} if person.head and person.unit_id == sent.unit else set()
    asked = {Relation.ASKED} if talk.of(person.id) else set()
    return found | mine | heads | asked


def may(held: Iterable[Relation], *actions: Action) -> bool:
    """Whether one of these relations allows the action (or one of several actions)."""
    return any((relation, action) in ALLOWED for relation in held for action in actions)


#: A relation that may act on a review → what remains of it for people who must not act.
_ACTING: Mapping[Relation, Relation] = {
    Relation.UNIT_HEAD: Relation.CODE_GIVER,
    Relation.STAND_IN: Relation.CODE_GIVER,
    Relation.AUTHORITY: Relation.CODE_GIVER,
    Relation.STAND_IN_AUTHORITY: Relation.CODE_GIVER,
    Relation.OLD_UNIT: Relation.COLLEAGUE,
    Relation.DESK: Relation.DESK_CODE_GIVER,
}

#: The same of who wrote any of a body's report. The desk records what an authority outside decided all the same: it decides nothing.
_OF_AUTHORS: Mapping[Relation, Relation] = {
    Relation.UNIT_HEAD: Relation.AUTHOR,
    Relation.STAND_IN: Relation.AUTHOR,
    Relation.AUTHORITY: Relation.AUTHOR,
    Relation.STAND_IN_AUTHORITY: Relation.AUTHOR,
}

#: The relations that say whose step of the chain it is.
_STEPS = frozenset({Relation.UNIT_HEAD, Relation.EARLIER_STEP, Relation.IN_CHARGE, Relation.STAND_IN})


def _leads_body(person: Person, about: Person) -> bool:
    """Whether it concerns a body of the unit that the person leads, on which they must not act for anybody absent
    either.
    """
    return about.subject in BODIES and person.unit_id == about.unit_id and (person.head or person.deputy)


def _took_part(person: Person, review: Review, acts_for: frozenset[int]) -> bool:
    """Whether a step belongs to the person or to somebody they stand in for, or one of them endorsed the newest draft
    or decided it.
    """
    if any(step.person in {person.id, *acts_for} for step in review.steps):
        return True
    version = review.draft.version if review.draft else 0
    endorsed = ((one.version, one.by, one.for_whom) for one in review.endorsements)
    decided = ((one.version, one.by, one.for_whom) for one in review.decisions)
    return any(of == version and person.id in by for of, *by in (*endorsed, *decided))


def _of_chain(person: Person, about: Review | ReviewLine) -> set[Relation]:
    found = {Relation.UNIT_HEAD} if about.approver_id == person.id else set()
    if about.decider_id == person.id:
        found.add(Relation.AUTHORITY)
    return found | (_of_steps(person, about) if isinstance(about, Review) else set())


def _of_steps(person: Person, review: Review) -> set[Relation]:
    """The relations from steps before and after the present one. A review line does not know them."""
    found = set()
    if any(step.person == person.id for step in review.steps[: review.step]):
        found.add(Relation.EARLIER_STEP)
    if any(step.person == person.id and step.role == Role.IN_CHARGE for step in review.steps[review.step + 1 :]):
        found.add(Relation.IN_CHARGE)
    return found


def _stands_in(about: Review | ReviewLine, acts_for: frozenset[int]) -> set[Relation]:
    found = {Relation.STAND_IN} if about.approver_id in acts_for else set()
    return found | ({Relation.STAND_IN_AUTHORITY} if about.decider_id in acts_for else set())
