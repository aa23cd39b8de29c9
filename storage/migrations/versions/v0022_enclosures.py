"""Files handed in for a dossier. Only ever added: one that is replaced stays.

Revision ID: 0022
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_enclosure_campaign_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_enclosure_unit_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_enclosure_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_enclosure_by"),
        sa.PrimaryKeyConstraint("id", name="pk_enclosure"),
    )
    op.create_index("ix_enclosure_campaign_id", "enclosure", ["campaign_id"])
    make_append_only("enclosure")
    refuse_replacing("enclosure")
