"""Refusals, kept in the audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refuse:
    """Somebody tried what they may not do: kept in the audit, nothing else changes."""

    action: str  # rules.campaign.permissions.Action
    reason: str
    review: int | None = None
    person: int | None = None
    campaign: int | None = None
