"""What a notice says, in the language of who is told."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime

from causerie.i18n import locale, phrase, t
from causerie.notices.kinds import Kind, Said

# What those who run the place wrote is told as they wrote it.
NOTE = "{note}"
# Where who it was has gone, and has no name here any more.
HOST = phrase("The host")
NAMELESS = {"group": phrase("Somebody who has gone"), "house": phrase("who runs this place")}
"""Who did it, where nobody is named, by what it is about; in a room that is its host."""
MADE = phrase("{host} made you that.")
_ON = phrase("{host} talks on {at}.")
_BEGINS = phrase("{host} begins on {at}.")

SENTENCES: dict[Kind, tuple[str, str]] = {
    "room.week": (phrase("In a week: {title}"), _ON),
    "room.day": (phrase("Tomorrow: {title}"), _ON),
    "room.hour": (phrase("In an hour: {title}"), _BEGINS),
    "room.soon": (phrase("In a quarter of an hour: {title}"), _BEGINS),
    "room.starts": (phrase("Now: {title}"), phrase("It is planned to begin now. You can come in already.")),
    "room.live": (phrase("Live: {title}"), phrase("{host} is live.")),
    "room.moved": (phrase("Moved: {title}"), phrase("It begins on {at} instead.")),
    "room.cancelled": (phrase("Cancelled: {title}"), phrase("It does not take place after all.")),
    "room.group_gone": (
        phrase("Cancelled: {title}"),
        phrase("It was to be held in a group that is gone, and does not take place."),
    ),
    "room.missed": (
        phrase("Did not take place: {title}"),
        phrase("Nobody came to lead this room. Its questions are kept."),
    ),
    "room.invited": (
        phrase("You are invited: {title}"),
        phrase("{host} gave you a part in it. It begins on {at}."),
    ),
    "room.asked": (
        phrase("Will you join in: {title}"),
        phrase("{host} would like you to take part. Say yes or no at its door."),
    ),
    "room.handed": (
        phrase("You are asked to lead: {title}"),
        phrase("{host} asks you to be its host. It begins on {at}."),
    ),
    "question.next": (
        phrase("You are next: {title}"),
        phrase("What you wanted to ask or to say is taken up in a moment."),
    ),
    "question.answered": (
        phrase("Your question was answered: {title}"),
        phrase("{host} is the host of this room."),
    ),
    "copy.ready": (
        phrase("Your copy is ready: {title}"),
        phrase("Hear it, change it, and publish it when you like."),
    ),
    "copy.failed": (
        phrase("The copy could not be made: {title}"),
        phrase("The recording is kept. It is tried again by itself."),
    ),
    "export.ready": (
        phrase("What is kept of you is ready"),
        phrase("Take the file along from your settings, within three days."),
    ),
    "proof.lost": (
        phrase("{title} is not shown on your profile any more"),
        phrase("It was not to be found for three days. Put it back, and have it looked at again in your settings."),
    ),
    "group.asked": (phrase("{host} asks to join {title}"), phrase("You find the request on the page of the group.")),
    "group.let_in": (phrase("You are in: {title}"), phrase("{host} let you into the group.")),
    "group.declined": (phrase("Not let in: {title}"), phrase("You can ask again after a week.")),
    "group.heir": (
        phrase("You are asked to own {title}"),
        phrase("{host} would like to hand the group over to you. Accept or decline on its page."),
    ),
    "group.going": (
        phrase("{title} is going to be deleted"),
        phrase("The group goes on {at}. Until then its owner can undo that."),
    ),
    "group.admin": (phrase("You are an admin of {title}"), MADE),
    "group.moderator": (phrase("You are a moderator of {title}"), MADE),
    "group.member": (
        phrase("You are a member of {title} like others"),
        phrase("{host} took back what else you were in the group."),
    ),
    "group.removed": (phrase("You are not in {title} any more"), phrase("{host} removed you from the group.")),
    "group.banned": (phrase("You are banned from {title}"), phrase("The reason that was given: {note}")),
    "group.unbanned": (
        phrase("You are not banned from {title} any more"),
        phrase("The ban was undone. You are not a member by that."),
    ),
    "group.taken": (phrase("{host} owns {title} now"), phrase("It was taken over. You are an admin from now on.")),
    "group.not_taken": (
        phrase("{host} does not take over {title}"),
        phrase("The group stays yours. You can offer it to somebody else."),
    ),
    "house.decided": (phrase("A decision about you: {title}"), NOTE),
    "house.answered": (phrase("Your appeal was answered: {title}"), NOTE),
    "house.appeal": (phrase("An appeal to answer: {title}"), phrase("{host} answers to a decision.")),
    "house.link": (
        phrase("Somebody can come in as you"),
        phrase("A sign-in link for you was made by {host}. Did you not ask for it? End your sessions, and tell them."),
    ),
    "house.check_request": (
        phrase("{host} asks to be checked"),
        phrase("They say who they are, and how one can tell."),
    ),
    "house.checked": (phrase("You were checked"), phrase("This stands on your profile now: {note}")),
    "house.not_checked": (phrase("You were not checked"), phrase("The reason that was given: {note}")),
    "house.reported": (phrase("What you reported was looked at: {title}"), NOTE),
}

# Of a room that begins when its host is ready, at no time that is set.
UNTIMED: dict[Kind, tuple[str, str]] = {
    "room.invited": (
        phrase("You are invited: {title}"),
        phrase("{host} gave you a part in it. It begins when {host} is ready, at no time that is set."),
    ),
    "room.handed": (
        phrase("You are asked to lead: {title}"),
        phrase("{host} asks you to be its host. It begins when its host is ready, at no time that is set."),
    ),
    "room.moved": (
        phrase("No time any more: {title}"),
        phrase("It begins when {host} is ready, at no time that is set. You hear when it does."),
    ),
}


@dataclass(frozen=True)
class Words:
    """A notice in words."""

    title: str
    text: str


def worded(kind: Kind, said: Said, *, wanted: str = "en", zone: str = "UTC") -> Words:
    """The notice as this person reads it, with moments in their own zone."""
    host = said.host or t(wanted, NAMELESS.get(kind.partition(".")[0], HOST))
    given = {"title": said.title, "host": host, "at": _moment(said.at, wanted, zone), "note": said.note}
    title, text = (UNTIMED if said.at is None else SENTENCES).get(kind, SENTENCES[kind])
    return Words(t(wanted, title, **given), t(wanted, text, **given))


def zone_of(name: str) -> tzinfo:
    """The zone of this name; UTC where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _moment(at: int | None, wanted: str, zone: str) -> str:
    if at is None:
        return ""
    here = datetime.fromtimestamp(at / 1000, UTC).astimezone(zone_of(zone))
    return f"{format_datetime(here, 'EEEE d MMMM, HH:mm', locale=locale(wanted))} ({here.tzname()})"
