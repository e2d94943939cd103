"""How long a clip of a minute takes, sound and audiogram, on one core; and how much memory."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.children import watched
from benchmarks.copy import SPEAKERS, log
from benchmarks.report import write
from causerie.copies.clip_plan import ClipPlan, written
from causerie.copies.files import AUDIOGRAM
from causerie.copies.making import made
from causerie.copies.plan import Caption, Chapter, Plan, Speaker
from tests.copies.evening import moment, plan

LONG, EVENING = 60, 300
TRIES = 3
CHILD = "causerie.copies.clip_child"
MUST, MEMORY_MUST = 30, 500


def evening(folder: Path) -> Plan:
    """Five minutes of five people, each half a minute at a time; words all the while."""
    return replace(
        plan(seconds=EVENING),
        speakers=tuple(
            Speaker(f"p{n}", f"Speaker {n}", log(folder / f"{n}.take", n, EVENING // 30)) for n in range(SPEAKERS)
        ),
        chapters=(Chapter(moment(0), "The river", "Nour", "Who speaks for the river when the court is closed?"),),
        captions=tuple(
            Caption(moment(at), moment(at + 4), "Ada", f"What is said at {at}, and what is meant by it.")
            for at in range(0, EVENING, 5)
        ),
    )


async def measure() -> None:
    with tempfile.TemporaryDirectory() as place:
        room = evening(Path(place))
        made(room, Path(place) / "copy", lambda _part, _share: None)
        told = Path(place) / "clip.json"
        told.write_bytes(written(ClipPlan(room, Path(place) / "copy", moment(100), moment(100 + LONG))))
        core = {min(os.sched_getaffinity(0))}
        runs = [watched(CHILD, told, Path(place) / f"clip{number}", cores=core) for number in range(TRIES)]
        size = (Path(place) / "clip0" / AUDIOGRAM).stat().st_size / 1e6
    run = sorted(runs, key=lambda one: one.ready["video"])[TRIES // 2]
    write(
        "audiogram",
        "make bench ARGS=audiogram",
        [
            f"A clip of {LONG} s with three speakers and captions, on one core, the middle one of {TRIES} tries:",
            "",
            f"- MP3 and M4A after **{run.ready['sound']:.1f} s**.",
            f"- audiogram, 1080 pixels square, 25 a second, after **{run.ready['video']:.1f} s**. Must: ≤ {MUST} s.",
            f"- peak memory **{max(one.memory for one in runs):.0f} MB**. Must: ≤ {MEMORY_MUST} MB.",
            f"- processor: {run.processor:.1f} s; {size:.1f} MB.",
        ],
    )
