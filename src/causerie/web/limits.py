"""How often one address may try what costs something or could be guessed; in memory, and bounded.

Five hundred people in a hall share one address: what people do once each has to fit into a minute for all of them, and
nobody with a good link is ever refused because of a neighbour who guesses.
"""

import ipaddress
import math
from collections import OrderedDict
from dataclasses import dataclass, field

from fastapi import Request

from causerie.clock import MINUTE, SECOND
from causerie.errors import TooMany

ADDRESSES = 10_000


class TooManyTries(TooMany):
    """`wait`: seconds until the next try is looked at."""

    code, text = "too_many", "Too many tries from your network. Try again in a minute."

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


@dataclass
class Allowance:
    """So many at once, and so many a minute in the long run, for each address; who was quiet longest is forgotten."""

    at_once: int
    a_minute: int
    _left: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def spend(self, address: str, now: int) -> None:
        """One more of this address; or `TooManyTries`."""
        left, at = self._left.pop(address, (float(self.at_once), now))
        left = min(self.at_once, left + (now - at) * self.a_minute / MINUTE)
        self._left[address] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        if left < 1:
            raise TooManyTries(math.ceil((1 - left) * MINUTE / self.a_minute / SECOND))

    def give_back(self, address: str) -> None:
        """The last try of this address was a good one, and is not counted."""
        if (kept := self._left.get(address)) is not None:
            self._left[address] = (min(self.at_once, kept[0] + 1), kept[1])


@dataclass
class Limits:
    """What is counted: new names, links that open nothing, reports, and tries to come in.

    Tries at one account are counted apart for browsers it has been signed in with: who guesses uses up a stranger's.
    """

    names: Allowance = field(default_factory=lambda: Allowance(at_once=600, a_minute=20))
    reports: Allowance = field(default_factory=lambda: Allowance(at_once=60, a_minute=20))
    wrong_links: Allowance = field(default_factory=lambda: Allowance(at_once=20, a_minute=20))
    passkeys: Allowance = field(default_factory=lambda: Allowance(at_once=600, a_minute=60))
    mails: Allowance = field(default_factory=lambda: Allowance(at_once=60, a_minute=10))
    mails_to_one: Allowance = field(default_factory=lambda: Allowance(at_once=3, a_minute=1))
    passwords: Allowance = field(default_factory=lambda: Allowance(at_once=60, a_minute=20))
    passwords_of_one: Allowance = field(default_factory=lambda: Allowance(at_once=10, a_minute=1))
    pictures: Allowance = field(default_factory=lambda: Allowance(at_once=10, a_minute=2))
    proofs: Allowance = field(default_factory=lambda: Allowance(at_once=10, a_minute=2))


def address(request: Request) -> str:
    """Where a request comes from: the machine, or with IPv6 its network (a /64 is one household's)."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
