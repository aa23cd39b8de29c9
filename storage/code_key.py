"""The code key: the installation's secret for invitation codes. It is kept outside the database, so that a stolen copy
of the database contains no usable code.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

#: Length of a key in bytes.
LENGTH = 32


class CodeKey:
    """A code key: 32 secret bytes from which three keys are derived.

    - one marks codes: a keyed hash (HMAC) by which a code is looked up;
    - one locks codes with Fernet, so that they can be read back and handed out;
    - one locks the boxes that collect what is said without names.

    The first digits of a mark tell which key made it.
    """

    def __init__(self, secret: bytes) -> None:
        """Derive the three keys. Raises ValueError when `secret` is not exactly 32 bytes long."""
        if len(secret) != LENGTH:
            raise ValueError(f"a key has {LENGTH} bytes")
        self._marking = _derived(secret, "mark")
        self._locking = _derived(secret, "lock")
        self._boxing = _derived(secret, "box")
        self.name = _derived(secret, "name").hex()[:8]

    @classmethod
    def fresh(cls) -> "CodeKey":
        """A new random key that is not stored anywhere."""
        return cls(secrets.token_bytes(LENGTH))

    def mark(self, code: str) -> str:
        """The mark of a code: its keyed hash. It takes the same time for every code and reveals nothing to anyone
        without the key.
        """
        return f"{self.name}:{hmac.new(self._marking, code.encode(errors='replace'), hashlib.sha256).hexdigest()}"

    def lock(self, text: str) -> str:
        """The text, encrypted for storage."""
        return self._fernet.encrypt(text.encode()).decode()

    def lock_undated(self, text: str) -> str:
        """The text, encrypted for storage without Fernet's timestamp, so that nothing shows when it was stored."""
        return self._fernet.encrypt_at_time(text.encode(), 0).decode()

    def unlock(self, kept: str) -> str | None:
        """The decrypted text; None when it was encrypted with another key or is damaged."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - 40 ms: only who hands codes out

        try:
            return self._fernet.decrypt(kept.encode()).decode()
        except InvalidToken:
            return None

    def lock_box(self, content: bytes) -> str:
        """The content of a box, encrypted without any timestamp."""
        return self._fernet_of(self._boxing).encrypt_at_time(content, 0).decode()

    def unlock_box(self, kept: str) -> bytes | None:
        """The decrypted content of a box; None as for `unlock`."""
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


#: The key used when none is configured: what it locks can be read only while this process runs.
PASSING = CodeKey.fresh()
