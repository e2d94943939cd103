"""Where the sound of takes lies: by ids of ours alone, never by a name that somebody gave."""

import os
from pathlib import Path

FOLDER = "recordings"


def log_of(data: Path, take: str, track: str) -> Path:
    """The log of one track."""
    return folder_of(data, take) / f"{track}.take"


def folder_of(data: Path, take: str) -> Path:
    """The folder of one take."""
    return data / FOLDER / take


def make_folder(data: Path, take: str) -> None:
    """Have a place for the logs of a take, that is there after a loss of power, too."""
    folder = folder_of(data, take)
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder.parent, folder.parent.parent):
        _sync(path)


def erase_log(data: Path, take: str, track: str) -> None:
    """A log is gone, after a loss of power, too."""
    path = log_of(data, take, track)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
