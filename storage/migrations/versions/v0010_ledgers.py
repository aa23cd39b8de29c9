"""An office's catalogue of products, and the ledgers of its people.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("products", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_catalogue_office_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_catalogue_by"),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
        sa.UniqueConstraint("office_id", "number", name="uq_catalogue_office_id_number"),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_work_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_work_by"),
        sa.PrimaryKeyConstraint("id", name="pk_work"),
        sa.UniqueConstraint(
            "person_id", "year", "period", "line", "version", name="uq_work_person_id_year_period_line_version"
        ),
    )
    make_append_only("catalogue", "work")
