"""How each channel is: one place, filled by the channels themselves, read by whoever wants to know."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.door.links import Links, WayIn

_log = structlog.get_logger()


class ChannelState(StrEnum):
    """Of a channel that is wanted; from the best to the worst."""

    OPEN = "open"
    OPENING = "opening"  # not there yet, and nothing is wrong
    TROUBLED = "troubled"  # its servers cannot be reached or ask to wait; it is tried again by itself
    REFUSED = "refused"  # what somebody has set is wrong; tried again seldom


@dataclass(frozen=True, slots=True)
class Condition:
    """`reason`: in words, of a state that is not good; nothing of people, no secret. `way`: where its invitations lead,
    once that is known.
    """

    state: ChannelState
    reason: str = ""
    way: WayIn | None = None


#: What a channel tells of itself, whenever it changes.
Report = Callable[[Condition], None]


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """A channel's condition and since when it is so."""

    condition: Condition
    since: dt.datetime


class Conditions:
    """Channel → how it is. A new way in becomes one of `links`."""

    def __init__(self, clock: Callable[[], dt.datetime], links: Links) -> None:
        self._clock = clock
        self._links = links
        self._standings: dict[str, ChannelStanding] = {}

    @property
    def of(self) -> Mapping[str, ChannelStanding]:
        """How all channels are."""
        return self._standings

    def report(self, channel: str) -> Report:
        """Through which this channel tells how it is."""

        def tell(condition: Condition) -> None:
            before = self._standings.get(channel)
            if before and (before.condition.state, before.condition.reason) == (condition.state, condition.reason):
                since = before.since
            else:
                since = self._clock()
                _log_change(channel, before.condition.state if before else None, condition)
            if condition.way and not (before and before.condition.way):
                _log.info("channel open", channel=channel, at=condition.way.where)
            self._standings[channel] = ChannelStanding(condition, since)
            if condition.way:
                self._links.ways[channel] = condition.way

        return tell


def _log_change(channel: str, before: ChannelState | None, now: Condition) -> None:
    """A good beginning says nothing; what went wrong, and that it is over, does."""
    if now.state is ChannelState.REFUSED:
        _log.error("channel refused", channel=channel, reason=now.reason)
    elif now.state is ChannelState.TROUBLED:
        _log.warning("channel in trouble", channel=channel, reason=now.reason)
    elif now.state is ChannelState.OPEN and before in {ChannelState.TROUBLED, ChannelState.REFUSED}:
        _log.info("channel open again", channel=channel)
