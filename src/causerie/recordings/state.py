"""The takes of a room as they stand, and how each event changes them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Any, Literal

from causerie.ids import PersonId, QuestionId
from causerie.recordings import events as happened
from causerie.rooms.settings import RecordingRule

TakeState = Literal["off", "requested", "recording", "paused", "stopping", "processing", "ready", "failed"]
Answer = Literal["kept", "left_out", "withdrawn"]


@dataclass(frozen=True)
class Track:
    """What one person said during a take, in a log of its own. Who agrees once more after a withdrawal has another."""

    id: str
    person: PersonId
    name: str
    number: int
    withdrawn: bool = False
    erased: bool = False
    opened_at: int = 0


@dataclass(frozen=True)
class Take:
    """One recording from its request to its copy. `since`: when it came into its state; `before`: how long it had run.

    `interrupted`: the program ended while it ran, and nothing is written before everybody is told that it goes on.
    """

    id: str
    rule: RecordingRule
    words: int
    requested_at: int
    state: TakeState
    since: int
    part: int = 0
    before: int = 0
    paused_by: happened.WhyPaused | None = None
    interrupted: bool = False
    answers: dict[PersonId, Answer] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)

    @property
    def on(self) -> bool:
        """People are asked, and may be recorded."""
        return self.state in ("requested", "recording", "paused")

    @property
    def runs(self) -> bool:
        """What people say is written now."""
        return self.state == "recording" and not self.interrupted

    @property
    def uncopied(self) -> bool:
        """It runs, or waits for its copy; once that is there, the take is heard in it."""
        return self.state in ("recording", "paused", "stopping", "processing")

    @property
    def kept(self) -> dict[PersonId, Track]:
        """The track of everybody who agreed and has one."""
        return {track.person: track for track in self.tracks.values() if not track.withdrawn}

    def ran(self, until: int) -> int:
        """How long it has run by then, in milliseconds."""
        return self.before + (until - self.since if self.state == "recording" else 0)


@dataclass(frozen=True)
class CatchUp:
    """The sound of an answer, for who came later; only while it was given from `begins` to `ends`."""

    question: QuestionId
    file: str
    begins: int
    ends: int
    length: int
    tracks: frozenset[str]


@dataclass(frozen=True)
class Recording:
    """Every take of a room, the last one last. `minors`: who is here and is never recorded.

    `catch_up`: answers that can be heard while the room goes on; after a restart they are found by their files.
    """

    takes: dict[str, Take] = field(default_factory=dict)
    minors: frozenset[PersonId] = frozenset()
    catch_up: dict[QuestionId, CatchUp] = field(default_factory=dict)

    @property
    def take(self) -> Take | None:
        """The last one: the one the sign tells of."""
        return next(reversed(self.takes.values()), None)

    @property
    def now_on(self) -> Take | None:
        """The take that people are asked about, where there is one."""
        take = self.take
        return take if take is not None and take.on else None


@singledispatch
def fold(_event: object, recording: Recording) -> Recording:
    """The takes after an event; events of others leave them as they are."""
    return recording


@fold.register
def _(event: happened.RecordingRequested, recording: Recording) -> Recording:
    take = Take(event.take, event.rule, event.words, event.at, "requested", event.at)
    return replace(recording, takes={**recording.takes, take.id: take})


@fold.register
def _(event: happened.PartBegan, recording: Recording) -> Recording:
    return _goes(recording, event.take, "recording", event.at, part=event.part, paused_by=None, interrupted=False)


@fold.register
def _(event: happened.RecordingPaused, recording: Recording) -> Recording:
    return _goes(recording, event.take, "paused", event.at, paused_by=event.why, interrupted=False)


@fold.register
def _(event: happened.RecordingStopped, recording: Recording) -> Recording:
    return _goes(recording, event.take, "stopping", event.at, paused_by=None, interrupted=False)


@fold.register
def _(event: happened.TakeClosed, recording: Recording) -> Recording:
    return _goes(recording, event.take, "off" if event.empty else "processing", event.at)


@fold.register
def _(event: happened.TakeCopied, recording: Recording) -> Recording:
    after = _goes(recording, event.take, "failed" if event.failed else "ready", event.at)
    return _unheard(after, recording.takes[event.take].tracks)


@fold.register
def _(event: happened.CopyOutdated, recording: Recording) -> Recording:
    return _goes(recording, event.take, "processing", event.at)


@fold.register
def _(event: happened.TakeDropped, recording: Recording) -> Recording:
    tracks = recording.takes[event.take].tracks
    gone = {id: replace(one, withdrawn=True) for id, one in tracks.items()}
    return _unheard(_goes(_changed(recording, event.take, tracks=gone), event.take, "off", event.at), gone)


@fold.register
def _(event: happened.Consented, recording: Recording) -> Recording:
    return _answered(recording, event.take, event.person, "kept")


@fold.register
def _(event: happened.LeftOut, recording: Recording) -> Recording:
    return _answered(recording, event.take, event.person, "left_out")


@fold.register
def _(event: happened.Withdrawn, recording: Recording) -> Recording:
    after = _answered(recording, event.take, event.person, "withdrawn")
    tracks = after.takes[event.take].tracks
    theirs = {id: replace(one, withdrawn=True) for id, one in tracks.items() if one.person == event.person}
    return _unheard(_changed(after, event.take, tracks={**tracks, **theirs}), theirs)


@fold.register
def _(event: happened.TrackOpened, recording: Recording) -> Recording:
    track = Track(event.track, event.person, event.name, event.number, opened_at=event.at)
    return _changed(recording, event.take, tracks={**recording.takes[event.take].tracks, track.id: track})


@fold.register
def _(event: happened.TrackErased, recording: Recording) -> Recording:
    tracks = recording.takes[event.take].tracks
    erased = replace(tracks[event.track], erased=True)
    return _changed(recording, event.take, tracks={**tracks, erased.id: erased})


@fold.register
def _(event: happened.MinorCame, recording: Recording) -> Recording:
    return replace(recording, minors=recording.minors | {event.person})


@fold.register
def _(event: happened.CatchUpMade, recording: Recording) -> Recording:
    made = CatchUp(event.question, event.file, event.begins, event.ends, event.length, event.tracks)
    return replace(recording, catch_up={**recording.catch_up, made.question: made})


@fold.register
def _(event: happened.CatchUpGone, recording: Recording) -> Recording:
    left = {id: one for id, one in recording.catch_up.items() if id != event.question}
    return replace(recording, catch_up=left)


def _unheard(recording: Recording, tracks: Collection[str]) -> Recording:
    """No answer can be heard any more that these tracks are in."""
    left = {id: one for id, one in recording.catch_up.items() if one.tracks.isdisjoint(tracks)}
    return replace(recording, catch_up=left)


def _goes(recording: Recording, id: str, state: TakeState, at: int, **changed: Any) -> Recording:
    """A take in another state; how long it ran is counted on."""
    return _changed(recording, id, state=state, since=at, before=recording.takes[id].ran(at), **changed)


def _answered(recording: Recording, id: str, person: PersonId, answer: Answer) -> Recording:
    return _changed(recording, id, answers={**recording.takes[id].answers, person: answer})


def _changed(recording: Recording, id: str, **changed: Any) -> Recording:
    return replace(recording, takes={**recording.takes, id: replace(recording.takes[id], **changed)})
