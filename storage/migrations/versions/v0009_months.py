"""Months and the year: scores that the body before sent, sheets done anew, how the last month of a year counts.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_outside_score_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_outside_score_by"),
        sa.PrimaryKeyConstraint("id", name="pk_outside_score"),
    )
    op.create_index("ix_outside_score_person_id", "outside_score", ["person_id"])
    op.create_table(
        "redoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_position", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_redoing_review_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_redoing_asked_by"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_redoing_by"),
        sa.PrimaryKeyConstraint("id", name="pk_redoing"),
    )
    op.create_index("ix_redoing_review_id", "redoing", ["review_id"])
    op.add_column("review", sa.Column("redone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("campaign", sa.Column("last_month", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    make_append_only("outside_score")
