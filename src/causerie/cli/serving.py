"""`causerie serve`: open this place."""

import gc
import sys
from typing import Annotated

import typer
import uvloop

from causerie._engine import EngineError
from causerie.app import Causerie, built, fresh_setup_link, running
from causerie.app import serve as serve_place
from causerie.cli.beside import Data, console, settings
from causerie.cli.in_the_house import in_the_house
from causerie.config import Settings
from causerie.demo import Demo
from causerie.errors import Refusal
from causerie.web.openings import door

# In Python's own measure: about 400,000 things, as many as four thousand pages leave behind.
LOOKED_THROUGH = 60


def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address of the web server.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the web server.")] = None,
    demo: Annotated[bool, typer.Option(help="Keep a demo room with three voices on air.")] = True,
    lan: Annotated[bool, typer.Option("--lan", help="In the house: https by an authority of its own.")] = False,
) -> None:
    """Open this place: the page, the live rooms, the sound."""
    chosen = settings(data, web__host=host, web__port=port, web__lan=lan or None)
    for one in (chosen.web.port, chosen.web.plain_port) if chosen.web.lan else (chosen.web.port,):
        _port_free(chosen.web.listens, one)
    uvloop.run(_serve(_built(chosen), demo=demo))


def _built(chosen: Settings) -> Causerie:
    """The place; or what keeps it from opening, and an end."""
    try:
        return built(chosen)
    except EngineError as fault:
        console.print(f"[red]{fault}[/red] Another causerie may run already; or set media.port.")
    except Refusal as refusal:
        console.print(f"[red]{refusal.text}[/red] ({refusal.code})")
    except OSError as fault:
        console.print(f"[red]{fault.filename or chosen.data} cannot be read or written: {fault.strerror}.[/red]")
    raise typer.Exit(1)


async def _serve(place: Causerie, *, demo: bool) -> None:
    async with running(place):
        show = Demo(place.database, place.rooms, place.media, place.clock) if demo else None
        if show is not None:
            place.house.demo = await show.open()

        async def ready(address: str) -> None:
            spare_everybody()
            lan = place.house.lan
            at = lan.origins[0] if lan else place.settings.web.public_url.rstrip("/") or address
            await _welcome(place, at)

        try:
            await serve_place(place, ready=ready)
        finally:
            if show is not None:
                await show.close()


def spare_everybody() -> None:
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
    if place.house.lan is not None:
        in_the_house(place.house.lan)
    for warning in place.reach.warnings:
        console.print(f"[yellow]{warning}[/yellow]")
    console.print("Stop with Ctrl-C.\n")
    sys.stdout.flush()


def _port_free(host: str, port: int) -> None:
    try:
        door(host, port).close()
    except OSError as fault:
        console.print(f"[red]Port {port} of {host} cannot be had ({fault.strerror}).[/red]")
        console.print("Another causerie may run already; or choose another: --port 8430")
        raise typer.Exit(1) from None
