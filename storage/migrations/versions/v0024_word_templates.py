"""Offices' own Word templates: by what is in them; which form uses which from when on; which document was sent under which.

Revision ID: 0024
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word_template"),
        sa.UniqueConstraint("sha256", name="uq_word_template_sha256"),
    )
    op.create_table(
        "template_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_template_choice_office_id"),
        sa.ForeignKeyConstraint(["template_id"], ["word_template.id"], name="fk_template_choice_template_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_template_choice_by"),
        sa.PrimaryKeyConstraint("id", name="pk_template_choice"),
    )
    op.create_index("ix_template_choice_office_id", "template_choice", ["office_id"])
    op.create_table(
        "document_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_document_template_document_id"),
        sa.ForeignKeyConstraint(["template_id"], ["word_template.id"], name="fk_document_template_template_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_template"),
        sa.UniqueConstraint("document_id", name="uq_document_template_document_id"),
    )
    make_append_only("word_template", "template_choice", "document_template")
    refuse_replacing("word_template", ("sha256",), once=True)
    refuse_replacing("template_choice")
    refuse_replacing("document_template", ("document_id",), once=True)
