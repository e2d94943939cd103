"""Where the world comes to an answer: its page, its player in other pages, and who asks how to show it."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from causerie.copies.published import Seen, seen_answer
from causerie.web import pages
from causerie.web.answers.errors import AnswerUnknown, FormatUnknown
from causerie.web.answers.head import CARD
from causerie.web.answers.pages import FRAME, answer_page, answer_player, frame, gone
from causerie.web.answers.place import Place
from causerie.web.files import lasting_link
from causerie.web.house import here, house, open_to

answers = APIRouter(include_in_schema=False)

ENTRY = "src/answer/answer.ts"
ADDRESS = re.compile(r"/(?:e/)?a/([\w-]{1,40})")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; frame-ancestors "
)
EVERYBODY = {"access-control-allow-origin": "*"}
KEPT = 3600
"""Seconds for which others may show what they were told."""


@answers.get("/a/{name}")
async def page(request: Request, name: str) -> Response:
    """The page of an answer; one that may not be seen is no page at all."""
    found = await _seen(request, name)
    if found is None:
        return await pages.nothing(request)
    return html(answer_page(found.page, _place(request, found)))


@answers.get("/e/a/{name}")
async def player(request: Request, name: str) -> Response:
    """The same in somebody else's page; it keeps no cookie there."""
    found = await _seen(request, name)
    if found is None:
        language = house(request).settings.instance.language
        return html(gone(language, _place(request, None)), status=404, framed_by="*")
    return html(answer_player(found.page, _place(request, found)), framed_by="*")


@answers.get("/oembed")
async def oembed(
    request: Request,
    url: Annotated[str, Query(max_length=2000)],
    format: Annotated[str, Query(max_length=20)] = "json",
    maxwidth: Annotated[int, Query(ge=1)] = FRAME[0],
    maxheight: Annotated[int, Query(ge=1)] = FRAME[1],
) -> Response:
    """How another page shows an answer (oEmbed 1.0)."""
    if format != "json":
        raise FormatUnknown
    name = _named(url, here(request))
    found = await _seen(request, name) if name else None
    if found is None:
        raise AnswerUnknown
    place, wide, high = _place(request, found), min(maxwidth, FRAME[0]), min(maxheight, FRAME[1])
    said: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": found.page.title,
        "author_name": found.room.host_name,
        "provider_name": place.instance,
        "provider_url": place.of("/"),
        "cache_age": KEPT,
        "html": frame(found.page, place, wide=wide, high=high),
        "width": wide,
        "height": high,
    }
    return JSONResponse({**said, **_thumbnail(request, place)}, headers=EVERYBODY)


def _named(url: str, address: str) -> str | None:
    """Which answer of this place an address means."""
    try:
        asked = urlsplit(url)
    except ValueError:
        return None
    found = ADDRESS.fullmatch(asked.path) if asked.netloc == urlsplit(address).netloc else None
    return found[1] if found else None


def _thumbnail(request: Request, place: Place) -> dict[str, Any]:
    """The card, where it is no larger than what was asked for."""
    wide, high = (
        int(request.query_params.get(side) or most) for side, most in (("maxwidth", CARD[0]), ("maxheight", CARD[1]))
    )
    if place.card is None or CARD[0] > wide or CARD[1] > high:
        return {}
    return {"thumbnail_url": place.card, "thumbnail_width": CARD[0], "thumbnail_height": CARD[1]}


async def _seen(request: Request, name: str) -> Seen | None:
    """What this person may see of it: nothing of a room that they are banned from."""
    home = house(request)
    async with home.database.read() as connection:
        found = await seen_answer(connection, name[:40], now=home.clock.now())
    return found if found and await open_to(request, found.room) else None


def _place(request: Request, found: Seen | None) -> Place:
    styles, script = entry(pages.BUILT)
    links = (
        {
            what: here(request) + lasting_link(house(request), found.copy, key)
            for what, key in (("sound", found.page.sound), ("card", found.page.card))
            if key
        }
        if found
        else {}
    )
    return Place(house(request).settings.instance.name, here(request), styles, script, **links)


@lru_cache
def entry(built: Path, name: str = ENTRY) -> tuple[tuple[str, ...], str | None]:
    """How the style sheets and the script of these pages are called in this build."""
    told = built / "built.json"
    if not told.exists():
        return (), None
    built_as = json.loads(told.read_text(encoding="utf-8"))[name]
    return tuple(f"/{style}" for style in built_as.get("css", ())), f"/{built_as['file']}"


def html(text: str, *, status: int = 200, framed_by: str = "'none'") -> Response:
    headers = {**pages.SAFE, "content-security-policy": POLICY + framed_by, "cache-control": "private, no-cache"}
    return Response(text, status, media_type="text/html", headers=headers)
