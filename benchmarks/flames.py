"""Where the time of a delivered packet goes: a flame graph of the server while a thousand hear the programme.

PERF names Linux' `perf`, INFERNO the folder in which `cargo install inferno` put its programs.
"""

import asyncio
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.host import live_room
from benchmarks.load import floor, pinned, rooms_load, tool
from benchmarks.report import RESULTS, today, write
from tests.e2e.house import opened

LISTENERS, RATE, SECONDS, TURNS = 1_000, 200, 10, 997
COMES_AND_SETTLES = LISTENERS / RATE + 8
# What of the process it is for; of several that fit, the first.
PARTS = {
    "the kernel sends (`sendmmsg`)": re.compile(r"sendmmsg"),
    "the mixer": re.compile(r"^mixer;"),
    "Python": re.compile(r"^python;"),
    "sealing": re.compile(r"(?i)aes|gcm|ghash|seal"),
    "the kernel otherwise": re.compile(r"(entry_SYSCALL|asm_|do_syscall)"),
    "the worker otherwise": re.compile(""),
}


async def profiled(perf: Path) -> dict[str, Any]:
    """The load, and beside it `perf` once all have come."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, "One speaks")
        [token] = await room.tokens(1)
        pinned(house)
        assert house.process is not None
        options = {"join_rate": str(RATE), "parallel": "64"}
        load = asyncio.to_thread(rooms_load, room, token, LISTENERS, seconds=SECONDS + 8, mixed=True, **options)
        running = asyncio.create_task(load)
        await asyncio.sleep(COMES_AND_SETTLES)
        command = ["record", "-q", "-F", str(TURNS), "-g", "-p", str(house.process.pid), "-o", str(perf)]
        recording = [tool("PERF"), *command, "--", "sleep", str(SECONDS)]
        await (await asyncio.create_subprocess_exec(*recording)).wait()
        return await running


def folded(perf: Path) -> str:
    """One line for each stack, and how often it was seen."""
    script = [tool("PERF"), "script", "-i", str(perf)]
    seen = subprocess.run(script, capture_output=True, check=True).stdout
    collapse = [str(Path(tool("INFERNO")) / "inferno-collapse-perf"), "-q"]
    return subprocess.run(collapse, input=seen, capture_output=True, check=True).stdout.decode()


def drawn(stacks: str, name: str) -> Path:
    """The flame graph beside the other results; what is thinner than a hair is left out."""
    draw = [str(Path(tool("INFERNO")) / "inferno-flamegraph"), "-q", "--minwidth", "0.3", "--title", name]
    path = RESULTS / f"{today()}-{name}.svg"
    path.write_bytes(subprocess.run(draw, input=stacks.encode(), capture_output=True, check=True).stdout)
    return path


def shares(stacks: str, part_of: Callable[[str], str]) -> list[tuple[str, float]]:
    """Which share of all that was seen each part has, the largest first."""
    seen: Counter[str] = Counter()
    for line in stacks.splitlines():
        stack, count = line.rsplit(" ", 1)
        seen[part_of(stack)] += int(count)
    return [(part, count / seen.total()) for part, count in seen.most_common()]


def part_of(stack: str) -> str:
    return next(part for part, what in PARTS.items() if what.search(stack))


async def measure() -> None:
    name = os.environ.get("FLAMES", "flames")
    with tempfile.TemporaryDirectory() as folder:
        perf = Path(folder) / "perf.data"
        run, bare = await profiled(perf), floor(LISTENERS)
        stacks = folded(perf)
    cost, price = run["us_per_packet"], bare["us_per_packet"]
    picture = drawn(stacks, name)
    write(
        name,
        "make bench ARGS=flames",
        [
            f"One talker, {LISTENERS:,} listeners of the programme; {TURNS} looks a second for {SECONDS} s.",
            f"**{cost:.2f} µs** a delivered packet, {cost / price:.2f} × the kernel alone ({price:.2f} µs),",
            "`perf` included.",
            "",
            f"![Flame graph]({picture.name})",
            "",
            "| for | share | µs a packet |",
            "|---|---|---|",
            *(f"| {part} | {share:.1%} | {share * cost:.2f} |" for part, share in shares(stacks, part_of)),
        ],
    )
