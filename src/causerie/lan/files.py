"""Keys on disk: for their owner only, whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST
from pathlib import Path

from causerie.lan.errors import NotWritable

OWNERS = 0o600


def kept(path: Path) -> bytes | None:
    """What lies there; None where nothing does."""
    with _reached(path):
        return path.read_bytes() if path.exists() else None


def keep(path: Path, data: bytes, *, over: bool = False) -> None:
    """Write it beside, then put it in place in one step. Without `over` nothing that is there is ever replaced."""
    with _reached(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            _write(beside, data)
            if path.exists() and not over:
                raise FileExistsError(EEXIST, os.strerror(EEXIST))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _flush(path.parent)


def put_aside(path: Path) -> Path:
    """Move what cannot be read out of the way, and leave all that was put aside before."""
    with _reached(path):
        names = (path.with_name(f"{path.name}.damaged{n or ''}") for n in range(1000))
        aside = next(name for name in names if not name.exists())
        path.rename(aside)
        return aside


def is_private(path: Path) -> bool:
    """Whether nobody but its owner reads it."""
    return path.stat().st_mode & 0o077 == 0


def _write(path: Path, data: bytes) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _reached(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise NotWritable(given={"file": str(path), "why": fault.strerror or str(fault)}) from None
