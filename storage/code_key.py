"""The key of invitation codes. It is kept outside the database: whoever copies that gets no code that opens."""

import base64
import hashlib
import hmac
import secrets
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

#: Bytes of a key.
LENGTH = 32


class CodeKey:
    """A secret of 32 bytes, from which three are made: one that marks codes (a keyed hash, to look one up), one that locks them
    (Fernet, to hand one out), one that locks boxes of what is said without names. The first digits of a mark tell by which key it was made.
    """

    def __init__(self, secret: bytes) -> None:
        """Raises ValueError for a secret that is not 32 bytes long."""
        if len(secret) != LENGTH:
            raise ValueError(f"a key has {LENGTH} bytes")
        self._marking = _derived(secret, "mark")
        self._locking = _derived(secret, "lock")
        self._boxing = _derived(secret, "box")
        self.name = _derived(secret, "name").hex()[:8]

    @classmethod
    def fresh(cls) -> "CodeKey":
        """A key that nobody else has and nobody keeps."""
        return cls(secrets.token_bytes(LENGTH))

    def mark(self, code: str) -> str:
        """What a code is looked up by: the same work for every code, and nothing to be told from it without the key."""
        return f"{self.name}:{hmac.new(self._marking, code.encode(errors='replace'), hashlib.sha256).hexdigest()}"

    def lock(self, text: str) -> str:
        """The text as it is kept."""
        return self._fernet.encrypt(text.encode()).decode()

    def lock_undated(self, text: str) -> str:
        """The same without the moment that Fernet writes beside it: nothing tells when it was kept."""
        return self._fernet.encrypt_at_time(text.encode(), 0).decode()

    def unlock(self, kept: str) -> str | None:
        """The text that was locked; None when it was locked by another key, or is none."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - 40 ms: only who hands codes out

        try:
            return self._fernet.decrypt(kept.encode()).decode()
        except InvalidToken:
            return None

    def lock_box(self, content: bytes) -> str:
        """A content as it is kept, of which not even the moment is told."""
        return self._fernet_of(self._boxing).encrypt_at_time(content, 0).decode()

    def unlock_box(self, kept: str) -> bytes | None:
        """The content of a box; None as with `unlock`."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

        try:
            return self._fernet_of(self._boxing).decrypt(kept.encode())
        except InvalidToken:
            return None

    @cached_property
    def _fernet(self) -> "Fernet":
        return self._fernet_of(self._locking)

    def _fernet_of(self, key: bytes) -> "Fernet":
        from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

        return Fernet(base64.urlsafe_b64encode(key))


def _derived(secret: bytes, use: str) -> bytes:
    return hmac.new(secret, f"tusoi invitation code: {use}".encode(), hashlib.sha256).digest()


#: Where nobody names a key: what is locked by it opens as long as this process lives.
PASSING = CodeKey.fresh()
