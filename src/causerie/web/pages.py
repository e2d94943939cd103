"""The page: one application shell for every address, with the head that fits it, and its assets."""

import gzip
import html
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from causerie.accounts.profiles import profile_called
from causerie.copies.errors import CopyUnknown
from causerie.copies.queries import edition_made
from causerie.copies.state import Copy
from causerie.groups.errors import GroupUnknown
from causerie.i18n import phrase, t
from causerie.rooms.described import plain
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.lists import Looked
from causerie.rooms.queries import room_by_name
from causerie.web.api import one_room
from causerie.web.copies import found, viewed
from causerie.web.files import lasting_link
from causerie.web.first import Answers, Ask, at, block, first
from causerie.web.groups import one as one_group
from causerie.web.groups import seen
from causerie.web.home import home_page as whats_on
from causerie.web.house import House, here, house, open_to, who
from causerie.web.languages import readers
from causerie.web.plans import groups_to_plan_in
from causerie.web.preloads import preloads
from causerie.web.previews import address
from causerie.web.profiles import as_seen
from causerie.web.worth import answers_of_group, answers_of_host, answers_worth_hearing

pages = APIRouter(include_in_schema=False)

BUILT = Path(__file__).parent.parent / "_web"
HEAD, FIRST = "<!--head-->", "<!--first-->"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob: mediastream:; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "content-security-policy": POLICY,
}
UNCHANGING = "public, max-age=31536000, immutable"
# Drawings and letters have no mark of their content in their names: when one changes, that is seen within a week.
SELDOM = "public, max-age=604800"
FOR_ONE = {"cache-control": "private, no-store", "vary": "cookie, accept-encoding, accept-language"}


@pages.get("/")
async def home_page(request: Request) -> Response:
    """What is on and what comes: all of it is in the page before it asks, but what somebody looks for is asked for."""
    home, person = house(request), await who(request)
    looks = "language" in request.query_params or "tag" in request.query_params
    asks: dict[str, Ask] = {"/home": lambda: whats_on(request, home, person, Looked())}
    heard: dict[str, Ask] = {"/answers": lambda: answers_worth_hearing(request, home, Looked())}

    def meanwhile(told: Answers) -> dict[str, Ask]:
        """Where nothing is on, what one can hear otherwise stands on the first screen."""
        return heard if "/home" in told and not told["/home"].live else {}

    title, says = home.settings.instance.name, t(await readers(request), "Live talk rooms.")
    return await (_shell(request, title, says) if looks else _shell(request, title, says, asks=asks, then=meanwhile))


@pages.get("/offline")
async def offline(request: Request) -> Response:
    """The page as a browser keeps it for when there is no line: it knows nothing of anybody."""
    name = html.escape(house(request).settings.instance.name)
    head = f'<title>{name}</title><meta name="robots" content="noindex">'
    return Response(
        shell().replace(HEAD, head, 1), media_type="text/html", headers={**SAFE, "cache-control": "no-cache"}
    )


@pages.get("/admin")
@pages.get("/admin/people")
@pages.get("/admin/rooms")
@pages.get("/admin/rooms/{name}/listeners")
@pages.get("/admin/groups")
@pages.get("/admin/reports")
@pages.get("/admin/verification")
@pages.get("/admin/bans")
@pages.get("/admin/jobs")
@pages.get("/admin/outbox")
@pages.get("/admin/audit")
@pages.get("/admin/settings")
@pages.get("/welcome")
@pages.get("/settings")
@pages.get("/inbox")
@pages.get("/decisions")
@pages.get("/imprint")
@pages.get("/privacy")
@pages.get("/rules")
@pages.get("/groups")
@pages.get("/search")
@pages.get("/answers")
@pages.get("/i/{token}")
@pages.get("/in/{token}")
@pages.get("/s/{token}")
@pages.get("/w/{token}")
async def page(request: Request) -> Response:
    language = await readers(request)
    told = t(language, "Live talk rooms.")
    return await _shell(request, house(request).settings.instance.name, told)


