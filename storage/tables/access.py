"""Who may come in: accounts of channels, invitations, wrong codes."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

INVITATION_KINDS = ("roster", "device")


class AccountRow(Row, table=True):
    """An account of a channel, tied to a person while `untied_at` is empty."""

    __tablename__ = "account"
    __table_args__ = (sa.UniqueConstraint("channel", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(sa_type=Words)
    external_id: str = Field(sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    tied_at: dt.datetime = Field(sa_type=Moment)
    untied_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    blocked_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # the person blocked us there
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id")  # by which code it came in last
    seen_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # last used, roughly; of before: empty


class InvitationRow(Row, table=True):
    """A one-time code: by the desk (`roster`) or by the person for another device (`device`). It is looked up by its `mark`; to be
    handed out it is kept `locked`, until it is used or revoked (storage/code_key.py).
    """

    __tablename__ = "invitation"
    __table_args__ = (one_of("kind", INVITATION_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, sa_type=Words, unique=True)  # as it was kept before there was a key
    mark: str | None = Field(default=None, sa_type=Words, unique=True)
    locked: str | None = Field(default=None, sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(sa_type=Words)
    issued_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # of a used one: it had gone to somebody else
    # given anew: to somebody who had come in before
    anew: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    given_by: int | None = Field(default=None, foreign_key="person.id")
    given_by_name: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    given_by_position: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    opens_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # empty: at once
    hastened_by: int | None = Field(default=None, foreign_key="person.id")
    hastened_why: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    # who had let in the device it was given from
    given_through: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    # of a first code that a head gave: who else says that whoever came in by it is the right one
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class PushAddressRow(Row, table=True):
    """Where the browser of a session is called while its page is closed: the address that its maker's push service gave it, and
    what a message to it is encrypted by. Gone with the session.
    """

    __tablename__ = "push_address"

    account_id: int = Field(
        primary_key=True, foreign_key="account.id", ondelete="CASCADE", sa_column_kwargs={"autoincrement": False}
    )
    endpoint: str = Field(sa_type=Words)
    p256dh: str = Field(sa_type=Words)
    auth: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class PushKeyRow(Row, table=True):
    """The one key pair of an installation by which push services know it: `locked` by the key of that name (storage/code_key.py)."""

    __tablename__ = "push_key"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    public: str = Field(sa_type=Words)
    locked: str = Field(sa_type=Words)
    locked_by: str = Field(sa_type=Words)
    made_at: dt.datetime = Field(sa_type=Moment)


class ConsoleLinkRow(Row, table=True):
    """A one-time link to the console, asked for from the account `account_id`; found by its `mark` and kept `locked` like an
    invitation until it is used. `session_id`: the account of the console that began by it; it ends with that it was asked from.
    """

    __tablename__ = "console_link"

    id: int | None = Field(default=None, primary_key=True)
    mark: str = Field(sa_type=Words, unique=True)
    locked: str | None = Field(default=None, sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    issued_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    session_id: int | None = Field(default=None, foreign_key="account.id", ondelete="CASCADE", index=True)


class CodeAttemptRow(Row, table=True):
    """A wrong code that an account gave; guessing is slowed down by their number."""

    __tablename__ = "code_attempt"
    __table_args__ = (sa.Index(None, "account", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(sa_type=Words)
    account: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
