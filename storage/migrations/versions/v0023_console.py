"""One-time links to the console; of every name where it stands in lists, and how it is searched.

Revision ID: 0023
"""

import sqlalchemy as sa
from alembic import op

from rules.nouns.alphabet import order_of, sought

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_PERSON = sa.table(
    "person",
    sa.column("id", sa.Integer()),
    sa.column("name", sa.Text()),
    sa.column("name_order", sa.Text()),
    sa.column("name_sought", sa.Text()),
)


def upgrade() -> None:
    op.create_table(
        "console_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_console_link_person_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_console_link_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["account.id"], name="fk_console_link_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_console_link"),
        sa.UniqueConstraint("mark", name="uq_console_link_mark"),
    )
    for column in ("person_id", "account_id", "session_id"):
        op.create_index(f"ix_console_link_{column}", "console_link", [column])
    for column in ("name_order", "name_sought"):
        op.add_column("person", sa.Column(column, sa.Text(), nullable=False, server_default=""))
    _write_names()
    op.create_index("ix_person_office_id_name_order", "person", ["office_id", "name_order"])


def _write_names() -> None:
    connection = op.get_bind()
    people = connection.execute(sa.select(_PERSON.c.id, _PERSON.c.name)).all()
    written = [{"id_": id_, "order_": order_of(name), "sought_": sought(name)} for id_, name in people]
    if written:
        statement = _PERSON.update().where(_PERSON.c.id == sa.bindparam("id_"))
        connection.execute(
            statement.values(name_order=sa.bindparam("order_"), name_sought=sa.bindparam("sought_")), written
        )
