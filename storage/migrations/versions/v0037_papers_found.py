"""Papers of sheets are found by the code at their foot.

Revision ID: 0037
"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_round_paper_fingerprint", "round_paper", ["fingerprint"])
