"""Tokens by blind signature: RSABSSA-SHA384-PSS-Randomized of RFC 9474. Here is the signer; the blinding is done by the voter's page.

`cryptography` has everything but the raw private operation (BlindSign, section 4.3): no library of Python offers that one in public. It
is done with Python's integers, whose time depends on the numbers. So each operation is done on a number nobody outside has
chosen: the message is multiplied by a fresh r^e, the exponent has a fresh multiple of the group's order added (base and
exponent blinding, Kocher 1996), and the result is looked at before it leaves (RFC 9474 demands that too). Of each key there are as many
operations as voters, then it is gone.
"""

import secrets
from math import gcd

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS = 2048
LENGTH = BITS // 8
_EXPONENT = 65537
#: Bytes of the random prefix (PrepareRandomize), and of the token's own number behind it.
PREFIX, NUMBER = 32, 32
#: RFC 9474 names the variant: SHA-384, MGF1 with it, as much salt.
_HASH = hashes.SHA384()
_PADDING = padding.PSS(padding.MGF1(_HASH), salt_length=_HASH.digest_size)


def make_key() -> tuple[bytes, bytes]:
    """A key for one poll: the public one (SubjectPublicKeyInfo), the private one (PKCS #8), both DER."""
    key = rsa.generate_private_key(_EXPONENT, BITS)
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    return public_of(private), private


def public_of(private: bytes) -> bytes:
    """The public key of a private one, both DER."""
    public = _private(private).public_key()
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(private: bytes, blinded: bytes) -> bytes:
    """The blind signature. Raises ValueError for what no page of ours sends: another length, nothing, not below the modulus."""
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
    """Whether it is a token that was given for this poll."""
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
    # It is our own: what it is made of need not be looked at each time.
    key = serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _unit(n: int) -> int:
    while gcd(r := secrets.randbelow(n - 2) + 2, n) != 1:
        pass
    return r
