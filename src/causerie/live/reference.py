"""The messages of docs/building/protocol.md, written from `protocol`: `python -m causerie.live.reference FILE`.

What stands outside the two marks of the page is written by hand and stays.
"""

import json
import sys
import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from causerie.live import protocol as wire
from causerie.live.typescript import messages, written

BEGINS, ENDS = "<!-- written from live/protocol: make docs -->", "<!-- end of what is written -->"
CHAPTERS = (
    ("Commands", wire.AnyCommand, "do"),
    ("Frames", wire.AnyFrame, "type"),
    ("Events", wire.AnyEvent, "is"),
)
# What the examples say, by the field's name.
SAID: dict[str, Any] = {
    "after_end": None,
    "alternate": "1:1",
    "against": "01JQ7W1B4G6C7V8N9M0A2S3D4F",
    "anonymous": False,
    "answered_at": None,
    "asked_at": 1_790_000_060_000,
    "by_host": False,
    "called_at": None,
    "dismissed_count": 3,
    "pending_count": 2,
    "at": 1_790_000_000_000,
    "asked_to_host": None,
    "by": "Aurélie Sandoz",
    "chair_empty_since": None,
    "before": None,
    "begins": 1_790_000_050_000,
    "ban": "01JQ7X2B4D6F8G0H1J3K5M7N9P",
    "asker": "Karim Tafrout",
    "asking": "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    "aside": False,
    "away": False,
    "backstage": False,
    "bot": False,
    "hours": 24,
    "network": True,
    "on_stage": 0,
    "people": 7,
    "code": "question.too_fast",
    "grounds": "insults",
    "handle": "loire",
    "cover": "/art/river.svg",
    "desk": 31,
    "description": "Three people, three answers.",
    "edited": False,
    "ended_at": None,
    "ending": None,
    "ends": 1_790_000_060_000,
    "ends_at": 1_790_000_600_000,
    "epoch": "m1Zx0qk2Tn4a",
    "gone": "01JQ7W1B4G6C7V8N9M0A2S3D4F",
    "guest_votes": 4,
    "guests": 4,
    "guests_vote_counts": False,
    "box_after_end": False,
    "cohosts_without": "room.end",
    "down_votes": False,
    "hand_at": None,
    "lost_seat": False,
    "held": False,
    "hold": True,
    "thanks": True,
    "here": True,
    "host": "Aurélie Sandoz",
    "host_person": "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    "hushed": False,
    "id": "c7",
    "kept": False,
    "late_since": None,
    "into": None,
    "language": "en",
    "listeners": 214,
    "long": "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    "made": "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    "me": 4,
    "muted": False,
    "myself": True,
    "n": 2,
    "name": "Karim Tafrout",
    "note": "I measured this in Lyon.",
    "now": 1_790_000_090_000,
    "number": 3,
    "on": True,
    "on_air_at": None,
    "open_count": 12,
    "opens_at": 1_790_000_093_000,
    "ready_until": None,
    "answered_count": 3,
    "guest": True,
    "speaker": "Karim Tafrout",
    "guests_speak": False,
    "leads": True,
    "let_in": True,
    "named": 12,
    "nameless": 202,
    "silent": 23,
    "skip": 0,
    "stepped_forward": True,
    "visible_list": False,
    "locked": False,
    "most_listeners": 0,
    "minutes": 6,
    "open": True,
    "turned_away": False,
    "line": "weak",
    "lines": "weak",
    "link": "https://example.org/river",
    "person": "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    "place": 2,
    "policy": "votes",
    "portrait": "/art/p-karim.svg",
    "question": "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    "reactions": True,
    "length": 90,
    "questions_per_person": 3,
    "raised_at": 1_790_000_030_000,
    "reason": "Shouts over everybody.",
    "read_first": False,
    "record_from_start": True,
    "recording_missing": False,
    "keep": True,
    "asked": False,
    "missing": False,
    "rights": "question.ask",
    "room": 118,
    "sdp": "v=0\r\n…",
    "since": 1_790_000_010_000,
    "speaking": 3,
    "talking": "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    "stage_size": 50,
    "started_at": 1_790_000_000_000,
    "starts_at": None,
    "tallies": 27,
    "text": "Who speaks for the river when it floods?",
    "title": "Can a river have rights?",
    "more": True,
    "until": 1_790_000_120_000,
    "url": "/api/v1/rooms/demo/catch-up/5f2c9e0a7b1d4c6e8f3a2b1c0d9e8f7a",
    "voted": "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    "votes": 27,
    "ready": True,
    "topic": "Measuring water",
    "waiting": None,
    "words": "sponsored",
    "zone": "Europe/Paris",
    "tags": "rivers",
    "agenda": "How a river remembers",
    "spoken_of": True,
    "from_one": 9,
    "waiting_since": 1_790_000_030_000,
    "wished": False,
}
# The same name means something else here.
MEANT: dict[tuple[str, str], Any] = {
    ("Talk", "spoken"): {"01JQ7VZX5D8B2C4F6G7H9J0K1M": 184_000},
    ("Report", "subject"): "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    ("Report", "name"): "Karim Tafrout",
    ("Report", "text"): None,
    ("Report", "about"): "person",
    ("Report", "on_stage"): ["Karim Tafrout"],
    ("Report", "on_air"): None,
    ("ReportDone", "report"): "01JQ7X2B4D6F8G0H1J3K5M7N9P",
    ("ReportOver", "report"): "01JQ7X2B4D6F8G0H1J3K5M7N9P",
    ("Tick", "reactions"): {"clap": 14, "heart": 3},
    ("Pin", "text"): "The map we speak of",
    ("Sound", "reason"): None,
    ("CaptionLog", "before"): 200,
    ("CaptionSay", "speaker"): "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    ("RoomKnock", "room"): "demo",
    ("Door", "room"): "demo",
    ("RoomPin", "text"): "The map we speak of",
    ("RoomView", "pinned"): None,
    ("RoomView", "opens"): None,
    ("RoomView", "topic"): None,
    ("RoomView", "stepped_forward"): 4,
    ("Tick", "stepped_forward"): 4,
    ("FloorTopic", "text"): "How a river remembers",
    ("Topic", "text"): "How a river remembers",
    ("AgendaLine", "text"): "How a river remembers",
    ("FromOne", "votes"): 12,
    ("DeskView", "one_network"): {"01JQ7W0Y3E9A5T2K8M4N6P1R3S": {"votes": 12, "from_one": 9}},
    ("DeskOneNetwork", "one_network"): {"01JQ7W0Y3E9A5T2K8M4N6P1R3S": {"votes": 12, "from_one": 9}},
    ("MeView", "on_deck"): None,
    ("Entry", "deck"): None,
    ("FloorPick", "hand"): None,
    ("OnDeck", "answer"): "asked",
    ("OnDeck", "id"): "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    ("Reason", "n"): None,
    ("Fell", "why"): "votes",
    ("MePlaced", "fell"): None,
    ("Reason", "why"): "first_time",
    ("Recording", "state"): "recording",
    ("Recording", "before"): 184_000,
    ("Consent", "words"): 2,
    ("RecordingConsent", "words"): 2,
    ("LeftOut", "answer"): "left_out",
    ("CatchUpAnswer", "title"): "Who speaks for the river when it floods?",
    ("CatchUpAnswer", "length"): 184_000,
    ("RecordingTrouble", "trouble"): "full",
    ("RoomEnter", "room"): "demo",
    ("RoomView", "room"): "demo",
    ("Hand", "person"): "01JQ7VZX5D8B2C4F6G7H9J0K1M",
    ("Question", "id"): "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    ("Which", "id"): "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    ("Entry", "id"): "01JQ7W0Y3E9A5T2K8M4N6P1R3S",
    ("MeVoted", "value"): 1,
    ("MeMerged", "value"): 1,
    ("MeMerged", "into"): "01JQ7W1B4G6C7V8N9M0A2S3D4F",
    ("QuestionMerge", "into"): "01JQ7W1B4G6C7V8N9M0A2S3D4F",
    ("QuestionGone", "into"): "01JQ7W1B4G6C7V8N9M0A2S3D4F",
    ("QuestionDismiss", "reason"): "off_topic",
    ("Question", "held"): None,
    ("QuestionPage", "after"): None,
    ("Question", "reason"): None,
    ("Question", "state"): "open",
    ("RoomSettings", "anonymous"): "allowed",
    ("RoomSet", "anonymous"): "allowed",
    ("Refused", "text"): "One question in ten seconds. Try again in a moment.",
    ("Sound", "link"): "up",
    ("QuestionChanged", "state"): "on_air",
    ("Events", "n"): 118,
    ("RoomView", "phase"): "live",
    ("RoomPlanned", "phase"): "live",
    ("RoomMove", "starts_at"): 1_790_000_000_000,
    ("Seat", "role"): "speaker",
    ("Helper", "role"): "screener",
    ("RoleGive", "role"): "screener",
    ("MeDesk", "n"): 31,
    ("RoomEnding", "ending"): {"at": 1_790_000_600_000, "why": "no_chair"},
    ("MeView", "role"): "listener",
    ("MeView", "note"): None,
    ("MeView", "invitation"): None,
}
SHORT = 110
TAGS = ("do", "is", "type")


