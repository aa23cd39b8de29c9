"""What every rule may say of itself beside its clause."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A rule's remarks: `note` tells of a second source that says otherwise; `desk_note` is what only the desk reads
    (`tusoi rulebook show`); `unverified`: the text of the clause itself was not seen by the authors of the rulebook.
    """

    note: str = ""
    unverified: bool = False
    desk_note: str = ""
