"""Opens the file of a workbook or says what it is otherwise; this is the protection against hostile and damaged files."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from bot.roster.file_kind import foreign_kind, source_of
from rules.nouns.errors import Mistake, RosterErrors

#: Limits of the file size, packed and unpacked: a roster of 30,000 people unpacks to some 30 MB.
MAX_BYTES, MAX_UNPACKED = 20_000_000, 300_000_000

#: The exceptions that openpyxl raises for bad parts.
_BREAKS = (
    InvalidFileException,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    SyntaxError,
    TypeError,
)
_STYLES = "xl/styles.xml"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)[\"']")
_END_OF_CELLS = b"sheetData>"
_CHUNK = 1 << 20
#: Maximum number of merged cells considered; a roster has few.
_MOST_MERGED = 100_000


class Merged(NamedTuple):
    """A merged range, counted from 1, ends included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


@contextmanager
def workbook_of(file: Path | bytes) -> Iterator[Workbook]:
    """The workbook, read row by row. Raises RosterErrors when the file cannot be read as one, even in the middle.

    `file`: a path or the content.
    """
    name = "" if isinstance(file, bytes) else file.name
    try:
        _refuse_others(file, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of what else an office suite keeps in a file
            workbook = _loaded(file)
            try:
                yield workbook
            finally:
                workbook.close()
    except FileNotFoundError:
        raise RosterErrors((Mistake(name, 0, "", "no_such_file"),)) from None
    except (zipfile.error, zlib.error, RuntimeError):
        raise RosterErrors((Mistake(name, 0, "", "file_damaged"),)) from None
    except _BREAKS:
        raise RosterErrors((Mistake(name, 0, "", "workbook"),)) from None


def merged_cells(sheet: Any) -> tuple[Merged, ...]:
    """The merged cells of a sheet. They are stored after its cells, which are skipped."""
    source = sheet._get_source()  # noqa: SLF001 - a sheet that is read row by row does not tell them itself
    with source:
        tail = b""
        found = False
        while chunk := source.read(_CHUNK):
            tail = tail + chunk if found else tail[-len(_END_OF_CELLS) :] + chunk
            if not found and _END_OF_CELLS in tail:
                found, tail = True, tail[tail.rindex(_END_OF_CELLS) :]
    named = _MERGED.findall(tail)[:_MOST_MERGED] if found else []
    return tuple(Merged(*range_boundaries(one.decode())) for one in named)


def _refuse_others(file: Path | bytes, name: str) -> None:
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    if size > MAX_BYTES:
        raise RosterErrors((Mistake(name, 0, "", "workbook_large", {"limit": str(MAX_BYTES // 1_000_000)}),))
    kind = foreign_kind(file)
    if kind:
        raise RosterErrors((Mistake(name, 0, "", kind),))
    with zipfile.ZipFile(source_of(file)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise RosterErrors((Mistake(name, 0, "", "workbook_unpacked"),))


def _loaded(file: Path | bytes) -> Workbook:
    try:
        return load_workbook(source_of(file), read_only=True, data_only=False)
    except (TypeError, ValueError, LookupError):
        # Some programs write fonts and fills that openpyxl rejects. Only the number formats are needed.
        return load_workbook(_with_plain_styles(file), read_only=True, data_only=False)


def _with_plain_styles(file: Path | bytes) -> io.BytesIO:
    """The file with all styles removed except number formats."""
    made = io.BytesIO()
    with zipfile.ZipFile(source_of(file)) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as plain:
        for part in packed.infolist():
            content = packed.read(part)
            plain.writestr(part.filename, _plain_styles(content) if part.filename == _STYLES else content)
    return made


def _plain_styles(content: bytes) -> bytes:
    root = ET.fromstring(content)  # noqa: S314 - entities are not drawn in, and how far they grow expat limits
    space = root.tag.rpartition("}")[0] + "}" if root.tag.startswith("{") else ""
    kept = {f"{space}{name}" for name in ("numFmts", "cellXfs")}
    for child in list(root):
        if child.tag not in kept:
            root.remove(child)
    for style in root.iter(f"{space}xf"):
        for part in list(style):
            style.remove(part)
        number = style.get("numFmtId", "0")
        style.attrib.clear()
        style.set("numFmtId", number)
    return ET.tostring(root)
