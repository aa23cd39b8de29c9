"""Posts have dates: where a person is, as what, since when. What is kept becomes a posting whose first day is not known.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_HELD = ("position", "leader", "head", "deputy")


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("unit_since", sa.Date(), nullable=True),
        sa.Column("position_since", sa.Date(), nullable=True),
        sa.Column("role_since", sa.Date(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_posting_person_id"),
        sa.ForeignKeyConstraint(["replaces"], ["posting.id"], name="fk_posting_replaces"),
        sa.PrimaryKeyConstraint("id", name="pk_posting"),
    )
    op.create_index("ix_posting_person_id", "posting", ["person_id"])
    connection = op.get_bind()
    posting, person, unit = (
        sa.Table(name, sa.MetaData(), autoload_with=connection) for name in ("posting", "person", "unit")
    )
    kept = sa.select(person.c.id, unit.c.id, unit.c.name, *(person.c[name] for name in _HELD)).select_from(
        person.join(unit, unit.c.id == person.c.unit_id)
    )
    columns = ["person_id", "unit_id", "unit", *_HELD]
    connection.execute(posting.insert().from_select(columns, kept.order_by(person.c.id)))
    make_append_only("posting")
