"""Statements give rows whose fields are what mypy is told they are."""

import pkgutil
from importlib import import_module
from types import NoneType
from typing import Any, NamedTuple, get_args

import pytest
import sqlalchemy as sa

from rules.nouns.reviews import Outcome
from storage import repositories
from storage.columns import Read
from storage.queries import Prepared, Query, among, columns
from storage.tables import DECISION, PERSON, REVIEW

QUERIES = {
    f"{module.name.removeprefix(prefix)}.{query}": value
    for prefix in (f"{repositories.__name__}.",)
    for module in pkgutil.walk_packages(repositories.__path__, prefix)
    for query, value in vars(import_module(module.name)).items()
    if isinstance(value, Query)
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_fields_of_a_row_are_of_the_types_of_their_columns(query: Query[Any]) -> None:
    for column, told in zip(query.statement.exported_columns, query.types, strict=True):
        options = get_args(told) or (told,)
        if isinstance(column.type, sa.JSON | Read):
            continue  # read as a value of its own
        plain = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
        assert plain.python_type in options, (column, told)
        assert NoneType in options or not getattr(column, "nullable", False), f"{column} may be empty"


def test_statements_are_found():
    assert len(QUERIES) > 60


class Named(NamedTuple):
    """A person."""

    id: int
    name: str


def test_a_row_of_too_few_columns_is_refused():
    with pytest.raises(TypeError, match="2 columns, the statement gives 1"):
        Query(Named, sa.select(PERSON.c.id))


def test_a_column_for_no_field_is_refused():
    with pytest.raises(TypeError, match="Named has no field position"):
        columns(Named, PERSON, position=PERSON.c.position)


class Decided(NamedTuple):
    """A review, and a decision."""

    id: int
    decision: Named | None
    outcome: Outcome


def test_what_a_join_did_not_find_is_none_and_words_are_enums():
    row = columns(Decided, REVIEW, decision=columns(Named, PERSON), outcome=DECISION.c.outcome)
    assert len(row) == 4
    assert row.make((1, None, None, Outcome.APPROVED)) == (1, None, Outcome.APPROVED)
    assert row.make((1, 2, "An", Outcome.APPROVED)) == (1, (2, "An"), Outcome.APPROVED)
    *_, outcome = row
    assert isinstance(outcome.type, Read)
    assert outcome.type.how is Outcome


#: As both engines know them; SQLAlchemy's own classes say nothing of their types.
DIALECTS: tuple[sa.Dialect, ...] = tuple(
    sa.make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+psycopg://")
)


def test_what_modules_hold_is_prepared_for_both_engines():
    for name, query in QUERIES.items():
        assert isinstance(query, Prepared), name
        for dialect in DIALECTS:
            assert "POSTCOMPILE" not in query.compiled(dialect, {}).text, name


def test_a_list_stays_one_value_however_long_it_is():
    query = Prepared(int, sa.select(PERSON.c.id).where(among(PERSON.c.id, "people")))
    for dialect in DIALECTS:
        few, many = (query.compiled(dialect, {"people": people}) for people in ((1,), (1, 2, 3)))
        assert few is many
        assert len(few.given) == 1
