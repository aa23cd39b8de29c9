"""What the lists of a large office are counted, sorted and filtered by stands in indices, so that no row with its answers is read for it.

Revision ID: 0026
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_NEW = {
    "ix_review_listed": (
        "review",
        *("campaign_id", "person_id", "status", "version", "ruling", "approver_id", "approver_role", "decider_id"),
        *("post_id", "rulebook", "form", "place", "id"),
    ),
    "ix_draft_listed": ("draft", "review_id", "version", "self_rating", "suggested", "submitted_at", "id"),
    "ix_endorsement_by": ("endorsement", "by"),
    "ix_answer_review_id_at": ("answer", "review_id", "at"),
    "ix_audit_at_id": ("audit", "at", "id"),
    "ix_audit_what_at_id": ("audit", "what", "at", "id"),
    "ix_audit_by_person_at_id": ("audit", "by_person", "at", "id"),
    "ix_audit_person_id_at_id": ("audit", "person_id", "at", "id"),
    "ix_audit_review_id_at_id": ("audit", "review_id", "at", "id"),
}

#: What begins a new one needs none of its own.
_OLD = {
    "ix_review_campaign_id": "review",
    "ix_answer_review_id": "answer",
    "ix_audit_person_id": "audit",
    "ix_audit_review_id": "audit",
}


def upgrade() -> None:
    for name, (table, *columns) in _NEW.items():
        op.create_index(name, table, columns)
    for name, table in _OLD.items():
        op.drop_index(name, table)
