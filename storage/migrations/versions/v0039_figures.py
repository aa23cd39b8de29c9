"""Figures that were told for bodies' reports, with what of whom went into each.

Revision ID: 0039
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_figure_review_id"),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
    )
    op.create_index("ix_figure_review_id", "figure", ["review_id"])
    make_append_only("figure")
    refuse_replacing("figure")
