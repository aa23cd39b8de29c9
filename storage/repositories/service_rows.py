"""A person's service as JSON, and back. What is not known is left out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Service
from rules.nouns.values import Rating

_DAYS = ("joined", "left", "moved_on", "there_since", "party_since")
_WORDS = ("moved_from", "party_cell", "temporary_cell")


def service_json(service: Service) -> dict[str, object]:
    """The service as it is kept."""
    kept: dict[str, object] = {name: getattr(service, name).isoformat() for name in _DAYS if getattr(service, name)}
    kept |= {name: getattr(service, name) for name in _WORDS if getattr(service, name)}
    if service.absent_with_cause:
        kept["absent_with_cause"] = True
    if service.leaves:
        kept["leaves"] = [[leave.kind, leave.since.isoformat(), _iso(leave.until)] for leave in service.leaves]
    if service.ratings:
        kept["ratings"] = {str(year): rating.value for year, rating in sorted(service.ratings.items())}
    return kept


def service_of(kept: Mapping[str, Any]) -> Service:
    """The service that was kept."""
    if not kept:
        return NO_SERVICE
    known: dict[str, Any] = {name: dt.date.fromisoformat(kept[name]) for name in _DAYS if name in kept}
    known |= {name: kept[name] for name in _WORDS if name in kept}
    return Service(
        **known,
        absent_with_cause=kept.get("absent_with_cause", False),
        leaves=tuple(
            Leave(LeaveKind(kind), _day(since), _until(until)) for kind, since, until in kept.get("leaves", ())
        ),
        ratings={int(year): Rating(rating) for year, rating in kept.get("ratings", {}).items()},
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _until(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
