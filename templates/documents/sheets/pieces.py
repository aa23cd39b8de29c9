"""A paper as plain text by sections, which is how a draft sent round is read on a phone."""

from collections.abc import Iterator, Sequence

from rules.nouns.rounds import Piece
from templates.documents.blocks import Block, Paper, Paragraph, Table
from templates.documents.words import word


def pieces_of(paper: Paper) -> tuple[Piece, ...]:
    """The sections that say something; those to be filled in by others are left out."""
    found = list[Piece]()
    for title, blocks in _sections(paper):
        lines = [line for block in blocks for line in _lines(block)]
        if any(_says_something(block) for block in blocks):
            found.append(Piece(title, "\n".join(lines)))
    return tuple(found)


def _sections(paper: Paper) -> Iterator[tuple[str, list[Block]]]:
    title, blocks = paper.title, list[Block]()
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.style == "section":
            yield title, blocks
            title, blocks = _text(block), []
        else:
            blocks.append(block)
    yield title, blocks


def _says_something(block: Block) -> bool:
    """Whether the block says something: the title of an item followed by dots does not."""
    match block:
        case Table():
            return bool(block.rows)
        case Paragraph(style="item"):
            return not block.dotted and len(block.runs) > 1 and not _ends_open(block)
        case Paragraph(style="body"):
            return not _text(block).endswith(word("not_applicable"))
        case _:
            return False


def _ends_open(block: Paragraph) -> bool:
    return _text(block).rstrip().endswith(":")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            if text := _text(block):
                yield text
        case Table():
            yield from (_row(row) for row in block.rows)
            if block.total:
                yield " – ".join(cell.text for cell in block.total if cell.text)
        case _:
            return


def _row(row: Sequence[str]) -> str:
    first, *rest = [cell for cell in row if cell] or [""]
    return f"{first}. {' – '.join(rest)}" if first.isalnum() and len(first) < 4 and rest else " – ".join([first, *rest])


def _text(block: Paragraph) -> str:
    return "".join(run.text for run in block.runs).strip()
