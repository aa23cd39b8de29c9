"""Ballots that are held: polls, who takes part, the box.

Revision ID: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.Column("tally", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("trackers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('secret', 'open', 'paper')", name=op.f("ck_poll_mode")),
        sa.CheckConstraint("choices IN ('ratings', 'agree')", name=op.f("ck_poll_choices")),
        sa.CheckConstraint(
            "stage IN ('preparing', 'gathering', 'casting', 'closed', 'counted', 'void', 'ended')",
            name=op.f("ck_poll_stage"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_poll_office_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_poll_unit_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_poll_campaign_id"),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name="fk_poll_chair_id"),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
    )
    op.create_index("ix_poll_office_id", "poll", ["office_id"])
    op.create_table(
        "poll_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("voter", sa.Boolean(), nullable=False),
        sa.Column("teller", sa.Integer(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("blinded", sa.Text(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("locked", sa.Text(), nullable=True),
        sa.Column("counted", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("slip", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_person_poll_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_poll_person_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_person"),
        sa.UniqueConstraint("poll_id", "person_id", name="uq_poll_person_poll_id_person_id"),
    )
    op.create_index("ix_poll_person_person_id", "poll_person", ["person_id"])
    op.create_table(
        "poll_box",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_box_poll_id"),
        sa.PrimaryKeyConstraint("poll_id", name="pk_poll_box"),
    )