@pages.get("/plan")
async def plan_page(request: Request) -> Response:
    """Where a room is planned, with the groups in which one may."""
    home, person = house(request), await who(request)
    told = t(await readers(request), "Live talk rooms.")
    asks: dict[str, Ask] = {"/plan/groups": lambda: groups_to_plan_in(home, person)}
    return await _shell(request, home.settings.instance.name, told, asks=asks)


@pages.get("/r/{name}")
async def room_page(request: Request, name: str) -> Response:
    """A room's page, with its title and description for previews; an unknown room is still our page, with 404.

    To who is banned it is an unknown room.
    """
    home = house(request)
    try:
        shown = await one_room(request, home, name[:120])
    except RoomUnknown:
        return await _nothing(request, RoomUnknown.text)
    told, listed = (
        _said_of(plain(shown.description), shown.host, shown.title, shown.language),
        shown.visibility == "public",
    )
    asks, picture = {at("rooms", name): _known(shown)}, address(request, shown)
    return await _shell(request, shown.title, told, listed=listed, picture=picture, asks=asks)


@pages.get("/r/{name}/screen")
async def hall_screen(request: Request, name: str) -> Response:
    """What a projector in the hall shows: the question on air, the next, and how to come in."""
    async with house(request).database.read() as connection:
        room = await room_by_name(connection, name[:120])
    if room is None or room.phase == "draft" or not await open_to(request, room):
        return await _nothing(request, RoomUnknown.text)
    return await _shell(request, room.title, t(room.language, "For the screen in the hall."))


@pages.get("/@{handle}")
async def person_page(request: Request, handle: str) -> Response:
    """Somebody's page, with their name and what they say of themselves for previews."""
    home = house(request)
    async with home.database.read() as connection:
        found = await profile_called(connection, handle[:40], now=home.clock.now())
    if found is None:
        return await _nothing(request, phrase("There is nobody at this address."))
    picture = here(request) + found.portrait if found.portrait else ""
    asks: dict[str, Ask] = {at("profiles", handle): lambda: as_seen(request, found)}
    asks[at("profiles", handle, "answers")] = lambda: answers_of_host(request, home, handle[:40])
    return await _shell(request, found.name, found.bio, listed=True, picture=picture, asks=asks)


@pages.get("/@{handle}/answers")
async def person_answers_page(request: Request, handle: str) -> Response:
    """Every answer of somebody's rooms."""
    home = house(request)
    async with home.database.read() as connection:
        found = await profile_called(connection, handle[:40], now=home.clock.now())
    if found is None:
        return await _nothing(request, phrase("There is nobody at this address."))
    return await _shell(request, found.name, found.bio, listed=True)


@pages.get("/g/{handle}")
async def group_page(request: Request, handle: str) -> Response:
    """A group's page. Who may not know of the group gets what an unknown address gets."""
    try:
        group = await one_group(request, Response(), house(request), await who(request), handle[:100])
    except GroupUnknown:
        return await _nothing(request, GroupUnknown.text)
    told, asks = group["description"], {at("groups", handle): _known(group)}
    asks[at("groups", handle, "answers")] = lambda: answers_of_group(request, house(request), handle[:100])
    return await _shell(request, group["name"], told, listed=not group["private"], asks=asks)


@pages.get("/g/{handle}/answers")
async def group_answers_page(request: Request, handle: str) -> Response:
    """Every answer of a group; as with its page, who may not know of the group learns nothing."""
    try:
        group, _ = await seen(request, handle[:100])
    except GroupUnknown:
        return await _nothing(request, GroupUnknown.text)
    return await _shell(request, group.name, group.description, listed=not group.private)


@pages.get("/c/{name}")
async def copy_page(request: Request, name: str) -> Response:
    """A copy's page. Who may not see the copy gets what an unknown address gets; only a published one is found."""
    try:
        there = await found(request, name)
    except CopyUnknown:
        return await _nothing(request, CopyUnknown.text)
    told = _said_of(there.room.description, there.room.host_name, there.room.title, there.room.language)
    listed = there.copy.seen and there.copy.visibility == "published"
    asks: dict[str, Ask] = {at("copies", name): lambda: viewed(request, Response(), there)}
    picture = await _cover(request, there.copy)
    return await _shell(request, there.room.title, told, listed=listed, picture=picture, asks=asks)


