"""Ten thousand pages in a room in which somebody talks: what the part in Python needs for them."""

import asyncio
import os
import resource
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.behind import Bell, talks
from benchmarks.crowd import resident, spent
from benchmarks.host import Room
from benchmarks.load import CLIENT_CORE, pinned, rest
from benchmarks.pages import Page, hall
from benchmarks.report import write
from tests.e2e.house import opened

PAGES, SECONDS = int(os.environ.get("STEADY_PAGES", "10000")), 30.0
MUST = 20


def by_threads(pid: int) -> dict[str, float]:
    """CPU seconds that each kind of thread of a process has used."""
    used: dict[str, float] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        fields = (task / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        name = (task / "comm").read_text(encoding="utf-8").strip()
        used[name] = used.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


@dataclass
class Need:
    """What a server needed over some time: percent of a core by its threads, frames to pages, pages let go."""

    threads: dict[str, float]
    used: float
    frames: int
    gone: int
    seconds: float


async def needed(pid: int, pages: list[Page]) -> Need:
    """Over half a minute."""
    loop = asyncio.get_running_loop()
    threads, used, frames, began = by_threads(pid), spent(pid), sum(page.frames for page in pages), loop.time()
    await asyncio.sleep(SECONDS)
    took = loop.time() - began
    used, frames = spent(pid) - used, sum(page.frames for page in pages) - frames
    each = {name: 100 * (now - threads.get(name, 0.0)) / took for name, now in by_threads(pid).items()}
    return Need(each, used, frames, sum(page.goodbye != "" for page in pages), took)


async def measure() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        place = await hall(house, people=0)
        pinned(house)
        assert house.process is not None
        host, pid = Page(house.web, place.host), house.process.pid
        await host.come(place.room)
        await host.does({"do": "room.start"})
        talking = await talks(Room(house, place.room), Bell())
        before = resident(pid)
        pages = await place.pages([place.visitor() for _ in range(PAGES)])
        await rest(15)
        held, need = (resident(pid) - before) / PAGES, await needed(pid, pages)
        await talking.close()
    threads = sorted(need.threads.items(), key=lambda one: -one[1])
    write(
        "steady",
        "make bench ARGS=steady",
        [
            f"{PAGES:,} pages in a live room in which somebody says a word each four seconds; nothing else happens.",
            f"For {need.seconds:.0f} s the server used **{100 * need.used / need.seconds:.1f} %** of a core:",
            "",
            *(f"- {name}: {share:.1f} %" for name, share in threads if share > 0.05),
            "",
            f"{need.frames / need.seconds / PAGES:.2f} frames a second to each page, "
            f"{1e6 * need.used / max(1, need.frames):.1f} µs a frame with everything in it; {held:.0f} KiB a page; "
            f"{need.gone} pages were let go. Pages hear no sound here.",
            "",
            f"Must: the part in Python (the thread of the program itself) ≤ {MUST} % of a core.",
        ],
    )
