"""Removing people, banning them, letting them in again; what was reported."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import REASON_MAX, Command, Id, Message, Millis


class Ban(Message):
    """Somebody who may not come to this room. `network`: nor anybody from where they were; `until`: without end."""

    id: Id
    person: Id
    name: str | None
    network: bool
    reason: str
    at: Millis
    until: Millis | None


class Report(Message):
    """What somebody reported: the room, a person (`name`), or a question (`text`); never who did.

    `on_stage` and `on_air`: who was there, and what was spoken of, at that moment.
    """

    id: Id
    about: Literal["room", "person", "question"]
    subject: Id | None
    name: str | None
    text: str | None
    grounds: Literal["insults", "hate", "threats", "private", "deception", "spam", "other"]
    note: str
    at: Millis
    on_stage: list[str]
    on_air: str | None


class RoomRemove(Command):
    """Send somebody out of the room: their page, their sound, their seat, hand and invitation end. They may return."""

    do: Literal["room.remove"] = "room.remove"
    person: Id


class RoomBan(Command):
    """Send somebody out and keep them out, for so many hours or without end.

    With `network` everybody from their network too, hosts excepted; ask `ban.preview` first how many that are.
    """

    do: Literal["room.ban"] = "room.ban"
    person: Id
    reason: Annotated[str, Field(max_length=REASON_MAX)] = ""
    hours: int | None = None
    network: bool = False


class BanPreview(Command):
    """Ask how many of those present a ban with the network would send out; the answer is a `reach` frame."""

    do: Literal["ban.preview"] = "ban.preview"
    person: Id


class RoomUnban(Command):
    """Let somebody come again."""

    do: Literal["room.unban"] = "room.unban"
    ban: Id


class ReportDone(Command):
    """A report has been dealt with; those who run this place still have it."""

    do: Literal["report.done"] = "report.done"
    report: Id


class BanGiven(Message):
    """Somebody may not come any more."""

    is_: Literal["ban.given"] = Field("ban.given", alias="is")
    ban: Ban


class BanLifted(Message):
    """A ban was taken back, or has run out."""

    is_: Literal["ban.lifted"] = Field("ban.lifted", alias="is")
    ban: Id


class ReportHeard(Message):
    """Somebody reported something."""

    is_: Literal["report.heard"] = Field("report.heard", alias="is")
    report: Report


class ReportOver(Message):
    """Somebody at the desk has dealt with a report."""

    is_: Literal["report.over"] = Field("report.over", alias="is")
    report: Id


class Reach(Message):
    """The answer to `ban.preview`: how many people here a ban of this person's network would send out, and how many
    of them are on stage. `network` tells whether their network is known."""

    type: Literal["reach"] = "reach"
    id: str
    network: bool
    people: int
    on_stage: int


SafetyCommands = RoomRemove | RoomBan | BanPreview | RoomUnban | ReportDone
SafetyEvents = BanGiven | BanLifted | ReportHeard | ReportOver
