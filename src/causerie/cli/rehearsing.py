"""`causerie rehearse`: listeners of this machine's own come to a room that is live, and what gives first is told."""

import asyncio
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

import typer

from causerie._engine import Crowd, EngineError
from causerie.cli.beside import Data, console, settings
from causerie.config import Settings

A_SECOND = 25
"""So many come each second, as when an evening begins."""
LOOKS_APART = 2.0
STAYS = 10.0
"""Seconds that all of them listen once they are there."""
WITHIN = 15.0
MISSING, LATE, BUSY = 0.01, 100, 0.97
"""What is heard: one packet in a hundred missing, a tenth of a second without one; and a machine without rest."""


class Listeners(Protocol):
    """As `causerie._engine.Crowd`."""

    def offer(self) -> tuple[int, str]: ...
    def answer(self, number: int, answer: str) -> None: ...
    def figures(self) -> dict[str, int]: ...
    def leave(self) -> None: ...


@dataclass
class Refused(Exception):
    """Somebody was not let in; in the words of the door."""

    why: str


@dataclass(frozen=True)
class Moment:
    """What two seconds were like. `busy` is the share of all cores, `own` what the listeners themselves took of it."""

    up: int
    gone: int
    packets: int
    missing: int
    gap_ms: int
    busy: float
    own: float

    @property
    def lost(self) -> float:
        """The share of packets that did not come."""
        return self.missing / max(1, self.missing + self.packets)

    def gives(self) -> str | None:
        """What is not as it should be, if anything."""
        if self.lost > MISSING:
            return f"sound gets lost on the way: {self.lost:.1%} of it"
        if self.gap_ms > LATE:
            return f"sound comes too late: {self.gap_ms} ms pass between two packets"
        if self.gone:
            return f"{self.gone} connections broke off"
        if self.busy > BUSY:
            return f"the processor: it is busy for {self.busy:.0%}, {self.own:.0%} of that with listeners of our own"
        return None

    def line(self) -> str:
        """For whoever watches."""
        return (
            f"{self.up:>6,} listen   {self.lost:6.2%} lost   {self.gap_ms:>4} ms between packets   "
            f"processor {self.busy:4.0%}, of that our listeners {self.own:4.0%}"
        )


class Machine:
    """How busy all cores are, and how much of it is this program."""

    def __init__(self) -> None:
        self._before = self._now()

    def look(self) -> tuple[float, float]:
        """Since the last look: the share of all cores at work, and this program's share of that work."""
        (idle, own, at), before = self._now(), self._before
        self._before = (idle, own, at)
        all_ = max(1e-6, (at - before[2]) * (os.cpu_count() or 1))
        work = max(0.0, all_ - (idle - before[0]))
        return min(1.0, work / all_), min(1.0, (own - before[1]) / max(work, 1e-6))

    @staticmethod
    def _now() -> tuple[float, float, float]:
        line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()
        idle = (int(line[4]) + int(line[5])) / os.sysconf("SC_CLK_TCK")
        return idle, time.process_time(), time.monotonic()


def rehearse(
    room: Annotated[str, typer.Argument(help="The room's name in its address; it has to be live.")],
    listeners: Annotated[int, typer.Option(min=1, max=20_000, help="How many come.")] = 500,
    data: Data = None,
) -> None:
    """Let listeners of this machine's own come to a live room, and say how many it carries and what gives first.

    They are counted in the room while it lasts, and take a part of this machine that real listeners would not take.
    """
    console.print(f"Up to {listeners:,} listeners come to {room}, {A_SECOND} a second. Ctrl-C ends it.\n")
    crowd = Crowd()
    try:
        verdict = asyncio.run(rehearsed(crowd, door(settings(data), room), listeners))
    except KeyboardInterrupt:
        verdict = "Ended before it was over."
    finally:
        crowd.leave()
    console.print(f"\n{verdict}")


def door(chosen: Settings, room: str) -> str:
    """Where the running place takes listeners."""
    port = chosen.web.plain_port if chosen.web.lan else chosen.web.port
    host = chosen.web.listens if chosen.web.listens not in ("0.0.0.0", "::", "") else "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/whep/{room}"


async def rehearsed(crowd: Listeners, address: str, wanted: int, *, machine: Machine | None = None) -> str:
    """Let them come, watch, and give the verdict."""
    machine = machine or Machine()
    coming = asyncio.create_task(_all_come(crowd, address, wanted))
    most, worse, over_at = 0, 0, None
    try:
        while over_at is None or time.monotonic() < over_at:
            await asyncio.sleep(LOOKS_APART)
            busy, own = machine.look()
            moment = Moment(**crowd.figures(), busy=busy, own=own)
            console.print(moment.line())
            why = moment.gives()
            most, worse = max(most, moment.up if why is None else 0), 0 if why is None else worse + 1
            # One bad moment may be anybody's.
            if worse == 2:
                return f"At {moment.up:,} listeners gives first: {why}. {most:,} were carried well."
            if coming.done():
                coming.result()
                over_at = over_at or time.monotonic() + STAYS
    except Refused as refused:
        return f"At {most:,} listeners the door shuts: {refused.why}"
    finally:
        coming.cancel()
    return f"All {most:,} listeners were carried well."


async def _all_come(crowd: Listeners, address: str, wanted: int) -> None:
    begun = time.monotonic()
    for number in range(wanted):
        await asyncio.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
        await asyncio.to_thread(_comes, crowd, address)


def _comes(crowd: Listeners, address: str) -> None:
    """One comes by WHEP as a player does."""
    try:
        number, offer = crowd.offer()
        asked = urllib.request.Request(address, offer.encode(), {"content-type": "application/sdp"}, method="POST")
        with urllib.request.urlopen(asked, timeout=WITHIN) as answer:
            crowd.answer(number, answer.read().decode())
    except urllib.error.HTTPError as refused:
        raise Refused(_said(refused)) from None
    except urllib.error.URLError as fault:
        raise Refused(f"causerie does not answer at {address} ({fault.reason}). Is it running?") from None
    except (EngineError, OSError) as fault:
        raise Refused(f"this machine has no listener more to offer ({fault})") from None


def _said(refused: urllib.error.HTTPError) -> str:
    """In the door's own words."""
    try:
        told = json.loads(refused.read())
        return f"{told['text']} ({told['code']})"
    except (ValueError, KeyError, TypeError):
        return f"it answers {refused.code}"
