"""The browser's types, written from `protocol`: `python -m causerie.live.typescript FILE`."""

import json
import sys
import types
import typing
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from causerie.live import protocol

UNIONS = {
    "RoomEvents": protocol.RoomEvents,
    "AudienceEvents": protocol.AudienceEvents,
    "DoorEvents": protocol.DoorEvents,
    "SafetyEvents": protocol.SafetyEvents,
    "StageEvents": protocol.StageEvents,
    "MicrophoneEvents": protocol.MicrophoneEvents,
    "BackstageEvents": protocol.BackstageEvents,
    "QuestionEvents": protocol.QuestionEvents,
    "FloorEvents": protocol.FloorEvents,
    "PeopleEvents": protocol.PeopleEvents,
    "RecordingEvents": protocol.RecordingEvents,
    "AnyCommand": protocol.AnyCommand,
    "AnyEvent": protocol.AnyEvent,
    "AnyFrame": protocol.AnyFrame,
}
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def written(annotation: Any) -> str:
    """One Python annotation as a TypeScript type."""
    if isinstance(annotation, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
        return written(annotation.__value__)
    origin = get_origin(annotation)
    if origin is Annotated:
        return written(get_args(annotation)[0])
    if origin is Literal:
        return " | ".join(json.dumps(word) for word in get_args(annotation))
    if origin in (Union, types.UnionType):
        return " | ".join(dict.fromkeys(written(part) for part in get_args(annotation)))
    if origin is list:
        return f"Array<{written(get_args(annotation)[0])}>"
    if origin is dict:
        return f"Record<string, {written(get_args(annotation)[1])}>"
    if annotation in PLAIN:
        return PLAIN[annotation]
    return str(annotation.__name__)


def interface(model: type[BaseModel]) -> str:
    """One message as an exported interface, its sentence above it."""
    incoming = issubclass(model, protocol.Command | protocol.Since)
    lines = [f"/** {' '.join((model.__doc__ or '').split())} */", f"export interface {model.__name__} {{"]
    for name, field in model.model_fields.items():
        word = field.alias or name
        tagged = word in ("do", "is", "type")
        optional = "?" if incoming and not field.is_required() and not tagged else ""
        kind = written(field.annotation).replace(written(protocol.AnyEvent), "AnyEvent")
        lines.append(f"  {word}{optional}: {kind};")
    return "\n".join([*lines, "}"])


def messages() -> list[type[BaseModel]]:
    """Every message, part by part."""
    abstract = {protocol.Message, protocol.Command}
    return [
        thing
        for thing in vars(protocol).values()
        if isinstance(thing, type) and issubclass(thing, protocol.Message) and thing not in abstract
    ]


def document() -> str:
    """The whole generated file."""
    head = "// Written by causerie.live.typescript from live/protocol. Change it there, then run `make types`.\n"
    limits = "\n".join(f"export const {name} = {getattr(protocol, name)};" for name in LIMITS)
    unions = "\n".join(f"export type {name} = {written(union)};" for name, union in UNIONS.items())
    return "\n\n".join([head + limits, *map(interface, messages()), unions]) + "\n"


LIMITS = (
    "QUESTION_MIN",
    "QUESTION_MAX",
    "NOTE_MAX",
    "PIN_MAX",
    "TOPIC_MAX",
    "AGENDA_MAX",
    "LINK_MAX",
    "REASON_MAX",
    "CAPTION_MAX",
    "NAME_MAX",
    "SDP_MAX",
    "CONSENT_WORDS",
    "ROOM_LASTS",
)

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")
