"""QR codes, drawn by Typst or inserted into Word files."""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import segno

from templates.documents.blocks import Paper

#: The mask pattern is fixed: searching for the best of the eight takes most of the time, and all can be read equally
#: well.
_MASK = 0
#: Width of the quiet zone around a code in modules, as the standard requires.
QUIET = 4
#: Pixels for each module.
_SCALE = 8
_PATH = re.compile(r' d="([^"]+)"')


def drawing(text: str, border: int = QUIET) -> dict[str, Any]:
    """The code of a text for Typst: modules for each side including a white `border`, and the dark lines as an SVG
    path.
    """
    code = _code(text)
    kept = io.BytesIO()
    code.save(kept, kind="svg", border=border, xmldecl=False)
    path = _PATH.search(kept.getvalue().decode())
    assert path is not None, "segno draws one path"
    return {"side": code.symbol_size(border=border)[0], "path": path[1]}


def picture(text: str) -> bytes:
    """The code of a text as a PNG without a border; for an empty text a white picture."""
    kept = io.BytesIO()
    _code(text or "-").save(kept, kind="png", scale=_SCALE, border=0, dark="black" if text else "white")
    return kept.getvalue()


def scanned(paper: Paper) -> str:
    """The fingerprint as encoded in a paper's QR code: appended to the address if the paper was sent with one. Capitals
    make the code a third smaller; the checking page accepts both cases.
    """
    return paper.address + paper.fingerprint.upper()


def leading(public_url: str) -> str:
    """The prefix of the codes of an installation with that address; "" without one. Host and scheme may be in capitals,
    but a path below which the site is served may not.
    """
    place = urlsplit(public_url)
    if not place.netloc:
        return ""
    return f"{place.scheme.upper()}://{place.netloc.upper()}{place.path.rstrip('/')}/V/"


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, mask=_MASK)
