"""A rulebook as one self-contained HTML page that a jurist can read and print."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rules.book.rulebook import Rulebook
from templates.rulebook.parts import in_force, parts
from templates.rulebook.text import issued


def page_of(book: Rulebook) -> str:
    """The whole rulebook as a page."""
    values = {"book": book, "issued": issued(book), "in_force": in_force(book.head), "parts": parts(book)}
    return _environment().get_template("page.html.j2").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("templates", "rulebook"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
