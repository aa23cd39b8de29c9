"""A cell of a table as words, the same on every paper."""

import datetime as dt

from templates.documents.summaries.page import Shown
from templates.documents.texts import number


def cell_text(cell: Shown) -> str:
    """A cell in words."""
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return number(cell) if isinstance(cell, int | float) else cell
