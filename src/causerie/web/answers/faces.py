"""People and signs on an answer's page."""

from xml.etree.ElementTree import Element

from causerie.copies.answer_pages import Face
from causerie.web.answers.markup import e

DRAWN: dict[str, tuple[str, ...]] = {
    "play": ("M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z",),
    "pause": ("M14 4h4v16h-4z", "M6 4h4v16H6z"),
    "text": (
        "M7 15h4M15 15h2M7 11h2M13 11h4",
        "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
    ),
    "take": ("M12 15V3", "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4", "m7 10 5 5 5-5"),
    "hear": (
        "M3 14h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a9 9 0 0 1 18 0v7a2 2 0 0 1-2 2h-1"
        "a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2h3",
    ),
}


def initials(name: str) -> str:
    """First letters of the first and the last name."""
    words = name.split()
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


def avatar(face: Face | None, size: str) -> Element | None:
    if face is None:
        return None
    if face.portrait is None:
        return e("span", initials(face.name), class_=f"avatar avatar--{size} avatar--mono", aria_hidden="true")
    return e("span", e("img", src=face.portrait, alt=""), class_=f"avatar avatar--{size}")


def cameo(face: Face) -> Element:
    if face.portrait is None:
        return e("span", e("span", initials(face.name), class_="cameo__mono"), class_="cameo", aria_hidden="true")
    return e("span", e("img", src=face.portrait, alt=""), class_="cameo")


def icon(name: str) -> Element:
    lines = (e("path", d=line) for line in DRAWN[name])
    return e("svg", *lines, class_=f"icon icon--{name}", viewBox="0 0 24 24", aria_hidden="true")
