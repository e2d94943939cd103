"""The wiring: everything built once, and who hears what."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from prometheus_client import CollectorRegistry, start_http_server

from causerie._engine import Engine
from causerie.accounts import actions as accounts
from causerie.accounts.cookies import Cookies, key_in
from causerie.accounts.papers import Papers
from causerie.accounts.proving import Proving
from causerie.accounts.queries import has_admin
from causerie.belongings.farewells import Farewells
from causerie.belongings.jobs import Belongings
from causerie.belongings.packing import Packing
from causerie.clock import SECOND, Clock, WallClock
from causerie.config import AUTO, Settings, told_addresses
from causerie.copies.catch_up import CatchUp
from causerie.copies.clip_work import ClipWork
from causerie.copies.counting import Counts
from causerie.copies.jobs import Jobs
from causerie.copies.links import Links
from causerie.copies.storage import Storage
from causerie.copies.work import Work
from causerie.db import Database
from causerie.discovery.keeping import Keeping
from causerie.egress import Guard
from causerie.figures import Figures
from causerie.floor.joining import Joining
from causerie.ids import PersonId
from causerie.lan import Lan, lan_in
from causerie.live.commands.safety import BANNED
from causerie.live.gateway import Gateway, Scope
from causerie.live.minors import marked
from causerie.live.rooms import Rooms
from causerie.live.suspended import put_out
from causerie.mail import Mail
from causerie.mail.post import post_of
from causerie.media import Media, SoundEngine
from causerie.media.reach import Reach, reach_of
from causerie.notices.delivering import Delivering
from causerie.notices.jobs import Notices
from causerie.notices.links import LetterLinks
from causerie.notices.of_proofs import tell_of_lost_proof
from causerie.push.keys import vapid_in
from causerie.push.sending import Pusher
from causerie.streams.serving import Streams
from causerie.web.answers.later import forget
from causerie.web.doors import Door
from causerie.web.hearing import Hearing
from causerie.web.hosts import known_hosts_only
from causerie.web.house import Copying, House
from causerie.web.line import LiveLine
from causerie.web.openings import BACKLOG, doors, open_plain
from causerie.web.plain import PlainLine
from causerie.web.site import site

log = structlog.get_logger()

SHUT_DOWN_WITHIN = 3
# Recordings leave so much of the disk free: the database writes on when they cannot.
KEPT_FREE = 512 << 20
SIGNED_OUT = (1008, "signed out")


@dataclass
class Causerie:
    """One running place."""

    settings: Settings
    clock: Clock
    database: Database
    media: Media
    rooms: Rooms
    gateway: Gateway
    house: House
    jobs: Jobs
    catch_up: CatchUp
    notices: Notices
    keeping: Keeping
    application: Any
    reach: Reach


def _engine(settings: Settings, reach: Reach) -> Engine:
    """The media core on its port."""
    engine = Engine(
        bind=settings.media.host if reach.told != ("127.0.0.1",) else "127.0.0.1",
        port=settings.media.port,
        advertise=list(reach.addresses),
        workers=settings.media.workers,
        reserve=KEPT_FREE,
    )
    if not engine.by_tcp:
        log.warning(
            "media.no_tcp", port=engine.port, why="another program has this port by TCP; UDP alone carries sound"
        )
    return engine


def built(settings: Settings, *, engine: SoundEngine | None = None, clock: Clock | None = None) -> Causerie:
    """Every part, connected; nothing runs yet but the media core, which has its port."""
    clock = clock or WallClock()
    settings.data.mkdir(parents=True, exist_ok=True)
    lan = lan_of(settings, now=clock.now()) if settings.web.lan else None
    database = Database(settings.database_url, clock, closings=settings.data / "closings.log")
    reach = Reach(()) if engine is not None else reach_of(settings, house=lan.four if lan else ())
    media = Media(engine or _engine(settings, reach), mixed_above=settings.media.mixed_above)
    cookies = Cookies(key_in(settings.data), secure=settings.web.safe)
    rooms = Rooms(database, clock, media, settings.data)
    storage = Storage.folder(settings.data / "files")
    with_files = (database, storage, settings.data, rooms.act_in)
    counts, work, clips = Counts(), Work(*with_files), ClipWork(*with_files)
    jobs = Jobs(database, work, clips, clock, counts, settings.copies.at_once, settings.copies.keep_days)
    catch_up = CatchUp(database, storage, settings.data, clock, rooms.turns.states, rooms.act)
    rooms.openers = settings.instance.who_may_open_rooms
    mail = Mail(settings)
    notices = _notices(settings, database, clock, cookies.key, mail, lan)
    rooms.told = _each(jobs.hear, catch_up.hear, notices.hear)
    gateway = Gateway(rooms, cookies, lambda scope: origins(settings, scope))
    house = House(
        settings,
        database,
        clock,
        cookies,
        media,
        rooms,
        gateway.named,
        gateway.signed_out,
        Copying(storage, Links(cookies.key), counts, jobs),
        mail,
        Proving(database, clock, lost=tell_of_lost_proof),
        Joining(database, rooms.act_in, lambda key, people: rooms.shut_out(key, people, *BANNED)),
        notices,
        functools.partial(put_out, gateway),
        functools.partial(marked, rooms),
        _belongings(settings, database, clock, storage, rooms, notices),
        Streams(media, clock, functools.partial(_is_on_air, rooms), most=settings.media.most_streams),
        Papers.in_folder(settings.data / "papers"),
        lan,
    )
    parts = (settings, clock, database, media, rooms, gateway, house, jobs, catch_up, notices, Keeping(database))
    return Causerie(*parts, known_hosts_only(_both(site(house), gateway), lan), reach)


def _is_on_air(rooms: Rooms, key: str) -> bool:
    """Whether there is something to hear of a room, be it the last of it that comes later than it was said."""
    live = rooms.alive(key)
    return rooms.media.runs_out(key) or (live is not None and live.room.phase == "live")


def _notices(settings: Settings, database: Database, clock: Clock, key: bytes, mail: Mail, lan: Lan | None) -> Notices:
    """What tells people: the ways out of here, and what finds who is to be told."""
    address = settings.web.public_url.rstrip("/") or f"http://localhost:{settings.web.port}"
    address = lan.origins[0] if lan else address
    post = post_of(settings) if mail.there else None
    pusher = Pusher(vapid_in(settings.data, contact=f"mailto:{post.sender}" if post else address), Guard())
    links = LetterLinks(key, address)
    place = settings.instance
    ways = Delivering(database, clock, pusher, links, place.name, post, language=place.language)
    return Notices(database, clock, ways)


def _belongings(
    settings: Settings, database: Database, clock: Clock, storage: Storage, rooms: Rooms, notices: Notices
) -> Belongings:
    """What people take along, and what is taken away when they go."""

    def shut_out(key: str, people: list[PersonId]) -> None:
        rooms.shut_out(key, people, *SIGNED_OUT)

    packing = Packing(database, clock, storage, settings.data, told=notices.look)
    return Belongings(packing, Farewells(database, clock, storage, rooms.act_in, shut_out))


def lan_of(settings: Settings, *, now: int) -> Lan:
    """This machine in its house."""
    web, moment = settings.web, datetime.fromtimestamp(now // SECOND, UTC)
    return lan_in(settings.data, given_addresses(settings), port=web.port, plain=web.plain_port, now=moment)


def given_addresses(settings: Settings) -> list[str] | None:
    """This machine's addresses, where `media.public_address` says them; None where it is to find its own."""
    said = settings.media.public_address
    return None if said == AUTO else [public for public, _ in told_addresses(said)]


