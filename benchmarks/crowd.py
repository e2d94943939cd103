"""A full hall at the live edge: what an event costs each page, a storm of votes, a rush at the door, bad neighbours."""

import asyncio
import gc
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import CLIENT_CORE, SERVER_CORE, pinned, rest
from benchmarks.pages import Hall, Page, hall
from benchmarks.report import percentile, write
from tests.e2e.house import opened

CROWD, EVENTS, APART = 2_000, 60, 0.25
VOTERS, STORM = 2_000, 5.0
COMERS, RUSH, PRESENT = 500, 10.0, 100
NEIGHBOURS = 200


@asynccontextmanager
async def full_hall(people: int = 0) -> AsyncIterator[tuple[Hall, Page]]:
    """A live room on a core of its own, and its host's page."""
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        place = await hall(house, people=people)
        pinned(house)
        host = Page(house.web, place.host)
        await host.come(place.room)
        await host.does({"do": "room.start"})
        yield place, host


def spent(pid: int) -> float:
    """CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """KiB of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass
class Heard:
    """When each page heard of each change of the rule: the host changes it to and fro."""

    pages: list[Page]

    async def of(self, host: Page, events: int) -> tuple[list[float], list[float]]:
        """(to each page, to the last page) in ms, from the host's sending, over so many changes."""
        each: list[float] = []
        last: list[float] = []
        for n in range(events):
            arrived: list[float] = []

            def told(text: bytes, now: float, arrived: list[float] = arrived) -> None:
                if b'"room.changed"' in text:
                    arrived.append(now)

            for page in self.pages:
                page.heard = told
            sent = time.perf_counter()
            await host.does({"do": "room.set", "policy": ("in_turn", "votes")[n % 2]})
            await asyncio.sleep(APART - min(APART, time.perf_counter() - sent))
            each += [1000 * (at - sent) for at in arrived]
            last.append(1000 * (max(arrived) - sent))
            assert len(arrived) == len(self.pages), f"{len(arrived)} of {len(self.pages)} heard change {n}"
        return each, last


SENDER = """
import socket, sys, time
door = socket.create_server(("127.0.0.1", 0), backlog=4096)
print(door.getsockname()[1], flush=True)
crowd, text, used = [door.accept()[0] for _ in range(CROWD)], b"x" * SIZE, 0.0
for _ in range(ROUNDS):
    sys.stdin.readline()
    began = time.process_time()
    for page in crowd:
        page.send(text)
    used += time.process_time() - began
    print(1e6 * used / CROWD, flush=True)
"""


