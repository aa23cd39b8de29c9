"""Of a poll: the address of its page, which nobody can guess; counts of paper on which two tellers did not agree; the places of each group.

A poll that is on keeps its number as its address: links to it are in people's hands, and ballots on their phones.

Revision ID: 0033
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_POLL = sa.table("poll", sa.column("id", sa.Integer()), sa.column("stage", sa.Text()), sa.column("address", sa.Text()))


def upgrade() -> None:
    op.add_column("poll", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("poll", sa.Column("disagreed", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("poll", sa.Column("shares", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    connection = op.get_bind()
    for id_, stage in connection.execute(sa.select(_POLL.c.id, _POLL.c.stage)).all():
        over = stage in {"counted", "void", "ended"}
        address = secrets.token_hex(10) if over else str(id_)
        connection.execute(_POLL.update().where(_POLL.c.id == id_).values(address=address))
    op.create_index("ix_poll_address", "poll", ["address"], unique=True)
