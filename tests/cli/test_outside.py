"""What the doctor says of the public address: unanswered, unsafe, without a live door, well."""

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from causerie.cli.outside import outside
from causerie.config import Settings
from causerie.media.reach import Reach

TOLD = ("ok", "browsers are told 203.0.113.7, 10.0.0.5 for sound")
LIVE = ("ok", "the live connection (WebSocket) gets through")


def seen(url: str, trusted: ssl.SSLContext | None = None) -> list[tuple[str, str]]:
    reach = Reach(("203.0.113.7=10.0.0.5", "10.0.0.5"))
    return outside(Settings(web={"public_url": url}), reach, trusted)


@contextlib.contextmanager
def answering(answer: bytes, safe: ssl.SSLContext | None = None) -> Iterator[int]:
    """Somebody on a port of this machine who gives everybody the same answer."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = door.accept()
                with contextlib.suppress(OSError), safe.wrap_socket(line, server_side=True) if safe else line as safer:
                    if safer.recv(4096):
                        safer.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def certificate(folder: Path, *, days: float, address: str = "127.0.0.1") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """How a server shows one that is good so long, and how somebody trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "talk")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(days=9)).not_valid_after(now + datetime.timedelta(days=days))
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = signed.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "talk.pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "talk.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


def test_without_a_public_address_nobody_from_outside_comes():
    assert seen("") == [
        TOLD,
        ("warn", "web.public_url is not set: people on other machines have no address to come to"),
    ]


def test_what_does_not_answer_is_said_with_what_to_look_at():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    told, (state, text) = seen(f"https://127.0.0.1:{port}")

    assert (told, state) == (TOLD, "fault")
    assert text.endswith("does not answer (Connection refused): is the proxy there, and its port open in the firewall?")


@pytest.mark.parametrize(
    ("answer", "live"),
    [
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", LIVE),
        (
            b"HTTP/1.1 403 Forbidden\r\n\r\n",
            ("fault", "the live connection is refused: is web.public_url exactly what people type?"),
        ),
        (
            b"HTTP/1.1 200 OK\r\n\r\n<html>",
            (
                "fault",
                "the live connection (WebSocket) does not get through (status 200): see docs/running/install.md, 4",
            ),
        ),
        (
            b"SSH-2.0-hello",
            (
                "fault",
                "the live connection (WebSocket) does not get through (status None): see docs/running/install.md, 4",
            ),
        ),
    ],
)
def test_the_live_door_is_tried(answer: bytes, live: tuple[str, str]):
    with answering(answer) as port:
        told = seen(f"http://127.0.0.1:{port}")

    assert told == [TOLD, ("ok", f"http://127.0.0.1:{port} answers"), live]


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [(90.5, "ok", "is good for 90 days"), (3.5, "warn", "for 3 days only"), (-1, "fault", "certificate has expired")],
)
def test_a_certificate_is_looked_at(tmp_path: Path, days: float, state: str, words: str):
    server, trusted = certificate(tmp_path, days=days)
    with answering(b"HTTP/1.1 101 Switching Protocols\r\n\r\n", server) as port:
        told = seen(f"https://127.0.0.1:{port}", trusted)

    assert told[1][0] == state
    assert words in told[1][1]
    assert told[2:] == ([LIVE] if state != "fault" else [])


def test_a_certificate_for_another_name_is_refused(tmp_path: Path):
    server, trusted = certificate(tmp_path, days=90, address="127.0.0.9")
    with answering(b"", server) as port:
        told = seen(f"https://127.0.0.1:{port}", trusted)

    assert told[1][0] == "fault"
    assert "browsers refuse its certificate (IP address mismatch" in told[1][1]
