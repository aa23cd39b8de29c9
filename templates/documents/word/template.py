"""A Word file as a template: read, compiled and kept, so that a document costs only its rendering.

The template language is docxtpl's ({{ … }}, {%p … %}, {%tr … %}, {%tc … %}, {%r … %}). One thing is added: in a table
with `{%tc for column in block.columns %}` every column is as wide as the block says.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.nouns.errors import TusoiError
from templates.documents.word.template_words import misused

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


@lru_cache(maxsize=32)
def compiled(content: bytes, *, own: bool = False) -> tuple[PackagePart, ...]:
    """The parts of a Word file; of an office's `own` one, none that says what no template may. Raises WordTemplateError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = tuple(_part(name, package.read(name), own=own) for name in package.namelist())
    except (zipfile.BadZipFile, TemplateError, ValueError, SyntaxError) as error:
        raise WordTemplateError(str(error)) from error
    if not parts:
        raise WordTemplateError("empty")
    return parts


def source_of(name: str, content: bytes) -> str:
    """What a part of a Word file says as a template; "" where it holds no words to fill in. Raises ValueError, SyntaxError."""
    if not _FILLED.fullmatch(name):
        return ""
    from docx.opc.oxml import parse_xml  # noqa: PLC0415 - see the top
    from docxtpl import DocxTemplate  # noqa: PLC0415

    document = DocxTemplate(io.BytesIO(b""))
    source = document.patch_xml(document.xml_to_string(parse_xml(content)))  # type: ignore[arg-type] # bytes too
    tidy = _TABLE.sub(_widened, _EMPTY_RUN.sub("", source))
    if name.endswith("footnotes.xml"):
        tidy = _FOOTNOTE.sub(r"{% if \g<said> %}\g<0>{% endif %}", tidy)
    return _HEADER + tidy


def _part(name: str, content: bytes, *, own: bool) -> PackagePart:
    source = source_of(name, content)
    if not source:
        return PackagePart(name, content)
    if own:
        wrong = next(iter(misused(language().parse(source))), None)
        if wrong:
            raise WordTemplateError(f"{name}: {wrong.what} {wrong.said}")
    return PackagePart(name, content, language().from_string(source))


def _widened(table: re.Match[str]) -> str:
    grid = f'<w:tblGrid>{{% for column in block.columns %}}<w:gridCol w:w="{_TWIPS}"/>{{% endfor %}}</w:tblGrid>'
    return _CELL_WIDTH.sub(f'<w:tcW w:w="{_TWIPS}" w:type="dxa"/>', _GRID.sub(grid, table[0]))


@lru_cache(maxsize=1)
def language() -> ImmutableSandboxedEnvironment:
    """Texts are data: escaped, never run; a template sees the paper and nothing behind it."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


def _printable(value: object) -> object:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
