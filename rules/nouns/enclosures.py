"""Files that come from outside: those that belong to a dossier, those that an office puts in the place of a summary table, and those that go
round as they are.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file handed in at a `place` of a dossier (a key of the rulebook), of a person, of a unit, or of the office. `kind`: what it was
    found to be (its ending); `name`: as it was called by who handed it in.
    """

    id: int
    campaign_id: int
    rulebook: str
    place: str
    unit_id: int | None
    person_id: int | None
    sha256: str
    size: int
    kind: str
    name: str
    by: int
    by_name: str
    at: dt.datetime

    @property
    def where(self) -> tuple[str, str, int, int]:
        """What is the same of those that replace each other."""
        return self.rulebook, self.place, self.unit_id or 0, self.person_id or 0


#: What may stand for a summary table, where the house takes it at all.
OWN_TABLE_KINDS = ("xlsx", "docx", "pdf")
#: What may go round as it is: whatever is read as a whole on a phone.
ROUND_KINDS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A file of the office that stands for a summary table (`key`, of a rulebook) of a campaign. `by` 0: at the command line. Without
    `sha256`: nothing stands for it any more.
    """

    id: int
    campaign_id: int
    rulebook: str
    key: str
    sha256: str
    size: int
    kind: str
    name: str
    by: int
    by_name: str
    at: dt.datetime

    @property
    def stands(self) -> bool:
        """Whether a file stands for the table."""
        return bool(self.sha256)
