"""Drafts sent round: a file that goes as it is, and what papers said where too few are asked for answers without names.

Revision ID: 0038
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("file_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("round", sa.Column("file_kind", sa.Text(), nullable=False, server_default=""))
    op.add_column("round", sa.Column("file_size", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("round", sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "round_slips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("agreeing", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_slips_round_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_round_slips_by"),
        sa.PrimaryKeyConstraint("id", name="pk_round_slips"),
    )
    op.create_index("ix_round_slips_round_id", "round_slips", ["round_id"])
    make_append_only("round_slips")
    refuse_replacing("round_slips")
