"""A copy is made part by part: pictures, sound, words, video, kit. What is there is whole, and not made again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from causerie.copies import answers, captions, measures, notes, questions
from causerie.copies.captions import Cue
from causerie.copies.cards import cover, words
from causerie.copies.chapters import Placed, placed
from causerie.copies.covers import jpeg
from causerie.copies.encoding import Labels, encoded, labels_of, tags_of
from causerie.copies.files import (
    CHAPTERS,
    COVER,
    KIT,
    M4A,
    MEASURES,
    NOTES,
    QUESTIONS,
    SPEAKERS,
    SRT,
    TABLE,
    TRANSCRIPT,
    VIDEO,
    VTT,
    kept_by_one,
    speaker_file,
    whole,
)
from causerie.copies.kit import packed
from causerie.copies.loudness import Loudness, mastered
from causerie.copies.mixing import mixed
from causerie.copies.plan import Plan, Speaker, written
from causerie.copies.speakers import Heard, spoken, voiced
from causerie.copies.timeline import Timeline, timeline
from causerie.copies.video import filmed
from causerie.texts import one_line

Told = Callable[[float], None]


@dataclass(frozen=True)
class Work:
    """One copy that is being made."""

    plan: Plan
    folder: Path
    line: Timeline
    chapters: tuple[Placed, ...]
    cues: tuple[Cue, ...]

    @property
    def heard(self) -> tuple[Placed, ...]:
        """Chapters that one can jump to."""
        return tuple(one for one in self.chapters if one.seconds > 0)

    @property
    def labels(self) -> Labels:
        return labels_of(self.plan, self.heard, (self.folder / COVER).read_bytes())


def made(plan: Plan, folder: Path, told: Callable[[str, float], None]) -> None:
    """Make what is not there yet of a copy; says of each part how much of it is done."""
    line = timeline(plan)
    with kept_by_one(folder, written(plan)):
        spans = [span for speaker in plan.speakers for span in voiced(speaker)]
        work = Work(plan, folder, line, placed(plan, line, spans), captions.cues(plan, line))
        for part, make in PARTS.items():
            if not (folder / part).exists():
                with whole(folder, part) as place:
                    make(work, place, _of(part, told))
            told(part, 1.0)


def _pictures(work: Work, place: Path, _: Told) -> None:
    (place / Path(COVER).name).write_bytes(jpeg(cover(work.plan)))


def _sound(work: Work, place: Path, told: Told) -> None:
    speakers = place / Path(SPEAKERS).name
    speakers.mkdir()
    mix, master = place.parent / "mix.flac", place.parent / "master.flac"
    heard = list(_spoken(work, speakers, _within(told, 0, 0.35)))
    files = [speakers / _name(number) for number in range(1, len(heard) + 1)]
    length = work.line.length
    loudness = mixed(files, [one.levels for one in heard], length, mix, _within(told, 0.35, 0.5))
    measured = mastered(mix, loudness, length, master)
    encoded(master, place, work.labels, length, _within(told, 0.6, 1))
    (place / Path(MEASURES).name).write_text(_measures(work, heard, measured, master), encoding="utf-8")


def _words(work: Work, place: Path, _: Told) -> None:
    plan, said = work.plan, work.cues
    texts = {
        CHAPTERS: notes.chapters_json(plan.title, work.heard),
        NOTES: notes.notes(plan, work.chapters),
        QUESTIONS: questions.as_json(plan.questions, work.line),
        TABLE: questions.as_csv(plan.questions, work.line),
    }
    if said:
        texts |= {VTT: captions.vtt(said), SRT: captions.srt(said), TRANSCRIPT: captions.transcript(said)}
    for name, text in texts.items():
        (place / Path(name).name).write_text(text, encoding="utf-8", newline="")


def _answers(work: Work, place: Path, told: Told) -> None:
    answers.cut(work.folder / M4A, place, work.chapters, words(work.plan), work.labels, told)


def _video(work: Work, place: Path, told: Told) -> None:
    with Image.open(work.folder / COVER) as picture:
        picture.load()
    filmed(
        work.folder / M4A,
        place / Path(VIDEO).name,
        says=words(work.plan),
        cover=picture,
        labels=work.labels,
        said=work.cues,
        seconds=work.line.seconds,
        told=told,
    )


def _kit(work: Work, place: Path, told: Told) -> None:
    packed(work.plan, work.folder, place / Path(KIT).name, told)


PARTS: dict[str, Callable[[Work, Path, Told], None]] = {
    "pictures": _pictures,
    "sound": _sound,
    "words": _words,
    "answers": _answers,
    "video": _video,
    "kit": _kit,
}


def _spoken(work: Work, folder: Path, told: Told) -> Iterator[Heard]:
    """Every speaker's file, one after the other: of one alone the memory is known."""
    everybody = work.plan.speakers
    for at, speaker in enumerate(everybody):
        share = _within(told, at / len(everybody), (at + 1) / len(everybody))
        yield spoken(speaker, work.line, folder / _name(at + 1), _tags(work.plan, speaker, at + 1), share)


def _name(number: int) -> str:
    return Path(speaker_file(number)).name


def _tags(plan: Plan, speaker: Speaker, number: int) -> dict[str, str]:
    room = tags_of(plan)
    name = one_line(speaker.name)
    return {"title": name, "artist": name, "album": room["title"], "date": room["date"], "track": str(number)}


def _measures(work: Work, heard: list[Heard], measured: Loudness, master: Path) -> str:
    names = [(one.name, speaker_file(number)) for number, one in enumerate(work.plan.speakers, 1)]
    everybody = ((name, file, one) for (name, file), one in zip(names, heard, strict=True))
    words = measures.words_of(work.chapters, work.cues)
    return measures.said(work.line, everybody, measured, words=words, master=master)


def _of(part: str, told: Callable[[str, float], None]) -> Told:
    return lambda share: told(part, share)


def _within(told: Told, begins: float, ends: float) -> Told:
    return lambda share: told(begins + share * (ends - begins))
