"""How long a clip of a minute takes, sound and audiogram, on one core; and how much memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.copy import SPEAKERS, log
from benchmarks.report import write
from causerie.copies.clip_plan import ClipPlan, written
from causerie.copies.files import AUDIOGRAM
from causerie.copies.making import made
from causerie.copies.plan import Caption, Chapter, Plan, Speaker
from tests.copies.evening import moment, plan

LONG, EVENING = 60, 300
TRIES = 3
MUST, MEMORY_MUST = 30, 500


@dataclass
class Run:
    """What was seen of one child."""

    ready: dict[str, float] = field(default_factory=dict)
    processor: float = 0
    memory: float = 0


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


def watched(told: Path, folder: Path) -> Run:
    """One child on one core, from its start to its end."""
    script = [sys.executable, "-m", "causerie.copies.clip_child", str(told), str(folder)]
    run, began = Run(), time.monotonic()
    core = {min(os.sched_getaffinity(0))}
    child = subprocess.Popen(
        script, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.sched_setaffinity(0, core)
    )
    assert child.stdout is not None
    for line in child.stdout:
        said = json.loads(line)
        if said.get("share") == 1:
            run.ready[said["part"]] = time.monotonic() - began
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"The clip was not made: {status}.")
    run.processor, run.memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return run


async def measure() -> None:
    with tempfile.TemporaryDirectory() as place:
        room = evening(Path(place))
        made(room, Path(place) / "copy", lambda _part, _share: None)
        told = Path(place) / "clip.json"
        told.write_bytes(written(ClipPlan(room, Path(place) / "copy", moment(100), moment(100 + LONG))))
        runs = [watched(told, Path(place) / f"clip{number}") for number in range(TRIES)]
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
