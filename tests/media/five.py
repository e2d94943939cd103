"""Five people who talk and are recorded, in a program of its own that is killed at any instant and begun again."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from causerie._engine import Track
from tests.media.engine_people import tone_file

PITCHES = {number: 220.0 + 110 * number for number in range(1, 6)}
SECOND = 1_000_000_000
# It says `on` once everybody is asked to talk, and when that was; after `end` it stops as a program does on purpose.
PROGRAM = """
import sys, time
from causerie._engine import GATE_STAGE, Engine
engine = Engine(bind="127.0.0.1", port=0, advertise=[], workers=2)
for peer in range(1, 6):
    engine.play(peer=peer, room=1, speaker=peer, path=f"{sys.argv[1]}/{peer}.opus", loop=True)
    engine.gate(peer, GATE_STAGE)
    engine.open_track(peer, f"{sys.argv[2]}/{peer}.take")
    engine.record(peer, peer)
print(time.time_ns(), flush=True)
sys.stdin.readline()
engine.stop()
"""


@dataclass(frozen=True)
class Loss:
    """What one kill cost one track: seconds of talk, and whether half a record was left behind."""

    track: int
    seconds: float
    torn: bool


@dataclass
class Five:
    """Their voices and their logs, in one folder; each talk goes on with the logs of the one before."""

    folder: Path

    def __post_init__(self) -> None:
        for number, hz in PITCHES.items():
            tone_file(self.folder / f"{number}.opus", hz)

    def log(self, number: int) -> Path:
        return self.folder / f"{number}.take"

    def talk_until_killed(self, seconds: float) -> list[Loss]:
        """They talk, and after so long the program is no more: what was said and is not on the disk."""
        with self._program() as program:
            began = _said(program)
            time.sleep(seconds)
            program.send_signal(signal.SIGKILL)
            program.wait()
            killed = time.time_ns()
        return [self._lost(number, began, killed) for number in PITCHES]

    def talk(self, seconds: float) -> None:
        """They talk, and the program ends on purpose."""
        with self._program() as program:
            _said(program)
            time.sleep(seconds)
            program.communicate(b"end\n", timeout=10)

    def _program(self) -> "subprocess.Popen[bytes]":
        script = [sys.executable, "-c", PROGRAM, str(self.folder), str(self.folder)]
        return subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ))

    def _lost(self, number: int, began: int, killed: int) -> Loss:
        """From the last packet in the log, or from the first word where there is none of this talk."""
        if not self.log(number).exists():
            return Loss(number, (killed - began) / SECOND, torn=False)
        track = Track(str(self.log(number)))
        last = max(began, track.came[1] if track.came else 0)
        return Loss(number, (killed - last) / SECOND, track.torn is not None)


def _said(program: "subprocess.Popen[bytes]") -> int:
    assert program.stdout is not None
    return int(program.stdout.readline())
