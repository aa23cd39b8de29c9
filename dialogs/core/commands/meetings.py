"""Meetings: called, held, written down."""

from dataclasses import dataclass

from rules.meeting.happenings import NewHappening


@dataclass(frozen=True, slots=True)
class CallMeeting:
    """A meeting of a unit in a campaign; `first`: that it was called, with its people and agenda."""

    campaign: int
    unit: int
    first: NewHappening


@dataclass(frozen=True, slots=True)
class AddToMeeting:
    """Something happened in a meeting. When something else happened since the number `after`, the event is taken again."""

    meeting: int
    after: int
    happenings: tuple[NewHappening, ...]


@dataclass(frozen=True, slots=True)
class KeepMinutes:
    """The minutes as the meeting stands are kept as a version; `adopted`: they stand."""

    meeting: int
    after: int
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class IssueWallLink:
    """Keep a fresh one-time code (State.fresh_code) by which a screen shows the meeting."""

    meeting: int
    code: str


MeetingCommand = CallMeeting | AddToMeeting | KeepMinutes | IssueWallLink
