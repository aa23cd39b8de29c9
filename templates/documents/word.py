"""The paper as a Word file, filled into `form.docx` or into an office's own template."""

import io
import zipfile
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from jinja2 import TemplateError

from templates.documents.blocks import Paper
from templates.documents.scanning import picture, scanned
from templates.documents.word_template import PackagePart, WordTemplateError, compiled

#: A fixed moment (the first one a zip can say): the same paper has the same bytes whenever it is written.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a Word file. `template` is an office's own file in place of the generic one.

    Raises WordTemplateError when the template cannot be read or names what no paper has.
    """
    if template is None:
        with as_file(files("templates.documents") / "form.docx") as generic:
            return _written(paper, generic)
    return _written(paper, template)


@cache
def placeholder() -> bytes:
    """The picture that stands in a template where the code of the fingerprint goes."""
    return picture(64 * "0")


def _written(paper: Paper, template: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in compiled(template):
            package.writestr(zipfile.ZipInfo(part.name, _MOMENT), _content(part, paper, template), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _content(part: PackagePart, paper: Paper, template: Path) -> bytes:
    if part.template is None:
        return picture(scanned(paper) if paper.fingerprint else "") if part.content == placeholder() else part.content
    try:
        return part.template.render(paper=paper).encode()
    except TemplateError as error:
        raise WordTemplateError(f"{template.name}: {error}") from error
