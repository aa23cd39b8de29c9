"""A push service as run by browser makers, and browsers that have an address there.

The service takes messages over TLS, and the browsers decrypt them (RFC 8291) with code independent of the code that
encrypts them.
"""

import asyncio
import base64
import datetime as dt
import json
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import TCPConnector, web
from aiohttp.abc import AbstractResolver
from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.web.outside import Outside

NAME = "push.dich-vu.example"

#: The longest validity that a service accepts, in seconds.
HOURS = 24 * 3600


def in_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def mac(key: bytes, data: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(data)
    return made.finalize()


@dataclass
class Browser:
    """A browser with push notifications: its key pair, its secret, its address."""

    path: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"
    host: str = NAME

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def told(self) -> dict[str, object]:
        """The `PushSubscription` as the page sends it."""
        keys = {"p256dh": in_base64(self.point), "auth": in_base64(self.auth)}
        return {"endpoint": f"https://{self.host}/{self.path}", "expirationTime": None, "keys": keys}

    def opened(self, body: bytes) -> bytes:
        """A decrypted message, by the steps of RFC 8291, section 3.4, without using our own code."""
        salt, size, point = body[:16], body[20], body[21 : 21 + body[20]]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
        prk_key = mac(self.auth, shared)
        seed = mac(prk_key, b"WebPush: info\0" + self.point + point + b"\x01")
        prk = mac(salt, seed)
        key = mac(prk, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = mac(prk, b"Content-Encoding: nonce\0\x01")[:12]
        padded = AESGCM(key).decrypt(nonce, body[21 + size :], None).rstrip(b"\0")
        assert padded[-1:] == b"\x02", "one record, the last"
        return padded[:-1]


def believed(authorization: str, audience: str) -> dict[str, object]:
    """The claims of the sender, checked as a service does (RFC 8292)."""
    kind, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    said, _, signature = parts["t"].rpartition(".")
    raw = from_base64(signature)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(parts["k"]))
    whole = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    point.verify(whole, said.encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, object] = json.loads(from_base64(said.partition(".")[2]))
    now = time.time()
    assert kind == "vapid"
    assert claims["aud"] == audience
    assert isinstance(claims["exp"], int)
    assert now < claims["exp"] <= now + HOURS
    return claims


@dataclass
class PushService:
    """The service. `heard`: path → messages for its browser; `answers`: path → status of the response, else 201."""

    heard: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    browsers: dict[str, Browser] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)  # host → its address in name resolution
    hangs: asyncio.Event | None = None

    def browser(self, path: str, host: str = NAME) -> Browser:
        """A new browser."""
        made = self.browsers[path] = Browser(path, host=host)
        return made

    async def take(self, request: web.Request) -> web.Response:
        """Take a message from an application server."""
        path = request.match_info["path"]
        self.asked.append(path)
        if self.hangs:
            await self.hangs.wait()
        if status := self.answers.get(path):
            return web.Response(status=status, headers={"Location": f"https://{NAME}/elsewhere"})
        believed(request.headers["Authorization"], f"https://{NAME}")
        assert request.headers["Content-Encoding"] == "aes128gcm"
        assert 0 < int(request.headers["TTL"]) <= HOURS
        told = json.loads(self.browsers[path].opened(await request.read()))
        self.heard.setdefault(path, []).append(told)
        return web.Response(status=201)


class Names(AbstractResolver):
    """Name resolution in the world of the stand-in, where its own name has a public address."""

    def __init__(self, service: PushService) -> None:
        self.service = service

    async def resolve(self, host, port=0, family=0):
        where = self.service.leads.get(host, "93.184.216.34")
        return [{"hostname": host, "host": where, "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        pass


class Packets(AbstractResolver):
    """Sends every connection to the stand-in after its name was looked up and checked."""

    def __init__(self, looked_up: Outside, port: int) -> None:
        self.looked_up = looked_up
        self.port = port

    async def resolve(self, host, port=0, family=0):
        found = await self.looked_up.resolve(host, port, family)
        return [{**one, "host": "127.0.0.1", "port": self.port, "family": socket.AF_INET} for one in found]

    async def close(self) -> None:
        await self.looked_up.close()


@asynccontextmanager
async def standing_in(folder: Path, monkeypatch) -> AsyncIterator[PushService]:
    """Runs the service. Code that sends notifications reaches it and nothing else; names are still looked up and
    checked.
    """
    service = PushService()
    serving, believing = certificate(folder)
    app = web.Application()
    app.router.add_post("/{path:.*}", service.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    at = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=serving)
    await at.start()
    port = runner.addresses[0][1]

    def connector(*, resolver: Outside, **how) -> TCPConnector:
        assert isinstance(resolver, Outside)
        return TCPConnector(resolver=Packets(Outside(Names(service)), port), ssl=believing, **how)

    monkeypatch.setattr("bot.web.nudging.TCPConnector", connector)
    try:
        yield service
    finally:
        if service.hangs:
            service.hangs.set()
        await runner.cleanup()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The TLS context of the service, and that of its callers, who trust its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "push.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(pem)
    return serving, ssl.create_default_context(cafile=str(pem))
