"""The command about packages that units send up to the authority."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.nouns.reviews import Json
from rules.upward.standing import Deed


@dataclass(frozen=True, slots=True)
class KeepSentUp:
    """Record what was done with a unit's package; `content` is what is sent. If anything was recorded after the number
    `after`, the event is handled again.
    """

    campaign: int
    unit: int
    after: int
    deed: Deed
    content: Mapping[str, Json] | None = None
    reason: str = ""


UpwardCommand = KeepSentUp
