"""What a head holds right when a draft is returned: value by question; nothing where none was said.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("points", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
