"""What one delivered packet costs the server, beside what it costs the kernel alone; and how long it is held up."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.host import live_room
from benchmarks.load import floor, pinned, rooms_load, undisturbed
from benchmarks.report import write
from tests.e2e.house import opened

ROOMS = (100, 1000)
ROUNDS = 3

HEAD = [
    "| listeners | µs a packet | kernel alone | ratio | added delay p50, p99 | a burst's length | KiB a listener |",
    "|---|---|---|---|---|---|---|",
]


Run = tuple[dict[str, Any], dict[str, Any]]


async def one_room(listeners: int) -> Run:
    """The server under load and the kernel's own price right after it, on the same cores."""
    # A fresh program each time, so that memory is counted from nothing.
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, f"One speaks, {listeners} listen")
        [token] = await room.tokens(1)
        pinned(house)
        return rooms_load(room, token, listeners), floor(listeners)


def warnings(of: Run) -> list[str]:
    """What the client found wrong with a run; one with warnings is no result."""
    run, bare = of
    return [*(run.get("warnings") or []), *(f"floor: {said}" for said in bare.get("warnings") or [])]


def line(of: Run) -> str:
    """One row of the table."""
    run, bare = of
    listeners, cost, price = run["listeners"], run["us_per_packet"], bare["us_per_packet"]
    memory = (run["rss_kib"] - run["rss_base_kib"]) / run["joined"]
    return (
        f"| {listeners:,} | {cost:.2f} | {price:.2f} | **{cost / price:.2f}** "
        f"| {run['delay_p50_p99_max'][0]:.1f} ms, **{run['delay_p50_p99_max'][1]:.1f} ms** "
        f"| {cost * listeners / 1000:.1f} ms | **{memory:.0f}** |"
        + (f" ⚠ {'; '.join(warnings(of))}" if warnings(of) else "")
    )


async def measure() -> None:
    runs: list[Run] = []
    for listeners in ROOMS:
        runs += await undisturbed(partial(one_room, listeners), warnings, wanted=ROUNDS)
    write(
        "forwarding",
        "make bench ARGS=forwarding",
        [
            "One talker by WHIP, listeners by WHEP, speech of 50 packets a second; one worker on one core, the client",
            f"on the other. {ROUNDS} runs each, 15 s measured in each.",
            "",
            *HEAD,
            *map(line, runs),
            "",
            "Must: ratio ≤ 2; p99 ≤ 10 ms at 1,000; ≤ 120 KiB a listener.",
            "",
            "µs a packet is the CPU of the whole server process, Python included, over the packets that arrived; the",
            "kernel alone is `sendmmsg` of such packets without encryption, right afterwards. The delay is from the",
            "talker's hand to the listener's, so the client's own queueing is in it. A burst's length is what the",
            "server works on one packet for everybody: µs a packet × listeners; the last listener waits for it.",
            "Memory is the growth of the process (RSS) from before the first join, by listener.",
        ],
    )
