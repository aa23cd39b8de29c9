"""Blocks: the elements of a printed page as plain data. The Word and the Typst templates draw the same blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. `note`: the number of the footnote that follows it, from 1 on; 0 for none."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    #: `section`, `note`, `item`, `body`, `hint` or `mark`.
    style: str
    runs: tuple[Run, ...]
    kind: Literal["line"] = "line"
    #: It stays on one page with what follows.
    keep: bool = False
    #: The rest of its last line is dotted, to be filled in by hand.
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines, to be filled in by hand."""

    lines: tuple[int, ...]
    kind: Literal["blank"] = "blank"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; `width` in millimetres. Only texts are aligned left."""

    label: str
    width: int
    align: str


@dataclass(frozen=True, slots=True)
class TotalCell:
    """A cell of the total row, spanning `span` columns; `width` in millimetres."""

    text: str
    width: int
    span: int
    align: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with a heading row."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"
    #: The numbers of the columns, printed in a row below the heading.
    numbers: tuple[str, ...] = ()
    #: The first cells of the rows printed in bold.
    strong: tuple[str, ...] = ()
    #: The last row.
    total: tuple[TotalCell, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A place of signature: date ("" when it is printed elsewhere), title, note, space for the signature, and name;
    `marks` tell what was confirmed and how.
    """

    date: str
    title: str
    note: str
    name: str = ""
    marks: tuple[str, ...] = ()
    kind: Literal["signature"] = "signature"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two signatures side by side."""

    signers: tuple[SignatureBlock, SignatureBlock]
    kind: Literal["signatures"] = "signatures"


Block = Paragraph | Blank | Table | SignatureBlock | Signatures


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a sheet, where others write after it was sent: under an item, or ("") under the section itself."""

    section: str
    item: str = ""
    #: Printed until somebody has written here.
    empty: tuple[Block, ...] = ()
    #: Printed below whatever was written. A decided rating replaces both.
    below: tuple[Block, ...] = ()
    #: What of a ruling is printed here.
    takes: str = ""
    #: The rating question whose rating is printed.
    rating: str = ""
    #: The rating is printed as boxes.
    boxes: bool = False
    #: Whoever decided signs for it further down.
    signed_below: bool = False
    kind: Literal["slot"] = "slot"


@dataclass(frozen=True, slots=True)
class SignatureSlot:
    """A slot where others sign after the sheet was sent, with a date line to be filled in by hand. `ruling`: whoever
    decided signs.
    """

    section: str
    date: str
    title: str
    note: str
    ruling: bool
    kind: Literal["signature_slot"] = "signature_slot"


@dataclass(frozen=True, slots=True)
class SignatureSlots:
    """Two signatures side by side, of which one or both are added after the sheet was sent."""

    signers: tuple[SignatureBlock | SignatureSlot, SignatureBlock | SignatureSlot]
    kind: Literal["signature_slots"] = "signature_slots"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of the first page in two columns: on the left the superior body and the office, on the right the
    nation or the party.
    """

    superior: str
    office: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that a printed form shows, in order."""

    #: `administrative` or `party`.
    style: str
    #: The number of the form.
    code: str
    heading: Heading
    title: str
    year: str
    #: The lines under the title.
    persons: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    #: Printed small on every page.
    footer: tuple[str, str]
    #: The mark of a draft; "" once it is submitted.
    draft: str = ""
    #: Party papers show place and date at the top.
    date: str = ""
    #: Printed beside the footer as a code to scan. "" on a draft, and in the stored value, from which it is computed.
    fingerprint: str = ""
    #: The footnotes of its runs.
    notes: tuple[str, ...] = ()
    #: The footnote of `year`.
    year_note: str = ""
    #: The number of the page layout with which it was sent; 1 stands for papers sent before layouts were numbered.
    layout: int = 1
    #: The address to which the code leads, if the installation had one; from layout 3 on.
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it is sent: `blocks` with the slots where others write later. `paper` is everything else, without
    blocks.
    """

    paper: Paper
    blocks: tuple[Block | Slot | SignatureSlot | SignatureSlots, ...]
    #: The role of a commenter (rules.book.procedure.Role, rules.nouns.rulings.OpinionKind) → section and item.
    places: Mapping[str, tuple[str, str]]
    #: The place named in signatures.
    place: str
    #: The words of the footer into which the fingerprint is inserted.
    mark: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a ruling says in a slot."""

    section: str
    item: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: date, name, and what was confirmed and how."""

    date: str
    name: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: what somebody wrote on a sheet after it was sent.

    - A comment: the `role` of the commenter ("" is not printed), the words, if any, and the line that confirms it where
      nobody signs below.
    - A ruling: what it says in each slot and in the footer.

    `earlier`: what the footer says of the fingerprint that was agreed to before documents were stored.
    """

    role: str
    comment: tuple[Block, ...] = ()
    confirmed: tuple[Block, ...] = ()
    ruled: tuple[Said, ...] = ()
    signed: Signed | None = None
    footer: str = ""
    earlier: str = ""
