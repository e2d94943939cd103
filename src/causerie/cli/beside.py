"""What every command needs: settings, the console, the database beside a running place."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from causerie import config
from causerie.accounts.errors import PersonUnknown
from causerie.accounts.people import Person
from causerie.accounts.queries import person_named
from causerie.app import given_addresses
from causerie.clock import WallClock
from causerie.config import Faulty, Settings
from causerie.db import Database, Tx
from causerie.errors import Refusal
from causerie.lan import names_and_addresses, origins
from causerie.lan.errors import NoNetwork

R = TypeVar("R")

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


def once(chosen: Settings, work: Callable[[Tx], Awaitable[R]]) -> R:
    async def written(database: Database) -> R:
        return (await database.write(work))[0]

    return with_database(chosen, written)


def with_database(chosen: Settings, work: Callable[[Database], Awaitable[R]]) -> R:
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


async def known(database: Database, name: str) -> Person:
    """Who is called so here; or `PersonUnknown`."""
    async with database.read() as connection:
        person = await person_named(connection, name)
    if person is None:
        raise PersonUnknown
    return person


def address(chosen: Settings) -> str:
    """Where links that are printed lead."""
    if chosen.web.lan:
        with contextlib.suppress(NoNetwork):
            return origins(*names_and_addresses(given_addresses(chosen)), chosen.web.port)[0]
        return f"https://localhost:{chosen.web.port}"
    host = "localhost" if chosen.web.host == "127.0.0.1" else chosen.web.host
    return chosen.web.public_url.rstrip("/") or f"http://{host}:{chosen.web.port}"
