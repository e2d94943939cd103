"""What everybody who comes is shown of the room: encoded once, until something in it changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from causerie.captions.lines import Line
from causerie.clock import SECOND
from causerie.ids import PersonId
from causerie.live import views
from causerie.recordings.live import RecordedRoom

# Votes lose weight with time, so the order of what is wanted does not stay for ever.
KEPT = SECOND
LISTENERS = '"listeners":'


@dataclass
class Shown:
    """The room's part of a snapshot; who listens changes with each who comes, and is put in for each."""

    _live: RecordedRoom | None = None
    _captions: tuple[Line, ...] = ()
    _at: int = 0
    _before: str = ""
    _after: str = ""

    def to(self, viewer: PersonId, live: RecordedRoom, captions: Iterable[Line], *, listeners: int, now: int) -> str:
        """As this person sees it, in JSON: who has asked something sees their own questions too."""
        said = tuple(captions)
        if live.questions.of(viewer):
            return views.room(live, viewer, listeners=listeners, now=now, captions=said).model_dump_json(by_alias=True)
        if live is not self._live or said != self._captions or not self._at <= now < self._at + KEPT:
            self._live, self._captions, self._at = live, said, now
            whole = views.room(live, viewer, listeners=0, now=now, captions=said).model_dump_json(by_alias=True)
            self._before, _, self._after = whole.partition(f"{LISTENERS}0")
        return f"{self._before}{LISTENERS}{listeners}{self._after}"
