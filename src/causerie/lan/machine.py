"""By what names and addresses people in the house reach this machine."""

import ipaddress
import re
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Private networks (RFC 1918), carriers' (RFC 6598), those without a router (RFC 3927), and IPv6's (RFC 4193).
_RANGES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7")
_ITSELF = ("127.0.0.0/8", "::1/128")
PRIVATE: tuple[Network, ...] = tuple(ipaddress.ip_network(one) for one in (*_RANGES, *_ITSELF))
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

# What the kernel is asked (rtnetlink(7)): every address of every interface.
GET_ADDRESSES, NEW_ADDRESS, DONE, FAULT, DUMP = 22, 20, 3, 2, 0x301
HEAD, ABOUT, ATTRIBUTE = struct.Struct("=IHHII"), struct.Struct("=BBBBI"), struct.Struct("=HH")
IFA_ADDRESS, IFA_LOCAL, IFA_FLAGS = 1, 2, 8
PASSING = 0x01 | 0x08 | 0x20 | 0x40
"""Flags of IPv6 addresses that will not stay: temporary (RFC 8981), double, deprecated, not sure yet."""


def is_private(address: Address) -> bool:
    return any(address in network for network in PRIVATE)


def own_addresses() -> list[Address]:
    """This machine's addresses in private networks: the one that faces the world first, IPv4 before IPv6."""
    found = [one for one in dict.fromkeys(_every()) if is_private(one) and not one.is_loopback]
    facing = _facing()
    return sorted(found, key=lambda one: (one != facing, one.version, int(one)))


def own_name() -> str | None:
    """What this machine calls itself, without its domain; None where that is no name for an address."""
    name = socket.gethostname().split(".")[0].lower()
    return name if LABEL.fullmatch(name) and name != "localhost" and not name.isdigit() else None


def _facing() -> Address | None:
    """The address by which this machine would go out; to ask sends nothing (192.0.2.0/24 is nobody's)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return ipaddress.ip_address(probe.getsockname()[0])


def _every() -> Iterator[Address]:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) as line:
        line.send(HEAD.pack(HEAD.size + ABOUT.size, GET_ADDRESSES, DUMP, 1, 0) + ABOUT.pack(0, 0, 0, 0, 0))
        while True:
            for kind, said in _messages(line.recv(1 << 16)):
                if kind in (DONE, FAULT):
                    return
                if kind == NEW_ADDRESS:
                    yield from _address(said)


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + HEAD.size <= len(data):
        size, kind, *_ = HEAD.unpack_from(data, at)
        yield kind, data[at + HEAD.size : at + size]
        at += max(size + 3 & ~3, HEAD.size)


def _address(said: bytes) -> Iterator[Address]:
    """The address of one message, if it is there to stay."""
    _, _, flags, *_ = ABOUT.unpack_from(said)
    told = dict(_attributes(said[ABOUT.size :]))
    if IFA_FLAGS in told:
        flags = int.from_bytes(told[IFA_FLAGS], "little" if struct.pack("=H", 1)[0] else "big")
    raw = told.get(IFA_LOCAL, told.get(IFA_ADDRESS, b""))
    if len(raw) == 4 or (len(raw) == 16 and not flags & PASSING):
        yield ipaddress.ip_address(raw)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + ATTRIBUTE.size <= len(data):
        size, kind = ATTRIBUTE.unpack_from(data, at)
        yield kind, data[at + ATTRIBUTE.size : at + size]
        at += max(size + 3 & ~3, ATTRIBUTE.size)
