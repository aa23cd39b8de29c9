"""Word templates, parsed and compiled once, so that a document costs only its rendering.

The template language is that of docxtpl ({{ … }}, {%p … %}, {%tr … %}, {%tc … %}, {%r … %}) with one addition: in a
table with `{%tc for column in block.columns %}` every column gets the width given by the block.
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

#: The parts of a Word file that may contain placeholders; all others are copied unchanged.
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
#: Characters that XML cannot contain.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>).)*?for column in block\.columns.*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
#: What docxtpl leaves of a run that contained only a template tag.
_EMPTY_RUN = re.compile(
    r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: xml:space="preserve")?></w:t></w:r>', re.DOTALL
)
#: Word processors number footnotes by counting them, not by id, so a footnote without text is left out.
_FOOTNOTE = re.compile(r'<w:footnote w:id="(?:(?!</w:footnote>).)*?\{\{(?P<said>.*?)\}\}.*?</w:footnote>', re.DOTALL)
_CELL_WIDTH = re.compile(r"<w:tcW [^>]*/>")
_TWIPS = "{{ (column.width * 56.693) | round | int }}"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WordTemplateError(TusoiError):
    """The Word file cannot be used as a template; the message says which and why."""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A file inside the Word file: a compiled template, or bytes copied unchanged."""

    name: str
    content: bytes
    template: Template | None = None


@lru_cache(maxsize=32)
def compiled(content: bytes, *, own: bool = False) -> tuple[PackagePart, ...]:
    """The parts of a Word file. In an office's `own` file, forbidden constructs are refused. Raises WordTemplateError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = tuple(_part(name, package.read(name), own=own) for name in package.namelist())
    except (zipfile.BadZipFile, TemplateError, ValueError, SyntaxError) as error:
        raise WordTemplateError(str(error)) from error
    if not parts:
        raise WordTemplateError("empty")
    return parts


def source_of(name: str, content: bytes) -> str:
    """The template source of a part of a Word file; "" where it contains no placeholders. Raises ValueError,
    SyntaxError.
    """
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
    """The template language. Texts are data: they are escaped and never executed, and a template can access nothing but
    the paper.
    """
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printable)


def _printable(value: object) -> object:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
