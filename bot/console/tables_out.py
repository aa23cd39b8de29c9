"""Long tables as files: CSV for Excel (UTF-8 with a byte order mark) or a workbook, neither of them held in memory.
People's texts never become formulas. A file is completed on disk before it is sent, so that a slow download holds
neither a visit nor a database connection, and shows one moment.
"""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Sequence
from typing import IO

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING

from storage.pieces import Breath

Row = Sequence[str]

_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: The characters with which a spreadsheet formula begins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


async def as_csv(name: str, heads: Row, rows: AsyncIterator[Row]) -> web.Response:
    """The rows as CSV."""
    file, breath = tempfile.TemporaryFile(), Breath()  # noqa: SIM115 - closed by who sends it
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(heads)
    async for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
        await breath.take()
    text.flush()
    text.detach()
    return _answer(name, file)


async def as_xlsx(name: str, heads: Row, rows: AsyncIterator[Row]) -> web.Response:
    """The rows as a workbook."""
    book, breath = Workbook(write_only=True), Breath()
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(heads)
    async for row in rows:
        cells = [WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", one)) for one in row]
        for cell in cells:
            cell.data_type = TYPE_STRING
        sheet.append(cells)
        await breath.take()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who sends it
    await asyncio.to_thread(book.save, file)
    return _answer(name, file)


def _answer(name: str, file: IO[bytes]) -> web.Response:
    """A response that is sent after the visit."""
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = name.rpartition(".")[2]
    charset = "utf-8" if kind == "csv" else None
    return web.Response(body=file, headers=headers, content_type=_TYPES[kind], charset=charset)
