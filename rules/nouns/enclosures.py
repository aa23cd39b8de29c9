"""Files that were written elsewhere and handed in: for a dossier, in place of a summary table, or to be sent round as
they are.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file handed in at one place of a dossier, for a person, a unit, or the office as a whole."""

    id: int
    campaign_id: int
    rulebook: str
    #: The place in the dossier, a key of the rulebook.
    place: str
    unit_id: int | None
    person_id: int | None
    sha256: str
    size: int
    #: The detected file type, as its extension.
    kind: str
    #: The file name given by whoever handed it in.
    name: str
    by: int
    by_name: str
    at: dt.datetime

    @property
    def where(self) -> tuple[str, str, int, int]:
        """What two enclosures have in common when the later one replaces the earlier."""
        return self.rulebook, self.place, self.unit_id or 0, self.person_id or 0


#: File types that may replace a summary table, where the installation accepts them at all.
OWN_TABLE_KINDS = ("xlsx", "docx", "pdf")
#: File types that may be sent round as they are: those that can be read in full on a phone.
ROUND_KINDS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A file of the office that replaces a generated summary table of a campaign."""

    id: int
    campaign_id: int
    rulebook: str
    #: The table that it replaces, a key of the rulebook.
    key: str
    #: Empty when the file was taken out again and the generated table is used.
    sha256: str
    size: int
    kind: str
    name: str
    #: Person id; 0: handed in at the command line.
    by: int
    by_name: str
    at: dt.datetime

    @property
    def stands(self) -> bool:
        """Whether a file replaces the table now."""
        return bool(self.sha256)
