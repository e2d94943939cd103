"""Each move of a recording, decided on its present state: events, or a refusal. Nothing here does anything."""

from collections.abc import Mapping

from causerie.accounts.people import Person
from causerie.ids import PersonId, QuestionId
from causerie.recordings import events as happened
from causerie.recordings.errors import NeverRecorded, NotAsked, NotRecording, RecordingOff, WordsChanged
from causerie.recordings.events import Event, WhyPaused
from causerie.recordings.state import CatchUp, Recording
from causerie.recordings.words import WORDS
from causerie.rooms.settings import RecordingRule


def request(recording: Recording, *, take: str, rule: RecordingRule, now: int) -> list[Event]:
    """Want a take. Wanting it twice is wanting it once."""
    if rule == "off":
        raise RecordingOff
    if recording.now_on is not None:
        return []
    return [happened.RecordingRequested(take, rule, WORDS, now)]


def pause(recording: Recording, *, now: int, why: WhyPaused = "host") -> list[Event]:
    """Write nothing for a while: a gap of silence. Pausing twice is pausing once."""
    take = recording.now_on
    if take is None or take.state == "requested":
        raise NotRecording
    if take.paused_by in (why, "host"):
        return []
    return [happened.RecordingPaused(take.id, take.part, why, now)]


def resume(recording: Recording, *, now: int) -> list[Event]:
    """Go on after a pause."""
    take = recording.now_on
    if take is None or take.state == "requested":
        raise NotRecording
    return [happened.PartBegan(take.id, take.part + 1, now)] if take.state == "paused" else []


def stop(recording: Recording, *, now: int) -> list[Event]:
    """End the take. Stopping twice is stopping once."""
    take = recording.now_on
    return [happened.RecordingStopped(take.id, take.part, now)] if take is not None else []


def go_on(recording: Recording, *, now: int) -> list[Event]:
    """The program is back: what ran then runs again, as the next part."""
    take = recording.take
    return [happened.PartBegan(take.id, take.part + 1, now)] if take is not None and take.interrupted else []


def answer(recording: Recording, person: Person, *, keep: bool, words: int, now: int) -> list[Event]:
    """Keep my part, or leave me out. Who said yes and wants to be left out takes the yes back."""
    take = recording.now_on
    if take is None:
        raise NotAsked
    if words not in (take.words, WORDS):
        raise WordsChanged
    if keep and (person.minor or person.bot):
        raise NeverRecorded
    had = take.answers.get(person.id)
    if keep:
        return [happened.Consented(take.id, person.id, words, now)] if had != "kept" else []
    if had == "kept":
        return [happened.Withdrawn(take.id, person.id, words, now)]
    return [happened.LeftOut(take.id, person.id, words, now)] if had is None else []


def withdraw(recording: Recording, person: PersonId, *, now: int) -> list[Event]:
    """Take one's yes back, from every take of the room; a copy that is made is made anew. Twice is once."""
    events: list[Event] = []
    for take in recording.takes.values():
        if take.answers.get(person) == "kept":
            events.append(happened.Withdrawn(take.id, person, take.words, now))
            if take.state in ("ready", "failed") and person in take.kept:
                events.append(happened.CopyOutdated(take.id, now))
    return events


def close(recording: Recording, take: str, *, now: int) -> list[Event]:
    """The logs of a take that was stopped are whole on the disk."""
    there = recording.takes.get(take)
    if there is None or there.state != "stopping":
        return []
    return [happened.TakeClosed(take, not there.kept, now)]


def copied(recording: Recording, take: str, *, failed: bool, now: int) -> list[Event]:
    """The copy is made, or could not be; whoever makes it anew says so again."""
    there = recording.takes.get(take)
    wanted = "failed" if failed else "ready"
    if there is None or there.state not in ("processing", "ready", "failed") or there.state == wanted:
        return []
    return [happened.TakeCopied(take, failed, now)]


def drop(recording: Recording, *, now: int) -> list[Event]:
    """Nothing is kept of any take any more: its logs go. Who said what of their part stays in the ledger."""
    over = ("processing", "ready", "failed")
    return [happened.TakeDropped(take.id, now) for take in recording.takes.values() if take.state in over]


def erase(recording: Recording, track: str, *, now: int) -> list[Event]:
    """The log of a track that was withdrawn is gone."""
    return [
        happened.TrackErased(take.id, track, now)
        for take in recording.takes.values()
        if track in take.tracks and not take.tracks[track].erased
    ]


def catch_up(recording: Recording, there: Mapping[QuestionId, CatchUp]) -> list[Event]:
    """These answers can be heard, and no others; not one with a track that was withdrawn, or is in a copy."""
    kept = {track.id for take in recording.takes.values() if take.uncopied for track in take.kept.values()}
    stand = {id: one for id, one in there.items() if one.tracks <= kept}
    gone = [happened.CatchUpGone(id) for id in recording.catch_up if id not in stand]
    fresh = [one for id, one in stand.items() if recording.catch_up.get(id) != one]
    return [*gone, *(happened.CatchUpMade(**vars(one)) for one in fresh)]
