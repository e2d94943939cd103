"""What the files of a copy are called, and how a file becomes a part of it: whole, or not at all.

Names are ours; nothing anybody wrote is ever part of one.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from causerie.copies.errors import CopyOther

COVER = "pictures/cover.jpg"
MP3, M4A, VIDEO = "sound/room.mp3", "sound/room.m4a", "video/room.mp4"
MEASURES = "sound/measures.json"
SPEAKERS = "sound/speakers"
VTT, SRT, TRANSCRIPT = "words/transcript.vtt", "words/transcript.srt", "words/transcript.json"
CHAPTERS, NOTES = "words/chapters.json", "words/notes.md"
QUESTIONS, TABLE = "words/questions.json", "words/questions.csv"
ANSWERS = "answers"
KIT, SUMS = "kit/press-kit.zip", "SHA256SUMS"

CLIP_MP3, CLIP_M4A = "sound/clip.mp3", "sound/clip.m4a"
CATCH_UP = "sound/answer.m4a"
AUDIOGRAM, PREVIEW = "video/clip.mp4", "video/preview.jpg"

MAKING, PLAN = ".making", ".plan"

REFUSED = 3
"""The status with which the process ends that could not make a copy, and never will."""


@contextmanager
def kept_by_one(folder: Path, plan: bytes) -> Iterator[None]:
    """A copy's folder, for one who works at a time, and one plan: another edition has another folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _same_plan(folder, hashlib.sha256(plan).hexdigest())
        _cleared(folder)
        try:
            yield
        finally:
            _cleared(folder)  # once more: who was asked to end may have been at it just then
    finally:
        os.close(handle)


@contextmanager
def whole(folder: Path, part: str) -> Iterator[Path]:
    """A folder to fill: it is seen under its name once all of it is on the disk, and gone where anything failed."""
    making = folder / MAKING
    (making / part).mkdir(parents=True)
    try:
        yield making / part
        for path in (making / part, *(making / part).rglob("*")):
            _on_disk(path)
        (making / part).rename(folder / part)
        _on_disk(folder)
    finally:
        _cleared(folder)


def files_in(folder: Path) -> list[Path]:
    """Every file of a copy, in the order of their names."""
    seen = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in seen if not path.parts[0].startswith("."))


def answer_sound(number: int) -> str:
    """The sound of one answer: the chapter's number in the copy."""
    return f"{ANSWERS}/{number:02}.mp3"


def answer_card(number: int) -> str:
    """The picture that is seen where its page is linked."""
    return f"{ANSWERS}/{number:02}.png"


def speaker_file(number: int) -> str:
    """The sound of one speaker alone, counted from one in the order of the plan."""
    return f"{SPEAKERS}/{number:02}.flac"


def digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _cleared(folder: Path) -> None:
    """What is half made is away."""
    shutil.rmtree(folder / MAKING, ignore_errors=True)


def _same_plan(folder: Path, wanted: str) -> None:
    kept = folder / PLAN
    if not kept.exists():
        if files_in(folder):
            raise CopyOther
        new = folder / f"{PLAN}.new"
        new.write_text(wanted, encoding="ascii")
        new.rename(kept)
    elif kept.read_text(encoding="ascii") != wanted:
        raise CopyOther


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
