"""A clip is made part by part, like a copy: sound, then the audiogram. What is there is whole, and not made again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from causerie.copies import captions
from causerie.copies.audiogram import filmed
from causerie.copies.captions import Cue
from causerie.copies.chapters import Placed, placed
from causerie.copies.clip_plan import ClipPlan, Cut, chapter_of, cut, written
from causerie.copies.covers import jpeg
from causerie.copies.encoding import Labels, encoded, labels_of
from causerie.copies.excerpts import excerpt
from causerie.copies.files import AUDIOGRAM, CLIP_M4A, COVER, M4A, PREVIEW, kept_by_one, speaker_file, whole
from causerie.copies.gram import Gram, drawn
from causerie.copies.loudness import Meter, mastered
from causerie.copies.plan import Range
from causerie.copies.sound import BLOCK, Lossless, Samples
from causerie.copies.speakers import voiced
from causerie.copies.timeline import RATE, timeline
from causerie.copies.voices import Voice, voices
from causerie.texts import one_line

FADE = RATE // 100
"""Ten milliseconds: a word that is cut does not click."""

Told = Callable[[float], None]


@dataclass(frozen=True)
class Clip:
    """One clip that is being made."""

    plan: ClipPlan
    folder: Path
    cut: Cut
    chapter: Placed | None
    said: tuple[Cue, ...]

    @property
    def title(self) -> str:
        if self.plan.title:
            return one_line(self.plan.title)
        return (self.chapter.question or self.chapter.title) if self.chapter else one_line(self.plan.of.title)

    @property
    def asker(self) -> str | None:
        """Who asked, where it is their question that is shown."""
        asked = self.chapter is not None and self.title in (self.chapter.question, self.chapter.title)
        return self.chapter.asker if self.chapter and asked else None

    @property
    def labels(self) -> Labels:
        whole = labels_of(self.plan.of, (), (self.plan.copy / COVER).read_bytes())
        return replace(whole, tags={**whole.tags, "title": self.title, "album": whole.tags["title"]})


def made(plan: ClipPlan, folder: Path, told: Callable[[str, float], None]) -> None:
    """Make what is not there yet of a clip; says of each part how much of it is done."""
    clip = _found(plan, folder)
    with kept_by_one(folder, written(plan)):
        for part, make in PARTS.items():
            if not (folder / part).exists():
                with whole(folder, part) as place:
                    make(clip, place, _of(part, told))
            told(part, 1.0)


def _found(plan: ClipPlan, folder: Path) -> Clip:
    line = timeline(plan.of)
    spans = [span for speaker in plan.of.speakers for span in voiced(speaker)]
    place = cut(line, Range(plan.begins, plan.ends), spans)
    said = tuple(one for cue in captions.cues(plan.of, line) if (one := _within(cue, place)))
    return Clip(plan, folder, place, chapter_of(placed(plan.of, line, spans), place), said)


def _within(cue: Cue, place: Cut) -> Cue | None:
    """Words that the clip has all of, from its own beginning on."""
    whole = place.begins <= cue.begins and cue.ends <= place.ends
    return replace(cue, begins=cue.begins - place.begins, ends=cue.ends - place.begins) if whole else None


def _sound(clip: Clip, place: Path, told: Told) -> None:
    mix, master = place.parent / "mix.flac", place.parent / "master.flac"
    sound = faded(excerpt(clip.plan.copy / M4A, clip.cut.first, clip.cut.length))
    meter = Meter()
    with Lossless(mix, bits=24) as file:
        for begins in range(0, len(sound), BLOCK):
            meter.hear(sound[begins : begins + BLOCK])
            file.add(sound[begins : begins + BLOCK])
    mastered(mix, meter.total().lufs, len(sound), master)
    told(0.5)
    encoded(master, place, clip.labels, len(sound), lambda share: told(0.5 + share / 2), name="clip")


def _video(clip: Clip, place: Path, told: Told) -> None:
    heard = excerpt(clip.plan.copy / M4A, clip.cut.first, clip.cut.length)
    plan = clip.plan.of
    gram = Gram(
        title=clip.title,
        asker=clip.asker,
        room=one_line(plan.title),
        host=one_line(plan.host),
        language=plan.language,
        cover=_cover(clip),
        voices=_voices(clip),
        said=clip.said,
        sound=heard,
    )
    (place / Path(PREVIEW).name).write_bytes(jpeg(drawn(gram)))
    filmed(clip.folder / CLIP_M4A, place / Path(AUDIOGRAM).name, gram, clip.labels, told)


def _cover(clip: Clip) -> Image.Image | None:
    """The host's own: a drawn one would say again what stands beside it."""
    if clip.plan.of.cover is None:
        return None
    with Image.open(clip.plan.copy / COVER) as cover:
        cover.load()
        return cover


def _voices(clip: Clip) -> list[Voice]:
    """Who is heard in it; of one file alone the memory is known."""
    files = ((one_line(one.name), clip.plan.copy / speaker_file(n)) for n, one in enumerate(clip.plan.of.speakers, 1))
    return voices((name, excerpt(file, clip.cut.first, clip.cut.length)) for name, file in files)


PARTS: dict[str, Callable[[Clip, Path, Told], None]] = {"sound": _sound, "video": _video}


def _of(part: str, told: Callable[[str, float], None]) -> Told:
    return lambda share: told(part, share)


def faded(sound: Samples) -> Samples:
    """The same, beginning and ending softly."""
    count = min(FADE, len(sound) // 2)
    made = sound.copy()
    made[:count] *= np.linspace(0, 1, count, dtype=np.float32)
    made[len(made) - count :] *= np.linspace(1, 0, count, dtype=np.float32)
    return made
