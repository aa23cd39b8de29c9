"""The settings of an office: how it reminds people, and the choices that the law leaves to it or makes depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.values import Subject


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The settings of an office. Where a setting is None, the desk has not chosen yet."""

    #: Working days after a last day until what is owed is reported to the unit's head, the leader in charge, and the
    #: desk.
    escalate_after: tuple[int, int, int] = (1, 3, 5)
    #: With `quiet_until`: the hours (0–24) without reminders, in addition to the time outside working hours.
    quiet_from: int = 12
    quiet_until: int = 13
    #: Whether contract workers are reviewed; the law leaves this to the office.
    review_workers: bool | None = None
    #: The same for workers of its public service units, where another law leaves it to the unit's head.
    review_unit_workers: bool | None = None
    #: Whether the unit has issued its own regulation of assessment (Quy chế đánh giá).
    own_regulation: bool | None = None
    #: Whether units are rated in this installation too, each on a form that its head fills in.
    rate_units: bool | None = None
    #: Whether heads get a summary on Mondays.
    digest: bool = True
    #: Whether people are reminded at all.
    remind: bool = True
    #: Where documents are signed ("Quảng Ngãi, ngày …"); "" prints a dotted line.
    place: str = ""
    #: Kind of period (year, half, quarter, month) → the last day that the desk set most recently for people's own
    #: reviews, in days after the end of the period. It is offered for the next campaign.
    own_days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """The units for which a rulebook is meant, for one subject, where the law distinguishes them."""

    rulebook: str
    title: str
    subject: Subject
    #: Only units with (True) or without (False) a regulation of their own; None: both.
    own_regulation: bool | None
    #: Only public service units (True) or administrative bodies (False); None: both.
    service_unit: bool | None
    #: The title of the rulebook for the other units; "" when none is known. `cite` is the clause that says so.
    instead: str
    cite: str

    def takes(self, settings: OfficeSettings, *, service_unit: bool) -> bool:
        """Whether the rulebook applies to such a unit. A choice that the desk has not made yet excludes nothing."""
        said = settings.own_regulation
        regulated = self.own_regulation is None or said is None or said is self.own_regulation
        return regulated and self.service_unit in {None, service_unit}
