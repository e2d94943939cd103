"""`causerie user`: add one, hand over a link, let somebody open rooms."""

from typing import Annotated

import typer

from causerie.accounts import actions as accounts
from causerie.accounts import looking_after
from causerie.accounts.queries import accounts as all_accounts
from causerie.cli.beside import Data, Name, address, console, known, once, settings, with_database
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.ids import CONSOLE
from causerie.notices.house import tell_of_link

user = typer.Typer(no_args_is_help=True, help="People: add one, hand over a link, let somebody open rooms.")


@user.command("add")
def user_add(
    name: Name,
    may_open_rooms: Annotated[bool, typer.Option("--may-open-rooms", help="They may open rooms here.")] = False,
    data: Data = None,
) -> None:
    """Add somebody, and print the link to hand over."""

    async def added(tx: Tx) -> str:
        person = await accounts.add_person(tx, name=name, may_open_rooms=may_open_rooms)
        await tx.audit("person.add", actor=CONSOLE, subject=person.id)
        return await accounts.person_link(tx, person.id)

    chosen = settings(data)
    console.print(f"{address(chosen)}/in/{once(chosen, added)}")


@user.command("link")
def user_link(name: Name, data: Data = None) -> None:
    """Print a fresh link for somebody: sign-in, another device, recovery."""
    chosen = settings(data)

    async def link(database: Database) -> str:
        person = await known(database, name)

        async def made(tx: Tx) -> str:
            await tell_of_link(tx, person.id, by=None)
            return await looking_after.link(tx, person.id, by=CONSOLE)

        token, _ = await database.write(made)
        return token

    console.print(f"{address(chosen)}/in/{with_database(chosen, link)}")


@user.command("let")
def user_let(
    name: Name,
    not_: Annotated[bool, typer.Option("--not", help="Take it back.")] = False,
    data: Data = None,
) -> None:
    """Let somebody open rooms here."""

    async def let(database: Database) -> None:
        person = await known(database, name)
        await database.write(lambda tx: looking_after.let(tx, person.id, may=not not_, by=CONSOLE))

    with_database(settings(data), let)
    console.print(f"{name} may {'no longer ' if not_ else ''}open rooms here.")


@user.command("minor")
def user_minor(
    name: Name,
    not_: Annotated[bool, typer.Option("--not", help="Take that back.")] = False,
    data: Data = None,
) -> None:
    """Say that somebody is a minor: never recorded, whatever anybody says, and without a picture."""
    chosen = settings(data)

    async def marked(database: Database) -> None:
        person = await known(database, name)
        gone, _ = await database.write(lambda tx: looking_after.mark_minor(tx, person.id, minor=not not_, by=CONSOLE))
        if gone is not None:
            Storage.folder(chosen.data / "files").remove([gone])

    with_database(chosen, marked)
    console.print(f"{name} is {'recorded like everybody else' if not_ else 'never recorded'}.")


@user.command("list")
def user_list(data: Data = None) -> None:
    """Everybody with an account."""

    async def everybody(database: Database) -> list[str]:
        async with database.read() as connection:
            found = await all_accounts(connection)
        marks = [("admin", "admin"), ("may_open_rooms", "may open rooms"), ("minor", "never recorded")]
        return [" · ".join([p.name or "", *(says for what, says in marks if getattr(p, what))]) for p in found]

    for line in with_database(settings(data), everybody):
        console.print(line)
