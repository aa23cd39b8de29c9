"""Commands about polls: setting them up, moving them on, counting."""

from dataclasses import dataclass

from rules.balloting.poll import Poll, Stage


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Set up a poll for the office of the person who acts."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class AmendPoll:
    """Change the participants or the places of a poll that is still being prepared."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class WalkPoll:
    """Move the poll to another stage, or end it without a result."""

    poll: int
    to: Stage


@dataclass(frozen=True, slots=True)
class CountOn:
    """Let tellers count once more, after their counts of paper slips differed too often."""

    poll: int


@dataclass(frozen=True, slots=True)
class AdmitToPoll:
    """Store a fresh code (State.fresh_code) that admits this person to the page of the poll."""

    poll: int
    code: str


PollCommand = OpenPoll | AmendPoll | WalkPoll | CountOn | AdmitToPoll