def example(model: type[wire.Message]) -> dict[str, Any]:
    """One message of this kind as it goes over the wire, its tag first."""
    fields = model.model_fields.items()
    tree = {field.alias or name: _value(model, name, field.annotation) for name, field in fields}
    return {word: tree[word] for word in sorted(tree, key=lambda word: word not in TAGS)}


def _value(model: type[wire.Message], name: str, kind: Any) -> Any:
    if (model.__name__, name) in MEANT:
        return MEANT[model.__name__, name]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _value(model, name, inner[0])
    if origin in (Union, types.UnionType):
        return None if name in SAID and SAID[name] is None else _value(model, name, inner[0])
    if origin is Literal:
        return inner[0]
    if origin is list:
        return [_value(model, name, inner[0])]
    if origin is dict:
        return {SAID["question"]: SAID[name]}
    return example(kind) if isinstance(kind, type) and issubclass(kind, wire.Message) else SAID[name]


def paragraph(model: type[wire.Message]) -> str:
    """One message: its name, what it means, what is in it, an example."""
    plain = {*TAGS, "id"} if issubclass(model, wire.Command) else set(TAGS)  # every command has an id
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    parts = [f"#### `{_called(model)}`", " ".join((model.__doc__ or "").split())]
    told = [_field(model, word, field) for word, field in fields.items() if word not in plain]
    if told:
        parts.append(" · ".join(told))
    return "\n\n".join([*parts, f"```json\n{_shown(example(model))}\n```"])


