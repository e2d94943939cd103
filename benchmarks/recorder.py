"""What recording costs: the recorder's own thread, for each speaker, and what everybody else's sound waits for it."""

import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.report import percentile, write
from causerie._engine import GATE_STAGE, Engine
from tests.media.engine_people import RATE, Talk, tone_file
from tests.media.raw_lines import Evening, RawLine

SPEAKERS = (5, 50)
SECONDS = float(os.environ.get("RECORDER_SECONDS", "15"))
TURNS, TURN, SETTLES = 16, 4.0, 0.5
"""Recording is off and on in turn, so that whatever else the machine does falls on both alike."""
CPU_MUST, RATIO_MUST = 0.5, 1.1


def worked(thread: str) -> int:
    """Nanoseconds for which the thread of this name has had a core."""
    tasks = Path("/proc/self/task").iterdir()
    [task] = [one for one in tasks if (one / "comm").read_text(encoding="utf-8").strip() == thread]
    return int((task / "schedstat").read_text(encoding="utf-8").split()[0])


@dataclass
class Hall:
    """So many people talk, fifty packets a second each; one listens."""

    engine: Engine
    folder: Path
    speakers: int
    room: Evening
    ear: RawLine
    recorded: list[tuple[float, float, bool]] = field(default_factory=list)

    def record(self, *, on: bool) -> None:
        for number in range(1, self.speakers + 1):
            self.engine.record(number, number if on else None)

    async def turn(self, *, on: bool, seconds: float) -> None:
        """Some seconds with recording or without; the first moment of it counts for neither."""
        self.record(on=on)
        await asyncio.sleep(SETTLES)
        began = time.monotonic()
        await asyncio.sleep(seconds - SETTLES)
        self.recorded.append((began, time.monotonic(), on))


@contextlib.asynccontextmanager
async def hall(speakers: int) -> AsyncIterator[Hall]:
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        voice = tone_file(folder / "voice.opus", 440)
        for number in range(1, speakers + 1):
            engine.play(peer=number, room=1, speaker=number, path=str(voice), loop=True)
            engine.gate(number, GATE_STAGE)
            engine.open_track(number, str(folder / f"{number}.take"))
        room = Evening(Talk(engine), [])
        ear = await room.enter(1000, lines=3)
        await asyncio.sleep(1)
        ear.forget()
        try:
            yield Hall(engine, folder, speakers, room, ear)
        finally:
            await ear.close()
            await room.talk.close()
            engine.stop()


async def cost(speakers: int) -> str:
    """Percent of a core for each speaker that is recorded."""
    async with hall(speakers) as here:
        here.record(on=True)
        await asyncio.sleep(1)
        before, began = worked("recorder"), time.monotonic()
        await asyncio.sleep(SECONDS)
        share = (worked("recorder") - before) / 1e7 / (time.monotonic() - began)
        lost = here.room.count("drop_ring_recorded")
    return f"| {speakers} | {share:.2f} % | **{share / speakers:.3f} %** | {lost} |"


def delays(here: Hall, *, on: bool) -> list[float]:
    """By how many milliseconds packets came later than the fastest of their line, with recording or without."""
    fastest: dict[int, float] = {}
    late = [(packet.source, packet.at, packet.at - packet.time / RATE) for packet in here.ear.heard]
    for source, _, moment in late:
        fastest[source] = min(moment, fastest.get(source, moment))
    turns = [(began, ended) for began, ended, so in here.recorded if so is on]
    within = [one for one in late if any(began <= one[1] < ended for began, ended in turns)]
    return [(moment - fastest[source]) * 1000 for source, _, moment in within]


async def paired() -> list[str]:
    """The delay of what a listener hears, with and without, in one run."""
    async with hall(5) as here:
        for turn in range(TURNS):
            await here.turn(on=turn % 4 in (1, 2), seconds=TURN)
        off, on = delays(here, on=False), delays(here, on=True)
    rows = ["| recording | packets | p50 | p99 |", "|---|---|---|---|"]
    for name, some in (("off", off), ("on", on)):
        rows.append(f"| {name} | {len(some)} | {percentile(some, 0.5):.2f} ms | {percentile(some, 0.99):.2f} ms |")
    ratio = percentile(on, 0.99) / percentile(off, 0.99)
    return [*rows, "", f"p99 with recording over p99 without: **{ratio:.2f}**. Must: no change (≤ {RATIO_MUST})."]


async def measure() -> None:
    costs = [await cost(speakers) for speakers in SPEAKERS]
    write(
        "recorder",
        "make bench ARGS=recorder",
        [
            f"Tones of fifty packets a second, all recorded, for {SECONDS:.0f} s; the time its thread had a core:",
            "",
            "| speakers | the recorder's thread, of a core | for each speaker | lost |",
            "|---|---|---|---|",
            *costs,
            "",
            f"Must: ≤ {CPU_MUST} % of a core a speaker.",
            "",
            f"Five talk and one listens; recording is off and on in {TURNS} turns of {TURN:.0f} s. How much later",
            "packets come than the fastest of their line, by the listener's clock (a program in Python, whose own",
            "delay is in it, with and without alike):",
            "",
            *await paired(),
        ],
    )
