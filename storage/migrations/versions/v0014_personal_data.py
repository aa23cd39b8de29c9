"""Requests about personal data, breaches of it; answers that were never handed in may be removed.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only, refuse_replacing

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# An answer stays for good as soon as its review was handed in once.
_SQLITE = """
CREATE TRIGGER answer_no_DELETE BEFORE DELETE ON answer
WHEN EXISTS (SELECT 1 FROM review WHERE review.id = OLD.review_id AND review.version > 0)
BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END
"""
_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION append_only_once_sent() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM review WHERE review.id = OLD.review_id AND review.version > 0) THEN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END IF;
        RETURN OLD;
    END $$
    """,
    "DROP TRIGGER answer_append_only ON answer",
    """
    CREATE TRIGGER answer_append_only BEFORE UPDATE OR TRUNCATE ON answer
    FOR EACH STATEMENT EXECUTE FUNCTION append_only()
    """,
    """
    CREATE TRIGGER answer_append_only_once_sent BEFORE DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION append_only_once_sent()
    """,
)


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=False),
        sa.Column("act_due", sa.Date(), nullable=False),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('correct', 'erase', 'restrict', 'object')", name=op.f("ck_data_request_kind")),
        sa.CheckConstraint(
            "outcome IN ('done', 'partly', 'refused', 'withdrawn')", name=op.f("ck_data_request_outcome")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_data_request_person_id"),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name="fk_data_request_seen_by"),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name="fk_data_request_answered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_data_request"),
    )
    op.create_index("ix_data_request_person_id", "data_request", ["person_id"])
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_breach_office_id"),
        sa.ForeignKeyConstraint(["of"], ["breach.id"], name="fk_breach_of"),
        sa.PrimaryKeyConstraint("id", name="pk_breach"),
    )
    make_append_only("breach")
    refuse_replacing("breach")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER answer_no_DELETE")
        op.execute(_SQLITE)
        return
    for statement in _POSTGRESQL:
        op.execute(statement)
