"""The order of the steps, kept in a file of its own (DBOS): killed at any moment, the work goes on where it was.

DBOS is one for a program, and so is this module. Importing it takes a second: `copies/jobs.py` does that beside
everything else, once there is a copy to make.
"""

import contextlib
import sqlite3
from pathlib import Path
from typing import Protocol

from dbos import DBOS, DBOSConfig, SetWorkflowID

# Work goes on across upgrades of the program: this changes only where the order of the steps does.
VERSION = "copies-1"
QUEUE, CLIPS = "copies", "clips"
TRIES, FIRST, SLOWER = 5, 2.0, 3.0
ACTIVE = ("PENDING", "ENQUEUED", "DELAYED")


class Steps(Protocol):
    """What is to be done, in this order; a step that gives False is the last."""

    def plan(self, copy: str, number: int) -> bool: ...
    def make(self, copy: str, number: int) -> bool: ...
    def store(self, copy: str, number: int) -> bool: ...
    def finish(self, copy: str, number: int) -> bool: ...
    def clear(self, copy: str, number: int) -> None: ...
    def give_up(self, copy: str, number: int) -> None: ...


class Clips(Protocol):
    """How a clip is made."""

    def cut(self, clip: str, number: int) -> None: ...
    def give_up_clip(self, clip: str, number: int) -> None: ...


_steps: list[Steps] = []
_clips: list[Clips] = []


@DBOS.workflow(name="copy", max_recovery_attempts=None)
def copied(copy: str, number: int) -> None:
    """One edition of a copy, from its plan to the last file of the one before."""
    try:
        if plan(copy, number) and make(copy, number) and store(copy, number):
            finish(copy, number)
    except Exception as fault:  # whatever it is: it was tried again and again
        DBOS.logger.error(f"{copy}-{number}: {fault!r}")
        give_up(copy, number)
    clear(copy, number)


@DBOS.step(name="plan")
def plan(copy: str, number: int) -> bool:
    return _steps[-1].plan(copy, number)


@DBOS.step(name="make", retries_allowed=True, max_attempts=TRIES, interval_seconds=FIRST, backoff_rate=SLOWER)
def make(copy: str, number: int) -> bool:
    return _steps[-1].make(copy, number)


@DBOS.step(name="store", retries_allowed=True, max_attempts=TRIES, interval_seconds=FIRST, backoff_rate=SLOWER)
def store(copy: str, number: int) -> bool:
    return _steps[-1].store(copy, number)


@DBOS.step(name="finish")
def finish(copy: str, number: int) -> bool:
    return _steps[-1].finish(copy, number)


@DBOS.step(name="clear")
def clear(copy: str, number: int) -> None:
    _steps[-1].clear(copy, number)


@DBOS.step(name="give up")
def give_up(copy: str, number: int) -> None:
    _steps[-1].give_up(copy, number)


@DBOS.workflow(name="clip", max_recovery_attempts=None)
def clipped(clip: str, number: int) -> None:
    """One clip of one edition."""
    try:
        cut(clip, number)
    except Exception as fault:  # whatever it is: it was tried again and again
        DBOS.logger.error(f"clip {clip}-{number}: {fault!r}")
        give_up_clip(clip, number)


@DBOS.step(name="cut", retries_allowed=True, max_attempts=TRIES, interval_seconds=FIRST, backoff_rate=SLOWER)
def cut(clip: str, number: int) -> None:
    _clips[-1].cut(clip, number)


@DBOS.step(name="give up a clip")
def give_up_clip(clip: str, number: int) -> None:
    _clips[-1].give_up_clip(clip, number)


def launch(file: Path, at_once: int, steps: Steps, clips: Clips) -> None:
    """Go on with what was begun, and begin what comes, so many at once."""
    with contextlib.closing(sqlite3.connect(file)) as jobs:
        jobs.execute("PRAGMA journal_mode=WAL")
    _steps[:], _clips[:] = [steps], [clips]
    config: DBOSConfig = {
        "name": "causerie",
        "system_database_url": f"sqlite:///{file.absolute()}",
        "application_version": VERSION,
        "executor_id": "causerie",
        "enable_otlp": False,
        "log_level": "WARNING",
        "console_log_level": "WARNING",
        "max_executor_threads": at_once + 3,
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(QUEUE, global_concurrency=at_once, on_conflict="always_update")
    # Beside the copies: a clip takes half a minute, and somebody waits for it.
    DBOS.register_queue(CLIPS, global_concurrency=1, on_conflict="always_update")


def want(id: str, copy: str, number: int) -> None:
    """Have this edition made; wanting it twice is wanting it once, and what was given up is begun anew."""
    if _begins(id):
        with SetWorkflowID(id):
            DBOS.enqueue_workflow(QUEUE, copied, copy, number)


def want_clip(id: str, clip: str, number: int) -> None:
    """Have this clip made of this edition."""
    if _begins(id):
        with SetWorkflowID(id):
            DBOS.enqueue_workflow(CLIPS, clipped, clip, number)


def _begins(id: str) -> bool:
    """Whether nobody is at it; what was given up is forgotten."""
    status = DBOS.get_workflow_status(id)
    if status is not None and status.status in ACTIVE:
        return False
    if status is not None:
        DBOS.delete_workflow(id)
    return True


def leave() -> None:
    """Let go of the file; what is not done is done at the next start."""
    DBOS.destroy()
