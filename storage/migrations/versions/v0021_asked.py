"""By which stamps texts are known that a person was asked about before sending.

Revision ID: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("asked", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
