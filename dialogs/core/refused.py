"""A refusal, as a value: it is ordinary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `reason`: `missing` (no such review), `own` (nobody approves their own; `own_cover`: not even for an
    absent head), `not_yours` (somebody else approves it), `not_yet` (it is at another step of the chain),
    `handed_on` (this step has agreed already), `decided`, `withdrawn`, `resubmitted` (the button shows an older
    version). `values` say who and when, for the template `head/refused`.
    """

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)
