"""Sheets about somebody: for which body each speaks, their papers as they are to be signed, the weights of their points.

Revision ID: 0036
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round_asked", sa.Column("body", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "round_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_paper_round_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_round_paper_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_round_paper_by"),
        sa.PrimaryKeyConstraint("id", name="pk_round_paper"),
    )
    op.create_index("ix_round_paper_round_id", "round_paper", ["round_id"])
    op.create_table(
        "points_weight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_points_weight_campaign_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_points_weight_by"),
        sa.PrimaryKeyConstraint("id", name="pk_points_weight"),
    )
    op.create_index("ix_points_weight_campaign_id", "points_weight", ["campaign_id"])
    for table in ("round_paper", "points_weight"):
        make_append_only(table)
        refuse_replacing(table)
