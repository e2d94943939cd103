"""Attackers for the media core's tests: datagrams by the thousand, from addresses the server never heard of."""

import asyncio
import random
import socket
from collections.abc import Iterable
from typing import Self

from OpenSSL import SSL

CLASSES = {"STUN": 0, "DTLS": 22, "ChannelData": 64, "RTP": 128, "RTCP": 128, "junk": 255}
"""What a datagram pretends to be, by its first byte (RFC 7983)."""
AT_ONCE = 25


def garbage(kind: str, length: int, chance: random.Random | None) -> bytes:
    """A datagram of this length that pretends to be of a kind; its body is zeros, or whatever chance gives."""
    head = bytes([CLASSES[kind], 200 if kind == "RTCP" else 111])
    return (head + (chance.randbytes(length) if chance else bytes(length)))[:length]


def client_hello() -> bytes:
    """A ClientHello as a good client sends it."""
    client = SSL.Connection(SSL.Context(SSL.DTLS_CLIENT_METHOD), None)
    client.set_connect_state()
    try:
        client.do_handshake()
    except SSL.WantReadError:
        return client.bio_read(1500)
    raise AssertionError("there is nobody to shake hands with")


def handshake(fragment: bytes, *, length: int, at: int, size: int) -> bytes:
    """A DTLS 1.2 record with one fragment of a ClientHello that says it is so long, here, of that size."""
    body = b"\x01" + length.to_bytes(3) + b"\0\0" + at.to_bytes(3) + size.to_bytes(3) + fragment
    return b"\x16\xfe\xfd" + bytes(8) + len(body).to_bytes(2) + body


def bad_handshakes() -> list[bytes]:
    """What has ended DTLS sessions elsewhere."""
    null_cipher = b"\xfe\xfd" + bytes(32) + b"\0\0" + b"\x00\x02\x00\x00" + b"\x01\0"
    return [
        client_hello(),
        handshake(null_cipher, length=len(null_cipher), at=0, size=len(null_cipher)),
        handshake(b"", length=40, at=0, size=0),
        handshake(bytes(20), length=40, at=0, size=20),
        handshake(bytes(20), length=40, at=10, size=20),
        b"\x15\xfe\xfd" + bytes(8) + b"\0\x02\x02\xff",
        b"\x15\xfe\xfd" + bytes(8) + b"\0\x02\x01\x00",
    ]


class Strangers:
    """Sockets on addresses of their own, all aimed at one port; used with `with`."""

    def __init__(self, port: int, *addresses: str) -> None:
        self.port = port
        self.sockets = [_bound(address) for address in addresses]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.sockets:
            one.close()

    async def send(self, datagrams: Iterable[bytes], *, a_second: float = 5_000) -> int:
        """Send all of them in turn from each address, at this rate; says how many went out."""
        count = 0
        for count, datagram in enumerate(datagrams, 1):
            self.sockets[count % len(self.sockets)].sendto(datagram, ("127.0.0.1", self.port))
            if count % AT_ONCE == 0:
                await asyncio.sleep(AT_ONCE / a_second)
        return count

    def answers(self) -> list[bytes]:
        """Everything that came back to them; there must be nothing."""
        return [datagram for one in self.sockets for datagram in _waiting(one)]


def _bound(address: str) -> socket.socket:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.setblocking(False)
    one.bind((address, 0))
    return one


def _waiting(one: socket.socket) -> list[bytes]:
    found = []
    while True:
        try:
            found.append(one.recv(2048))
        except BlockingIOError:
            return found
