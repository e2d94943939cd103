"""A push service for a test: HTTPS on this machine, which keeps what it was sent and answers as the story says."""

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from causerie.egress import Guard
from causerie.push.keys import plain, public_bytes, raw
from causerie.push.sealing import Receiver

HOST = "push.test"


def browser() -> tuple[ec.EllipticCurvePrivateKey, Receiver]:
    """A browser's key pair, and what it tells the page."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, Receiver(plain(public_bytes(key.public_key())), plain(bytes(range(16))))


def opened(body: bytes, key: ec.EllipticCurvePrivateKey, receiver: Receiver) -> bytes:
    """The message as a browser reads it (RFC 8291, 3.4)."""
    salt, length = body[:16], body[20]
    public, hidden = body[21 : 21 + length], body[21 + length :]
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    info = b"WebPush: info\0" + public_bytes(key.public_key()) + public
    secret = HKDF(hashes.SHA256(), 32, raw(receiver.auth), info).derive(key.exchange(ec.ECDH(), sender))
    content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    return AESGCM(content).decrypt(nonce, hidden, None).rstrip(b"\0").removesuffix(b"\x02")


@dataclass
class Sent:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """`answers`: the status, and more lines, for each path; anything else is taken."""

    port: int
    guard: Guard
    sent: list[Sent] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def endpoint(self, name: str) -> str:
        return f"https://{HOST}/{name}"

    async def heard(self, many: int) -> None:
        """Wait until so many came."""
        while len(self.sent) < many:
            self.news.clear()
            await self.news.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines)
            body = await reader.readexactly(int(headers["content-length"]))
            path = first.split(" ")[1]
            self.sent.append(Sent(path, headers, body))
            self.news.set()
            writer.write(f"HTTP/1.1 {self.answers.get(path, '201 Created')}\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "push.crt", folder / "push.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    sealed = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed))
    return certificate, private


@contextlib.asynccontextmanager
async def push_service(folder: Path) -> AsyncIterator[PushService]:
    """A push service, and a guard that lets this one through."""
    certificate, private = _certificate(folder)
    door = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    door.load_cert_chain(certificate, private)
    service = PushService(0, Guard())
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0, ssl=door)
    service.port = server.sockets[0].getsockname()[1]

    async def here(_host: str) -> list[str]:
        return ["127.0.0.1"]

    trusting = ssl.create_default_context(cafile=str(certificate))
    service.guard = Guard(here, lambda _address: True, service.port, secure=trusting)
    try:
        yield service
    finally:
        server.close()
