"""What was sent and what was said to it is kept as it is printed, for ever. `bot.documents` freezes what is there.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = "'opinion', 'endorsed', 'approved', 'ruled', 'acknowledged', 'reserved'"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_document_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("draft_id", name="uq_document_draft_id"),
    )
    op.create_index("ix_document_fingerprint", "document", ["fingerprint"])
    op.create_index("ix_document_earlier", "document", ["earlier"])
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_act_review_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_act_by"),
        sa.PrimaryKeyConstraint("id", name="pk_act"),
        sa.UniqueConstraint(
            "review_id", "kind", "version", "number", "by", name="uq_act_review_id_kind_version_number_by"
        ),
    )
    make_append_only("document", "act")
