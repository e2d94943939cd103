"""Podcasts of hosts and groups, for the apps in which people follow them."""

import hashlib
from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter, Request, Response

from causerie.copies.episodes import OfGroup, podcast
from causerie.copies.feed import feed
from causerie.copies.published import Published, feed_rows, group_feed_rows, published
from causerie.groups.queries import group_at
from causerie.groups.rules import may_know
from causerie.groups.state import Standing
from causerie.web.answers.errors import FeedUnknown
from causerie.web.files import lasting_link
from causerie.web.house import House, here, house

feeds = APIRouter(include_in_schema=False)

ASKED_AGAIN = 300
"""Seconds until an app asks again; what is taken back is gone from its files at once."""
HEADERS = {"x-content-type-options": "nosniff", "cache-control": f"public, max-age={ASKED_AGAIN}"}
Rows = Sequence[tuple[str, int, int]]


@feeds.api_route("/h/{person}/feed.xml", methods=["GET", "HEAD"])
async def host_feed(request: Request, person: str) -> Response:
    """Everything a host has published."""
    home = house(request)
    async with home.database.read() as connection:
        rows = await feed_rows(connection, person, now=home.clock.now()) if "\0" not in person else []
    return await _answer(request, rows, path=f"/h/{person}/feed.xml")


@feeds.api_route("/g/{handle}/feed.xml", methods=["GET", "HEAD"])
async def group_feed(request: Request, handle: str) -> Response:
    """Everything that was published of what was held in a public group: an app that asks is nobody."""
    home = house(request)
    async with home.database.read() as connection:
        found = await group_at(connection, handle[:100], None)
        if found is None or not may_know(found[0], Standing()):
            raise FeedUnknown
        rows = await group_feed_rows(connection, found[0].id, now=home.clock.now())
    group = OfGroup(found[0].name, f"{here(request)}/g/{found[0].handle}")
    return await _answer(request, rows, path=f"/g/{found[0].handle}/feed.xml", of_group=group)


async def _answer(request: Request, rows: Rows, *, path: str, of_group: OfGroup | None = None) -> Response:
    """The feed; who asks with the mark of what they have is told nothing anew."""
    home, address = house(request), here(request)
    if not rows:
        raise FeedUnknown
    mark = _mark(address, home.settings.instance.name, of_group, *rows)
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**HEADERS, "etag": mark})
    async with home.database.read() as connection:
        found = await published(connection, [id for id, *_ in rows])
    text = _written(home, found, url=f"{address}{path}", address=address, of_group=of_group)
    return Response(text, media_type="application/rss+xml; charset=utf-8", headers={**HEADERS, "etag": mark})


def _written(home: House, found: list[Published], *, url: str, address: str, of_group: OfGroup | None) -> bytes:
    links = partial(_link, home, address)
    made = podcast(
        found,
        url=url,
        here=address,
        instance=home.settings.instance.name,
        links=lambda one: partial(links, one),
        of_group=of_group,
    )
    if made is None:
        raise FeedUnknown
    return feed(made)


def _link(home: House, address: str, one: Published, key: str) -> str:
    return address + lasting_link(home, one.copy, key)


def _mark(*said: object) -> str:
    """The same for the same copies."""
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'
