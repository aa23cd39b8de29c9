"""PDF and page images, typeset by Typst from the templates in this folder. It takes milliseconds and needs no office
suite.
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from templates.documents.blocks import Paper
from templates.documents.glyphs import drawable
from templates.documents.scanning import drawing, scanned

if TYPE_CHECKING:  # 7 MB, only needed for printing
    import typst

#: A fixed time stamp, so that the same paper always has the same bytes.
_MOMENT = 0

#: Marks where a word too long for its line or column may break, every few letters; `form.typ` removes the mark.
_LONG_WORD = re.compile(r"\S{25,}")
_FEW_LETTERS = re.compile(r"(.{4})(?=.)")
_MAY_BREAK = "\\1\u200b"


class _Here(threading.local):
    """Thread-local data."""

    def __init__(self) -> None:
        self.compilers: dict[str, typst.Compiler] = {}


_here = _Here()


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF with embedded fonts."""
    return _compile("form.typ", _inputs(paper), "pdf", None)[0]


def pages(paper: Paper, ppi: float = 110) -> tuple[bytes, ...]:
    """Every page as a PNG; `ppi` in pixels per inch (110 makes A4 909 × 1286)."""
    return _compile("form.typ", _inputs(paper), "png", ppi)


def pdf_of(template: str, inputs: Mapping[str, str]) -> bytes:
    """The PDF that another template makes from `inputs`, with embedded fonts."""
    return _compile(template, inputs, "pdf", None)[0]


def data(value: Any) -> str:
    """A value as template input: JSON in which every text can be drawn and broken into lines."""
    return json.dumps(_fitting(value), ensure_ascii=False)


def _inputs(paper: Paper) -> Mapping[str, str]:
    scan = drawing(scanned(paper), border=0) if paper.fingerprint else None
    return {"paper": data(asdict(paper)), "scan": json.dumps(scan)}


def _compile(
    template: str, inputs: Mapping[str, str], form: Literal["pdf", "png"], ppi: float | None
) -> tuple[bytes, ...]:
    made = _compiler(template).compile(format=form, ppi=ppi, sys_inputs=dict(inputs), timestamp=_MOMENT)
    assert made is not None, "nothing is written to a file"
    return tuple(made) if isinstance(made, list) else (made,)


def _fitting(value: Any) -> Any:
    """The data with every text made drawable and breakable."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _FEW_LETTERS.sub(_MAY_BREAK, word[0]), drawable(value))
    if isinstance(value, dict):
        return {key: _fitting(one) for key, one in value.items()}
    return [_fitting(one) for one in value] if isinstance(value, (list, tuple)) else value


def _compiler(template: str) -> "typst.Compiler":
    """A compiler for this thread and template: it caches what it parsed, and must not be shared while it works."""
    if template not in _here.compilers:
        import typst  # noqa: PLC0415 - see the top

        room = files("templates")
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(room.joinpath("fonts"))]
        )
        form = str(room.joinpath("documents", template))
        _here.compilers[template] = typst.Compiler(form, root=str(room.joinpath("documents")), font_paths=fonts)
    return _here.compilers[template]
