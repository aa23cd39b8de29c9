"""Of the code that opens the page of a poll for somebody: the code itself, locked, so that a page can show its link again.

Revision ID: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("poll_person", sa.Column("code", sa.Text(), nullable=True))
