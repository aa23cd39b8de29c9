"""Table cells as text, the same in every format."""

import datetime as dt

from templates.documents.summaries.page import Shown
from templates.documents.texts import number


def cell_text(cell: Shown) -> str:
    """The cell as text."""
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return number(cell) if isinstance(cell, int | float) else cell
