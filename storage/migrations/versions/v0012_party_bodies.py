"""The party bodies of an office; steps of a cell and of a committee, and a committee's opinion, may be written.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import make_append_only

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ROLES = "IN ('unit_head', 'deputy', 'in_charge', 'authority', 'public_unit', 'cell', 'committee')"
_STATUSES = "status IN ('drafting', 'submitted', 'returned', 'approved', 'decided', 'appealed', 'final', 'ended')"
#: Table → name → condition, of all its conditions: SQLite makes the table anew, and nothing tells it of them.
_CHECKS = {
    "review": {"ck_review_approver_role": f"approver_role {_ROLES}", "ck_review_status": _STATUSES},
    "endorsement": {"ck_endorsement_role": f"role {_ROLES}"},
    "opinion": {"ck_opinion_kind": "kind IN ('old_unit', 'temporary_cell', 'committee', 'other')"},
}
_WIDER = ("ck_review_approver_role", "ck_endorsement_role", "ck_opinion_kind")


def upgrade() -> None:
    op.create_table(
        "party_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("above", sa.Text(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_party_body_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_party_body"),
        sa.UniqueConstraint("office_id", "name", name="uq_party_body_office_id_name"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, checks in _CHECKS.items():
        with op.batch_alter_table(table, recreate="always" if sqlite else "never") as batch:
            for name, condition in checks.items():
                if not sqlite and name not in _WIDER:
                    continue
                if not sqlite:
                    batch.drop_constraint(op.f(name), type_="check")
                batch.create_check_constraint(op.f(name), condition)
    if sqlite:
        make_append_only("endorsement")  # the table was made anew, without its triggers
