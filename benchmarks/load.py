"""Rooms under load, measured from outside by `loadclient`, a program of its own that shares no code with causerie.

LOADCLIENT names it, FLOOR its sender of bare packets (the kernel's own price), OPUS a file of speech with 20 ms frames.
"""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.house import House

SERVER_CORE, CLIENT_CORE = "1", "0"


def tool(name: str) -> str:
    """A measuring tool, named by the environment."""
    found = os.environ.get(name)
    if not found or not Path(found).exists():
        raise SystemExit(
            f"{name} does not name a file. See benchmarks/README.md for the three tools and where they come from."
        )
    return found


def loadclient(*arguments: str) -> dict[str, Any]:
    """One run on the client's core; its figures, one JSON line."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        subprocess.run(
            ["taskset", "-c", CLIENT_CORE, tool("LOADCLIENT"), "run", "--json", result.name, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=300,
        )
        return dict(json.loads(Path(result.name).read_text(encoding="utf-8").strip().splitlines()[-1]))


@dataclass
class Load:
    """A live room that takes talkers by WHIP and listeners by WHEP."""

    house: House
    room: str
    token: str

    def run(self, listeners: int, *, talkers: int = 1, seconds: int = 20, **options: str) -> dict[str, Any]:
        assert self.house.process is not None
        extra = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
        return loadclient(
            *("--adapter", "whep", "--url", f"http://127.0.0.1:{self.house.web}/whep/{self.room}"),
            *("--publish-url", f"http://127.0.0.1:{self.house.web}/whip/{self.room}", "--token", self.token),
            *("--listeners", str(listeners), "--talkers", str(talkers), "--seconds", str(seconds), "--warmup", "5"),
            *("--opus", tool("OPUS"), "--server-pid", str(self.house.process.pid), "--slots", "1", *extra),
        )


def floor(listeners: int, seconds: int = 15) -> dict[str, Any]:
    """The kernel's own price of a packet: `sendmmsg` without encryption, the same receivers."""
    return loadclient(
        *("--adapter", "floor", "--url", tool("FLOOR"), "--listeners", str(listeners), "--talkers", "0"),
        *("--seconds", str(seconds), "--warmup", "3", "--opus", tool("OPUS")),
    )


def pinned(house: House) -> None:
    """Keep the server off the client's core."""
    assert house.process is not None
    subprocess.run(["taskset", "-a", "-p", "-c", SERVER_CORE, str(house.process.pid)], check=True, capture_output=True)
