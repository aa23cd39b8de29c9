"""What a printed page is made of, as plain data: Word and Typst templates draw the same blocks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `style`: `section`, `note`, `item`, `body`, `hint` or `mark`; `keep`: on a page with what follows."""

    style: str
    runs: tuple[Run, ...]
    kind: str = "line"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines, to be filled by hand."""

    lines: tuple[int, ...]
    kind: str = "blank"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; `width` in millimetres. Only texts are set flush left."""

    label: str
    width: int
    align: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with a heading row."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


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
    kind: str = "signature"


Block = Paragraph | Blank | Table | SignatureBlock


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
    ("" once submitted); `persons` the lines under the title; `footer` what stands small on every page.
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
