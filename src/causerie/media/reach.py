"""Which addresses browsers are told for sound: this machine's own, and those the public name leads to."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from causerie.config import AUTO, Settings, told_addresses

RESOLVED_WITHIN = 2.0
"""Seconds that a start waits for the name at most."""
MOST = 4
"""A name that leads to more machines than this is no name of this one."""
OWN_ONLY = (
    "Browsers are told this machine's own addresses only; where people cannot reach those, set media.public_address."
)
FAMILIES = (socket.AF_INET, socket.AF_INET6)
BROADCAST = ipaddress.IPv4Address("255.255.255.255")

Resolve = Callable[[str], "Resolved"]
Own = Callable[[str], bool]


@dataclass(frozen=True)
class Resolved:
    """Where a name leads; `fault` says why that is not known."""

    four: tuple[str, ...] = ()
    six: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True)
class Reach:
    """What browsers are told, in the form of `media.public_address`, and what those who run the place should know."""

    addresses: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The addresses alone."""
        return tuple(address.partition("=")[0] for address in self.addresses)


def resolved(host: str, *, within: float = RESOLVED_WITHIN) -> Resolved:
    """Ask the system where a name leads; it may take its time, we do not."""
    found: list[Resolved] = []
    asking = threading.Thread(target=lambda: found.append(_asked(host)), daemon=True, name="resolving")
    asking.start()
    asking.join(within)
    return found[0] if found else Resolved(fault=f"no answer within {within:g} seconds")


def _asked(host: str) -> Resolved:
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as fault:
        return Resolved(fault=getattr(fault, "strerror", None) or str(fault))
    both = {family: tuple(dict.fromkeys(str(row[4][0]) for row in rows if row[0] == family)) for family in FAMILIES}
    return Resolved(both[socket.AF_INET], both[socket.AF_INET6])


def is_own(address: str) -> bool:
    """Whether this machine carries an address itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def facing_the_world() -> str | None:
    """The address of this machine's way to the world; None where there is no way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only tells which of our addresses faces the world.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def reach_of(
    settings: Settings,
    *,
    house: Iterable[str] = (),
    resolve: Resolve = resolved,
    own: Own = is_own,
    facing: Callable[[], str | None] = facing_the_world,
) -> Reach:
    """What browsers are told, the best first: those of its house, where this machine is in one, before all others.

    The loopback alone would not do at one's own desk: Firefox without a microphone offers its machine's own address,
    and pairs that with no loopback.
    """
    if settings.media.public_address != AUTO:
        return _chosen(told_addresses(settings.media.public_address), own)
    mine = list(dict.fromkeys([*house, *(address for address in [facing()] if address is not None)]))
    if settings.web.listens in ("127.0.0.1", "localhost") and not settings.web.public_url:
        return Reach(tuple(dict.fromkeys(["127.0.0.1", *mine])))
    by_name, warnings = _by_name(settings, resolve, own, mine)
    return Reach(tuple(dict.fromkeys([*by_name, *mine, "127.0.0.1"])), warnings)


def _chosen(pairs: Iterable[tuple[str, str | None]], own: Own) -> Reach:
    pairs = list(pairs)
    addresses = [f"{public}={local}" if local else public for public, local in pairs]
    foreign = [local for _, local in pairs if local is not None and not own(local)]
    warnings = [f"media.public_address: {local} is no address of this machine." for local in foreign]
    known = [public if local in foreign else told for told, (public, local) in zip(addresses, pairs, strict=True)]
    return Reach(tuple(known), tuple(warnings))


def _by_name(settings: Settings, resolve: Resolve, own: Own, mine: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The addresses of the public name; a router's (1:1 NAT) with the one of ours that stands behind it."""
    host = urlsplit(settings.web.public_url).hostname or ""
    if not host or _means_here(host):
        return [], ()
    found = resolve(host)
    places = [address for address in found.four if _may_be_reached(address)]
    if warning := _warning(host, found, places):
        return [], (warning,)
    if here := [address for address in places if own(address)]:
        return here, ()
    behind = f"={mine[0]}" if mine and settings.media.host in ("0.0.0.0", mine[0]) else ""
    return [f"{address}{behind if number == 0 else ''}" for number, address in enumerate(places)], ()


def _warning(host: str, found: Resolved, places: list[str]) -> str | None:
    """What is wrong with where the name leads, and what to do."""
    if found.fault is not None:
        return f"Where {host} leads cannot be found out ({found.fault}). {OWN_ONLY}"
    if not places and found.six:
        return f"{host} leads to IPv6 addresses only, and sound goes by IPv4: give the name an A record. {OWN_ONLY}"
    if len(places) > MOST:
        return f"{host} leads to {len(places)} addresses. {OWN_ONLY}"
    return None


def _means_here(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _may_be_reached(address: str) -> bool:
    ip = ipaddress.IPv4Address(address)
    return not (ip.is_loopback or ip.is_unspecified or ip.is_multicast or ip.is_link_local or ip == BROADCAST)
