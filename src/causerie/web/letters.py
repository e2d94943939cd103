"""What letters say that somebody asked for, in their language: their account's, else their browser's."""

from causerie.config import Settings
from causerie.i18n import t
from causerie.mail import Letter
from causerie.texts import one_line
from causerie.web.house import House


def entering_letter(language: str, home: House, to: str, link: str) -> Letter:
    """By its link whoever reads it comes in."""
    return Letter(
        to,
        t(language, "Sign in to {place}", place=_place(home.settings)),
        t(language, "Open this page and press the button to come in. It works once, for 15 minutes."),
        link,
        t(language, "Come in"),
        t(language, "If you did not ask for this, do nothing: nobody comes in without it."),
        language=language,
    )


def confirming_letter(language: str, home: House, to: str, link: str, *, name: str) -> Letter:
    """By its link an address becomes somebody's."""
    told = t(
        language,
        "Open this page in the browser you are signed in with, and press the button: from then on you come in to "
        "{place} by this address. It works once, for 15 minutes.",
        place=_place(home.settings),
    )
    return Letter(
        to,
        t(language, "Is this your address, {name}?", name=name),
        told,
        link,
        t(language, "This is my address"),
        t(language, "If you did not ask for this, do nothing: it belongs to nobody then."),
        language=language,
    )


def reminding_letter(language: str, home: House, to: str, link: str, *, title: str) -> Letter:
    """By its link an address is reminded of a room."""
    told = t(
        language,
        "Open this page and press the button: {place} then reminds you of this room by mail.",
        place=_place(home.settings),
    )
    return Letter(
        to,
        t(language, "Be reminded by mail of: {title}", title=title),
        told,
        link,
        t(language, "Remind me by mail"),
        t(language, "Your address is deleted when the room is over. If you did not ask for this, do nothing."),
        language=language,
    )


def _place(settings: Settings) -> str:
    return one_line(settings.instance.name)
