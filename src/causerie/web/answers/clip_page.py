"""A clip's page: the film, its sound to take along, who speaks, the words, and the way to the whole room."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from causerie.copies.answer_pages import AnswerPage
from causerie.web.answers.faces import cameo, icon
from causerie.web.answers.head import plain, told_of
from causerie.web.answers.markup import e, facts
from causerie.web.answers.pages import top, whole, words_of
from causerie.web.answers.place import Place, moment, say
from causerie.web.answers.words import day

SIDE, SHOWN = 1080, 540


@dataclass(frozen=True)
class Links:
    """Where a clip's files are."""

    film: str
    m4a: str
    mp3: str
    preview: str


def clip_page(clip: AnswerPage, place: Place, links: Links) -> str:
    """The page of one clip."""
    main = e("main", _article(clip, place, links), _beside(clip, place), id="main", class_="answer")
    skip = e("a", say(clip, "skip"), class_="skip-link", href="#main")
    return whole(clip, _head(clip, place, links), e("body", skip, top(clip, place), main))


def _article(clip: AnswerPage, place: Place, links: Links) -> Element:
    room = e("a", clip.room, href=place.of(f"/c/{clip.copy}"), dir="auto")
    when = e("span", day(clip.language, clip.held_at))
    film = e(
        "video",
        src=links.film,
        poster=links.preview,
        controls=True,
        playsinline=True,
        preload="metadata",
        width=SHOWN,
        height=SHOWN,
        aria_label=clip.title,
    )
    files = (("MP4", links.film), ("MP3", links.mp3), ("M4A", links.m4a))
    take = [e("a", icon("take"), name, class_="button button--small", href=to, download=True) for name, to in files]
    hear = e("a", say(clip, "moment"), class_="button button--small", href=moment(clip, place))
    return e(
        "article",
        e("p", e("span", f"{say(clip, 'from_room')} ", room), when, class_="meta answer__from"),
        e("h1", clip.title, dir="auto"),
        e("section", film, class_="answer__player", aria_label=clip.title),
        e("div", *take, hear, class_="row row--wrap answer__act"),
        words_of(clip),
    )


def _beside(clip: AnswerPage, place: Place) -> Element:
    people = [e("li", cameo(one), e("span", e("b", one.name, dir="auto"))) for one in clip.who]
    all_ = e("a", icon("hear"), say(clip, "whole"), class_="button", href=place.of(f"/c/{clip.copy}"))
    return e(
        "aside",
        e("section", e("ul", *people, class_="people"), class_="stack") if people else None,
        e("section", all_, class_="stack"),
        class_="answer__more",
        aria_label=say(clip, "more"),
    )


def _head(clip: AnswerPage, place: Place, links: Links) -> Element:
    here, told = place.of(f"/k/{clip.name}"), told_of(clip)
    return e(
        "head",
        *plain(clip, place),
        e("meta", name="description", content=told),
        e("link", rel="canonical", href=here),
        None if clip.listed else e("meta", name="robots", content="noindex"),
        *(e("meta", property=name, content=said) for name, said in _graph(clip, place, links, here, told)),
        e("meta", name="twitter:card", content="summary_large_image"),
        facts(_as_data(clip, place, links, told)),
    )


def _graph(clip: AnswerPage, place: Place, links: Links, here: str, told: str) -> list[tuple[str, str]]:
    """As Open Graph names it, which others read as well."""
    side = str(SIDE)
    return [
        ("og:type", "video.other"),
        ("og:title", clip.title),
        ("og:description", told),
        ("og:url", here),
        ("og:site_name", place.instance),
        ("og:image", links.preview),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", side),
        ("og:image:height", side),
        ("og:image:alt", clip.title),
        ("og:video", links.film),
        ("og:video:type", "video/mp4"),
        ("og:video:width", side),
        ("og:video:height", side),
        ("og:audio", links.mp3),
        ("og:audio:type", "audio/mpeg"),
    ]


def _as_data(clip: AnswerPage, place: Place, links: Links, told: str) -> dict[str, object]:
    """As schema.org names it."""
    return {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": clip.title,
        "description": told,
        "inLanguage": clip.language,
        "contentUrl": links.film,
        "thumbnailUrl": links.preview,
        "url": place.of(f"/k/{clip.name}"),
        "duration": f"PT{clip.length / 1000:g}S",
        "actor": [{"@type": "Person", "name": one.name} for one in clip.who],
    }
