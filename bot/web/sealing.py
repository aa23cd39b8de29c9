"""Encryption of push messages, so that the service cannot read them (RFC 8291, RFC 8188), and identification of the
sender (RFC 8292).

This is our own code over `cryptography`: for these few lines pywebpush would add a second, blocking HTTP client
(requests) and packages built from source; and it follows redirects without checking where a name leads.
"""

import datetime as dt
import json
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.door.push_key import from_base64, in_base64
from storage.repositories.access.pushes import PushAddress, PushKey

CURVE = ec.SECP256R1()

#: Length in bytes of every encrypted message, so that the length reveals nothing.
LENGTH = 512
#: Size of a record; ours is one, and shorter.
_RECORD = 4096
#: Bytes of a browser's secret, of a point, and of a salt.
_AUTH, _POINT, _SALT = 16, 65, 16

#: For how long a service believes what it is shown.
VALID = dt.timedelta(hours=12)


def checked(address: PushAddress) -> PushAddress:
    """The address, with keys that can be sealed by. Raises ValueError."""
    if len(from_base64(address.auth)) != _AUTH:
        raise ValueError(f"the secret of a browser has {_AUTH} bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64(address.p256dh))
    return address


def sealed(
    text: bytes,
    address: PushAddress,
    *,
    length: int = LENGTH,
    salt: bytes = b"",
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body that only that browser opens. `salt` and `ours`: of the vectors of the RFC; otherwise made for this message alone."""
    salt, ours = salt or os.urandom(_SALT), ours or ec.generate_private_key(CURVE)
    point = from_base64(address.p256dh)
    own_point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    seed = _derived(shared, from_base64(address.auth), b"WebPush: info\0" + point + own_point, 32)
    key = _derived(seed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(seed, salt, b"Content-Encoding: nonce\0", 12)
    padded = (text + b"\x02").ljust(length, b"\0")
    head = salt + _RECORD.to_bytes(4) + len(own_point).to_bytes(1) + own_point
    return head + AESGCM(key).encrypt(nonce, padded, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def signed(endpoint: str, key: PushKey, whom: str, now: dt.datetime) -> str:
    """What stands in `Authorization`: for that service alone, for some hours. `whom`: an address at which who runs the
    installation can be found.
    """
    service = urlsplit(endpoint)
    claims = {"aud": f"{service.scheme}://{service.netloc}", "exp": int((now + VALID).timestamp()), "sub": whom}
    said = ".".join(in_base64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    private = ec.derive_private_key(int.from_bytes(from_base64(key.secret)), CURVE)
    r, s = utils.decode_dss_signature(private.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={said}.{in_base64(r.to_bytes(32) + s.to_bytes(32))}, k={key.public}"