def _field(model: type[wire.Message], word: str, field: FieldInfo) -> str:
    most = next((getattr(limit, "max_length", None) for limit in field.metadata if hasattr(limit, "max_length")), None)
    upto = f", up to {most:,} characters" if most else ""
    incoming = issubclass(model, wire.Command | wire.Since)
    may = ", may be left out" if incoming and not field.is_required() else ""
    kind = written(field.annotation).replace(written(wire.AnyEvent), "event")
    return f"`{word}` {kind.replace('|', 'or')}{upto}{may}"


def _shown(tree: dict[str, Any]) -> str:
    line = json.dumps(tree, ensure_ascii=False)
    pairs = [f'"{word}": {json.dumps(value, ensure_ascii=False)}' for word, value in tree.items()]
    return line if len(line) <= SHORT else "{\n " + ",\n ".join(pairs) + "\n}"


def _called(model: type[wire.Message]) -> str:
    tag = next((name for name in ("do", "is_", "type") if name in model.model_fields), None)
    return model.model_fields[tag].default if tag else model.__name__


def kinds(union: Any) -> tuple[type[wire.Message], ...]:
    """The messages of one of the protocol's unions."""
    return get_args(get_args(union)[0])


def chapters() -> str:
    """Every message, in the order of the protocol's unions."""
    tagged = {model for _, union, _ in CHAPTERS for model in kinds(union)}
    shapes = [model for model in messages() if issubclass(model, wire.Message) and model not in tagged]
    parts = [
        f"### {title}\n\nTold apart by `{tag}`.\n\n" + "\n\n".join(map(paragraph, kinds(union)))
        for title, union, tag in CHAPTERS
    ]
    return "\n\n".join([*parts, "### Shapes inside them\n\n" + "\n\n".join(map(paragraph, shapes))])


def renewed(page: str) -> str:
    """The page with its messages written anew."""
    before, _, rest = page.partition(BEGINS)
    return f"{before}{BEGINS}\n\n{chapters()}\n\n{ENDS}{rest.partition(ENDS)[2]}"


if __name__ == "__main__":
    paper = Path(sys.argv[1])
    paper.write_text(renewed(paper.read_text(encoding="utf-8")), encoding="utf-8")
