"""A frame from a page, read with suspicion: one JSON object, no key twice, a known message with known fields."""

import json
import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from causerie.accounts.errors import NameLength
from causerie.captions.errors import CaptionLength
from causerie.errors import Invalid, Refusal
from causerie.floor.errors import TopicLength
from causerie.live import protocol as wire
from causerie.media import OfferTooLarge
from causerie.questions.errors import QuestionLength
from causerie.rooms.audience.errors import KnockNote, PinLength, PinLink
from causerie.rooms.errors import AgendaLines, RoomUnknown
from causerie.safety.errors import ReasonLength

# An id that no command can have is not said back: half a surrogate pair, for one, is in no answer that can be sent.
_ID = re.compile(r"[\w-]{1,40}")
_COMMAND: TypeAdapter[wire.Command] = TypeAdapter(wire.AnyCommand)


class NoteLength(Invalid):
    code, text = "hand.note", "A note has at most 120 characters."


# What people can meet, in their words, by the field that is wrong.
SAID: dict[tuple[str, str], type[Refusal]] = {
    ("question.ask", "text"): QuestionLength,
    ("question.edit", "text"): QuestionLength,
    ("hand.raise", "note"): NoteLength,
    ("media.offer", "sdp"): OfferTooLarge,
    ("room.enter", "sdp"): OfferTooLarge,
    ("room.enter", "room"): RoomUnknown,
    ("room.ban", "reason"): ReasonLength,
    ("room.knock", "room"): RoomUnknown,
    ("room.knock", "note"): KnockNote,
    ("room.knock", "name"): NameLength,
    ("caption.say", "text"): CaptionLength,
    ("floor.topic", "text"): TopicLength,
    ("room.plan", "agenda"): AgendaLines,
    ("room.pin", "text"): PinLength,
    ("room.pin", "link"): PinLink,
}


class MessageUnknown(Invalid):
    """A frame that is no command of this protocol. `id` is its command's, where that could be read."""

    code, text = "message.unknown", "This page is out of date. Reload it."

    def __init__(self, id: str | None, code: str | None = None, text: str | None = None) -> None:
        self.id = id
        super().__init__(text, code=code)


def command(frame: str) -> wire.Command:
    """The command of a frame, or `MessageUnknown`."""
    try:
        tree = json.loads(frame, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise MessageUnknown(None) from None
    try:
        return _COMMAND.validate_python(tree)
    except ValidationError as wrong:
        raise _said(tree, wrong) from None


def _said(tree: Any, wrong: ValidationError) -> MessageUnknown:
    id = tree.get("id") if isinstance(tree, dict) else None
    known = id if isinstance(id, str) and _ID.fullmatch(id) else None
    place = wrong.errors()[0]["loc"]
    refusal = SAID.get((str(place[0]), str(place[-1])), MessageUnknown) if len(place) == 2 else MessageUnknown
    return MessageUnknown(known, refusal.code, refusal.text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ValueError("a key stands twice")
    return tree
