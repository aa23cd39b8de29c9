"""The conditions of all channels, reported by the channels and read by whoever needs them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.door.links import Links, WayIn

_log = structlog.get_logger()


class ChannelState(StrEnum):
    """The state of a channel that is configured, from the best to the worst."""

    OPEN = "open"
    OPENING = "opening"  # not there yet, and nothing is wrong
    TROUBLED = "troubled"  # its servers cannot be reached or ask to wait; it is tried again by itself
    REFUSED = "refused"  # what somebody has set is wrong; tried again seldom


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of a channel. `reason`: why it is not `open`, without personal data or secrets; `way`: where its
    invitations lead, once that is known.
    """

    state: ChannelState
    reason: str = ""
    way: WayIn | None = None


#: The callback by which a channel reports its condition whenever it changes.
Report = Callable[[Condition], None]


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """A channel's condition, and since when."""

    condition: Condition
    since: dt.datetime


class Conditions:
    """Channel → condition. A new way in is added to `links`."""

    def __init__(self, clock: Callable[[], dt.datetime], links: Links) -> None:
        self._clock = clock
        self._links = links
        self._standings: dict[str, ChannelStanding] = {}

    @property
    def of(self) -> Mapping[str, ChannelStanding]:
        """The conditions of all channels."""
        return self._standings

    def report(self, channel: str) -> Report:
        """The callback for this channel."""

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
    """Log failures and recoveries; a normal start is not logged."""
    if now.state is ChannelState.REFUSED:
        _log.error("channel refused", channel=channel, reason=now.reason)
    elif now.state is ChannelState.TROUBLED:
        _log.warning("channel in trouble", channel=channel, reason=now.reason)
    elif now.state is ChannelState.OPEN and before in {ChannelState.TROUBLED, ChannelState.REFUSED}:
        _log.info("channel open again", channel=channel)
