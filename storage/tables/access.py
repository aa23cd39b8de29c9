"""Tables of access: accounts of channels, invitations, push addresses, console links, and wrong codes."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

INVITATION_KINDS = ("roster", "device")


class AccountRow(Row, table=True):
    """An account of a channel, tied to a person as long as `untied_at` is NULL."""

    __tablename__ = "account"
    __table_args__ = (sa.UniqueConstraint("channel", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(sa_type=Words)
    external_id: str = Field(sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    tied_at: dt.datetime = Field(sa_type=Moment)
    untied_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    blocked_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # when the person blocked the bot there
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id")  # the code by which it last came in
    seen_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # last used, roughly; of before: empty


class InvitationRow(Row, table=True):
    """An invitation: a one-time code from the desk (`roster`) or requested by the person for another device (`device`).
    It is looked up by its `mark`; so that it can be handed out it is kept encrypted in `locked`, until it is used or
    revoked (storage/code_key.py).
    """

    __tablename__ = "invitation"
    __table_args__ = (one_of("kind", INVITATION_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, sa_type=Words, unique=True)  # plain text, from before there was a key
    mark: str | None = Field(default=None, sa_type=Words, unique=True)
    locked: str | None = Field(default=None, sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(sa_type=Words)
    issued_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # of a used one: it had gone to somebody else
    # For a code given anew to somebody who had come in before.
    anew: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    given_by: int | None = Field(default=None, foreign_key="person.id")
    given_by_name: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    given_by_position: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    opens_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # NULL: valid at once
    hastened_by: int | None = Field(default=None, foreign_key="person.id")
    hastened_why: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    # who had let in the device from which this code was requested
    given_through: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    # For a first code issued by a head: who else confirmed that the right person came in by it.
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class PushAddressRow(Row, table=True):
    """The push address of a session's browser, used while its page is closed, with the keys that encrypt messages to
    it. It is removed with the session.
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
    """The only key pair of an installation towards push services, `locked` by the key of that name
    (storage/code_key.py).
    """

    __tablename__ = "push_key"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    public: str = Field(sa_type=Words)
    locked: str = Field(sa_type=Words)
    locked_by: str = Field(sa_type=Words)
    made_at: dt.datetime = Field(sa_type=Moment)


class ConsoleLinkRow(Row, table=True):
    """A one-time link to the console, requested from the account `account_id`. It is found by its `mark` and kept
    `locked` like an invitation until it is used. `session_id` is the console account begun by it, which ends with
    `account_id`.
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
    """A wrong code given by an account; their number slows down guessing."""

    __tablename__ = "code_attempt"
    __table_args__ = (sa.Index(None, "account", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(sa_type=Words)
    account: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
