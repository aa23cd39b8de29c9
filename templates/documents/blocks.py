"""What a printed page is made of, as plain data: Word and Typst templates draw the same blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. `note`: which of the paper's footnotes stands behind them, from 1 on; 0: none."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `style`: `section`, `note`, `item`, `body`, `hint` or `mark`; `keep`: on a page with what follows; `dotted`: the rest
    of its line waits for the hand.
    """

    style: str
    runs: tuple[Run, ...]
    kind: Literal["line"] = "line"
    keep: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines, to be filled by hand."""

    lines: tuple[int, ...]
    kind: Literal["blank"] = "blank"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; `width` in millimetres. Only texts are set flush left."""

    label: str
    width: int
    align: str


@dataclass(frozen=True, slots=True)
class TotalCell:
    """A cell of the last row of a table, over `span` of its columns; `width` in millimetres."""

    text: str
    width: int
    span: int
    align: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with a heading row. `numbers`: those of the columns, in a row below; `strong`: the first cells of the rows that are
    bold; `total`: the last row.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"
    numbers: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    total: tuple[TotalCell, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Where somebody signs: date ("" when it stands elsewhere), title, note, room for the hand, name; `marks` say
    what was confirmed how.
    """

    date: str
    title: str
    note: str
    name: str = ""
    marks: tuple[str, ...] = ()
    kind: Literal["signature"] = "signature"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Where two people sign, side by side."""

    signers: tuple[SignatureBlock, SignatureBlock]
    kind: Literal["signatures"] = "signatures"


Block = Paragraph | Blank | Table | SignatureBlock | Signatures


@dataclass(frozen=True, slots=True)
class Slot:
    """Where others write after it was sent: under an item, or ("") under the section itself. `empty` stands there until
    somebody wrote, `below` whatever they wrote; a decided rating takes the place of both.

    `takes`, `rating`, `boxes`: what of a ruling stands here, of which rating question, printed how; `signed_below`:
    whoever decided signs for it further down.
    """

    section: str
    item: str = ""
    empty: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    takes: str = ""
    rating: str = ""
    boxes: bool = False
    signed_below: bool = False
    kind: Literal["slot"] = "slot"


@dataclass(frozen=True, slots=True)
class SignatureSlot:
    """Where others sign after it was sent, with the date line that waits for the hand. `ruling`: whoever decided does."""

    section: str
    date: str
    title: str
    note: str
    ruling: bool
    kind: Literal["signature_slot"] = "signature_slot"


@dataclass(frozen=True, slots=True)
class SignatureSlots:
    """Where two people sign side by side, one of them or both after it was sent."""

    signers: tuple[SignatureBlock | SignatureSlot, SignatureBlock | SignatureSlot]
    kind: Literal["signature_slots"] = "signature_slots"


@dataclass(frozen=True, slots=True)
class Heading:
    """The two columns on top of the first page: the body above and the office; the nation or the party."""

    superior: str
    office: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the printed form shows, in order.

    `style` is `administrative` or `party`; `code` the form's number; `draft` the mark of a draft
    ("" once submitted); `persons` the lines under the title; `footer` what stands small on every page, with
    `fingerprint` beside it as a code to scan ("" on a draft, and on what is kept: it is made from that); `notes` the footnotes of its
    runs, `year_note` that of `year`; `layout` how the pages are laid out, as when it was sent: 1 before layouts were numbered; from 3 on
    the code leads to an `address`, where the house had one.
    """

    style: str
    code: str
    heading: Heading
    title: str
    year: str
    persons: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    footer: tuple[str, str]
    draft: str = ""
    date: str = ""  # party papers carry place and date on top
    fingerprint: str = ""
    notes: tuple[str, ...] = ()
    year_note: str = ""
    layout: int = 1
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it is sent: `blocks` with the slots where others write later. `paper` is all the rest, without blocks.

    `places`: as what somebody comments (rules.book.procedure.Role, rules.nouns.rulings.OpinionKind) → section and item.
    `place`: the place of signature; `mark`: the words of the footer into which the fingerprint is put.
    """

    paper: Paper
    blocks: tuple[Block | Slot | SignatureSlot | SignatureSlots, ...]
    places: Mapping[str, tuple[str, str]]
    place: str
    mark: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a ruling says in a slot."""

    section: str
    item: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands where somebody signs: date, name, what was confirmed how."""

    date: str
    name: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wrote on a sheet after it was sent.

    A comment: as what (`role`; "" is printed nowhere), its words if there are any, the line that confirms it where nobody signs below.
    A ruling: what it says in each slot, and what the footer says of it. `earlier`: what the footer says of the mark
    that was agreed with before documents were kept.
    """

    role: str
    comment: tuple[Block, ...] = ()
    confirmed: tuple[Block, ...] = ()
    ruled: tuple[Said, ...] = ()
    signed: Signed | None = None
    footer: str = ""
    earlier: str = ""
