"""Drafts sent round, who was asked, what they said, and what became of it.

Revision ID: 0028
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NAMINGS = ("named", "unnamed", "consent")
ENDS = ("day", "early", "decided", "newer")


def _one_of(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("naming", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=True),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_round_office_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_round_by"),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_round_owner"),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name="fk_round_campaign"),
        sa.ForeignKeyConstraint(["review"], ["review.id"], name="fk_round_review"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_round_person"),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_round_unit"),
        sa.ForeignKeyConstraint(["follows"], ["round.id"], name="fk_round_follows"),
        sa.PrimaryKeyConstraint("id", name="pk_round"),
        _one_of("round", "naming", NAMINGS),
        _one_of("round", "ended", ENDS),
    )
    op.create_index("ix_round_office_id", "round", ["office_id"])
    op.create_table(
        "round_asked",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_asked_round_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_round_asked_person_id"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name="pk_round_asked"),
    )
    op.create_table(
        "round_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_answer_round_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_round_answer_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_round_answer"),
    )
    op.create_index("ix_round_answer_round_id_person_id", "round_answer", ["round_id", "person_id"])
    op.create_table(
        "round_settled",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_settled_round_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_round_settled_person_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_round_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_round_settled"),
    )
    op.create_index("ix_round_settled_round_id", "round_settled", ["round_id"])
    op.create_table(
        "round_box",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_box_round_id"),
        sa.PrimaryKeyConstraint("round_id", name="pk_round_box"),
    )
    op.create_table(
        "round_voice",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_voice_round_id"),
        sa.PrimaryKeyConstraint("round_id", "place", name="pk_round_voice"),
    )
    for table in ("round_answer", "round_settled", "round_voice"):
        make_append_only(table)
    for table in ("round_answer", "round_settled"):
        refuse_replacing(table)
