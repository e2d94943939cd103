"""The few words of our own that stand in a copy's files, in the room's language; in English where we lack it."""

from typing import Literal

from causerie.i18n import phrase, t

Heading = Literal["asked_by", "chapters", "answered", "open", "speakers"]

HEADINGS: dict[Heading, str] = {
    "asked_by": phrase("{name} asked"),
    "chapters": phrase("Chapters"),
    "answered": phrase("Questions answered"),
    "open": phrase("Questions still open"),
    "speakers": phrase("Speakers"),
}


def heading(language: str, wanted: Heading, **given: str) -> str:
    """One of them, with what stands in {braces} filled in."""
    return t(language, HEADINGS[wanted], **given)
