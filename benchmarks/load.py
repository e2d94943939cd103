"""Rooms under load, measured from outside by `loadclient`, a program of its own that shares no code with causerie.

LOADCLIENT names it, FLOOR its sender of bare packets (the kernel's own price), OPUS a file of speech with 20 ms frames.
"""

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.host import Room
from tests.e2e.house import House

R = TypeVar("R")
SERVER_CORE, CLIENT_CORE = "1", "0"


def tool(name: str) -> str:
    """A measuring tool, named by the environment."""
    found = os.environ.get(name)
    if not found or not Path(found).exists():
        raise SystemExit(
            f"{name} does not name a file. See benchmarks/README.md for the three tools and where they come from."
        )
    return found


def loadclient(*arguments: str, within: float = 300) -> dict[str, Any]:
    """One run on the client's core, over within so many seconds; its figures, one JSON line."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        subprocess.run(
            ["taskset", "-c", CLIENT_CORE, tool("LOADCLIENT"), "run", "--json", result.name, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=within,
        )
        return dict(json.loads(Path(result.name).read_text(encoding="utf-8").strip().splitlines()[-1]))


def rooms_load(
    room: Room, token: str, listeners: int, *, seconds: int = 15, mixed: bool = False, **options: str
) -> dict[str, Any]:
    """One talker by WHIP, so many listeners by WHEP, and what the server's process spent on them.

    Listeners hear the voice itself, or the programme: then the talker's frames are whole, and carry no time.
    """
    assert room.house.process is not None
    url, stamp = (room.whep, "false") if mixed else (room.voices, "true")
    extra = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
    return loadclient(
        *("--adapter", "whep", "--url", url, f"--stamp={stamp}", "--publish-url", room.whip, "--token", token),
        *("--listeners", str(listeners), "--talkers", "1", "--slots", "1", "--opus", tool("OPUS")),
        *("--seconds", str(seconds), "--warmup", "5", "--server-pid", str(room.house.process.pid), *extra),
        within=300 + seconds,
    )


async def rest(within: float = 30) -> None:
    """Wait until nobody else uses the machine, or as long as is sensible."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        before = _idle()
        await asyncio.sleep(3)
        if _idle() - before > 0.95 * 3 * (os.cpu_count() or 1):
            return


def _idle() -> float:
    """Seconds that all cores together have spent with nothing to do."""
    with Path("/proc/stat").open(encoding="ascii") as stat:
        return int(stat.readline().split()[4]) / os.sysconf("SC_CLK_TCK")


async def undisturbed(one: Callable[[], Awaitable[R]], warned: Callable[[R], object], *, wanted: int) -> list[R]:
    """So many runs in which nobody else used the machine; where it never rests, others beside them as they are."""
    quiet: list[R] = []
    disturbed: list[R] = []
    while len(quiet) < wanted and len(quiet) + len(disturbed) < 3 * wanted:
        await rest()
        run = await one()
        (disturbed if warned(run) else quiet).append(run)
    return [*quiet, *reversed(disturbed)][:wanted]


def floor(listeners: int, seconds: int = 10) -> dict[str, Any]:
    """The kernel's own price of a packet: `sendmmsg` without encryption, the same receivers."""
    return loadclient(
        *("--adapter", "floor", "--url", tool("FLOOR"), "--listeners", str(listeners), "--talkers", "0"),
        *("--seconds", str(seconds), "--warmup", "3", "--opus", tool("OPUS")),
    )


def pinned(house: House) -> None:
    """Keep the server off the client's core."""
    assert house.process is not None
    subprocess.run(["taskset", "-a", "-p", "-c", SERVER_CORE, str(house.process.pid)], check=True, capture_output=True)