def _said_of(description: str, host: str, title: str, language: str) -> str:
    """What a preview says of a room; nobody is named where its host has gone."""
    return description or (t(language, "With {host}", host=host) if host else title)


@pages.get("/{path:path}")
async def file(request: Request, path: str) -> Response:
    """An asset of the built page; hashed names never change. Anything else is our page, with 404."""
    known = assets().get(path)
    if known is None:
        return await nothing(request)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    kept = UNCHANGING if path.startswith("assets/") else SELDOM if path.startswith(("art/", "fonts/")) else "no-cache"
    headers = {**SAFE, "cache-control": kept, "vary": "accept-encoding"}
    accepted = request.headers.get("accept-encoding", "")
    for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
        if coding in accepted and (squeezed := assets().get(path + suffix)) is not None:
            return Response(squeezed.read_bytes(), media_type=kind, headers={**headers, "content-encoding": coding})
    return Response(known.read_bytes(), media_type=kind, headers=headers)


async def nothing(request: Request) -> Response:
    """Our page, which says that there is nothing here."""
    return await _nothing(request, phrase("There is nothing at this address."))


@lru_cache
def assets() -> dict[str, Path]:
    """Every file of the built page, by its address; nothing else is ever served."""
    return {str(path.relative_to(BUILT)): path for path in BUILT.rglob("*") if path.is_file()}


@lru_cache
def shell() -> str:
    built = BUILT / "index.html"
    return built.read_text(encoding="utf-8") if built.exists() else f"<!doctype html><html><head>{HEAD}</head></html>"


async def _cover(request: Request, copy: Copy) -> str:
    """The address of a copy's cover for previews; none while it is shown to nobody."""
    async with house(request).database.read() as connection:
        edition = await edition_made(connection, copy) if copy.seen else None
    cover = edition.contents.file("cover") if edition and edition.contents else None
    return here(request) + lasting_link(house(request), copy, cover.key) if cover else ""


async def _nothing(request: Request, said: str) -> Response:
    """Our page, which says in the reader's language what is not there."""
    language = await readers(request)
    return await _shell(request, t(language, "Nothing here"), t(language, said), status=404)


async def _shell(
    request: Request,
    title: str,
    description: str,
    *,
    status: int = 200,
    listed: bool = False,
    picture: str = "",
    asks: dict[str, Ask] | None = None,
    then: Callable[[Answers], dict[str, Ask]] | None = None,
) -> Response:
    """The shell with what this page is called, and what it would ask for first."""
    home = house(request)
    name = home.settings.instance.name
    said = html.escape(title if title == name else f"{title} · {name}")
    told = html.escape(description[:200], quote=True)
    head = f'<title>{said}</title><meta name="description" content="{told}">'
    head += f'<meta property="og:title" content="{said}"><meta property="og:description" content="{told}">'
    head += f'<meta property="og:site_name" content="{html.escape(name, quote=True)}">'
    head += f'<meta property="og:image" content="{html.escape(picture, quote=True)}">' if picture else ""
    head += "" if listed or request.url.path == "/" else '<meta name="robots" content="noindex">'
    known = person.language if (person := await who(request)) else None
    head += preloads(BUILT, known or request.headers.get("accept-language", ""), request.url.path)
    before, _, after = shell().replace(HEAD, head, 1).partition(FIRST)
    text = before + block(await first(request, asks or {}, then)) + after
    response = _squeezed(request, text, status)
    await _greet(request, response, home)
    return response


def _squeezed(request: Request, text: str, status: int) -> Response:
    """A page that is somebody's, in as few bytes as their browser takes."""
    headers, body = {**SAFE, **FOR_ONE}, text.encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers, body = {**headers, "content-encoding": "gzip"}, gzip.compress(body, 5, mtime=0)
    return Response(body, status_code=status, media_type="text/html", headers=headers)


def _known(answer: Any) -> Ask:
    """An answer that is there already."""

    async def told() -> Any:
        return answer

    return told


async def _greet(request: Request, response: Response, home: House) -> None:
    """Somebody new has an id from now on, so that whoever hears is counted; nothing is written for it."""
    if await who(request) is None:
        response.headers.append("set-cookie", home.cookies.greeting())
