"""The skeleton of an office's own `book.yaml`."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rules.book.rulebook import Rulebook


def skeleton(id_: str, parents: tuple[Rulebook, ...], year: int) -> str:
    """A commented `book.yaml` that extends `parents` and says nothing else yet."""
    return _environment().get_template("book.yaml.j2").render(id=id_, parents=parents, year=year)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("templates", "rulebook"),
        autoescape=False,  # noqa: S701 - a YAML file; ids and titles of rulebooks only
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
