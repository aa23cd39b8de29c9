"""Words for the page about personal data and for the copy of a person's data. They are in Vietnamese and use the chat's
labels.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from rules.nouns.people import Person
from rules.personal.keeping import Keeping
from rules.personal.kinds import Clause, DataKind, personal
from rules.personal.requests import RequestKind
from templates.wording import ZONE, label

Table = Sequence[Mapping[str, object]]


def kind_words(kind: DataKind, keeping: Keeping | None = None) -> dict[str, str]:
    """The words for a kind of data: its name, content, purpose and clause, who reads it, and how long it is kept, if
    this installation's choice is known.
    """
    days = asdict(keeping or Keeping())
    values = {"days": days.get(kind.keeps, 0), "strangers": days["strangers"], "leavers": days["leavers"]}
    readers = [label(f"data/reader_{one.value}", {}, "vi") for one in kind.readers]
    return {
        "called": label(f"data/{kind.key}", {}, "vi"),
        "what": label(f"data/{kind.key}_what", {}, "vi"),
        "why": label(f"data/{kind.key}_why", {}, "vi"),
        "clause": _clause(kind.clause),
        "readers": ", ".join(readers) or label("data/reader_nobody", {}, "vi"),
        **({"keeps": label(f"data/keeps_{kind.keeps}", values, "vi")} if keeping else {}),
    }


def clause_words(name: str) -> str:
    """A clause, and whether its text was checked."""
    return _clause(personal().clauses[name])


def page(keeping: Keeping | None = None) -> str:
    """The content of docs/du-lieu-ca-nhan.md."""
    kinds = [{**kind_words(kind, keeping or Keeping()), "tables": kind.tables} for kind in personal().kinds]
    clauses = {name: clause_words(name) for name in personal().clauses}
    asked = [(label(f"data/kind_{kind.value}", {}, "vi"), personal().days[kind.value]) for kind in RequestKind]
    return (
        _templates()
        .get_template("page.md")
        .render(
            kinds=kinds,
            clauses=clauses,
            days=personal().days,
            asked=asked,
            reply=personal().days["reply"],
            nobody=personal().nobody,
        )
    )


def copy_page(person: Person, key: str, at: dt.datetime, tables: Mapping[str, Mapping[str, Table]]) -> str:
    """The readable copy of a person's data: particulars, the amount of each kind, and the texts they wrote or received."""
    kinds = [{**kind_words(kind), "tables": tables[kind.key]} for kind in personal().kinds if tables[kind.key]]
    return _templates().get_template("copy.html").render(person=person, key=key, at=at, kinds=kinds)


def _clause(clause: Clause) -> str:
    return label("data/clause", {"cite": clause.cite, "seen": clause.seen, "rulebook": clause.rulebook}, "vi")


@cache
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("templates", "personal"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["plain"] = _plain
    return env


def _plain(value: object) -> str:
    """A value as shown on the page."""
    if value in (None, "", [], {}):
        return "–"
    match value:
        case bool():
            return "có" if value else "không"
        case dt.datetime():
            return f"{value.astimezone(ZONE):%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case dict():
            return "; ".join(f"{name}: {_plain(part)}" for name, part in value.items())
        case list() | tuple():
            return "; ".join(_plain(part) for part in value)
        case _:
            return str(value)
