"""What an office sets for itself: how it reminds, and what the law leaves to it or makes depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.values import Subject


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`escalate_after`: working days after a last day on which what is still owed is told to the unit's head, then to
    the leader in charge, then to the desk. `quiet_from`, `quiet_until`: hours (0–24) without reminders, besides what is
    outside working hours. `review_workers`: contract workers are reviewed (the law leaves it to the office);
    `review_unit_workers`: those of its public service units, where another law leaves it to their head.
    `own_regulation`: the unit has issued its own regulation of assessment (Quy chế đánh giá). `rate_units`: units are
    rated here, too, each on a form that its head fills. All None: the desk has not said so yet.
    `digest`: heads get a summary on Mondays. `remind`: people are reminded at all. `own_days`: kind of period (year, half, quarter, month) → the last day for people's own review that the desk set last, in days after
    the period's last one: offered next time. `place`: where documents are
    signed ("Quảng Ngãi, ngày …"); "" leaves it dotted.
    """

    escalate_after: tuple[int, int, int] = (1, 3, 5)
    quiet_from: int = 12
    quiet_until: int = 13
    review_workers: bool | None = None
    review_unit_workers: bool | None = None
    own_regulation: bool | None = None
    rate_units: bool | None = None
    digest: bool = True
    remind: bool = True
    place: str = ""
    own_days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which units a rulebook is for a subject, where the law parts them: of those with a regulation of their own, or
    without (`own_regulation`); of public service units, or of administrative bodies (`service_unit`). None: of both.
    `instead`: the title of the rulebook that is for the others ("": none is known); `cite` says so.
    """

    rulebook: str
    title: str
    subject: Subject
    own_regulation: bool | None
    service_unit: bool | None
    instead: str
    cite: str

    def takes(self, settings: OfficeSettings, *, service_unit: bool) -> bool:
        """Whether it is for such a unit. What the desk has not said yet speaks for neither."""
        said = settings.own_regulation
        regulated = self.own_regulation is None or said is None or said is self.own_regulation
        return regulated and self.service_unit in {None, service_unit}
