"""A Word file as a template: read, compiled and kept, so that a document costs only its rendering.

The template language is docxtpl's ({{ … }}, {%p … %}, {%tr … %}, {%tc … %}, {%r … %}). One thing is added: in a table
with `{%tc for column in block.columns %}` every column is as wide as the block says.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.nouns.errors import TusoiError

if TYPE_CHECKING:  # only who prints does
    from docxtpl import DocxTemplate

#: The parts of a Word file that hold words to fill in; all others stay as they are.
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
#: What XML cannot hold, whoever wrote it.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>).)*?for column in block\.columns.*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
#: What docxtpl leaves of a run that held only a sentence of the language.
_EMPTY_RUN = re.compile(
    r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: xml:space="preserve")?></w:t></w:r>', re.DOTALL
)
#: Readers count footnotes instead of looking for their ids: one without words is left out.
_FOOTNOTE = re.compile(r'<w:footnote w:id="(?:(?!</w:footnote>).)*?\{\{(?P<said>.*?)\}\}.*?</w:footnote>', re.DOTALL)
_CELL_WIDTH = re.compile(r"<w:tcW [^>]*/>")
_TWIPS = "{{ (column.width * 56.693) | round | int }}"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WordTemplateError(TusoiError):
    """A Word file that cannot serve as a template; the text says which and why."""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A file inside the Word file: words to fill in, or bytes that stay."""

    name: str
    content: bytes
    template: Template | None = None


def compiled(path: Path) -> tuple[PackagePart, ...]:
    """The parts of the Word file at `path`; a changed file is read again. Raises WordTemplateError."""
    try:
        state = path.stat()
        return _compiled(path, state.st_mtime_ns, state.st_size)
    except (OSError, zipfile.BadZipFile, TemplateError, ValueError) as error:
        raise WordTemplateError(f"{path.name}: {error}") from error


@lru_cache(maxsize=64)
def _compiled(path: Path, _changed: int, _size: int) -> tuple[PackagePart, ...]:
    from docxtpl import DocxTemplate  # noqa: PLC0415 - see the top

    content = path.read_bytes()
    document = DocxTemplate(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return tuple(_part(document, name, package.read(name)) for name in package.namelist())


def _part(document: "DocxTemplate", name: str, content: bytes) -> PackagePart:
    if not _FILLED.fullmatch(name):
        return PackagePart(name, content)
    from docx.opc.oxml import parse_xml  # noqa: PLC0415 - see the top

    source = document.patch_xml(document.xml_to_string(parse_xml(content)))  # type: ignore[arg-type] # bytes too
    tidy = _TABLE.sub(_widened, _EMPTY_RUN.sub("", source))
    if name.endswith("footnotes.xml"):
        tidy = _FOOTNOTE.sub(r"{% if \g<said> %}\g<0>{% endif %}", tidy)
    return PackagePart(name, content, language().from_string(_HEADER + tidy))


def _widened(table: re.Match[str]) -> str:
    grid = f'<w:tblGrid>{{% for column in block.columns %}}<w:gridCol w:w="{_TWIPS}"/>{{% endfor %}}</w:tblGrid>'
    return _CELL_WIDTH.sub(f'<w:tcW w:w="{_TWIPS}" w:type="dxa"/>', _GRID.sub(grid, table[0]))


@lru_cache(maxsize=1)
def language() -> ImmutableSandboxedEnvironment:
    """Texts are data: escaped, never run; a template sees the paper and nothing behind it."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


def _printable(value: object) -> object:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
