"""PDF and pictures of pages, set by Typst from `form.typ`: milliseconds, no office suite."""

import json
import threading
from dataclasses import asdict
from importlib.resources import files
from typing import Literal

import typst

from templates.documents.blocks import Paper

#: A fixed moment: the same paper has the same bytes whenever it is printed.
_MOMENT = 0


class _Here(threading.local):
    """What a thread has of its own."""

    compiler: typst.Compiler | None = None


_here = _Here()


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF with its fonts inside."""
    return _compile(paper, "pdf", None)[0]


def pages(paper: Paper, ppi: float = 110) -> tuple[bytes, ...]:
    """Every page as a PNG picture; `ppi` in dots an inch (110 makes A4 909 × 1286)."""
    return _compile(paper, "png", ppi)


def _compile(paper: Paper, form: Literal["pdf", "png"], ppi: float | None) -> tuple[bytes, ...]:
    data = json.dumps(asdict(paper), ensure_ascii=False)
    made = _compiler().compile(format=form, ppi=ppi, sys_inputs={"paper": data}, timestamp=_MOMENT)
    assert made is not None, "nothing is written to a file"
    return tuple(made) if isinstance(made, list) else (made,)


def _compiler() -> typst.Compiler:
    """One compiler a thread: it keeps what it parsed, and may not be shared while it works."""
    if _here.compiler is None:
        room = files("templates")
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(room.joinpath("fonts"))])
        form = str(room.joinpath("documents", "form.typ"))
        _here.compiler = typst.Compiler(form, root=str(room.joinpath("documents")), font_paths=fonts)
    return _here.compiler
