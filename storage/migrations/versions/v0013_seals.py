"""Seals over what is only ever added, and no replacing of it on SQLite.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seal"),
        sa.UniqueConstraint("previous", name="uq_seal_previous"),
        sa.UniqueConstraint("chain", name="uq_seal_chain"),
    )
    op.create_index("ix_seal_of_last", "seal", ["of", "last"])
    make_append_only("seal")
    for table in ("answer", "audit", "outside_score", "posting"):
        refuse_replacing(table)
    refuse_replacing("draft", ("review_id", "version"))
    refuse_replacing("endorsement", ("draft_id", "step", "by"), once=True)
    refuse_replacing("ruling", ("review_id", "number"), once=True)
    refuse_replacing("acknowledgement", ("ruling_id", "response"), once=True)
    refuse_replacing("seal", ("previous",), ("chain",))
    refuse_replacing("decision", ("draft_id",), once=True)
    refuse_replacing("document", ("draft_id",), once=True)
    refuse_replacing("act", ("review_id", "kind", "version", "number", "by"), once=True)
    refuse_replacing("catalogue", ("office_id", "number"), once=True)
    refuse_replacing("work", ("person_id", "year", "period", "line", "version"), once=True)
