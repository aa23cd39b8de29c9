"""When an account was last used: sessions end by it, and people see it.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
