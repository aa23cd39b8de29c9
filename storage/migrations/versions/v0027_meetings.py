"""Meetings: what happens in them and their minutes, only ever added; links of the screens that show them.

Revision ID: 0027
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_meeting_campaign_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_meeting_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_campaign_id", "meeting", ["campaign_id"])
    op.create_index("ix_meeting_unit_id", "meeting", ["unit_id"])
    op.create_table(
        "happening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_happening_meeting_id"),
        sa.ForeignKeyConstraint(["item"], ["review.id"], name="fk_happening_item"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_happening_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_happening_by"),
        sa.PrimaryKeyConstraint("id", name="pk_happening"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_happening_meeting_id_number"),
    )
    op.create_index("ix_happening_item", "happening", ["item"])
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_minutes_meeting_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_minutes_by"),
        sa.PrimaryKeyConstraint("id", name="pk_minutes"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_minutes_meeting_id_number"),
    )
    op.create_index("ix_minutes_fingerprint", "minutes", ["fingerprint"])
    op.create_table(
        "wall_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_wall_link_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_wall_link_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wall_link"),
        sa.UniqueConstraint("mark", name="uq_wall_link_mark"),
        sa.UniqueConstraint("session", name="uq_wall_link_session"),
    )
    op.create_index("ix_wall_link_meeting_id", "wall_link", ["meeting_id"])
    make_append_only("happening", "minutes")
    refuse_replacing("happening", ("meeting_id", "number"))
    refuse_replacing("minutes", ("meeting_id", "number"))
