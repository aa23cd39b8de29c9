"""Makes tables append-only: triggers of both engines refuse to change or remove their rows."""

from alembic import op

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END
$$
"""

_POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""

_NO_REPLACING = """
CREATE TRIGGER {table}_no_replace{number} BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} AS kept WHERE {same})
BEGIN SELECT {then}; END
"""


def refuse_replacing(table: str, *unique: tuple[str, ...], once: bool = False) -> None:
    """On SQLite `INSERT OR REPLACE` removes what it collides with and asks no trigger about it: so a row that has the id or
    the `unique` columns of a kept one is refused. `once`: the program inserts such a row with ON CONFLICT DO NOTHING, so that
    it is passed over; what is kept stays in either case.
    """
    if op.get_bind().dialect.name != "sqlite":
        return
    refused = f"RAISE(ABORT, '{table} is append-only')"
    for number, names in enumerate((("id",), *unique)):
        same = " AND ".join(f'kept."{name}" IS NEW."{name}"' for name in names)
        then = "RAISE(IGNORE)" if once and number else refused
        op.execute(_NO_REPLACING.format(table=table, number=number or "", same=same, then=then))


def make_append_only(*tables: str) -> None:
    """Rows of `tables` are only ever added from now on."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                op.execute(_SQLITE.format(table=table, verb=verb))
        return
    op.execute(_POSTGRESQL_FUNCTION)
    for table in tables:
        op.execute(_POSTGRESQL.format(table=table))
