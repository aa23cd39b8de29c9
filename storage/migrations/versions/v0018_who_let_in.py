"""Who confirmed a newcomer whom a head had let in, and from which device was agreed, returned and decided.

Codes that lie open for who has, or had, a way in, from when such codes did not wait yet, are worth nothing any more: nobody
had been asked.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ACCOUNT = sa.table("account", sa.column("person_id", sa.Integer()))
_INVITATION = sa.table(
    "invitation",
    *(sa.column(name, sa.Integer()) for name in ("id", "person_id")),
    *(sa.column(name, sa.Text()) for name in ("kind", "locked")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("used_at", "revoked_at")),
    sa.column("anew", sa.Boolean()),
)
_AUDIT = sa.table(
    "audit",
    sa.column("at", sa.DateTime(timezone=True)),
    *(sa.column(name, sa.Text()) for name in ("by", "what")),
    sa.column("person_id", sa.Integer()),
    sa.column("detail", sa.JSON()),
)


def upgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("given_through", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        invitation.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        invitation.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        invitation.create_foreign_key("fk_invitation_confirmed_by", "person", ["confirmed_by"], ["id"])
    for table in ("decision", "endorsement", "ruling"):
        op.add_column(table, sa.Column("device", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    _revoke_what_lies_open()


def _revoke_what_lies_open() -> None:
    code, earlier = _INVITATION.c, _INVITATION.alias("earlier")
    came_in = sa.and_(earlier.c.used_at.is_not(None), earlier.c.revoked_at.is_(None))
    lies_open = sa.and_(
        code.kind == "roster",
        sa.not_(code.anew),
        code.used_at.is_(None),
        code.revoked_at.is_(None),
        sa.or_(
            sa.exists().where(_ACCOUNT.c.person_id == code.person_id),
            sa.exists().where(earlier.c.person_id == code.person_id, came_in),
        ),
    )
    connection, now = op.get_bind(), sa.func.current_timestamp()
    found = connection.execute(sa.select(code.id, code.person_id).where(lies_open)).all()
    for id_, person in found:
        connection.execute(_INVITATION.update().where(code.id == id_).values(revoked_at=now, locked=None))
        told = {"by": "system", "what": "invitations revoked", "person_id": person, "detail": {"upgrade": revision}}
        connection.execute(_AUDIT.insert().values(at=now, **told))
