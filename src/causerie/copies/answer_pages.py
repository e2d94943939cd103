"""What the world sees of one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from causerie.copies.contents import Contents, Said
from causerie.copies.state import Copy
from causerie.rooms.state import Room


@dataclass(frozen=True)
class Face:
    """Somebody, as they are shown."""

    name: str
    portrait: str | None = None


@dataclass(frozen=True)
class Line:
    """Words that were said; `at` is milliseconds of the copy."""

    at: int
    who: str | None
    text: str


@dataclass(frozen=True)
class Other:
    """Another answer of the same evening."""

    name: str
    title: str
    length: int


@dataclass(frozen=True)
class AnswerPage:
    """One answer, and all that stands around it. Times are milliseconds; `at` is where it begins in the copy.

    `asker` is how they chose to be named, or nobody; `sound` and `card` are keys of files; `text` answers in words.
    """

    name: str
    title: str
    asker: Face | None
    votes: int
    room: str
    copy: str
    host: str
    language: str
    held_at: int
    at: int
    length: int
    listed: bool
    later: bool = False
    text: str | None = None
    sound: str | None = None
    bytes: int = 0
    card: str | None = None
    generation: int = 0
    who: tuple[Face, ...] = ()
    lines: tuple[Line, ...] = ()
    others: tuple[Other, ...] = ()
    wave: tuple[int, ...] = ()


def page_of(name: str, title: str, copy: Copy, room: Room, contents: Contents, begins: int, ends: int) -> AnswerPage:
    """What stands around something of a copy, from one moment of it to another, whatever that is."""
    return AnswerPage(
        name=name,
        title=title,
        asker=None,
        votes=0,
        room=room.title,
        copy=copy.name,
        host=room.host_name,
        language=room.language,
        held_at=room.started_at or copy.created_at,
        at=begins,
        length=ends - begins,
        listed=copy.visibility == "published",
        lines=lines_between(contents, begins, ends),
    )


def lines_between(contents: Contents, begins: int, ends: int) -> tuple[Line, ...]:
    """What was said between two moments, a paragraph for each who speaks."""
    said = [one for one in contents.transcript if begins <= one.begins < ends]
    made: list[Line] = []
    for one in said:
        if made and made[-1].who == one.who:
            made[-1] = Line(made[-1].at, one.who, f"{made[-1].text} {one.text}")
        else:
            made.append(_line(one))
    return tuple(made)


def heard_between(contents: Contents, begins: int, ends: int) -> list[str]:
    """Who speaks between two moments, by their ids: the longest first."""
    talked = {
        voice.person: sum(max(0, min(until, ends) - max(since, begins)) for since, until in voice.spans)
        for voice in contents.voices
    }
    return sorted((who for who, long in talked.items() if long > 0), key=lambda who: -talked[who])


def wave_between(contents: Contents, begins: int, ends: int) -> tuple[int, ...]:
    """How loud each second is between two moments."""
    return contents.wave[begins // 1000 : max(begins // 1000 + 1, -(-ends // 1000))] if contents.wave else ()


def peaks(wave: Sequence[int], many: int) -> tuple[int, ...]:
    """The same in so many bars: of the seconds that fall to a bar the loudest counts."""
    if not wave:
        return ()
    ends = [(at * len(wave) // many, -(-(at + 1) * len(wave) // many)) for at in range(many)]
    return tuple(max(wave[begins : max(begins + 1, end)]) for begins, end in ends)


def _line(one: Said) -> Line:
    return Line(one.begins, one.who, one.text)
