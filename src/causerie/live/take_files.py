"""Folders and logs of takes, made and erased beside everything else: a disk that hangs keeps nobody waiting."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from causerie.recordings.files import erase_log, make_folder

log = structlog.get_logger()
AGAIN_AFTER, LAST = 2.0, 1.0


@dataclass
class TakeFiles:
    """What is being done to files; each at most once at a time."""

    data: Path
    _folders: set[str] = field(default_factory=set)
    _erasing: set[str] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def make_folder(self, take: str) -> None:
        """Have a place for the logs of a take; once, and again where it failed."""
        if take not in self._folders:
            self._folders.add(take)
            self._beside(self._make(take))

    def erase(self, take: str, track: str, then: Callable[[], Awaitable[None]]) -> None:
        """Take a log off the disk; `then`, when it is gone."""
        if track not in self._erasing:
            self._erasing.add(track)
            self._beside(self._erase(take, track, then))

    async def stop(self) -> None:
        """What is being done is finished, or found again by the next sweep."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST)

    async def _make(self, take: str) -> None:
        try:
            await asyncio.to_thread(make_folder, self.data, take)
        except OSError:
            await asyncio.sleep(AGAIN_AFTER)
            self._folders.discard(take)
            raise

    async def _erase(self, take: str, track: str, then: Callable[[], Awaitable[None]]) -> None:
        try:
            await asyncio.to_thread(erase_log, self.data, take, track)
            await then()
        except OSError:
            await asyncio.sleep(AGAIN_AFTER)
            raise
        finally:
            self._erasing.discard(track)

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="files of a take")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("recording.files", fault=repr(fault))
