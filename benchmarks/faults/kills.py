"""The program is killed at a hundred random instants while five people talk: what is missing of each track."""

import os
import random
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.report import percentile, write
from causerie._engine import Track
from tests.media.engine_people import RATE, strength
from tests.media.five import PITCHES, SECOND, Five, Loss

KILLS = int(os.environ.get("FAULTS_KILLS", "100"))
"""Ten to an evening: each restart goes on with the logs that the kill before left behind."""
AN_EVENING = 10
LONGEST = 2.5
MUST = 1.0
A_MINUTE = 60 * RATE


@dataclass(frozen=True)
class Kill:
    """One kill: so many seconds after the first word."""

    after: float
    lost: list[Loss]


def evening(chance: random.Random, kills: int) -> tuple[list[Kill], list[str]]:
    """Some kills, then an end on purpose; what was wrong with the logs, where anything was."""
    with tempfile.TemporaryDirectory() as folder:
        five = Five(Path(folder))
        seen = []
        for _ in range(kills):
            after = chance.uniform(0.0, LONGEST)
            seen.append(Kill(after, five.talk_until_killed(after)))
        five.talk(0.5)
        return seen, [fault for number in PITCHES for fault in faults(five.log(number), number)]


def faults(log: Path, number: int) -> list[str]:
    """What is wrong with a log after all restarts: it has to be whole, and to sound of its speaker alone."""
    track = Track(str(log))
    if track.came is None:
        return [f"track {number} is empty"]
    length = (track.came[1] - track.came[0]) * RATE // SECOND
    playing = track.sound(track.came[0])
    parts = [np.frombuffer(playing.read(min(A_MINUTE, length - at)), np.float32) for at in range(0, length, A_MINUTE)]
    sound = np.concatenate(parts)
    loudest = max(PITCHES, key=lambda other: strength(sound, PITCHES[other]))
    wrong = {"is torn": track.torn is not None, "has holes": track.lost > 0, "sounds of another": loudest != number}
    return [f"track {number} {what}" for what, so in wrong.items() if so]


def table(kills: list[Kill]) -> list[str]:
    """What each track lost, over all kills; then each kill by itself."""
    rows = ["| track | kills | p50 | p95 | worst | torn tails, cut off |", "|---|---|---|---|---|---|"]
    for number in PITCHES:
        lost = [loss for kill in kills for loss in kill.lost if loss.track == number]
        seconds = [loss.seconds for loss in lost]
        rows.append(
            f"| {number} | {len(lost)} | {statistics.median(seconds):.3f} s | {percentile(seconds, 0.95):.3f} s "
            f"| **{max(seconds):.3f} s** | {sum(loss.torn for loss in lost)} |"
        )
    rows += ["", "| kill | after | " + " | ".join(f"track {number}" for number in PITCHES) + " |"]
    rows.append("|---|---|" + "---|" * len(PITCHES))
    for at, kill in enumerate(kills, 1):
        rows.append(f"| {at} | {kill.after:.3f} s | " + " | ".join(f"{one.seconds:.3f}" for one in kill.lost) + " |")
    return rows


async def measure() -> None:
    chance, kills, wrong, began = random.Random(), [], [], time.monotonic()
    while len(kills) < KILLS:
        some, faulty = evening(chance, min(AN_EVENING, KILLS - len(kills)))
        kills, wrong = kills + some, wrong + faulty
    took = time.monotonic() - began
    worst = max(loss.seconds for kill in kills for loss in kill.lost)
    write(
        "faults",
        "make bench ARGS=faults",
        [
            f"{len(kills)} times SIGKILL, at a random instant of up to {LONGEST} s after five people began to talk",
            "(tones, fifty packets a second each, two workers); each time the program is begun again on the same logs,",
            "ten times an evening. Lost is what was said after the last packet in the log, until the process was gone.",
            f"All of it took {took:.0f} s.",
            "",
            f"Worst: **{worst:.3f} s**. Must: ≤ {MUST} s, every track whole and its own speaker's. "
            + (f"Wrong: {'; '.join(wrong)}." if wrong else f"All {len(PITCHES) * len(kills) // AN_EVENING} are."),
            "",
            *table(kills),
        ],
    )
