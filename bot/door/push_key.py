"""The key pair that identifies this installation to push services (RFC 8292), made at the first start and stored in the
database.
"""

import base64
import datetime as dt

from storage.repositories.access.pushes import PushKey
from storage.store import Store


async def public_key(store: Store, now: dt.datetime) -> str:
    """The public half for browsers. The pair is made when there is none; of several processes the first one's is kept."""
    async with store.reading() as tx:
        kept = await tx.pushes.public_key()
    if kept:
        return kept
    fresh = fresh_key()
    async with store.transaction() as tx:
        kept = await tx.pushes.keep_key(fresh, now)
        await tx.commit()
    return kept


def fresh_key() -> PushKey:
    """A key pair on the curve P-256."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - 20 ms: only at the first start
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

    made = ec.generate_private_key(ec.SECP256R1())
    public = made.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PushKey(in_base64(public), in_base64(made.private_numbers().private_value.to_bytes(32)))


def in_base64(data: bytes) -> str:
    """Base64url without padding, as used in addresses and tokens."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The decoded bytes. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
