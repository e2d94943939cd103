"""What one types: serve, setup, doctor, user."""

import asyncio
import gc
import shutil
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
import uvloop
from rich.console import Console

from causerie import config
from causerie._engine import EngineError
from causerie.accounts import actions as accounts
from causerie.accounts.errors import PersonUnknown
from causerie.accounts.queries import accounts as all_accounts
from causerie.accounts.queries import person_named
from causerie.app import Causerie, built, fresh_setup_link, running
from causerie.app import serve as serve_place
from causerie.clock import WallClock
from causerie.config import Faulty, Settings
from causerie.db import Database, Tx
from causerie.demo import Demo
from causerie.errors import Refusal
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.stage.encoders import encoder_token

R = TypeVar("R")

# In Python's own measure: about 400,000 things, as many as four thousand pages leave behind.
LOOKED_THROUGH = 60

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Live talk rooms.")
user = typer.Typer(no_args_is_help=True, help="People: add one, hand over a link, let somebody open rooms.")
app.add_typer(user, name="user")
console = Console(highlight=False, soft_wrap=True)

Data = Annotated[Path | None, typer.Option(help="The one folder that causerie writes to.")]
Name = Annotated[str, typer.Argument(help="What they are called.")]


def settings(data: Path | None = None, **given: Any) -> Settings:
    """All settings, or every fault in them at once."""
    try:
        return config.read(data=data, **given)
    except Faulty as faulty:
        for fault in faulty.faults:
            console.print(f"[red]{fault}[/red]")
        raise typer.Exit(2) from None


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address of the web server.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the web server.")] = None,
    demo: Annotated[bool, typer.Option(help="Keep a demo room with three voices on air.")] = True,
) -> None:
    """Open this place: the page, the live rooms, the sound."""
    chosen = settings(data, web__host=host, web__port=port)
    _port_free(chosen)
    try:
        place = built(chosen)
    except EngineError as fault:
        console.print(f"[red]{fault}[/red] Another causerie may run already; or set media.port.")
        raise typer.Exit(1) from None
    uvloop.run(_serve(place, demo=demo))


async def _serve(place: Causerie, *, demo: bool) -> None:
    async with running(place):
        show = Demo(place.database, place.rooms, place.media, place.clock) if demo else None
        if show is not None:
            place.house.demo = await show.open()

        async def ready(address: str) -> None:
            _spare_everybody()
            await _welcome(place, place.settings.web.public_url.rstrip("/") or address)

        try:
            await serve_place(place, ready=ready)
        finally:
            if show is not None:
                await show.close()


