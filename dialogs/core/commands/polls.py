"""Polls: set, opened, counted."""

from dataclasses import dataclass

from rules.balloting.poll import Poll, Stage


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """A poll is set; its office is that of whoever sets it."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class AmendPoll:
    """Who takes part in it, or how many places there are, is another now. While it is being prepared."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class WalkPoll:
    """The poll's next stage, or its end without a result."""

    poll: int
    to: Stage


@dataclass(frozen=True, slots=True)
class CountOn:
    """Tellers whose counts of paper were not alike too often count once more."""

    poll: int


@dataclass(frozen=True, slots=True)
class AdmitToPoll:
    """Keep a fresh code (State.fresh_code) by which the page knows this person in that poll."""

    poll: int
    code: str


PollCommand = OpenPoll | AmendPoll | WalkPoll | CountOn | AdmitToPoll
