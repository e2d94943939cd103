"""How long the copy of an hour takes, and how much memory: five speakers in turn, a neighbour beside it."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.children import watched
from benchmarks.hall import hall, paired
from benchmarks.report import write
from causerie.copies.files import M4A, MP3, VIDEO
from causerie.copies.plan import Asked, Caption, Chapter, Plan, Speaker, written
from causerie.copies.timeline import RATE, SECOND
from tests.copies.evening import moment, plan
from tests.copies.logs import HEAD, NIGHT, coded, records

HOURS = float(os.environ.get("COPY_HOURS", "1"))
CHILD = "causerie.copies.child"
SPEAKERS, TURN, INTO = 5, 30.0, 2.0
"""Each speaks half a minute and two seconds into the next one's turn."""
VOICES = sorted((Path(__file__).parents[1] / "src/causerie/demo/voices").glob("*.opus"))
SOUND_MUST, FILM_MUST, MEMORY_MUST = 240, 600, 500


def spoken(path: Path) -> NDArray[np.float32]:
    """A turn's worth of one of the demo's voices."""
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray()[0] for frame in islice(file.decode(audio=0), int(60 * RATE / 960))]
    sound: NDArray[np.float32] = np.resize(np.concatenate(frames), int((TURN + INTO) * RATE)).astype(np.float32)
    return sound


def log(path: Path, number: int, turns: int) -> Path:
    """One speaker's log: every fifth turn is theirs."""
    said = coded(spoken(VOICES[number % len(VOICES)]) * np.float32(0.3 + 0.15 * number))
    with path.open("wb") as file:
        file.write(HEAD)
        for at, turn in enumerate(range(number, turns, SPEAKERS)):
            begins, clock = NIGHT + round(turn * TURN * SECOND), round(turn * TURN * RATE)
            file.write(records(said, begins=begins, seq=1 + at * len(said), time=clock))
    return path


def evening(folder: Path) -> Plan:
    turns = int(HOURS * 3600 / TURN)
    every = range(0, int(HOURS * 3600), 240)
    return replace(
        plan(seconds=HOURS * 3600),
        speakers=tuple(Speaker(f"p{n}", f"Speaker {n}", log(folder / f"{n}.take", n, turns)) for n in range(SPEAKERS)),
        chapters=tuple(Chapter(moment(at), f"Answer {at}", "Nour", f"Who speaks for the river {at}?") for at in every),
        captions=tuple(
            Caption(moment(at), moment(at + 4), "Ada", f"What is said at {at}.")
            for at in range(0, int(HOURS * 3600), 5)
        ),
        questions=tuple(Asked(f"Question {at}?", "Nour", at, "answered", moment(0), moment(at)) for at in every),
    )


def neighbour() -> None:
    """A room that takes a fifth of a core, a slice at a time."""
    while True:
        until = time.perf_counter() + 0.004
        while time.perf_counter() < until:
            pass
        time.sleep(0.016)


@contextlib.contextmanager
def making(place: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A copy is being made, until nobody looks any more."""
    told = place / "plan.json"
    told.write_bytes(written(evening(place)))
    script = [sys.executable, "-m", CHILD, str(told), str(place / "copy")]
    child = subprocess.Popen(script, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


async def beside() -> list[str]:
    """What a live room's listener waits while a copy is made, and while its making stands still."""
    with tempfile.TemporaryDirectory() as place, making(Path(place)) as child:
        async with hall(SPEAKERS) as here:
            rows = await paired(here, "a copy being made", partial(goes_on, child))
        if child.poll() is not None:
            raise RuntimeError("The copy was made before the room was measured: take a longer one (COPY_HOURS).")
    return rows


def goes_on(child: "subprocess.Popen[bytes]", on: bool) -> None:
    """Have it go on, or stand still."""
    os.killpg(child.pid, signal.SIGCONT if on else signal.SIGSTOP)


async def measure() -> None:
    near = multiprocessing.get_context("spawn").Process(target=neighbour, daemon=True)
    with tempfile.TemporaryDirectory() as place:
        room = evening(Path(place))
        near.start()
        told = Path(place) / "plan.json"
        told.write_bytes(written(room))
        run = watched(CHILD, told, Path(place) / "copy")
        near.terminate()
        sizes = {name: (Path(place) / "copy" / name).stat().st_size / 1e6 for name in (MP3, M4A, VIDEO)}
    sound, film = run.ready["words"], run.ready["video"]
    write(
        "copy",
        "make bench ARGS=copy",
        [
            f"{HOURS:g} h, {SPEAKERS} speakers, beside a neighbour that takes a fifth of a core:",
            "",
            f"- audio files (MP3, M4A, each speaker's FLAC) and words after **{sound:.0f} s**. Must: ≤ {SOUND_MUST} s.",
            f"- MP4 after **{film:.0f} s**, the press kit after {run.ready['kit']:.0f} s. Must: ≤ {FILM_MUST} s.",
            f"- peak memory **{run.memory:.0f} MB**. Must: ≤ {MEMORY_MUST} MB. Processor: {run.processor:.0f} s.",
            "- " + ", ".join(f"{name} {size:.1f} MB" for name, size in sorted(sizes.items())),
            "",
            *await beside(),
        ],
    )
