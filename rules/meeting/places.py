"""What a person is to a meeting, for the table of permissions."""

from collections.abc import Collection, Mapping

from rules.campaign.permissions import Action, Relation, may, relations_to_unit
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.meeting import OVER, Meeting
from rules.nouns.people import Person


def relations_to_meeting(person: Person, meeting: Meeting, acts_for: Collection[int] = ()) -> frozenset[Relation]:
    """Their relations to its unit and within the meeting. `acts_for`: the people they stand in for today."""
    held = relations_to_unit(person, meeting.office, meeting.unit)
    if Relation.OTHER_OFFICE in held:
        return held
    # A stand-in acts for the head of a unit, never for the secretary of a cell: that is no post of the office.
    heads = {one.id for one in meeting.members if one.head and one.id not in meeting.leaders}
    found = {
        Relation.CHAIR: meeting.chair == person.id,
        Relation.SECRETARY: meeting.secretary == person.id,
        Relation.MEMBER: meeting.member(person.id) is not None,
        Relation.STAND_IN: bool(heads & set(acts_for)),
        Relation.CELL_LEADER: person.id in meeting.leaders,
    }
    return held | {relation for relation, holds in found.items() if holds}


def sits(meeting: Meeting, person: int) -> bool:
    """Whether a person may read the agenda's papers because they were called to the meeting.

    Whoever called it may not do so until it is opened and somebody else is present. Otherwise a deputy could call one
    just to read colleagues' reviews.
    """
    if meeting.status in OVER or meeting.member(person) is None:
        return False
    others = any(one.id != person for one in meeting.present)
    return person != meeting.caller or (meeting.started and others)


_OF_CHAIR = frozenset(
    {
        *(Kind.PLANNED, Kind.INVITED, Kind.ASKED, Kind.ORDERED, Kind.OPENED, Kind.INTERRUPTED, Kind.CLOSED),
        Kind.CANCELLED,
        *(Kind.TURNED, Kind.CONCLUDED, Kind.REOPENED, Kind.WRITING, Kind.ADOPTED),
    }
)
_OF_SECRETARY = frozenset({Kind.WORDED, Kind.PROPOSAL, Kind.MINUTES})
#: Happenings that a person reports of themself, or the secretary of them.
_OF_ONESELF = frozenset({Kind.CAME, Kind.LEFT, Kind.ABSENT, Kind.COMMENT, Kind.ANSWER})

_ACTIONS: Mapping[Kind, Action] = {
    **dict.fromkeys(_OF_CHAIR, Action.CHAIR_MEETING),
    **dict.fromkeys(_OF_SECRETARY, Action.WRITE_MINUTES),
}


def may_happen(person: Person, meeting: Meeting, one: NewHappening, acts_for: Collection[int] = ()) -> bool:
    """Whether the table of permissions lets a person bring this about."""
    held = relations_to_meeting(person, meeting, acts_for)
    if one.kind is Kind.CHAIRED:
        return may(held, Action.CHAIR_MEETING) or (one.person == person.id and may(held, Action.CALL_MEETING))
    if one.kind in _OF_ONESELF:
        return may(held, Action.SPEAK if one.person == person.id else Action.WRITE_MINUTES)
    return may(held, _ACTIONS.get(one.kind, Action.SPEAK))
