"""Tokens by blind signature, RSABSSA-SHA384-PSS-Randomized of RFC 9474. This is the signer; the voter's page does the
blinding.

`cryptography` provides everything but the raw private operation (BlindSign, section 4.3), which no Python library
offers publicly. It is therefore done with Python's integers, whose timing depends on the values. For this reason each
operation works on a number that nobody outside has chosen: the message is multiplied by a fresh r^e, a fresh multiple
of the group's order is added to the exponent (base and exponent blinding, Kocher 1996), and the result is verified
before it leaves, as RFC 9474 also demands. A key is used once for each voter and then destroyed.
"""

import secrets
from math import gcd

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS = 2048
LENGTH = BITS // 8
_EXPONENT = 65537
#: Bytes of the random prefix (PrepareRandomize), and of the token's own number after it.
PREFIX, NUMBER = 32, 32
#: The variant of RFC 9474: SHA-384, MGF1 with it, and a salt of the same length.
_HASH = hashes.SHA384()
_PADDING = padding.PSS(padding.MGF1(_HASH), salt_length=_HASH.digest_size)


def make_key() -> tuple[bytes, bytes]:
    """A new key pair for one poll: public (SubjectPublicKeyInfo) and private (PKCS #8), both DER."""
    key = rsa.generate_private_key(_EXPONENT, BITS)
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    return public_of(private), private


def public_of(private: bytes) -> bytes:
    """The public key of a private key, both DER."""
    public = _private(private).public_key()
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(private: bytes, blinded: bytes) -> bytes:
    """The blind signature. Raises ValueError for values our page never sends: wrong length, zero, or not below the
    modulus.
    """
    numbers = _private(private).private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    message = int.from_bytes(blinded)
    if len(blinded) != LENGTH or not 0 < message < n or gcd(message, n) != 1:
        raise ValueError("no blinded message")
    r = _unit(n)
    order = (numbers.p - 1) * (numbers.q - 1)
    hidden = message * pow(r, e, n) % n
    signed = pow(hidden, numbers.d + secrets.randbits(64) * order, n) * pow(r, -1, n) % n
    if pow(signed, e, n) != message:
        raise ValueError("signing failure")
    return signed.to_bytes(LENGTH)


def genuine(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the token was issued for this poll."""
    if len(message) != PREFIX + NUMBER or len(signature) != LENGTH:
        return False
    key = serialization.load_der_public_key(public)
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(signature, message, _PADDING, _HASH)
    except InvalidSignature:
        return False
    return True


def _private(der: bytes) -> rsa.RSAPrivateKey:
    # The key is our own, so its structure need not be validated each time.
    key = serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _unit(n: int) -> int:
    while gcd(r := secrets.randbelow(n - 2) + 2, n) != 1:
        pass
    return r
