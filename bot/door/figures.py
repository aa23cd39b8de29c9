"""Figures that the installation counts about itself, collected in one place and served as `/metrics`.

Labels are our own names (channels, outcomes, events) and never contain personal data.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector

from bot.door.channel import Blocked, Later, Rejected, SendError, Unreachable

if TYPE_CHECKING:
    from bot.door.channel import Worded
    from bot.door.shape import SendNotice

#: Histogram limits in seconds: from an event to its commit, and for sending one notice.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

#: The most specific class comes first.
_OUTCOMES: dict[type[SendError], str] = {
    Blocked: "blocked",
    Rejected: "rejected",
    Unreachable: "unreachable",
    Later: "later",
}


class Figures:
    """Counters since the start of this process, in their own registry. The gauges are set by the health check
    (bot/health).
    """

    def __init__(self) -> None:
        self.registry = own = CollectorRegistry()
        self._steps = Histogram(
            "tusoi_step_seconds",
            "Events of people, from arrival to commit",
            ["channel"],
            registry=own,
            buckets=_SECONDS,
        )
        self._failed = Counter("tusoi_steps_failed", "Events that came to nothing", ["channel"], registry=own)
        self._refused = Counter(
            "tusoi_refusals", "Events refused: reached for what is not theirs", ["channel"], registry=own
        )
        self._notices = Counter("tusoi_notices", "Notices by what came of them", ["channel", "outcome"], registry=own)
        self._sending = Histogram(
            "tusoi_notice_seconds", "Sending one notice, its turn included", ["channel"], registry=own, buckets=_SECONDS
        )
        self._troubles = Counter("tusoi_troubles", "Warnings and errors of the log", ["level", "event"], registry=own)
        self.channel_open = Gauge("tusoi_channel_open", "Whether the channel is open", ["channel"], registry=own)
        self.database_up = Gauge("tusoi_database_up", "Whether the database answers", registry=own)
        self.on_duty = Gauge("tusoi_on_duty", "Whether this process sends the notices", registry=own)
        self.standing_by = Gauge("tusoi_standing_by_seconds", "How long somebody else has sent them", registry=own)
        self.waiting = Gauge("tusoi_notices_waiting", "Notices that are due and not sent", registry=own)
        self.oldest = Gauge("tusoi_notices_oldest_seconds", "Age of the oldest of them", registry=own)
        self.disk_free = Gauge("tusoi_disk_free_bytes", "Free where the data stands", registry=own)
        self.warnings = Gauge("tusoi_health_warnings", "Warnings of /healthz", registry=own)
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)

    @contextmanager
    def step(self, channel: str) -> Iterator[None]:
        """Measure one event of a person while the block runs."""
        try:
            with self._steps.labels(channel).time():
                yield
        except Exception:
            self._failed.labels(channel).inc()
            raise

    def refused(self, channel: str) -> None:
        """Count a refused event."""
        self._refused.labels(channel).inc()

    def trouble(self, level: str, event: str) -> None:
        """Count a warning or error in the log."""
        self._troubles.labels(level, event).inc()

    def sending(self, channel: str, send: "SendNotice") -> "SendNotice":
        """The same sender, with its outcomes counted."""

        async def counted(account: str, worded: "Worded", person: int) -> Sequence[int]:
            outcome = "failed"
            try:
                with self._sending.labels(channel).time():
                    sent = await send(account, worded, person)
                outcome = "sent"
            except SendError as error:
                outcome = next((word for kind, word in _OUTCOMES.items() if isinstance(error, kind)), outcome)
                raise
            else:
                return sent
            finally:
                self._notices.labels(channel, outcome).inc()

        return counted
