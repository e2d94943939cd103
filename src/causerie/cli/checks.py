"""`causerie doctor`: looks at ports, disk, database and sound."""

import resource
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from causerie.cli.beside import Data, console, settings, with_database
from causerie.cli.lan_checks import lan_checks
from causerie.cli.listening import listening
from causerie.cli.outside import Check, Outside, outside, reached
from causerie.config import Settings
from causerie.db import Database
from causerie.media.reach import reach_of

# What the media core asks for (`engine/src/udp/port.rs`).
BUFFER = 4 << 20
FILES = 8192


def doctor(
    address: Annotated[
        str, typer.Argument(help="A place or room elsewhere, https://…: what a listener would meet there from here.")
    ] = "",
    data: Data = None,
    lan: Annotated[bool, typer.Option("--lan", help="Look at the house's own https, too.")] = False,
) -> None:
    """Look at ports, disk, database and sound, and say what a listener would meet."""
    checks = _elsewhere(address) if address else _here(data, lan=lan)
    for state, text in checks:
        colour = {"ok": "green", "warn": "yellow", "fault": "red"}[state]
        console.print(f"[{colour}]{state:<6}[/{colour}]{text}")
    if any(state == "fault" for state, _ in checks):
        raise typer.Exit(1)


def _here(data: Path | None, *, lan: bool) -> list[Check]:
    """This machine, and what people meet who come to its public address."""
    chosen = settings(data, web__lan=lan or None)
    machine = [_web_port(chosen), _media_port(chosen), *_buffers(), _open_files(), _disk(chosen)]
    checks = [*machine, _database(chosen), _page(), *_seen(chosen)]
    return [*checks, *(lan_checks(chosen, now=datetime.now(UTC)) if chosen.web.lan else [])]


def _elsewhere(address: str) -> list[Check]:
    """What a listener meets who comes from this machine to a place, or to one of its rooms."""
    url = urlsplit(address)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise typer.BadParameter(f"{address} is no address: one begins with https://")
    _, _, room = url.path.partition("/r/")
    there = Outside(url._replace(path="", query="", fragment=""))
    return _met(reached(there), there, room.strip("/"))


def _seen(chosen: Settings) -> list[Check]:
    """What people meet who come to the public address."""
    seen = outside(chosen, reach_of(chosen))
    return _met(seen, Outside(urlsplit(chosen.web.public_url.rstrip("/")))) if chosen.web.public_url else seen


def _met(seen: list[Check], there: Outside, room: str = "") -> list[Check]:
    """Who does not get to the page does not get to sound."""
    return seen if any(state == "fault" for state, _ in seen) else [*seen, *listening(there, room)]


def _web_port(chosen: Settings) -> Check:
    host, port = chosen.web.listens, chosen.web.port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)) == 0:
            return "ok", f"something answers on {host}:{port}; if it is causerie, all is well"
    return "ok", f"the web port {host}:{port} is free"


def _media_port(chosen: Settings) -> Check:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((chosen.media.host, chosen.media.port))
        except OSError:
            return "warn", f"UDP {chosen.media.port} is taken: by a running causerie, or set media.port"
    if _is_taken_by_tcp(chosen):
        return "warn", f"TCP {chosen.media.port} is taken: whose network lets no UDP through hears nothing"
    return "ok", f"UDP and TCP {chosen.media.port} are free; open both in the firewall for people outside"


def _is_taken_by_tcp(chosen: Settings) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the engine opens it: what its last connections left behind is no other program.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.media.host, chosen.media.port))
            probe.listen(1)
        except OSError:
            return True
    return False


def _buffers() -> list[Check]:
    """What the kernel gives of the buffers that the media core asks for."""
    return [
        _buffer("receive", socket.SO_RCVBUF, "net.core.rmem_max"),
        _buffer("send", socket.SO_SNDBUF, "net.core.wmem_max"),
    ]


def _buffer(kind: str, option: int, setting: str) -> Check:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, option, BUFFER)
        # Linux gives twice what was asked for, and tells that.
        given = probe.getsockopt(socket.SOL_SOCKET, option) // 2
    if given < BUFFER:
        return "warn", f"{kind} buffers are limited to {given >> 10} KiB: sysctl -w {setting}={BUFFER} for big rooms"
    return "ok", f"{kind} buffers are large enough"


def _open_files() -> Check:
    """Each page is an open file."""
    may, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if may != resource.RLIM_INFINITY and may < FILES:
        return "warn", f"{may} files may be open at once, each page is one: LimitNOFILE=65536 in the unit, or ulimit -n"
    return "ok", "enough files may be open at once"


def _disk(chosen: Settings) -> Check:
    chosen.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(chosen.data).free >> 20
    return ("ok" if free > 500 else "warn"), f"{free} MiB are free in {chosen.data}"


def _database(chosen: Settings) -> Check:
    async def answers(database: Database) -> bool:
        return await database.alive()

    try:
        with_database(chosen, answers)
    except Exception as fault:
        return "fault", f"the database does not open: {fault}"
    return "ok", "the database opens, its tables are up to date"


def _page() -> Check:
    there = (Path(__file__).parents[1] / "_web" / "index.html").exists()
    return ("ok", "the page is built") if there else ("fault", "the page is not built: make run")
