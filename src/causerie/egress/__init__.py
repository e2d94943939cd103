"""The one door for addresses that people give us: HTTPS, to the open internet alone, looked up once, bounded."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

Resolve = Callable[[str], Awaitable[list[str]]]

MOST = 64 * 1024
WITHIN = 10.0
PORT = 443
# All of IPv6 that is given out to the world (RFC 4291, 2.4); what lies outside it is of one place, or is translated.
WORLD = ipaddress.ip_network("2000::/3")
# Ways from IPv6 to IPv4 and back that nobody keeps any more (RFC 7526), and examples (RFC 9637).
NOWHERE = [ipaddress.ip_network(network) for network in ("192.88.99.0/24", "3fff::/20")]


class Unreachable(Exception):
    """It was not fetched; why, in a word for the log."""


async def looked_up(host: str) -> list[str]:
    """Every address of a host, as this machine sees it."""
    found = await asyncio.get_running_loop().getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def is_public(address: str) -> bool:
    """Whether it lies in the open internet: not here, not in this network, and nothing that is translated to there."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour is not None or found.teredo is not None or found not in WORLD:
            return False
    return found.is_global and not found.is_multicast and not any(found in one for one in NOWHERE)


@dataclass(frozen=True)
class Target:
    """A host as it was asked for, what is asked of it, and the one address that was looked at."""

    host: str
    path: str
    address: str


@dataclass(frozen=True)
class Guard:
    """Fetches what somebody's address says. It is looked up once, and what was looked at is what is asked."""

    resolve: Resolve = looked_up
    public: Callable[[str], bool] = is_public
    port: int = PORT
    within: float = WITHIN
    secure: ssl.SSLContext | None = None

    async def fetch(self, url: str, *, most: int = MOST) -> bytes:
        """What lies there, if it is there at once: an answer of 200, no other address, at most so many bytes."""
        host, target = _asked(url)
        try:
            async with asyncio.timeout(self.within):
                return await self._fetch(host, target, await self._address(host), most)
        except (OSError, TimeoutError, UnicodeError, h11.ProtocolError) as fault:
            raise Unreachable(type(fault).__name__) from fault

    async def target(self, url: str) -> Target:
        """Where an address leads, if it may be asked at all; what is sent there goes to what was looked at."""
        host, path = _asked(url)
        try:
            return Target(host, path, await asyncio.wait_for(self._address(host), self.within))
        except (OSError, TimeoutError, UnicodeError) as fault:
            raise Unreachable(type(fault).__name__) from fault

    async def _address(self, host: str) -> str:
        """Where to go; one address inside among those outside is one too many."""
        addresses = await self.resolve(host)
        if not addresses or not all(self.public(address) for address in addresses):
            raise Unreachable("inside")
        return addresses[0]

    async def _fetch(self, host: str, target: str, address: str, most: int) -> bytes:
        secure = self.secure or ssl.create_default_context()
        reader, writer = await asyncio.open_connection(address, self.port, ssl=secure, server_hostname=host)
        try:
            line = h11.Connection(h11.CLIENT, max_incomplete_event_size=16 * 1024)
            said = {"host": host, "connection": "close", "accept-encoding": "identity", "user-agent": "causerie"}
            writer.write(line.send(h11.Request(method="GET", target=target, headers=list(said.items()))) or b"")
            writer.write(line.send(h11.EndOfMessage()) or b"")
            await writer.drain()
            return await _body(line, reader, most)
        finally:
            writer.transport.abort()


def _asked(url: str) -> tuple[str, str]:
    """(host, path) of an address that may be asked at all."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError) as fault:
        raise Unreachable("address") from fault
    if parts.scheme != "https" or parts.username is not None or parts.password is not None or port not in (None, PORT):
        raise Unreachable("address")
    if not host or any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise Unreachable("address")
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


async def _body(line: h11.Connection, reader: asyncio.StreamReader, most: int) -> bytes:
    found = bytearray()
    while True:
        event = line.next_event()
        if event is h11.NEED_DATA:
            line.receive_data(await reader.read(16 * 1024))
        elif isinstance(event, h11.Response) and event.status_code != 200:
            raise Unreachable(f"status {event.status_code}")
        elif isinstance(event, h11.Data):
            found += event.data
            if len(found) > most:
                raise Unreachable("too large")
        elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
            return bytes(found)
