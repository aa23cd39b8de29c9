"""The campaign: several rulebooks in one, posts, stand-ins, the chain, rulings and what follows them.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    _widen_organisation()
    _split_campaigns()
    _widen_reviews()
    _create_posts()
    _create_rulings()
    _create_opinions()
    op.add_column("decision", sa.Column("for_whom", sa.Integer(), nullable=True))
    make_append_only("endorsement", "ruling", "acknowledgement")


def _widen_organisation() -> None:
    nothing, no = sa.text("'{}'"), sa.false()
    op.add_column("office", sa.Column("settings", sa.JSON(), nullable=False, server_default=nothing))
    op.add_column("office", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("unit", sa.Column("in_charge_id", sa.Integer(), nullable=True))
    op.add_column("unit", sa.Column("authority_id", sa.Integer(), nullable=True))
    op.add_column("person", sa.Column("duty_group", sa.Text(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("desk", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("person", sa.Column("service", sa.JSON(), nullable=False, server_default=nothing))
    op.add_column("person", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("snoozed_until", sa.Date(), nullable=True))


def _split_campaigns() -> None:
    """A campaign of one rulebook becomes a campaign with one part."""
    op.create_table(
        "campaign_part",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_part_campaign_id"),
        sa.PrimaryKeyConstraint("campaign_id", "rulebook", name="pk_campaign_part"),
    )
    op.execute(
        "INSERT INTO campaign_part (campaign_id, rulebook, place, timetable) SELECT id, rulebook, 0, timetable FROM campaign"
    )
    op.add_column("campaign", sa.Column("period", sa.Text(), nullable=False, server_default="year"))
    # Reviews are of the part from now on.
    op.add_column("review", sa.Column("rulebook", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE review SET rulebook = (SELECT rulebook FROM campaign WHERE campaign.id = review.campaign_id)")
    # Where an office ran two campaigns of one year side by side, they go on so: each is a campaign of its own.
    op.drop_index("uq_campaign_open", table_name="campaign")
    op.execute(
        "UPDATE campaign SET period = 'year-' || id WHERE closed_at IS NULL AND EXISTS (SELECT 1 FROM campaign AS other"
        " WHERE other.office_id = campaign.office_id AND other.year = campaign.year AND other.id < campaign.id"
        " AND other.closed_at IS NULL)"
    )
    op.create_index(
        "uq_campaign_open",
        "campaign",
        ["office_id", "year", "period"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    with op.batch_alter_table("campaign") as campaign:
        campaign.drop_column("rulebook")
        campaign.drop_column("timetable")


#: The table as it was, with what SQLite does not tell of it.
_REVIEW = sa.Table(
    "review",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("campaign_id", sa.Integer(), nullable=False),
    sa.Column("form", sa.Text(), nullable=False),
    sa.Column("status", sa.Text(), nullable=False),
    sa.Column("answers", sa.JSON(), nullable=False),
    sa.Column("approver_id", sa.Integer(), nullable=True),
    sa.Column("approver_role", sa.Text(), nullable=False),
    sa.Column("comment", sa.Text(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("revision", sa.Integer(), nullable=False),
    sa.Column("rulebook", sa.Text(), nullable=False, server_default=""),
    sa.CheckConstraint("approver_role IN ('unit_head', 'authority')", name="ck_review_approver_role"),
    sa.CheckConstraint("status IN ('drafting', 'submitted', 'returned', 'approved')", name="ck_review_status"),
    sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name="fk_review_approver_id"),
    sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_review_campaign_id"),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_review_person_id"),
    sa.PrimaryKeyConstraint("id", name="pk_review"),
    sa.UniqueConstraint("person_id", "campaign_id", "form", name="uq_review_person_id_campaign_id_form"),
    sa.Index("ix_review_approver_id_status", "approver_id", "status"),
    sa.Index("ix_review_campaign_id", "campaign_id"),
)


def _widen_reviews() -> None:
    nothing, none = sa.text("'{}'"), sa.text("'[]'")
    with op.batch_alter_table("review", copy_from=_REVIEW) as review:
        review.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        review.add_column(sa.Column("post_id", sa.Integer(), nullable=False, server_default="0"))
        review.add_column(sa.Column("steps", sa.JSON(), nullable=False, server_default=none))
        review.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
        review.add_column(sa.Column("decider_id", sa.Integer(), nullable=True))
        review.add_column(sa.Column("offers", sa.JSON(), nullable=False, server_default=nothing))
        review.add_column(sa.Column("ruling", sa.Integer(), nullable=False, server_default="0"))
        review.drop_constraint("uq_review_person_id_campaign_id_form", type_="unique")
        review.create_unique_constraint(
            "uq_review_person_id_campaign_id_form_rulebook_post_id",
            ["person_id", "campaign_id", "form", "rulebook", "post_id"],
        )
        review.create_foreign_key("fk_review_decider_id", "person", ["decider_id"], ["id"])
        review.create_index("ix_review_decider_id_status", ["decider_id", "status"])
        review.drop_constraint(op.f("ck_review_approver_role"), type_="check")
        review.drop_constraint(op.f("ck_review_status"), type_="check")
        review.create_check_constraint(
            op.f("ck_review_approver_role"), "approver_role IN ('unit_head', 'deputy', 'in_charge', 'authority')"
        )
        review.create_check_constraint(
            op.f("ck_review_status"),
            "status IN ('drafting', 'submitted', 'returned', 'approved', 'decided', 'appealed', 'final', 'ended')",
        )
    # The chain of a review so far: the one who approves.
    op.execute(
        "UPDATE review SET steps = CAST('[[\"' || approver_role || '\", ' || approver_id || ']]' AS JSON)"
        " WHERE approver_id IS NOT NULL"
        if op.get_bind().dialect.name == "postgresql"
        else "UPDATE review SET steps = '[[\"' || approver_role || '\", ' || approver_id || ']]'"
        " WHERE approver_id IS NOT NULL"
    )


def _create_posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_post_person_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_post_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("person_id", "unit_id", name="uq_post_person_id_unit_id"),
    )
    op.create_index("ix_post_unit_id", "post", ["unit_id"])
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["absent_id"], ["person.id"], name="fk_stand_in_absent_id"),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name="fk_stand_in_set_by"),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name="fk_stand_in_stand_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stand_in"),
    )
    op.create_index("ix_stand_in_absent_id", "stand_in", ["absent_id"])
    op.create_index("ix_stand_in_stand_in_id", "stand_in", ["stand_in_id"])


def _create_rulings() -> None:
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_position", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('unit_head', 'deputy', 'in_charge', 'authority')", name=op.f("ck_endorsement_role")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_endorsement_by"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_endorsement_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_endorsement"),
        sa.UniqueConstraint("draft_id", "step", "by", name="uq_endorsement_draft_id_step_by"),
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_position", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Integer(), nullable=True),
        sa.Column("prospects", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "rating IN ('excellent', 'good', 'completed', 'not_completed')", name=op.f("ck_ruling_rating")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_ruling_by"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_ruling_review_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ruling"),
        sa.UniqueConstraint("review_id", "number", name="uq_ruling_review_id_number"),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("response IN ('acknowledged', 'reserved')", name=op.f("ck_acknowledgement_response")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name="fk_acknowledgement_ruling_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement"),
        sa.UniqueConstraint("ruling_id", "response", name="uq_acknowledgement_ruling_id_response"),
    )
    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome IN ('kept', 'changed', 'withdrawn')", name=op.f("ck_petition_outcome")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name="fk_petition_answered_by"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_petition_by"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_petition_review_id"),
        sa.PrimaryKeyConstraint("id", name="pk_petition"),
        sa.UniqueConstraint("review_id", "number", name="uq_petition_review_id_number"),
    )


def _create_opinions() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('old_unit', 'temporary_cell', 'other')", name=op.f("ck_opinion_kind")),
        sa.ForeignKeyConstraint(["asked"], ["person.id"], name="fk_opinion_asked"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_opinion_by"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_opinion_review_id"),
        sa.PrimaryKeyConstraint("id", name="pk_opinion"),
        sa.UniqueConstraint("review_id", "kind", "of", name="uq_opinion_review_id_kind_of"),
    )
    op.create_index("ix_opinion_asked", "opinion", ["asked"])
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_improvement_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_improvement"),
    )
    op.create_index("ix_improvement_person_id", "improvement", ["person_id"])
