"""This place in a house of its own: https for a machine that has no public name.

Browsers give a microphone over https alone. In a house nobody has a certificate, so this place makes its own authority
once, which people accept on their devices, and with it a certificate for each name and address of the machine.
"""

import ipaddress
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from causerie.lan import certificate
from causerie.lan.authority import Authority, authority_in
from causerie.lan.certificate import ITSELF, Served
from causerie.lan.errors import NoNetwork
from causerie.lan.machine import Address, is_private, own_addresses, own_name

# What answers for names ending in .local on Linux: Avahi, which leaves this here.
ANSWERS_FOR_NAMES = Path("/run/avahi-daemon/socket")


@dataclass(frozen=True)
class Lan:
    """How this machine is reached in its house, and what vouches for it. `port` is that of https, `plain` of http."""

    authority: Authority
    served: Served
    names: tuple[str, ...]
    addresses: tuple[Address, ...]
    port: int
    plain: int

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser may have typed to come here; another name that leads here is somebody else's."""
        return frozenset((*self.names, *map(str, (*self.addresses, *ITSELF))))

    @property
    def origins(self) -> list[str]:
        """Where the page is, the best first."""
        return origins(self.names, self.addresses, self.port)

    @property
    def four(self) -> list[str]:
        """Its addresses that sound goes by."""
        return [str(one) for one in self.addresses if one.version == 4]

    @property
    def trust(self) -> str:
        """Where a device learns to accept our authority: by address, which every device finds."""
        return f"http://{_shown(self.addresses[0])}:{self.plain}/trust"

    def safe(self, host: str) -> str:
        """The https address of whoever came by this name."""
        return f"https://{_shown(host) if host in self.hosts else _shown(self.addresses[0])}:{self.port}"


def lan_in(data: Path, given: list[str] | None, *, port: int, plain: int, now: datetime) -> Lan:
    """Authority and certificate for this machine, made where they are missing. `given`: its addresses, where said."""
    called, addresses = names_and_addresses(given)
    authority = authority_in(data, name=called[-1] if called else None, now=now)
    wanted = certificate.wanted(authority, called, addresses)
    served = certificate.served_in(data, authority, wanted, now=now)
    return Lan(authority, served, wanted.names, tuple(addresses), port, plain)


def names_and_addresses(given: list[str] | None) -> tuple[list[str], list[Address]]:
    """By which this machine is reached in its house; or `NoNetwork`."""
    addresses = [one for one in (_addresses(given) if given else own_addresses()) if is_private(one)]
    if not addresses:
        raise NoNetwork
    called = own_name()
    return [f"{called}.local", called] if called else [], addresses


def origins(names: Iterable[str], addresses: Iterable[Address], port: int) -> list[str]:
    """Where the page is, the best first: by name where somebody answers for it, else by address."""
    by_name = [f"https://{name}:{port}" for name in names if name.endswith(".local")]
    by_address = [f"https://{_shown(address)}:{port}" for address in addresses]
    return [*by_name, *by_address] if ANSWERS_FOR_NAMES.exists() else [*by_address, *by_name]


def _addresses(given: list[str]) -> list[Address]:
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(ipaddress.ip_address(one))
    return found


def _shown(address: str | Address) -> str:
    """As it stands in an address of the web."""
    return f"[{address}]" if ":" in str(address) else str(address)
