"""A turn is found by channel, account and update; what is owed about updates until it is out.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("turn") as batch:
        batch.drop_constraint("uq_turn_channel_update_id", type_="unique")
        batch.create_unique_constraint("uq_turn_channel_account_update_id", ["channel", "account", "update_id"])
    op.create_table(
        "owed",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("update_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "update_id", "account", name="pk_owed"),
    )
