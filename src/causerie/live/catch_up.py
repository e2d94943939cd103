"""Answers that can be heard while the room goes on, as everybody in it is told of them."""

from causerie.live import protocol as wire
from causerie.questions.state import Question
from causerie.recordings.catch_up import heard
from causerie.recordings.live import RecordedRoom
from causerie.recordings.state import CatchUp


def answers(live: RecordedRoom) -> list[wire.CatchUpAnswer]:
    """All of them, in the order they were given."""
    return [_answer(live, question, sound) for question, sound in heard(live)]


def changed(before: RecordedRoom, after: RecordedRoom) -> wire.CatchUpChanged | None:
    """What is otherwise after a turn; most turns are about something else."""
    there, were_asked, are_asked = after.recording.catch_up, before.questions.all, after.questions.all
    if before.recording.catch_up is there and all(were_asked.get(id) is are_asked.get(id) for id in there):
        return None
    were, are = answers(before), answers(after)
    here = {one.question for one in are}
    added, gone = [one for one in are if one not in were], [one.question for one in were if one.question not in here]
    return wire.CatchUpChanged(added=added, gone=gone) if added or gone else None


def _answer(live: RecordedRoom, question: Question, sound: CatchUp) -> wire.CatchUpAnswer:
    return wire.CatchUpAnswer(
        question=question.id,
        title=question.text,
        asker=question.name if question.hidden_from == "nobody" else None,
        at=sound.begins,
        length=sound.length,
        url=f"/api/v1/rooms/{live.room.name}/catch-up/{sound.file}",
    )
