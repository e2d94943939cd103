"""What is said, typed along and kept."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import CAPTION_MAX, Command, Id, Message, Millis


class CaptionLine(Message):
    """One line of what was said, and by whom where that is known."""

    speaker: str | None
    text: str
    at: Millis


class CaptionSay(Command):
    """Type one line of what is said. `speaker`: who said it; left out, it is whoever is loudest on stage."""

    do: Literal["caption.say"] = "caption.say"
    text: Annotated[str, Field(min_length=1, max_length=CAPTION_MAX)]
    speaker: Id | None = None


class Caption(Message):
    """A line that was typed just now; it has no number and may be lost. The snapshot holds the last five."""

    type: Literal["caption"] = "caption"
    line: CaptionLine


class CaptionPage(Command):
    """Ask for the log, a hundred lines at a time: those before line `before`, or the last; answered by `captions`."""

    do: Literal["caption.page"] = "caption.page"
    before: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class CaptionLog(Message):
    """The answer to `caption.page`: lines in the order they were said, and how many come before them."""

    type: Literal["captions"] = "captions"
    id: str
    lines: list[CaptionLine]
    before: int


CaptionCommands = CaptionSay | CaptionPage
