"""The ways that sound is told to take, tried one by one: by UDP, and by TCP where a network lets no UDP through."""

import re
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from causerie.cli.checking import Check, Names

WAITS = (0.2, 0.4, 0.8, 1.6)
"""Seconds that an answer is waited for, each time a check is sent anew: what is lost once may come the next time."""
WITHIN = sum(WAITS)
AGAIN = 3
"""So often a way that answers is asked, for a time that is not the worst of a bad moment."""
LONGEST = 2048
CANDIDATE = re.compile(
    r"^a=candidate:\S+ 1 (udp|tcp) \d+ (\d+(?:\.\d+){3}) (\d+) typ host", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Way:
    """One address that listeners are told."""

    kind: Literal["udp", "tcp"]
    host: str
    port: int


@dataclass(frozen=True)
class Came:
    """A way on which checks are answered, after so many milliseconds."""

    way: Way
    ms: float


def ways(answer: str) -> list[Way]:
    """All that an answer names."""
    found = (
        Way("tcp" if kind.lower() == "tcp" else "udp", host, int(port))
        for kind, host, port in CANDIDATE.findall(answer)
    )
    return list(dict.fromkeys(found))


def tried(every: list[Way], names: Names) -> list[Came]:
    """Those that lead there, the quickest first. All by UDP before any by TCP: who comes both ways goes by UDP."""
    return [*_tried(every, names, "udp", _by_udp), *_tried(every, names, "tcp", _by_tcp)]


def _tried(every: list[Way], names: Names, kind: str, ask: Callable[[Way, Names], float | None]) -> list[Came]:
    chosen = [way for way in every if way.kind == kind]
    with ThreadPoolExecutor(max(1, len(chosen))) as side_by_side:
        times = list(side_by_side.map(lambda way: ask(way, names), chosen))
    return sorted(
        (Came(way, ms) for way, ms in zip(chosen, times, strict=True) if ms is not None), key=lambda it: it.ms
    )


def _by_udp(way: Way, names: Names) -> float | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect((way.host, way.port))
        except OSError:
            return None
        return _best(line, names, line.send, lambda: line.recv(LONGEST))


def _by_tcp(way: Way, names: Names) -> float | None:
    """What would be a datagram is a frame, with its length before it (RFC 4571)."""
    try:
        with socket.create_connection((way.host, way.port), WITHIN) as line:
            return _best(line, names, lambda said: line.sendall(_frame(said)), lambda: _unframed(line))
    except OSError:
        return None


def _frame(said: bytes) -> bytes:
    return len(said).to_bytes(2) + said


def _unframed(line: socket.socket) -> bytes:
    """The next frame; raises `OSError` where the line ends."""
    return _exactly(line, int.from_bytes(_exactly(line, 2)))


def _exactly(line: socket.socket, length: int) -> bytes:
    heard = b""
    while len(heard) < length:
        more = line.recv(length - len(heard))
        if not more:
            raise ConnectionError
        heard += more
    return heard


def _best(line: socket.socket, names: Names, say: Callable[[bytes], object], hear: Callable[[], bytes]) -> float | None:
    """Send checks until one is answered, then some more; a door that is shut says so at once, or never anything."""
    times: list[float] = []
    for wait in WAITS:
        while len(times) < AGAIN and (ms := _asked(line, names, say, hear, wait)) is not None:
            times.append(ms)
        if times:
            return min(times)
    return None


def _asked(
    line: socket.socket, names: Names, say: Callable[[bytes], object], hear: Callable[[], bytes], wait: float
) -> float | None:
    """One check: milliseconds to its answer."""
    check, begun = Check.by(names), time.monotonic()
    line.settimeout(wait)
    try:
        say(check.message())
        while (left := begun + wait - time.monotonic()) > 0:
            line.settimeout(left)
            if check.is_answered_by(hear()):
                return (time.monotonic() - begun) * 1000
    except OSError:
        # Refused: whoever is there may be about to open.
        time.sleep(max(0.0, begun + wait - time.monotonic()))
    return None
