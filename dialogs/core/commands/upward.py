"""What units send up to the authority."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.nouns.reviews import Json
from rules.upward.standing import Deed


@dataclass(frozen=True, slots=True)
class KeepSentUp:
    """Something is done with what a unit sends up; `content`: what is sent. When something else was done since the number `after`, the event is taken
    again.
    """

    campaign: int
    unit: int
    after: int
    deed: Deed
    content: Mapping[str, Json] | None = None
    reason: str = ""


UpwardCommand = KeepSentUp
