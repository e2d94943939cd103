"""Where the world comes to a clip."""

from fastapi import APIRouter, Request, Response

from causerie.copies.seen_clips import SeenClip, seen_clip
from causerie.web import pages
from causerie.web.answers.clip_page import Links, clip_page
from causerie.web.answers.doors import entry, html
from causerie.web.answers.place import Place
from causerie.web.files import lasting_link
from causerie.web.house import here, house, open_to

clip_pages = APIRouter(include_in_schema=False)


@clip_pages.get("/k/{name}")
async def page(request: Request, name: str) -> Response:
    """The page of a clip; one that may not be seen is no page at all."""
    async with house(request).database.read() as connection:
        found = await seen_clip(connection, name[:40])
    if found is None or not await open_to(request, found.room):
        return await pages.nothing(request)
    styles, script = entry(pages.BUILT)
    place = Place(house(request).settings.instance.name, here(request), styles, script)
    return html(clip_page(found.page, place, _links(request, found)))


def _links(request: Request, found: SeenClip) -> Links:
    """Whole addresses: others read them from elsewhere."""
    keys = (found.film, found.m4a, found.mp3, found.preview)
    return Links(*(here(request) + lasting_link(house(request), found.copy, key) for key in keys))
