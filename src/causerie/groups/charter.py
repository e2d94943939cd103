"""What a group agreed on, for everybody to read who may see the group."""

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from causerie.groups.errors import AlwaysRecorded, CharterWrong, NeverRecorded, RecordsOtherwise
from causerie.texts import seen

Openers = Literal["admins", "moderators", "members", "everybody"]
# Whether rooms of the group are recorded at all: as their host says, each of them, or none.
Records = Literal["may", "must", "never"]
# What rooms of the group begin with: nobody is recorded; those who say yes; or who does not say yes has no seat.
Recording = Literal["off", "each", "condition"]
LONGEST_TEXT = 2000
TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Charter:
    """Who may open a room, how rooms are recorded unless their host says otherwise, when it is quiet; and in words.

    `records` binds hosts, `recording` is what they begin with.
    `quiet_from` and `quiet_to` are times of day by the clocks of `zone`; both are there, or neither.
    """

    opens: Openers = "admins"
    recording: Recording = "each"
    quiet_from: str | None = None
    quiet_to: str | None = None
    zone: str = "UTC"
    text: str = ""
    records: Records = "may"


def agreed(charter: Charter) -> Charter:
    """A charter as it is kept; or `CharterWrong`."""
    text = seen(charter.text).strip()
    quiet = (charter.quiet_from, charter.quiet_to)
    if len(text) > LONGEST_TEXT or not _quiet(*quiet) or not _known(charter.zone):
        raise CharterWrong
    if charter.records != "may" and (charter.records == "never") != (charter.recording == "off"):
        raise RecordsOtherwise
    return Charter(charter.opens, charter.recording, *quiet, charter.zone, text, charter.records)


def _quiet(since: str | None, until: str | None) -> bool:
    """Whether these are quiet hours, or none."""
    if since is None or until is None:
        return since is until
    return since != until and all(TIME_OF_DAY.fullmatch(at) is not None for at in (since, until))


def _known(zone: str) -> bool:
    """Whether there are clocks of this name; UTC is known everywhere."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone == "UTC"
    return True


def recorded(charter: Charter, wanted: Recording | None, *, from_start: bool) -> tuple[Recording, bool]:
    """How a room of the group is recorded and whether from its start, as its host wants it and the charter lets them.

    Raises `NeverRecorded` or `AlwaysRecorded`.
    """
    if wanted is not None:
        may_be(charter.records, wanted, from_start=True)
    return wanted or charter.recording, charter.records == "must" or (from_start and charter.records == "may")


def may_be(records: Records, recording: Recording, *, from_start: bool) -> None:
    """A room may be recorded so; or a refusal."""
    if records == "never" and recording != "off":
        raise NeverRecorded
    if records == "must" and (recording == "off" or not from_start):
        raise AlwaysRecorded


def choices(records: Records) -> list[Recording]:
    """Between which ways to be recorded a host can choose."""
    every: dict[Records, list[Recording]] = {"must": ["each", "condition"], "never": ["off"]}
    return every.get(records, ["each", "condition", "off"])


def written(charter: Charter) -> str:
    """As it is stored."""
    return json.dumps(asdict(charter))


def read(text: str) -> Charter:
    """As it was stored; what was not known then has its default, what is not known any more is let go."""
    known = {field.name for field in fields(Charter)}
    return Charter(**{name: value for name, value in json.loads(text).items() if name in known})
