"""What somebody meets who comes to listen: they are let into a room that is live, and their sound finds its way."""

import ipaddress
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from causerie._engine import Crowd
from causerie.cli.checking import Names
from causerie.cli.outside import Check, Outside
from causerie.cli.ways_in import Came, Way, tried, ways
from causerie.media.reach import is_own

WITHIN = 15.0
LATER = "about 10 s later"
FIREWALL = "in every firewall (sudo ufw allow {port}/{kind}) and in the cloud's rules"


@dataclass(frozen=True)
class Refused(Exception):
    """Nobody is let in, or nothing answers."""

    why: str


def listening(there: Outside, room: str = "") -> list[Check]:
    """Come as a listener does, and say what one meets."""
    try:
        name = room or _live_room(there)
        if name is None:
            later = f"while one is: causerie doctor {there.url.geturl()}/r/ITS-NAME"
            return [("warn", f"no room is live that everybody finds, so sound was not tried; {later}")]
        return _listened(there, name)
    except Refused as refused:
        return [("warn", f"no listener is let in, so sound was not tried: {refused.why}")]
    except (ValueError, KeyError, TypeError):
        return [("fault", f"what answers at {there.url.geturl()} is no causerie")]


def _listened(there: Outside, room: str) -> list[Check]:
    crowd = Crowd()
    try:
        _, offer = crowd.offer()
        answer, session = _answer(there, f"/whep/{room}", "POST", offer)
        try:
            every = [way for way in ways(answer) if _leads_from_elsewhere(way, there)]
            return met(every, tried(every, Names.of(offer, answer)))
        finally:
            _answer(there, session, "DELETE")
    finally:
        crowd.leave()


def met(every: list[Way], came: list[Came]) -> list[Check]:
    """What a listener meets of the ways there are, and what to open."""
    by = {kind: next((one for one in came if one.way.kind == kind), None) for kind in ("udp", "tcp")}
    port = next((way.port for way in every), 0)
    if by["udp"] is None and by["tcp"] is None:
        told = ", ".join(dict.fromkeys(way.host for way in every)) or "no address at all"
        why = f"sound comes neither by UDP nor by TCP: listeners hear the stream, {LATER}, and nobody speaks"
        return [("fault", f"{why}; browsers are told {told}: open {port} for both {_firewall(port, 'udp')}")]
    lines = [("ok", _arrives(one)) for one in by.values() if one is not None]
    if by["udp"] is None:
        shut = f"UDP {port} is closed: listeners come by TCP, where sound stands still when a line loses any"
        lines.append(("warn", f"{shut}; open it {_firewall(port, 'udp')}"))
    if by["tcp"] is None:
        shut = f"TCP {port} is closed: whose network lets no UDP through hears the stream, {LATER}"
        lines.append(("warn", f"{shut}; open it {_firewall(port, 'tcp')}"))
    return lines


def _arrives(one: Came) -> str:
    kind, host, port = one.way.kind.upper(), one.way.host, one.way.port
    here = "; that is this machine itself, where no firewall is in between: ask from another one, too"
    return f"sound by {kind}: arrives in {one.ms:.0f} ms ({host}:{port}){here if is_own(host) else ''}"


def _firewall(port: int, kind: str) -> str:
    return FIREWALL.format(port=port, kind=kind)


def _live_room(there: Outside) -> str | None:
    """One that everybody finds, by its name in its address."""
    told: dict[str, Any] = json.loads(_answer(there, "/api/v1/home")[0])
    return next((str(card["room"]) for card in told["live"]), None)


def _answer(there: Outside, path: str, method: str = "GET", offer: str | None = None) -> tuple[str, str]:
    """What is answered, and where what came of it stands; raises `Refused`."""
    said = offer.encode() if offer is not None else None
    of_kind = {"content-type": "application/sdp"} if offer is not None else {}
    asked = urllib.request.Request(urljoin(there.url.geturl(), path), said, of_kind, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=WITHIN, context=there.trusted) as answer:
            return answer.read().decode(), answer.headers.get("location", "")
    except urllib.error.HTTPError as refused:
        raise Refused(_said(refused)) from None
    except OSError as fault:
        raise Refused(str(getattr(fault, "reason", fault))) from None


def _leads_from_elsewhere(way: Way, there: Outside) -> bool:
    """At one's own desk the loopback is where listeners come from; elsewhere it leads nobody here."""
    return not ipaddress.ip_address(way.host).is_loopback or there.url.hostname in ("localhost", "127.0.0.1")


def _said(refused: urllib.error.HTTPError) -> str:
    """In the door's own words."""
    try:
        told = json.loads(refused.read())
        return f"{told['text']} ({told['code']})"
    except (ValueError, KeyError, TypeError):
        return f"it answers {refused.code}"
