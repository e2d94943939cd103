"""The few words of our own that stand in a copy's files, in each language."""

from typing import Literal

Heading = Literal["asked_by", "chapters", "answered", "open", "speakers"]

HEADINGS: dict[str, dict[Heading, str]] = {
    "en": {
        "asked_by": "{name} asked",
        "chapters": "Chapters",
        "answered": "Questions answered",
        "open": "Questions still open",
        "speakers": "Speakers",
    },
    "fr": {
        "asked_by": "Question de {name}",
        "chapters": "Chapitres",
        "answered": "Questions traitées",
        "open": "Questions encore ouvertes",
        "speakers": "Intervenants",
    },
    "ar": {
        "asked_by": "سؤال {name}",
        "chapters": "الفصول",
        "answered": "أسئلة أُجيب عنها",
        "open": "أسئلة ما زالت مفتوحة",
        "speakers": "المتحدثون",
    },
}


def heading(language: str, wanted: Heading) -> str:
    """In the room's language, in English where we do not speak it."""
    return HEADINGS.get(language.partition("-")[0], HEADINGS["en"])[wanted]
