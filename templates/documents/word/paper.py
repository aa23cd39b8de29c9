"""Papers as Word files, filled into `form.docx` or into an office's own template."""

import io
import zipfile
from functools import cache
from importlib.resources import files

from jinja2 import TemplateError

from templates.documents.blocks import Paper
from templates.documents.scanning import picture, scanned
from templates.documents.word.template import PackagePart, WordTemplateError, compiled

#: A fixed time stamp (the earliest that ZIP allows), so that the same paper always has the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


#: Limit in bytes for the text an office's own template may produce, in total and for each part.
MOST_WORDS = 30_000_000


def docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a Word file. `template`: an office's own file in place of the generic one.

    Raises WordTemplateError when the template cannot be read, uses names no paper has, or does what no template may.
    """
    return _written(paper, compiled(generic()) if template is None else compiled(template, own=True))


@cache
def generic() -> bytes:
    """The generic template. It is also the starting point for an office's own."""
    return (files("templates.documents") / "form.docx").read_bytes()


@cache
def placeholder() -> bytes:
    """The picture that marks the place of the fingerprint's code in a template."""
    return picture(64 * "0")


def _written(paper: Paper, parts: tuple[PackagePart, ...]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts:
            package.writestr(zipfile.ZipInfo(part.name, _MOMENT), _content(part, paper), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _content(part: PackagePart, paper: Paper) -> bytes:
    if part.template is None:
        return picture(scanned(paper) if paper.fingerprint else "") if part.content == placeholder() else part.content
    written, size = list[str](), 0
    try:
        for piece in part.template.generate(paper=paper):
            written.append(piece)
            size += len(piece)
            if size > MOST_WORDS:
                raise WordTemplateError(f"{part.name}: more than {MOST_WORDS} letters")
    except TemplateError as error:
        raise WordTemplateError(f"{part.name}: {error}") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise WordTemplateError(f"{part.name}: {type(error).__name__}") from error  # its words may be the paper's
    return "".join(written).encode()
