"""What units send up after their review: versions of it, withdrawn or returned in between; only ever added.

Revision ID: 0034
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_position", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('sent', 'withdrawn', 'returned')", name=op.f("ck_sent_up_deed")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_sent_up_campaign_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_sent_up_unit_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_sent_up_by"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_up"),
        sa.UniqueConstraint("campaign_id", "unit_id", "number", name="uq_sent_up_campaign_id_unit_id_number"),
    )
    op.create_index("ix_sent_up_campaign_id", "sent_up", ["campaign_id"])
    op.create_index("ix_sent_up_fingerprint", "sent_up", ["fingerprint"])
    make_append_only("sent_up")
    refuse_replacing("sent_up", ("campaign_id", "unit_id", "number"), once=True)
