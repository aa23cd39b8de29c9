"""The Word files about personal data that an office completes: the impact assessment and the notice of a breach."""

import io
from collections.abc import Mapping
from importlib.resources import as_file, files

from templates.documents.word.template import language


def paper(name: str, values: Mapping[str, object]) -> bytes:
    """`assessment` or `breach`, filled in with what is known; the rest is dotted. People's texts are treated as data."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - loaded by who prints only

    with as_file(files("templates.personal") / f"{name}.docx") as path:
        template = DocxTemplate(path)
        template.render(dict(values), language(), autoescape=True)
        written = io.BytesIO()
        template.save(written)
    return written.getvalue()