def _each(*told: Callable[[list[object]], None]) -> Callable[[list[object]], None]:
    """What happened, for everybody who hears of it."""

    def all_(events: list[object]) -> None:
        for one in told:
            one(events)

    return all_


def origins(settings: Settings, scope: Scope) -> set[str]:
    """Where our own page can come from: the public address, else the very host that was asked."""
    if settings.web.public_url:
        return {settings.web.public_url.rstrip("/")}
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    return {f"{scheme}://{host}"}


def _both(web: Any, gateway: Gateway) -> Any:
    """The live door beside the web application: a plain ASGI app, without its layers."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            if scope["path"] == "/live":
                await gateway(scope, receive, send)
                return
            await receive()
            await send({"type": "websocket.close", "code": 1000})
            return
        await web(scope, receive, send)

    return application


@contextlib.asynccontextmanager
async def running(place: Causerie) -> AsyncIterator[Causerie]:
    """Open in the order of need, close in the other; a kill at any moment is as good."""
    await place.database.open()
    place.media.start()
    place.house.streams.open()
    await place.rooms.open()
    await place.house.joining.sweep()
    await asyncio.to_thread(forget, place.settings.data)
    place.jobs.open()
    place.notices.open()
    place.keeping.open()
    place.house.proving.open()
    place.house.belongings.open()
    place.catch_up.open()
    try:
        yield place
    finally:
        place.house.ready = False
        await place.house.streams.close()
        await place.keeping.close()
        await place.notices.close()
        await place.house.belongings.close()
        await place.house.proving.close()
        await place.house.mail.close()
        await place.catch_up.close()
        await place.jobs.close()
        await place.rooms.close()
        place.media.stop()
        await place.database.close()


async def fresh_setup_link(database: Database) -> str | None:
    """A link for the first admin, anew at each asking; none once there is one."""
    async with database.read() as connection:
        if await has_admin(connection):
            return None
    token, _ = await database.write(accounts.setup_link)
    return token


async def serve(place: Causerie, *, ready: Any) -> None:
    """Serve until told to stop; `ready(address)` is called once people can come."""
    settings, lan = place.settings, place.house.lan
    config = _spoken(settings, place.application, certificate=lan.served.file if lan else None)
    server = uvicorn.Server(config)
    server.shutdown = _first(place.rooms.recorder.end, place.house.streams.end, server.shutdown)  # type: ignore[method-assign]  # no other hook
    if settings.metrics.port:
        registry = CollectorRegistry()
        registry.register(Figures(place.database, place.media, place.rooms, place.gateway, place.house.streams))
        start_http_server(settings.metrics.port, addr=settings.metrics.host, registry=registry)
    task = asyncio.create_task(
        server.serve(sockets=doors(settings.web.listens, settings.web.port, both=lan is not None))
    )
    while not server.started and not task.done():  # noqa: ASYNC110  uvicorn tells by this flag alone
        await asyncio.sleep(0.01)
    if server.started:
        if lan is not None:
            plain = _spoken(settings, PlainLine(place.application, lan))
            await open_plain(server, plain, doors(settings.web.listens, settings.web.plain_port, both=True))
        place.house.ready = True
        host = "localhost" if settings.web.listens == "127.0.0.1" else settings.web.listens
        await ready(f"{'https' if lan else 'http'}://{host}:{_port(server)}")
    await task


def _spoken(settings: Settings, application: Any, *, certificate: Path | None = None) -> uvicorn.Config:
    """How HTTP and pages' lines are spoken; with a certificate over TLS."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http=Door,
        ws=functools.partial(LiveLine, Hearing()),  # type: ignore[arg-type]  # uvicorn calls it, whatever it is
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        ws_ping_interval=5,
        ws_ping_timeout=5,
        backlog=BACKLOG,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.web.public_url),
        timeout_graceful_shutdown=SHUT_DOWN_WITHIN,
        lifespan="off",
        server_header=False,
        ssl_certfile=certificate,
    )


def _first(*closes: Callable[..., Awaitable[None]]) -> Callable[..., Any]:
    """What closes, closes first: pages are told to come back when this is done."""
    *first, shutdown = closes

    async def all_(*sockets: Any, **named: Any) -> None:
        for what in first:
            await what()
        await shutdown(*sockets, **named)

    return all_


def _port(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])
