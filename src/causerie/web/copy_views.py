"""A copy as its page reads it: places are milliseconds of the copy, and only what this person may know is there."""

from dataclasses import dataclass
from typing import Any

from causerie.accounts.people import Person
from causerie.copies.contents import Chapter, Contents
from causerie.copies.keys import guarded
from causerie.copies.rules import Right, may_unpublish, own_tracks, rights
from causerie.copies.shown import Shown
from causerie.copies.state import Answer
from causerie.copies.work import Progress
from causerie.ids import PersonId, QuestionId
from causerie.questions.state import Question
from causerie.web.files import link_for
from causerie.web.house import House

# How much of a making is done when a part begins: measured on an hour with five speakers.
BEFORE = {"plan": 0.0, "pictures": 0.0, "sound": 0.01, "words": 0.4, "answers": 0.4, "video": 0.45, "kit": 0.93}
NEXT = {"plan": 0.0, "pictures": 0.01, "sound": 0.4, "words": 0.4, "answers": 0.45, "video": 0.93, "kit": 0.97}
DOWNLOADS = ("mp3", "m4a", "mp4", "kit", "vtt", "srt", "json", "chapters", "notes", "questions", "table")


@dataclass(frozen=True)
class Look:
    """Somebody looks at a copy."""

    home: House
    of: Shown
    person: Person | None

    @property
    def may(self) -> tuple[Right, ...]:
        had = rights(self.of.room, self.person)
        takes_back = "publish" not in had and may_unpublish(self.of.copy, self.of.room, self.person)
        return (*had, "unpublish") if takes_back else had

    @property
    def edits(self) -> bool:
        return "edit" in self.may

    def link(self, key: str | None) -> str | None:
        return link_for(self.home, self.of.copy, key, self.person) if key else None

    def file(self, kind: Any, number: int | None = None) -> str | None:
        found = self.of.held.file(kind, number)
        return self.link(found.key) if found else None


def view(look: Look) -> dict[str, Any]:
    """All of it."""
    copy, room, held = look.of.copy, look.of.room, look.of.held
    progress = look.home.copying.jobs.work.progress.get(copy.id) if copy.state == "processing" else None
    whole = {
        "copy": copy.name,
        "room": room.name,
        "title": room.title,
        "host": room.host_name,
        "host_person": room.host,
        "language": room.language,
        "held_at": room.started_at or copy.created_at,
        "length": held.length,
        "heard_live": look.of.heard,
        **_state(look, progress),
        "visibility": copy.visibility,
        "may": list(look.may),
        "own": look.person is not None and _has_part(look, look.person.id),
        "chapters": chapters(look),
        "speakers": [_speaker(look, number) for number in range(len(held.voices))],
        "transcript": [{"begins": s.begins, "ends": s.ends, "who": s.who, "text": s.text} for s in held.transcript],
        "files": _files(look),
        "sound": look.file("m4a"),
        # The cover that is drawn for players has the title on it, which stands beside it here.
        "cover": look.file("cover") if copy.edits.cover else room.cover,
        "wave": list(held.wave),
        "clips": [_clip(look, n) for n in range(len(look.of.clips))],
        "open": [{"question": one.id, "text": one.text, "votes": one.votes} for one in _open(look)],
        "left_out": _left_out(look),
        "feed": f"/h/{room.host}/feed.xml" if copy.visibility == "published" else None,
    }
    return {**whole, **_for_hosts(look)} if look.edits else whole


def _has_part(look: Look, person: PersonId) -> bool:
    """Whether they are heard in it, or have asked something in its room."""
    heard = any(voice.person == person for voice in look.of.held.voices)
    return heard or any(one.person == person for one in look.of.asked.all.values())


def _left_out(look: Look) -> dict[str, Any] | None:
    """Who is in no file, and how long they were on stage: for those who lead the room."""
    if not look.edits or not look.of.left_out:
        return None
    return {"people": list(look.of.left_out), "length": look.of.held.left_out}


def _open(look: Look) -> list[Question]:
    """What still waits for an answer, here at least."""
    answered = {one.question for one in look.of.chapters if one.kind == "later"}
    return [one for one in look.of.asked.open if one.id not in answered]


def _state(look: Look, progress: Progress | None) -> dict[str, Any]:
    copy = look.of.copy
    share = 1.0 if copy.state == "ready" else 0.0
    if progress is not None:
        begins = BEFORE.get(progress.part, 0.97)
        share = begins + progress.share * (NEXT.get(progress.part, 1.0) - begins)
    told = {"state": copy.state, "part": progress.part if progress else None, "share": round(share, 3)}
    failed = {"code": copy.failed_code, "text": copy.failed_text} if copy.state == "failed" and look.edits else None
    return {**told, "failed": failed}


