"""What people give us as an address leads to the open internet or nowhere: no packet of ours goes inside."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from causerie.egress import Guard, Unreachable, is_public

HERE = "127.0.0.1"


@dataclass
class Canary:
    """A server on this machine that counts who knocks, and says what it was told to say."""

    port: int = 0
    knocked: int = 0
    asked: bytes = b""


def certified(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of our own for a host: the server's side, and the side of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    both = folder / "both.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(signed.public_bytes(Encoding.PEM) + secret)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(both)
    return ours, ssl.create_default_context(cadata=signed.public_bytes(Encoding.PEM).decode())


@contextlib.asynccontextmanager
async def said(folder: Path, answer: bytes, *, host: str = "talk.test", hangs: bool = False) -> AsyncIterator[tuple]:
    """(canary, guard): a server that gives this answer, and a guard that takes this machine for the open internet."""
    canary = Canary()
    server_side, our_side = certified(folder, host)

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        canary.knocked += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            canary.asked = await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            if hangs:
                await reader.read()
        writer.close()

    async with await asyncio.start_server(answered, HERE, 0, ssl=server_side) as server:
        canary.port = server.sockets[0].getsockname()[1]
        yield canary, Guard(looking_up({"talk.test": [HERE]}), lambda _: True, canary.port, 0.5, our_side)


def looking_up(table: dict[str, list[str]]) -> Callable:
    async def resolve(host: str) -> list[str]:
        return table.get(host, [])

    return resolve


def ok(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)


async def test_what_lies_there_is_fetched_from_the_address_that_was_looked_at(tmp_path: Path):
    async with said(tmp_path, ok(b"causerie=1")) as (canary, guard):
        found = await guard.fetch("https://talk.test/.well-known/causerie?x=1")

    line, _, headers = canary.asked.partition(b"\r\n")
    assert (found, line) == (b"causerie=1", b"GET /.well-known/causerie?x=1 HTTP/1.1")
    assert b"talk.test" in headers.lower()


@pytest.mark.parametrize(
    "url",
    [
        "http://talk.test/",
        "ftp://talk.test/",
        "//talk.test/",
        "https://",
        "https://user@talk.test/",
        "https://user:word@talk.test/",
        "https://talk.test:8420/",
        "https://talk.test:99999/",
        "https://talk.test/a b",
        "https://talk.test/\r\nhost: inside",
        "https://" + "a" * 70 + ".test/",
    ],
)
async def test_addresses_that_are_not_asked_at_all(url: str):
    async def resolve(_host: str) -> list[str]:
        pytest.fail("looked up")

    with pytest.raises(Unreachable):
        await Guard(resolve).fetch(url)


@pytest.mark.parametrize(
    "addresses",
    [
        [HERE],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["192.168.1.1"],
        ["100.64.0.1"],
        ["0.0.0.0"],
        ["224.0.0.1"],
        ["::1"],
        ["fe80::1"],
        ["fd00::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::1"],
        ["93.184.216.34", HERE],
        ["no address"],
        [],
    ],
    ids=str,
)
async def test_inside_nothing_is_asked(tmp_path: Path, addresses: list[str]):
    async with said(tmp_path, ok(b"secret")) as (canary, guard):
        closed = Guard(looking_up({"talk.test": addresses}), is_public, canary.port, 0.5, guard.secure)
        with pytest.raises(Unreachable):
            await closed.fetch("https://talk.test/")

    assert canary.knocked == 0


async def test_a_number_in_any_spelling_is_looked_up_and_lies_inside():
    for host in ("0x7f000001", "2130706433", "0177.0.0.1", "127.1", "[::1]", "localhost"):
        with pytest.raises(Unreachable):
            await Guard(within=2).fetch(f"https://{host}/")


async def test_it_is_looked_up_once_so_that_nothing_changes_between_the_look_and_the_call(tmp_path: Path):
    answers = [[HERE], ["10.0.0.1"]]

    async def resolve(_host: str) -> list[str]:
        return answers.pop(0)

    async with said(tmp_path, ok(b"x")) as (canary, guard):
        await Guard(resolve, lambda _: True, canary.port, 0.5, guard.secure).fetch("https://talk.test/")

    assert (answers, canary.knocked) == ([["10.0.0.1"]], 1)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nlocation: https://10.0.0.1/\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        ok(b"x" * 70_000),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + (b"ffff\r\n" + b"x" * 65535 + b"\r\n") * 3,
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 40_000 + b"\r\n\r\n",
        b"this is no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbroken off",
        b"",
    ],
    ids=["redirect", "missing", "large", "chunked", "head", "none", "short", "nothing"],
)
async def test_what_is_answered_otherwise_is_nothing(tmp_path: Path, answer: bytes):
    async with said(tmp_path, answer) as (canary, guard):
        with pytest.raises(Unreachable):
            await guard.fetch("https://talk.test/")

    assert canary.knocked == 1


async def test_who_never_finishes_is_not_waited_for(tmp_path: Path):
    async with said(tmp_path, b"HTTP/1.1 200 OK\r\n", hangs=True) as (_, guard):
        with pytest.raises(Unreachable, match="TimeoutError"):
            await guard.fetch("https://talk.test/")


async def test_another_hosts_certificate_is_none(tmp_path: Path):
    async with said(tmp_path, ok(b"x"), host="other.test") as (_, guard):
        with pytest.raises(Unreachable):
            await guard.fetch("https://talk.test/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("172.16.0.1", False),
        ("255.255.255.255", False),
        ("192.88.99.1", False),
        ("fec0::1", False),  # of one site, as people still have them (RFC 3879)
        ("::127.0.0.1", False),
        ("::10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("5f00::1", False),
        ("3fff::1", False),
        ("ff0e::1", False),
    ],
)
def test_what_is_the_open_internet(address: str, public: bool):
    assert is_public(address) is public
