"""A host's podcast, for the apps in which people follow it."""

import hashlib
from functools import partial

from fastapi import APIRouter, Request, Response

from causerie.copies.episodes import podcast
from causerie.copies.feed import feed
from causerie.copies.published import Published, feed_rows, published
from causerie.web.answers.errors import FeedUnknown
from causerie.web.files import lasting_link
from causerie.web.house import House, here, house

feeds = APIRouter(include_in_schema=False)

ASKED_AGAIN = 300
"""Seconds until an app asks again; what is taken back is gone from its files at once."""
HEADERS = {"x-content-type-options": "nosniff", "cache-control": f"public, max-age={ASKED_AGAIN}"}


@feeds.api_route("/h/{person}/feed.xml", methods=["GET", "HEAD"])
async def host_feed(request: Request, person: str) -> Response:
    """Everything a host has published; who asks with the mark of what they have is told nothing anew."""
    home, address = house(request), here(request)
    async with home.database.read() as connection:
        rows = await feed_rows(connection, person) if "\0" not in person else []
        if not rows:
            raise FeedUnknown
        mark = _mark(address, home.settings.instance.name, *rows)
        if mark in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={**HEADERS, "etag": mark})
        found = await published(connection, [id for id, *_ in rows])
    text = _written(home, found, url=f"{address}/h/{person}/feed.xml", address=address)
    return Response(text, media_type="application/rss+xml; charset=utf-8", headers={**HEADERS, "etag": mark})


def _written(home: House, found: list[Published], *, url: str, address: str) -> bytes:
    links = partial(_link, home, address)
    made = podcast(
        found,
        url=url,
        page=address,
        instance=home.settings.instance.name,
        links=lambda one: partial(links, one),
    )
    if made is None:
        raise FeedUnknown
    return feed(made)


def _link(home: House, address: str, one: Published, key: str) -> str:
    return address + lasting_link(home, one.copy, key)


def _mark(*said: object) -> str:
    """The same for the same copies."""
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'