def _for_hosts(look: Look) -> dict[str, Any]:
    """What they have changed, and who wants to be left out."""
    edits, evening = look.of.copy.edits, look.of.evening
    begins = (edits.trim_begins or evening.begins) - evening.begins if evening else 0
    ends = evening.ends - (edits.trim_ends or evening.ends) if evening else 0
    waiting = [
        {"withdrawal": one.id, "name": one.name, "asked_at": one.asked_at, "due_at": one.due_at}
        for one in look.of.withdrawals
    ]
    return {
        "edits": {"trim_begins": begins, "trim_ends": ends, "hidden": list(edits.hidden)},
        "withdrawals": waiting,
    }


def chapters(look: Look) -> list[dict[str, Any]]:
    """In their order: as the files have them, to those who change them as they will be."""
    held = look.of.held
    made = {chapter.id: chapter for chapter in held.chapters}
    rows = [one for one in look.of.chapters if _stands(look, one, made)]
    told = [_chapter(look, one, made.get(one.id)) for one in rows]
    told.sort(key=lambda one: (one["begins"], one["ends"]))
    numbers = iter(range(1, len(told) + 1))
    for one in told:
        one["n"] = next(numbers) if one["kind"] == "answer" and not one["hidden"] else None
    first = min((one["begins"] for one in told if not one["hidden"]), default=held.length)
    return [_opening(first), *told] if first > 0 else told


def _stands(look: Look, one: Answer, made: dict[str | None, Chapter]) -> bool:
    """Joined ones are no chapters; what is not made or hidden yet, those who change it see."""
    edits = look.of.copy.edits
    if one.id in edits.joined or (one.kind == "topic" and one.topic is None and not _added(look, one)):
        return False
    return look.edits or (one.id in made and not one.hidden)


def _added(look: Look, one: Answer) -> bool:
    return any(added.id == one.id for added in look.of.copy.edits.added)


def _chapter(look: Look, one: Answer, made: Chapter | None) -> dict[str, Any]:
    held: Contents = look.of.held
    begins, ends = (made.begins, made.ends) if made else (held.at(one.begins), held.at(one.ends))
    question = look.of.asked.all.get(QuestionId(one.question)) if one.question else None
    heard = made is not None and not one.hidden
    return {
        "id": one.id,
        "n": None,
        "title": one.title if look.edits or made is None else made.title,
        "asker": _asker(question),
        "votes": question.votes if question else None,
        "begins": begins,
        "ends": begins if one.hidden and made is None else ends,
        "kind": one.kind,
        "answer": f"/a/{one.name}" if heard and one.kind in ("answer", "later") else None,
        "hidden": one.hidden,
    }


def _opening(ends: int) -> dict[str, Any]:
    """What is heard before the first chapter."""
    nobody = {"asker": None, "votes": None, "answer": None, "hidden": False}
    return {"id": "opening", "n": None, "title": "", "begins": 0, "ends": ends, "kind": "opening", **nobody}


def _asker(question: Question | None) -> str | None:
    return question.name if question is not None and question.hidden_from == "nobody" else None


def _speaker(look: Look, at: int) -> dict[str, Any]:
    voice = look.of.held.voices[at]
    track = look.of.held.file("track", voice.number)
    theirs = "tracks" in look.may or (
        look.person is not None and track is not None and track.key in own_tracks(look.of.held, look.person.id)
    )
    return {
        "number": voice.number,
        "name": voice.name,
        "portrait": look.of.portraits.get(voice.person),
        "spans": [list(span) for span in voice.spans],
        "talked": voice.talked,
        "track": look.link(track.key) if track and theirs else None,
    }


def _files(look: Look) -> list[dict[str, Any]]:
    wanted = (look.of.held.file(kind) for kind in DOWNLOADS)  # type: ignore[arg-type]  # each is a kind of file
    shown = [file for file in wanted if file and (not guarded(file.key) or "tracks" in look.may)]
    return [{"kind": one.kind, "bytes": one.bytes, "url": f"{look.link(one.key)}&download=1"} for one in shown]


def _clip(look: Look, at: int) -> dict[str, Any]:
    clip = look.of.clips[at]
    begins, ends = look.of.held.at(clip.begins), look.of.held.at(clip.ends)
    place = {"clip": clip.name, "title": clip.title, "begins": begins, "ends": ends, "state": clip.state}
    return {**place, "sound": look.link(clip.sound), "video": look.link(clip.video), "url": f"/k/{clip.name}"}