def _spare_everybody() -> None:
    """Python stops all else while it looks for garbage among all there is: half a second in a hall of thousands.

    What is there at the start is not looked through again, the rest not before so many thousand things are new.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, LOOKED_THROUGH)


async def _welcome(place: Causerie, address: str) -> None:
    console.print(f"\n[bold]causerie is open:[/bold] {address}/")
    if place.house.demo:
        console.print(f"A demo room is on air:    {address}/r/{place.house.demo}")
    token = await fresh_setup_link(place.database)
    if token:
        console.print(f"Become its admin (once):  {address}/in/{token}")
    console.print("Stop with Ctrl-C.\n")
    sys.stdout.flush()


@app.command()
def setup(data: Data = None) -> None:
    """Print a fresh link that makes its user the first admin; a place that has one gets none."""

    chosen = settings(data)
    token = _with_database(chosen, fresh_setup_link)
    if token is None:
        console.print("This place has its admin. A fresh link for somebody: causerie user link NAME")
        raise typer.Exit(1)
    console.print(f"{_address(chosen)}/in/{token}")


@user.command("add")
def user_add(
    name: Name,
    may_open_rooms: Annotated[bool, typer.Option("--may-open-rooms", help="They may open rooms here.")] = False,
    data: Data = None,
) -> None:
    """Add somebody, and print the link to hand over."""

    async def added(tx: Tx) -> str:
        person = await accounts.add_person(tx, name=name, may_open_rooms=may_open_rooms)
        return await accounts.person_link(tx, person.id)

    chosen = settings(data)
    console.print(f"{_address(chosen)}/in/{_once(chosen, added)}")


@user.command("link")
def user_link(name: Name, data: Data = None) -> None:
    """Print a fresh link for somebody: sign-in, another device, recovery."""
    chosen = settings(data)

    async def link(database: Database) -> str:
        async with database.read() as connection:
            person = await person_named(connection, name)
        if person is None:
            raise PersonUnknown
        token, _ = await database.write(lambda tx: accounts.person_link(tx, person.id))
        return token

    console.print(f"{_address(chosen)}/in/{_with_database(chosen, link)}")


@user.command("let")
def user_let(
    name: Name,
    not_: Annotated[bool, typer.Option("--not", help="Take it back.")] = False,
    data: Data = None,
) -> None:
    """Let somebody open rooms here."""

    async def let(database: Database) -> None:
        async with database.read() as connection:
            person = await person_named(connection, name)
        if person is None:
            raise PersonUnknown
        await database.write(lambda tx: accounts.let_open_rooms(tx, person.id, may=not not_))

    _with_database(settings(data), let)
    console.print(f"{name} may {'no longer ' if not_ else ''}open rooms here.")


@user.command("minor")
def user_minor(
    name: Name,
    not_: Annotated[bool, typer.Option("--not", help="Take that back.")] = False,
    data: Data = None,
) -> None:
    """Say that somebody is a minor: never recorded, whatever anybody says."""

    async def marked(database: Database) -> None:
        async with database.read() as connection:
            person = await person_named(connection, name)
        if person is None:
            raise PersonUnknown
        await database.write(lambda tx: accounts.mark_minor(tx, person.id, minor=not not_))

    _with_database(settings(data), marked)
    console.print(f"{name} is {'recorded like everybody else' if not_ else 'never recorded'}.")


@user.command("list")
def user_list(data: Data = None) -> None:
    """Everybody with an account."""

    async def everybody(database: Database) -> list[str]:
        async with database.read() as connection:
            found = await all_accounts(connection)
        marks = [("admin", "admin"), ("may_open_rooms", "may open rooms"), ("minor", "never recorded")]
        return [" · ".join([p.name or "", *(says for what, says in marks if getattr(p, what))]) for p in found]

    for line in _with_database(settings(data), everybody):
        console.print(line)


@app.command("encoder-token")
def encoder(
    room: Annotated[str, typer.Argument(help="The room's name in its address.")], name: Name, data: Data = None
) -> None:
    """Print a token by which somebody speaks in a room through an encoder (WHIP), for a day."""

    async def token(database: Database) -> str:
        async with database.read() as connection:
            where, person = await room_by_name(connection, room), await person_named(connection, name)
        if where is None:
            raise RoomUnknown
        if person is None:
            raise PersonUnknown
        made, _ = await database.write(lambda tx: encoder_token(tx, where.id, person.id))
        return made

    console.print(_with_database(settings(data), token))


# ---- doctor ----


@app.command()
def doctor(data: Data = None) -> None:
    """Look at ports, disk, database and sound, and say what a listener would meet."""
    chosen = settings(data)
    checks = [_web_port(chosen), _media_port(chosen), _buffers(), _disk(chosen), _database(chosen), _page()]
    for state, text in checks:
        colour = {"ok": "green", "warn": "yellow", "fault": "red"}[state]
        console.print(f"[{colour}]{state:<6}[/{colour}]{text}")
    if any(state == "fault" for state, _ in checks):
        raise typer.Exit(1)


Check = tuple[str, str]


def _web_port(chosen: Settings) -> Check:
    web = chosen.web
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex((web.host if web.host != "0.0.0.0" else "127.0.0.1", web.port)) == 0:
            return "ok", f"something answers on {web.host}:{web.port}; if it is causerie, all is well"
    return "ok", f"the web port {web.host}:{web.port} is free"


def _media_port(chosen: Settings) -> Check:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((chosen.media.host, chosen.media.port))
        except OSError:
            return "warn", f"UDP {chosen.media.port} is taken: by a running causerie, or set media.port"
    return "ok", f"UDP {chosen.media.port} is free; open it in the firewall for people outside"


def _buffers() -> Check:
    most = int(Path("/proc/sys/net/core/rmem_max").read_text()) if Path("/proc/sys/net/core/rmem_max").exists() else 0
    if most and most < 4 << 20:
        return (
            "warn",
            f"receive buffers are limited to {most >> 10} KiB: sysctl -w net.core.rmem_max=4194304 for big rooms",
        )
    return "ok", "receive buffers are large enough"


def _disk(chosen: Settings) -> Check:
    chosen.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(chosen.data).free >> 20
    return ("ok" if free > 500 else "warn"), f"{free} MiB are free in {chosen.data}"


def _database(chosen: Settings) -> Check:
    async def answers(database: Database) -> bool:
        return await database.alive()

    try:
        _with_database(chosen, answers)
    except Exception as fault:
        return "fault", f"the database does not open: {fault}"
    return "ok", "the database opens, its tables are up to date"


def _page() -> Check:
    there = (Path(__file__).parent / "_web" / "index.html").exists()
    return ("ok", "the page is built") if there else ("fault", "the page is not built: make run")


# ---- inside ----


def _port_free(chosen: Settings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.web.host, chosen.web.port))
        except OSError as fault:
            console.print(f"[red]Port {chosen.web.port} of {chosen.web.host} cannot be had ({fault.strerror}).[/red]")
            console.print("Another causerie may run already; or choose another: --port 8430")
            raise typer.Exit(1) from None


def _once(chosen: Settings, work: Callable[[Tx], Awaitable[R]]) -> R:
    async def written(database: Database) -> R:
        return (await database.write(work))[0]

    return _with_database(chosen, written)


def _with_database(chosen: Settings, work: Callable[[Database], Awaitable[R]]) -> R:
    """Do something beside a running place, or without one."""

    async def done() -> R:
        chosen.data.mkdir(parents=True, exist_ok=True)
        database = Database(chosen.database_url, WallClock())
        await database.open()
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(done())
    except Refusal as refusal:
        console.print(f"[red]{refusal.text}[/red]")
        raise typer.Exit(1) from None


def _address(chosen: Settings) -> str:
    host = "localhost" if chosen.web.host == "127.0.0.1" else chosen.web.host
    return chosen.web.public_url.rstrip("/") or f"http://{host}:{chosen.web.port}"
