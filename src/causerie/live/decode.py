"""A frame from a page, read with suspicion: one JSON object, no key twice, a known message with known fields."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from causerie.errors import Invalid
from causerie.live import protocol as wire

_COMMAND: TypeAdapter[wire.Command] = TypeAdapter(wire.AnyCommand)

# What people can meet, in their words, by the field that is wrong.
SAID = {
    ("question.ask", "text"): ("question.length", "A question has 2 to 255 characters."),
    ("hand.raise", "note"): ("hand.note", "A note has at most 120 characters."),
    ("media.offer", "sdp"): ("sdp.too_large", "This offer of sound is too large."),
    ("room.enter", "sdp"): ("sdp.too_large", "This offer of sound is too large."),
    ("room.enter", "room"): ("room.unknown", "There is no room at this address."),
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
    known = id if isinstance(id, str) and len(id) <= 40 else None
    place = wrong.errors()[0]["loc"]
    code, text = SAID.get((str(place[0]), str(place[-1])), (None, None)) if len(place) == 2 else (None, None)
    return MessageUnknown(known, code, text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ValueError("a key stands twice")
    return tree
