"""Opinions asked of people without an account, by link.

Revision ID: 0035
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ended IN ('withdrawn', 'renewed', 'received')", name=op.f("ck_inquiry_ended")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_inquiry_campaign_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_inquiry_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_inquiry_by"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry"),
        sa.UniqueConstraint("mark", name="uq_inquiry_mark"),
    )
    op.create_index("ix_inquiry_campaign_id", "inquiry", ["campaign_id"])
    op.create_index("ix_inquiry_person_id", "inquiry", ["person_id"])
    op.create_table(
        "inquiry_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("came IN ('typed', 'scan')", name=op.f("ck_inquiry_answer_came")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_inquiry_answer_inquiry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry_answer"),
    )
    op.create_index("ix_inquiry_answer_inquiry_id", "inquiry_answer", ["inquiry_id"])
    op.create_table(
        "inquiry_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"], name="fk_inquiry_receipt_answer_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_inquiry_receipt_by"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry_receipt"),
        sa.UniqueConstraint("answer_id", name="uq_inquiry_receipt_answer_id"),
    )
    make_append_only("inquiry_answer", "inquiry_receipt")
    refuse_replacing("inquiry_answer")
    refuse_replacing("inquiry_receipt", ("answer_id",), once=True)
