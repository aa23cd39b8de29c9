"""Whether a person is addressed as a man or as a woman, where the roster says so.

Revision ID: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("gender", sa.Text(), nullable=True))
