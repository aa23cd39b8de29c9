"""A rulebook as plain Vietnamese text, which a jurist can check without reading code: flow, conditions, clauses."""

from collections.abc import Iterator

from rules.book.rulebook import Rulebook
from templates.rulebook.parts import Statement, in_force, parts


def text_of(book: Rulebook) -> str:
    """The whole rulebook as text."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Rulebook) -> Iterator[str]:
    yield f"{book.id}: {book.title}"
    yield f"Ban hành: {issued(book)}"
    yield f"Áp dụng: {in_force(book.head)}"
    if book.head.extends:
        yield f"Điều không nêu ở đây theo: {', '.join(book.head.extends)}"
    for part in parts(book):
        yield from ("", part.title, *(_line(line) for line in part.lines))


def issued(book: Rulebook) -> str:
    """Number, date and issuer, as far as known."""
    date = f"{book.issued.date:%d/%m/%Y}" if book.issued.date else ""
    return ", ".join(part for part in (book.issued.number, date, book.issued.by) if part)


def _line(line: Statement) -> str:
    text = f"{'  ' * (line.depth + 1)}{'- ' if line.marked else ''}{line.text}"
    text += f" → {', '.join(line.facts)}" if line.facts else ""
    text += f" ({line.cite})" if line.cite else ""
    text += " [chưa đối chiếu nguyên văn]" if line.unverified else ""
    return f"{text} — {line.note}" if line.note else text
