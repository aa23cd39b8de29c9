"""Sealed ballots, and how the keys of two tellers open them.

sealed = AES-256-GCM(k, slip) | HPKE(teller 1, share 1) | HPKE(teller 2, share 2) | …

k is made for one ballot only, so the nonce is zero; its two-of-n shares are those of `rules.balloting.shares`. HPKE
(RFC 9180) is used in base mode with X25519, HKDF-SHA256 and AES-128-GCM. The purpose (poll, teller) is authenticated,
so that nothing sealed for one poll or teller opens for another. All sealed ballots of a poll have the same length.
"""

import hashlib
from base64 import b32encode
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rules.balloting.poll import OPENING
from rules.balloting.shares import joined
from rules.balloting.slips import length

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)
KEY = 32
_TAG = 16
#: A share has one more byte, its position.
_SHARE = KEY + 1
#: A sealed share adds the encapsulated key before it and the tag after it.
SEALED_SHARE = 32 + _SHARE + _TAG
NONCE = bytes(12)
TRACKER = 10


def about(poll: int, teller: int = 0) -> bytes:
    """The purpose for which a ballot (teller 0) or a share of its key is sealed."""
    return f"tusoi ballot {poll} {teller}".encode()


def sealed_length(lines: int, tellers: int) -> int:
    """The length in bytes of every sealed ballot of such a poll."""
    return length(lines) + _TAG + tellers * SEALED_SHARE


def slip_of(sealed: bytes, lines: int) -> bytes:
    """The encrypted slip in a sealed ballot. It has a key of its own, under which nobody else can encrypt another."""
    return sealed[: length(lines) + _TAG]


def opened(poll: int, sealed: bytes, lines: int, keys: Mapping[int, bytes]) -> bytes | None:
    """The slip, opened with the keys of two tellers (number → raw private key); None when it is not a valid ballot."""
    slip = length(lines) + _TAG
    shares = []
    for teller, key in sorted(keys.items())[:OPENING]:
        start = slip + (teller - 1) * SEALED_SHARE
        try:
            private = X25519PrivateKey.from_private_bytes(key)
            shares.append(SUITE.decrypt(sealed[start : start + SEALED_SHARE], private, info=about(poll, teller)))
        except (InvalidTag, ValueError):
            return None
    whole = joined(shares)
    if whole is None or len(whole) != KEY:
        return None
    try:
        return AESGCM(whole).decrypt(NONCE, sealed[:slip], about(poll))
    except InvalidTag:
        return None


def is_key(public: bytes) -> bool:
    """Whether the bytes can be a teller's public key. Points of small order are refused: pages cannot seal to them, so
    that a single teller could prevent everybody from casting.
    """
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return False
    return True


def belongs(private: bytes, public: bytes | None) -> bool:
    """Whether the private key belongs to the public key."""
    try:
        return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw() == public
    except ValueError:
        return False


def tracker(poll: int, message: bytes, sealed: bytes) -> str:
    """The tracker, by which voters find their ballot among those counted; it reveals nothing about the vote."""
    whole = hashlib.sha256(
        b"tusoi tracker %d\0" % poll + hashlib.sha256(message).digest() + hashlib.sha256(sealed).digest()
    )
    return b32encode(whole.digest()).decode()[:TRACKER]
