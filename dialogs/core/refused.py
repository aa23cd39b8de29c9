"""A refusal, as a value: it is ordinary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody reached for that is not theirs, as the audit names it."""

    review: int | None = None
    person: int | None = None
    campaign: int | None = None
    action: Action | None = None  # where it is another than what the button does


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `reason`: one of the words that the room's template `<room>/refused` knows; `values` say who and when.
    `tried`: of an attempt at what is not one's own, which the audit keeps.
    """

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)
    tried: Tried | None = None
