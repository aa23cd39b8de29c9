"""Long tables as files: CSV for the office's Excel (UTF-8 with its mark), or a workbook; neither is ever whole in memory. What people
wrote is text: no cell of it is a formula.
"""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING

from storage.pieces import Breath

Row = Sequence[str]

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: With what a spreadsheet begins a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

#: Bytes that are sent at once.
_PIECE = 1 << 16


async def as_csv(request: web.Request, name: str, heads: Row, rows: AsyncIterator[Row]) -> web.StreamResponse:
    """The rows as they come."""
    answer = _answer(name)
    await answer.prepare(request)
    kept, breath = io.StringIO(), Breath()
    writer = csv.writer(kept)
    kept.write("\ufeff")
    writer.writerow(heads)
    async for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
        if kept.tell() > _PIECE:
            await answer.write(kept.getvalue().encode())
            kept.seek(0)
            kept.truncate()
            await breath.take()
    await answer.write(kept.getvalue().encode())
    await answer.write_eof()
    return answer


async def as_xlsx(request: web.Request, name: str, heads: Row, rows: AsyncIterator[Row]) -> web.StreamResponse:
    """The rows in a workbook, which is written beside and then sent."""
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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.xlsx"
        await asyncio.to_thread(book.save, file)
        answer = _answer(name)
        answer.content_length = file.stat().st_size
        await answer.prepare(request)
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                await answer.write(piece)
        await answer.write_eof()
    return answer


def _answer(name: str) -> web.StreamResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": _TYPES[name.rpartition(".")[2]]}
    return web.StreamResponse(headers=headers)
