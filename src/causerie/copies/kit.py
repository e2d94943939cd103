"""The press kit: every file of the copy in one, with the sums by which anybody can check that nothing was changed."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from causerie.copies.days import began
from causerie.copies.files import SUMS, digest, files_in
from causerie.copies.plan import Plan

KEPT_OUT = ("kit", "measures.json")
CHUNK = 1024 * 1024


def packed(plan: Plan, folder: Path, to: Path, told: Callable[[float], None]) -> None:
    """Put a copy's files into one; the same files give the same bytes."""
    files = [path for path in files_in(folder) if path.parts[0] not in KEPT_OUT and path.name not in KEPT_OUT]
    total = sum((folder / path).stat().st_size for path in files) or 1
    when, done = _when(plan), 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as kit:
        for path in files:
            _add(kit, folder / path, path.as_posix(), when)
            done += (folder / path).stat().st_size
            told(done / total)
        sums = "".join(f"{digest(folder / path)}  {path.as_posix()}\n" for path in files)
        kit.writestr(zipfile.ZipInfo(SUMS, when), sums)


def _add(kit: zipfile.ZipFile, path: Path, name: str, when: tuple[int, int, int, int, int, int]) -> None:
    entry = zipfile.ZipInfo(name, when)
    entry.external_attr, entry.file_size = 0o644 << 16, path.stat().st_size
    with path.open("rb") as source, kit.open(entry, "w") as into:
        while chunk := source.read(CHUNK):
            into.write(chunk)


def _when(plan: Plan) -> tuple[int, int, int, int, int, int]:
    day = began(plan)
    # A ZIP knows no time before 1980.
    return (max(1980, day.year), day.month, day.day, day.hour, day.minute, day.second)
