"""What the files of copies are called in the storage: by names of ours alone."""

from causerie.copies import files
from causerie.copies.contents import FileKind

KINDS: dict[str, FileKind] = {
    files.MP3: "mp3",
    files.M4A: "m4a",
    files.VIDEO: "mp4",
    files.KIT: "kit",
    files.VTT: "vtt",
    files.SRT: "srt",
    files.TRANSCRIPT: "json",
    files.CHAPTERS: "chapters",
    files.NOTES: "notes",
    files.QUESTIONS: "questions",
    files.TABLE: "table",
    files.COVER: "cover",
}
TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "flac": "audio/flac",
    "zip": "application/zip",
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
}
NUMBERED = ("track", "answer", "card")
GUARDED = ("sound/speakers/", "kit/")
"""What holds single speakers' sound: for those who may have their tracks, and nobody else, whatever is published."""


def home(copy: str) -> str:
    """Where everything of a copy lies; `copy` is its public name."""
    return f"copies/{copy}/"


def of_edition(copy: str, number: int) -> str:
    """Where the files of an edition lie."""
    return f"{home(copy)}{number}/"


def later(copy: str, answer: str) -> str:
    """Where the sound of an answer lies that was given after the room: it belongs to all editions."""
    return f"{home(copy)}later/{answer}.flac"


def clips_of(copy: str, number: int) -> str:
    """Where the clips of an edition lie."""
    return f"{of_edition(copy, number)}clips/"


def of_clip(copy: str, number: int, clip: str) -> str:
    """Where the files of a clip lie, as an edition has it; `clip` is its public name."""
    return f"{clips_of(copy, number)}{clip}/"


def kind_of(path: str) -> FileKind | None:
    """What kind of file it is that a making wrote there; none for what is not given out."""
    folder, _, name = path.rpartition("/")
    if folder == files.SPEAKERS:
        return "track"
    if folder == files.ANSWERS:
        return "answer" if name.endswith(".mp3") else "card"
    return KINDS.get(path)


def media_type(key: str) -> str:
    """As browsers are told."""
    return TYPES.get(key.rpartition(".")[2], "application/octet-stream")


def guarded(key: str) -> bool:
    """Whether it holds what single speakers said."""
    return any(f"/{folder}" in key for folder in GUARDED)


def edition_of(key: str) -> int | None:
    """Which edition of its copy a file belongs to; none where it belongs to all."""
    number = key.split("/")[2]
    return int(number) if number.isdecimal() else None
