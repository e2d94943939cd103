"""What a group agreed on, for everybody to read who may see the group."""

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from causerie.groups.errors import CharterWrong
from causerie.texts import seen

Openers = Literal["admins", "moderators", "members", "everybody"]
# What rooms of the group begin with: nobody is recorded; those who say yes; or who does not say yes has no seat.
Recording = Literal["off", "each", "condition"]
LONGEST_TEXT = 2000
TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Charter:
    """Who may open a room, how rooms are recorded unless their host says otherwise, when it is quiet; and in words.

    `quiet_from` and `quiet_to` are times of day by the clocks of `zone`; both are there, or neither.
    """

    opens: Openers = "admins"
    recording: Recording = "each"
    quiet_from: str | None = None
    quiet_to: str | None = None
    zone: str = "UTC"
    text: str = ""


def agreed(charter: Charter) -> Charter:
    """A charter as it is kept; or `CharterWrong`."""
    text = seen(charter.text).strip()
    quiet = (charter.quiet_from, charter.quiet_to)
    if len(text) > LONGEST_TEXT or not _quiet(*quiet) or not _known(charter.zone):
        raise CharterWrong
    return Charter(charter.opens, charter.recording, *quiet, charter.zone, text)


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


def written(charter: Charter) -> str:
    """As it is stored."""
    return json.dumps(asdict(charter))


def read(text: str) -> Charter:
    """As it was stored; what was not known then has its default, what is not known any more is let go."""
    known = {field.name for field in fields(Charter)}
    return Charter(**{name: value for name, value in json.loads(text).items() if name in known})
