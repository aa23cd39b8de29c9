"""The skeleton of an office's own `book.yaml`."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rules.book.rulebook import Rulebook


def skeleton(id_: str, parents: tuple[Rulebook, ...], year: int) -> str:
    """A commented `book.yaml` that extends `parents` and contains nothing else yet."""

    def replaced(part: str, key: str) -> bool:
        """Whether the extended rulebooks have such a key, so that a rule under it needs `replaces: true`."""
        rules = (getattr(parent.procedure if part == "special_cases" else parent, part) for parent in parents)
        return any(rule.key == key for of_one in rules for rule in of_one)

    return _environment().get_template("book.yaml.j2").render(id=id_, parents=parents, year=year, replaced=replaced)


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
