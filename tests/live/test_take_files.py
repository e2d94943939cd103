"""Folders and logs of takes: a disk that fails or hangs keeps nobody waiting, and is tried again."""

import asyncio
from pathlib import Path

import pytest

from causerie.live import take_files
from causerie.live.take_files import TakeFiles
from causerie.recordings.files import folder_of, log_of


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_files, "AGAIN_AFTER", 0.01)


async def test_a_folder_that_could_not_be_made_is_made_later(tmp_path: Path):
    files = TakeFiles(tmp_path)
    (tmp_path / "recordings").write_bytes(b"in the way")
    files.make_folder("take")
    await files.stop()
    failed = folder_of(tmp_path, "take").exists()

    (tmp_path / "recordings").unlink()
    for _ in range(2):
        files.make_folder("take")
        await files.stop()

    assert (failed, folder_of(tmp_path, "take").is_dir()) == (False, True)


async def test_a_disk_that_hangs_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked, answers = [], asyncio.Event()

    async def hangs(_work: object, _data: Path, take: str) -> None:
        asked.append(take)
        await answers.wait()

    monkeypatch.setattr(asyncio, "to_thread", hangs)
    files = TakeFiles(tmp_path)
    for _ in range(3):
        files.make_folder("take")
        await asyncio.sleep(0)
    answers.set()
    await files.stop()

    assert asked == ["take"]


async def test_a_log_is_gone_before_that_is_written(tmp_path: Path):
    files, seen = TakeFiles(tmp_path), []
    files.make_folder("take")
    await files.stop()
    log = log_of(tmp_path, "take", "track")
    log.write_bytes(b"sound")

    async def written() -> None:
        seen.append(log.exists())

    for _ in range(2):
        files.erase("take", "track", written)
    await files.stop()

    assert seen == [False]
