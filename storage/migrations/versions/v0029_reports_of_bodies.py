"""Reports of bodies: who drafts them (those there are: whoever leads the body now), and the parts that are given to others to write.

Revision ID: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

#: Who leads a body by the roster: of a cell its secretary or the deputy, of others the head of its unit, by a first or second post.
_CELLS = """
UPDATE review SET drafter_id = (
  SELECT p.id FROM person b JOIN party_body c ON c.office_id = b.office_id AND c.name = b.name
  JOIN person p ON p.id = coalesce(c.secretary_id, c.deputy_id)
  WHERE b.id = review.person_id AND p.left_on IS NULL AND p.id <> b.id)
WHERE drafter_id IS NULL AND person_id IN (SELECT id FROM person WHERE subject = 'party_cell')
"""
_HEADS = """
UPDATE review SET drafter_id = (
  SELECT min(p.id) FROM person b JOIN person p ON p.unit_id = b.unit_id
  WHERE b.id = review.person_id AND p.head AND p.left_on IS NULL AND p.id <> b.id)
WHERE drafter_id IS NULL AND person_id IN (
  SELECT id FROM person WHERE subject IN ('collective', 'party_group', 'organisation'))
"""
_AT_POSTS = """
UPDATE review SET drafter_id = (
  SELECT min(o.person_id) FROM person b JOIN post o ON o.unit_id = b.unit_id JOIN person p ON p.id = o.person_id
  WHERE b.id = review.person_id AND o.head AND o.ended_on IS NULL AND p.left_on IS NULL AND p.id <> b.id)
WHERE drafter_id IS NULL AND person_id IN (
  SELECT id FROM person WHERE subject IN ('collective', 'party_group', 'organisation'))
"""


def upgrade() -> None:
    for column in ("drafter_id", "drafter_by"):  # in place: other tables' triggers name this one
        named = f"CONSTRAINT fk_review_{column} REFERENCES person (id)"
        op.execute(f"ALTER TABLE review ADD COLUMN {column} INTEGER {named}")
    op.create_index("ix_review_drafter_id", "review", ["drafter_id"])
    op.create_table(
        "report_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_report_part_review_id"),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"], name="fk_report_part_writer_id"),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name="fk_report_part_given_by"),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name="fk_report_part_ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_report_part"),
    )
    op.create_index("ix_report_part_review_id", "report_part", ["review_id"])
    op.create_index("ix_report_part_writer_id", "report_part", ["writer_id"])
    for statement in (_CELLS, _HEADS, _AT_POSTS):
        op.execute(statement)