async def floor(size: int, rounds: int) -> float:
    """µs of CPU to hand so many bytes to each of a crowd of sockets that are being read, and nothing else."""
    script = SENDER.replace("CROWD", str(CROWD)).replace("SIZE", str(size)).replace("ROUNDS", str(rounds))
    sender = await asyncio.create_subprocess_exec(
        *("taskset", "-c", SERVER_CORE, sys.executable, "-c", script),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert sender.stdin is not None
    assert sender.stdout is not None
    port = int(await sender.stdout.readline())
    crowd = [
        (await asyncio.get_running_loop().create_connection(asyncio.Protocol, "127.0.0.1", port))[0]
        for _ in range(CROWD)
    ]
    used = 0.0
    for _ in range(rounds):
        sender.stdin.write(b"\n")
        used = float(await sender.stdout.readline())
        await asyncio.sleep(APART)
    for page in crowd:
        page.close()
    await sender.wait()
    return used / rounds


async def fan_out() -> list[str]:
    """One event to everybody, again and again."""
    async with full_hall() as (place, host):
        process = place.house.process
        assert process is not None
        before = resident(process.pid)
        pages = await place.pages([place.visitor() for _ in range(CROWD)])
        await asyncio.sleep(5)
        held = (resident(process.pid) - before) / CROWD
        await rest(10)
        gc.disable()
        idle = await _spent_a_second(process.pid)
        frames, used, began = sum(page.frames for page in pages), spent(process.pid), time.perf_counter()
        each, last = await Heard(pages).of(host, EVENTS)
        frames, used = sum(page.frames for page in pages) - frames, spent(process.pid) - used
        took = time.perf_counter() - began
        gc.enable()
    alone = await floor(120, 20)
    return [
        f"**An event to {CROWD:,} pages**, {EVENTS} changes of the queue's rule in {took:.0f} s: "
        f"**{1e6 * (used - idle * took) / (CROWD * EVENTS):.1f} µs** of server CPU a delivered frame (must: ≤ 20), "
        f"{1e6 * used / frames:.1f} µs with all ticks and pings in it ({frames:,} frames; so many pages cost "
        f"{100 * idle:.1f} % of a core when nothing happens). The kernel's own `send` to as many sockets that are "
        f"read: {alone:.1f} µs. From the host's press to a page p50 {percentile(each, 0.5):.0f} ms, p99 "
        f"{percentile(each, 0.99):.0f} ms; to the last page p50 {percentile(last, 0.5):.0f} ms, "
        f"worst {max(last):.0f} ms. Memory a page: **{held:.0f} KiB** (must: ≤ 64).",
    ]


async def _spent_a_second(pid: int) -> float:
    """CPU seconds a second, over ten of them."""
    used, began = spent(pid), time.perf_counter()
    await asyncio.sleep(10)
    return (spent(pid) - used) / (time.perf_counter() - began)


async def storm() -> list[str]:
    """Everybody votes at once."""
    async with full_hall(VOTERS + 1) as (place, _):
        asker, *voters = place.people
        asking = (await place.pages([asker]))[0]
        question = (await asking.does({"do": "question.ask", "text": "Who votes?"}))["made"]
        pages = await place.pages(voters)
        await asyncio.sleep(2)
        for page in pages:
            page.frames = 0
        began = time.perf_counter()
        votes = []
        for n, page in enumerate(pages):
            votes.append(asyncio.ensure_future(page.does({"do": "question.vote", "question": question})))
            await asyncio.sleep(max(0.0, began + STORM * (n + 1) / VOTERS - time.perf_counter()))
        answers = await asyncio.gather(*votes)
        await asyncio.sleep(1)
        took = time.perf_counter() - began
        heard = [page.frames - 2 for page in pages]  # less the vote's own ack and its `me` event
        counted = next(
            asked["votes"] for asked in (await _again(place))["room"]["questions"] if asked["id"] == question
        )
    return [
        f"**{VOTERS:,} votes in {took - 1:.1f} s**: {sum(a['type'] == 'ack' for a in answers):,} acknowledged, "
        f"**{counted:,} counted**; frames to a page besides its own: {max(heard) / took:.1f} a second at most "
        "(must: ≤ 4, and with time, not with votes).",
    ]


async def _again(place: Hall) -> dict[str, dict[str, list[dict[str, object]]]]:
    return await Page(place.house.web, place.visitor()).come(place.room)


async def rush() -> list[str]:
    """Many come at once to a room where others are already."""
    async with full_hall() as (place, _):
        present = await place.pages([place.visitor() for _ in range(PRESENT)])
        await asyncio.sleep(2)
        for page in present:
            page.bytes = 0

        async def comes() -> float:
            began = time.perf_counter()
            await Page(place.house.web, place.visitor()).come(place.room)
            return time.perf_counter() - began

        began = time.perf_counter()
        coming = []
        for n in range(COMERS):
            coming.append(asyncio.ensure_future(comes()))
            await asyncio.sleep(max(0.0, began + RUSH * (n + 1) / COMERS - time.perf_counter()))
        took = await asyncio.gather(*coming)
        seconds = time.perf_counter() - began
        heard = max(page.bytes for page in present) / seconds / 1000
    return [
        f"**{COMERS} people in {RUSH:.0f} s**: from connecting to the snapshot p50 "
        f"{1000 * percentile(took, 0.5):.0f} ms, "
        f"**p99 {1000 * percentile(took, 0.99):.0f} ms** (must: ≤ 2,000); to each page already there at most "
        f"**{heard:.2f} kB/s** (must: ≤ 2).",
    ]


async def bad_neighbours() -> list[str]:
    """One page that never reads, and one that sends garbage as fast as it can."""
    async with full_hall() as (place, host):
        pages = await place.pages([place.visitor() for _ in range(NEIGHBOURS)])
        await asyncio.sleep(2)
        alone, _ = await Heard(pages).of(host, EVENTS)
        deaf = Page(place.house.web, place.visitor())
        await deaf.come(place.room)
        deaf.transport.pause_reading()
        noise = await _noise(place, EVENTS * APART)
        beside, _ = await Heard(pages).of(host, EVENTS)
        said = json.loads((await noise.communicate())[0])
    return [
        f"**Bad neighbours** among {NEIGHBOURS}: one that never reads and one that sent {said['sent']:,} frames of "
        f"garbage, shut out and coming again {said['came']:,} times. "
        f"Others' p99 of an event: {percentile(alone, 0.99):.1f} ms without them, "
        f"**{percentile(beside, 0.99):.1f} ms** with them (must: under twice).",
    ]


async def _noise(place: Hall, seconds: float) -> asyncio.subprocess.Process:
    """A page that sends garbage without pause, on the pages' core, yielding to them; shut out, it comes again."""
    return await asyncio.create_subprocess_exec(
        *("taskset", "-c", CLIENT_CORE, "nice", "-n", "19", sys.executable, "-m", "benchmarks.noise"),
        *(str(place.house.web), place.room, place.visitor(), str(seconds)),
        stdout=asyncio.subprocess.PIPE,
    )


async def measure() -> None:
    socket.setdefaulttimeout(30)
    lines: list[str] = []
    for part in (fan_out, storm, rush, bad_neighbours):
        await rest()
        lines += [*await part(), ""]
    write(
        "crowd",
        "make bench ARGS=crowd",
        [*lines, "The server has one core, the pages another; pages hear no sound here."],
    )
