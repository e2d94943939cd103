"""What letters say that somebody asked for, in their language: their account's, else their browser's."""

from causerie.accounts.emails import emails_of
from causerie.config import Settings
from causerie.db import Database
from causerie.i18n import t
from causerie.ids import PersonId
from causerie.mail import Letter, Mail
from causerie.texts import one_line
from causerie.web.house import House
from causerie.web.languages import language_for


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


async def tell_of_lost_proof(settings: Settings, database: Database, mail: Mail, person: PersonId, domain: str) -> None:
    """Something that was proved has fallen away; its owner is told where they have an address."""
    async with database.read() as connection:
        there = await emails_of(connection, person)
        language = await language_for(connection, person, otherwise=settings.instance.language)
    for email in there:
        mail.post(_lost_letter(language, settings, email.address, domain))


def _lost_letter(language: str, settings: Settings, to: str, domain: str) -> Letter:
    told = t(
        language,
        "For three days neither the record nor the file could be found that shows that {domain} is yours. So it has "
        "fallen off your profile in {place}. Put it back there, and have it looked at again.",
        domain=domain,
        place=_place(settings),
    )
    return Letter(
        to,
        t(language, "{domain} is not shown on your profile any more", domain=domain),
        told,
        f"{settings.web.public_url.rstrip('/')}/settings",
        t(language, "Settings"),
        language=language,
    )


def _place(settings: Settings) -> str:
    return one_line(settings.instance.name)
