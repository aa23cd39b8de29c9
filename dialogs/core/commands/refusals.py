"""The command that records a refused attempt in the audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refuse:
    """Somebody tried what they may not do. The audit records it; nothing else changes."""

    #: A value of rules.campaign.permissions.Action.
    action: str
    reason: str
    review: int | None = None
    person: int | None = None
    campaign: int | None = None
