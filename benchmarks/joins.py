"""A thousand people at the door at once, 250 and 500 a second by WHEP, who hear the programme while somebody speaks."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.host import live_room
from benchmarks.load import pinned, rooms_load, undisturbed
from benchmarks.report import write
from tests.e2e.house import opened

LISTENERS, RATES, ROUNDS = 1000, (250, 500), 3


async def one_storm(rate: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, "Everybody comes at once")
        [token] = await room.tokens(1)
        pinned(house)
        return rooms_load(room, token, LISTENERS, mixed=True, join_rate=str(rate), parallel="500")


def warnings(run: dict[str, Any]) -> list[str]:
    """What the client found wrong; a join that failed is a result, not a disturbance."""
    return [] if run["join_errors"] else run.get("warnings") or []


def line(rate: int, run: dict[str, Any]) -> str:
    (half, most), (first, last) = run["handshake_p50_p95"], run["first_packet_p50_p95"]
    memory = (run["rss_kib"] - run["rss_base_kib"]) / run["joined"]
    return (
        f"| {rate} | **{run['joined']:,}**, {run['join_errors']} | {run['joins_per_s']:.0f} "
        f"| {half:.0f} ms, {most:.0f} ms "
        f"| {first:.0f} ms, {last:.0f} ms | {run['join_server_cpu_ms_each_net']:.1f} ms | **{memory:.0f}** |"
        + (f" ⚠ {'; '.join(warnings(run))}" if warnings(run) else "")
    )


async def measure() -> None:
    storms = [
        (rate, run) for rate in RATES for run in await undisturbed(partial(one_storm, rate), warnings, wanted=ROUNDS)
    ]
    write(
        "joins",
        "make bench ARGS=joins",
        [
            f"{LISTENERS:,} listeners of the programme come by WHEP while one person speaks. The server has one core.",
            "",
            "| wanted a second | joined, failed | joins a second | to ICE and DTLS done: p50, p95 "
            "| to the first packet: p50, p95 | server CPU a join | KiB a listener |",
            "|---|---|---|---|---|---|---|",
            *(line(rate, run) for rate, run in storms),
            "",
            "Must: all joins succeed; 250 a second, p95 of the first packet ≤ 1.0 s; ≤ 100 KiB a listener.",
            "",
            "Times begin with the request at the door. The CPU of a join is the whole process's, Python's part",
            "included, less the packets that were forwarded meanwhile. Memory is the growth of the process (RSS) by",
            "listener, from before the first join to twenty seconds after the last.",
        ],
    )
