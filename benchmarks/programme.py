"""What one delivered packet of the programme costs the server, beside the kernel alone and beside other servers."""

import json
import os
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.forwarding import Run, warnings
from benchmarks.host import live_room
from benchmarks.load import floor, pinned, rooms_load, tool, undisturbed
from benchmarks.report import write
from tests.e2e.house import opened

ROOMS = (500, 1000, 2000, 3000)
ROUNDS = int(os.environ.get("PROGRAMME_ROUNDS", "3"))
OTHERS = ("janus-nss", "livekit")
BESIDE = 1000

HEAD = [
    "| listeners | µs a packet | kernel alone | ratio | a burst's length | KiB a listener | gap p99 |",
    "|---|---|---|---|---|---|---|",
]
OTHERS_HEAD = ["| server | µs a packet | × kernel alone | × causerie | KiB a listener |", "|---|---|---|---|---|"]


async def one_room(listeners: int) -> Run:
    """The server under load and the kernel's own price right after it, on the same cores."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, f"One speaks, {listeners} listen")
        [token] = await room.tokens(1)
        pinned(house)
        return rooms_load(room, token, listeners, mixed=True, join_rate="40", parallel="64"), floor(listeners)


def beside(server: str) -> dict[str, Any]:
    """Another server with as many listeners, started and loaded by the tool's own script."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        subprocess.run(
            [tool("PEERS"), str(BESIDE), "15", "5", "1", server],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=300,
            env={**os.environ, "RESULTS": result.name},
        )
        return dict(json.loads(Path(result.name).read_text(encoding="utf-8").strip().splitlines()[-1]))


def memory(run: dict[str, Any]) -> float:
    """KiB of the server's process for each who joined."""
    return float((run["rss_kib"] - run["rss_base_kib"]) / run["joined"])


def line(of: Run) -> str:
    """One row of the table."""
    run, bare = of
    listeners, cost, price = run["listeners"], run["us_per_packet"], bare["us_per_packet"]
    return (
        f"| {listeners:,} | {cost:.2f} | {price:.2f} | **{cost / price:.2f}** | {cost * listeners / 1000:.1f} ms "
        f"| **{memory(run):.0f}** | {run['gap_p50_p99_max'][1]:.0f} ms |"
        + (f" ⚠ {'; '.join(warnings(of))}" if warnings(of) else "")
    )


def median(runs: list[Run], listeners: int) -> float:
    """The middle ratio of the runs with so many listeners."""
    ratios = sorted(run["us_per_packet"] / bare["us_per_packet"] for run, bare in runs if run["listeners"] == listeners)
    return float(ratios[len(ratios) // 2])


def others(runs: list[Run]) -> list[str]:
    """How other servers do in the same hour; nothing where none is named."""
    if not os.environ.get("PEERS"):
        return ["No other server was measured in this run (PEERS names none)."]
    own = [run for run in runs if run[0]["listeners"] == BESIDE]
    cost = sorted(run["us_per_packet"] for run, _ in own)[len(own) // 2]
    price = sorted(bare["us_per_packet"] for _, bare in own)[len(own) // 2]
    rows = [(server, beside(server)) for server in OTHERS]
    return [
        f"Other servers with {BESIDE:,} listeners, on the same cores in the same hour:",
        "",
        *OTHERS_HEAD,
        *(
            f"| {server} | {run['us_per_packet']:.2f} | {run['us_per_packet'] / price:.2f} "
            f"| **{run['us_per_packet'] / cost:.2f}** | {memory(run):.0f} |"
            + (f" ⚠ {'; '.join(run['warnings'])}" if run.get("warnings") else "")
            for server, run in rows
        ),
    ]


async def measure() -> None:
    runs: list[Run] = []
    for listeners in ROOMS:
        runs += await undisturbed(partial(one_room, listeners), warnings, wanted=ROUNDS)
    growth = median(runs, ROOMS[-1]) / median(runs, ROOMS[0]) - 1
    write(
        "programme",
        "make bench ARGS=programme",
        [
            "One talker by WHIP, listeners of the programme by WHEP; worker and mixer on one core, the client on",
            f"the other. {ROUNDS} runs each, 15 s measured in each.",
            "",
            *HEAD,
            *map(line, runs),
            "",
            f"From {ROOMS[0]:,} to {ROOMS[-1]:,} listeners the ratio grows by **{growth:.0%}** (medians).",
            "",
            *others(runs),
            "",
            "Must: ratio ≤ 1.4; growth ≤ 15 %; ≥ 2.5 × cheaper than the best other; ≤ 100 KiB a listener.",
            "",
            "µs a packet is the CPU of the whole server process, mixing and Python included, over the packets that",
            "arrived; the kernel alone is `sendmmsg` of such packets without encryption, right afterwards.",
        ],
    )
