"""What the pages of voters and tellers do, in the same formats, in Python. The page itself is tested in `browser`."""

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key

from bot.balloting import blind, sealing
from rules.balloting.poll import Line, Mode, Poll, Taking
from rules.balloting.shares import _times
from rules.balloting.slips import Slip, packed
from rules.book.ballots import Choices
from storage.repositories.polls import Cast

SALT = 48


def emsa_pss(message: bytes, bits: int) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384."""
    salt, length = secrets.token_bytes(SALT), -(-bits // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = (b"\x01" + salt).rjust(length - len(digest) - 1, b"\0")
    mask = b"".join(hashlib.sha384(digest + n.to_bytes(4)).digest() for n in range(-(-len(block) // 48)))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> 8 * length - bits
    return bytes(masked) + digest + b"\xbc"


def split(secret: bytes, tellers: int) -> list[bytes]:
    """Shares of a secret, of which two suffice, in the format of npm's shamir-secret-sharing."""
    slopes = secrets.token_bytes(len(secret))
    places = secrets.SystemRandom().sample(range(1, 256), tellers)
    return [bytes([s ^ _times(a, x) for s, a in zip(secret, slopes, strict=True)] + [x]) for x in places]


def seal(poll: Poll, slip: Slip) -> bytes:
    """A slip sealed to the poll's tellers."""
    return seal_bytes(poll, packed(slip, poll.options))


def seal_bytes(poll: Poll, data: bytes) -> bytes:
    """Any bytes, sealed to the poll's tellers."""
    key = secrets.token_bytes(sealing.KEY)
    whole = AESGCM(key).encrypt(sealing.NONCE, data, sealing.about(poll.id))
    for teller, share in zip(poll.tellers, split(key, len(poll.tellers)), strict=True):
        assert teller.public
        assert teller.teller
        public = X25519PublicKey.from_public_bytes(teller.public)
        whole += sealing.SUITE.encrypt(share, public, info=sealing.about(poll.id, teller.teller))
    return whole


@dataclass
class Token:
    """A token as the page stores it while it is being signed."""

    public: bytes
    message: bytes = field(default_factory=lambda: secrets.token_bytes(blind.PREFIX + blind.NUMBER))
    inverse: int = 0
    blinded: bytes = b""
    signature: bytes = b""

    def __post_init__(self) -> None:
        key = load_der_public_key(self.public)
        assert isinstance(key, RSAPublicKey)
        self.n, e = key.public_numbers().n, key.public_numbers().e
        r = secrets.randbelow(self.n - 2) + 2
        self.inverse = pow(r, -1, self.n)
        encoded = int.from_bytes(emsa_pss(self.message, self.n.bit_length() - 1))
        self.blinded = (encoded * pow(r, e, self.n) % self.n).to_bytes(blind.LENGTH)

    def finish(self, signed: bytes) -> None:
        """Unblinds the signature that came back."""
        self.signature = (int.from_bytes(signed) * self.inverse % self.n).to_bytes(blind.LENGTH)
        assert blind.genuine(self.public, self.message, self.signature)

    def ballot(self, sealed: bytes) -> Cast:
        """A ballot that spends it."""
        return Cast(self.message, self.signature, sealed)


def teller_key() -> tuple[bytes, bytes]:
    """A teller's private and public key."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def a_poll(office: int, chair: int, people: list[int], lines: int = 1, mode: Mode = Mode.SECRET) -> Poll:
    """A poll in which these people vote about so many colleagues. The first three are also tellers."""
    taking = tuple(
        Taking(one, f"Người {number:03}", voter=True, teller=number + 1 if number < 3 else None)
        for number, one in enumerate(people)
    )
    named = tuple(Line(f"Đồng chí {number + 1}") for number in range(lines))
    return Poll(0, office, chair, "Bỏ phiếu", mode, Choices.AGREE, named, taking=taking)
