"""Codes to scan (QR), to be drawn by Typst or put into a Word file."""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import segno

from templates.documents.blocks import Paper

#: How a code is drawn, fixed: to look for the best of the eight ways takes most of the time, and all are read alike.
_MASK = 0
#: White modules around a code, as its standard has them.
QUIET = 4
#: Dots of a picture for each module.
_SCALE = 8
_PATH = re.compile(r' d="([^"]+)"')


def drawing(text: str, border: int = QUIET) -> dict[str, Any]:
    """The code of a text: modules a side with `border` of white around it, and its lines as an SVG path."""
    code = _code(text)
    kept = io.BytesIO()
    code.save(kept, kind="svg", border=border, xmldecl=False)
    path = _PATH.search(kept.getvalue().decode())
    assert path is not None, "segno draws one path"
    return {"side": code.symbol_size(border=border)[0], "path": path[1]}


def picture(text: str) -> bytes:
    """The code of a text as a PNG without white around it; of no text a picture that is white."""
    kept = io.BytesIO()
    _code(text or "-").save(kept, kind="png", scale=_SCALE, border=0, dark="black" if text else "white")
    return kept.getvalue()


def scanned(paper: Paper) -> str:
    """The fingerprint as the code of a paper says it: behind the address where it was sent with one, in capitals, which makes the code
    a third smaller; whoever checks takes both.
    """
    return paper.address + paper.fingerprint.upper()


def leading(public_url: str) -> str:
    """What codes begin with in a house of that address, "" of none. Name and scheme are alike in capitals; a path below which the
    site stands is not.
    """
    place = urlsplit(public_url)
    if not place.netloc:
        return ""
    return f"{place.scheme.upper()}://{place.netloc.upper()}{place.path.rstrip('/')}/V/"


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, mask=_MASK)
