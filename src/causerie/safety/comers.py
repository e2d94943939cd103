"""Somebody at a door, as far as a ban can know them."""

import ipaddress
from dataclasses import dataclass

from causerie.ids import PersonId


@dataclass(frozen=True)
class Comer:
    """Every id that somebody's cookies prove, and the network they come from, where it is known."""

    ids: frozenset[PersonId] = frozenset()
    network: str | None = None

    def together(self, other: "Comer") -> "Comer":
        """One person by two browsers; the later network counts."""
        return Comer(self.ids | other.ids, other.network or self.network)


def comer(*ids: PersonId | None, host: str | None = None) -> Comer:
    """Whoever comes with these ids, those that are there, from this address."""
    return Comer(frozenset(id for id in ids if id is not None), network(host or ""))


def network(host: str) -> str | None:
    """The network of an address: so much of it as one household or one office has (/24, with IPv6 /64)."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False))
