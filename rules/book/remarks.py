"""The remarks that any rule may carry beside its clause."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """The remarks of a rule."""

    #: Another source that says something different.
    note: str = ""
    #: The authors of the rulebook have not seen the text of the clause itself.
    unverified: bool = False
    #: Only for the desk (`tusoi rulebook show`).
    desk_note: str = ""
