"""Commands about meetings: calling them, recording what happens, and keeping the minutes."""

from dataclasses import dataclass

from rules.meeting.happenings import NewHappening


@dataclass(frozen=True, slots=True)
class CallMeeting:
    """Call a meeting of a unit in a campaign. `first` is the happening that names its people and agenda."""

    campaign: int
    unit: int
    first: NewHappening


@dataclass(frozen=True, slots=True)
class AddToMeeting:
    """Record happenings of a meeting. If anything was recorded after the number `after`, the event is handled again."""

    meeting: int
    after: int
    happenings: tuple[NewHappening, ...]


@dataclass(frozen=True, slots=True)
class KeepMinutes:
    """Store the minutes as a version, from the meeting as it stands. `adopted`: this version was adopted."""

    meeting: int
    after: int
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class IssueWallLink:
    """Store a fresh one-time code (State.fresh_code) with which a screen shows the meeting."""

    meeting: int
    code: str


MeetingCommand = CallMeeting | AddToMeeting | KeepMinutes | IssueWallLink
