"""One answer for who came later: everybody who is in it, mixed and levelled like a copy, as one M4A."""

from collections.abc import Callable
from pathlib import Path

from causerie.copies.encoding import KINDS, encoded, labels_of
from causerie.copies.errors import ClipSilent
from causerie.copies.files import CATCH_UP, M4A, kept_by_one, speaker_file, whole
from causerie.copies.levelling import Levels
from causerie.copies.loudness import mastered
from causerie.copies.mixing import mixed
from causerie.copies.places import spans_of
from causerie.copies.plan import Plan, Speaker, written
from causerie.copies.speakers import spoken, voiced
from causerie.copies.timeline import Timeline, timeline

Told = Callable[[float], None]
ALONE = tuple(kind for kind in KINDS if kind.file == M4A)


def made(plan: Plan, folder: Path, told: Callable[[str, float], None]) -> None:
    """Make it, unless it is there; refused where nobody is heard in it."""
    line, part = timeline(plan), Path(CATCH_UP).parent.name
    with kept_by_one(folder, written(plan)):
        if not (folder / part).exists():
            with whole(folder, part) as place:
                _sound(plan, line, place, lambda share: told(part, share))
        told(part, 1.0)


def _sound(plan: Plan, line: Timeline, place: Path, told: Told) -> None:
    speaking = [speaker for speaker in plan.speakers if spans_of(line, voiced(speaker))]
    if not speaking:
        raise ClipSilent
    files, levels = _everybody(speaking, line, place.parent)
    mix, master = place.parent / "mix.flac", place.parent / "master.flac"
    loudness = mixed(files, levels, line.length, mix, told)
    mastered(mix, loudness, line.length, master)
    labels = labels_of(plan, (), b"")
    encoded(master, place, labels, line.length, told, name=Path(CATCH_UP).stem, kinds=ALONE)


def _everybody(speaking: list[Speaker], line: Timeline, folder: Path) -> tuple[list[Path], list[Levels]]:
    """Each one's own sound, and how loud they are."""
    files, levels = list[Path](), list[Levels]()
    for number, speaker in enumerate(speaking, 1):
        files.append(folder / Path(speaker_file(number)).name)
        levels.append(spoken(speaker, line, files[-1], {}, lambda _share: None).levels)
    return files, levels
