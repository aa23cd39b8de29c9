"""Codes given anew, from which device a draft was sent, and codes that are not kept as they are.

Codes kept before are marked and locked by the program, which has the key (bot/wiring.py).

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("code", existing_type=sa.Text(), nullable=True)
        invitation.add_column(sa.Column("mark", sa.Text(), nullable=True))
        invitation.add_column(sa.Column("locked", sa.Text(), nullable=True))
        invitation.add_column(sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.false()))
        invitation.add_column(sa.Column("given_by", sa.Integer(), nullable=True))
        invitation.add_column(sa.Column("given_by_name", sa.Text(), nullable=False, server_default=""))
        invitation.add_column(sa.Column("given_by_position", sa.Text(), nullable=False, server_default=""))
        invitation.add_column(sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
        invitation.add_column(sa.Column("hastened_by", sa.Integer(), nullable=True))
        invitation.add_column(sa.Column("hastened_why", sa.Text(), nullable=False, server_default=""))
        invitation.create_unique_constraint("uq_invitation_mark", ["mark"])
        invitation.create_foreign_key("fk_invitation_given_by", "person", ["given_by"], ["id"])
        invitation.create_foreign_key("fk_invitation_hastened_by", "person", ["hastened_by"], ["id"])
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        account.create_foreign_key("fk_account_invitation_id", "invitation", ["invitation_id"], ["id"])
    op.add_column("draft", sa.Column("device", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
