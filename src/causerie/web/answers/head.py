"""What machines and previews read of an answer's page."""

from xml.etree.ElementTree import Element

from causerie.copies.answer_pages import AnswerPage
from causerie.web.answers.markup import Inside, e, facts
from causerie.web.answers.place import Place, say

CARD = (1200, 630)


def plain(answer: AnswerPage, place: Place) -> list[Inside]:
    """What each head has."""
    grounds = (("light", "#F4F2EA"), ("dark", "#0F1412"))
    return [
        e("meta", charset="utf-8"),
        e("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        *(e("meta", name="theme-color", media=f"(prefers-color-scheme: {when})", content=how) for when, how in grounds),
        e("title", f"{answer.title} · {place.instance}"),
        e("link", rel="icon", href="/logo.svg", type="image/svg+xml"),
        *styles(place),
        e("script", type="module", src=place.script) if place.script else None,
    ]


def styles(place: Place) -> list[Element]:
    return [e("link", rel="stylesheet", href=style) for style in place.styles]


def head(answer: AnswerPage, place: Place) -> Element:
    here, found = place.of(f"/a/{answer.name}"), place.of(f"/oembed?format=json&url={place.of(f'/a/{answer.name}')}")
    told = told_of(answer)
    return e(
        "head",
        *plain(answer, place),
        e("meta", name="description", content=told),
        e("link", rel="canonical", href=here),
        e("meta", name="robots", content="noindex") if not answer.listed else None,
        e("link", rel="alternate", type="application/json+oembed", href=found, title=answer.title),
        *(e("meta", property=name, content=said) for name, said in _graph(answer, place, here, told) if said),
        e("meta", name="twitter:card", content="summary_large_image" if place.card else "summary"),
        facts(as_data(answer, place)),
    )


def told_of(answer: AnswerPage) -> str:
    """What it says, in a sentence or two."""
    said = answer.text or " ".join(line.text for line in answer.lines)
    return f"{answer.room} · {said}"[:200] if said else f"{say(answer, 'from_room')} {answer.room}, {answer.host}"[:200]


def _graph(answer: AnswerPage, place: Place, here: str, told: str) -> list[tuple[str, str | None]]:
    """As Open Graph names it, which others read as well."""
    wide, high = (str(side) if place.card else None for side in CARD)
    return [
        ("og:type", "article"),
        ("og:title", answer.title),
        ("og:description", told),
        ("og:url", here),
        ("og:site_name", place.instance),
        ("og:image", place.card),
        ("og:image:type", "image/png" if place.card else None),
        ("og:image:width", wide),
        ("og:image:height", high),
        ("og:image:alt", answer.title if place.card else None),
        ("og:audio", place.sound),
        ("og:audio:type", "audio/mpeg" if place.sound else None),
    ]


def as_data(answer: AnswerPage, place: Place) -> dict[str, object]:
    """As schema.org names it: a question and its answer, with the sound of it."""
    asker = {"author": {"@type": "Person", "name": answer.asker.name}} if answer.asker else {}
    text = answer.text or " ".join(line.text for line in answer.lines) or answer.title
    heard = {"@type": "AudioObject", "contentUrl": place.sound, "encodingFormat": "audio/mpeg"}
    given: dict[str, object] = {"@type": "Answer", "text": text, "url": place.of(f"/a/{answer.name}")}
    given |= {"author": [{"@type": "Person", "name": one.name} for one in answer.who]} if answer.who else {}
    given |= {"associatedMedia": heard} if place.sound else {}
    asked = {"@type": "Question", "name": answer.title, "text": answer.title, "answerCount": 1, **asker}
    whole = {"@context": "https://schema.org", "@type": "QAPage", "inLanguage": answer.language}
    return {**whole, "mainEntity": {**asked, "acceptedAnswer": given}}
