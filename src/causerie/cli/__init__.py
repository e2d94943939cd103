"""What one types: serve, setup, doctor, rehearse, user."""

from typing import Annotated

import typer

from causerie.app import fresh_setup_link
from causerie.cli.beside import Data, Name, address, console, known, settings, with_database
from causerie.cli.checks import doctor
from causerie.cli.people import user
from causerie.cli.rehearsing import rehearse
from causerie.cli.serving import serve
from causerie.db import Database, Tx
from causerie.discovery.keeping import Keeping
from causerie.ids import CONSOLE
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.stage.encoders import encoder_token

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Live talk rooms.")
app.add_typer(user, name="user")
app.command()(serve)


@app.command()
def setup(data: Data = None) -> None:
    """Print a fresh link that makes its user the first admin; a place that has one gets none."""

    chosen = settings(data)
    token = with_database(chosen, fresh_setup_link)
    if token is None:
        console.print("This place has its admin. A fresh link for somebody: causerie user link NAME")
        raise typer.Exit(1)
    console.print(f"{address(chosen)}/in/{token}")


@app.command()
def index(data: Data = None) -> None:
    """Read anew what rooms, people and questions are found by; this place may be open meanwhile."""

    async def read(database: Database) -> int:
        return await Keeping(database).sweep(anew=True)

    console.print(f"{with_database(settings(data), read):,} texts are found by their words.")


@app.command("encoder-token")
def encoder(
    room: Annotated[str, typer.Argument(help="The room's name in its address.")], name: Name, data: Data = None
) -> None:
    """Print a token by which somebody speaks in a room through an encoder (WHIP), for a day."""

    async def token(database: Database) -> str:
        async with database.read() as connection:
            where = await room_by_name(connection, room)
        if where is None:
            raise RoomUnknown
        person = await known(database, name)

        async def made(tx: Tx) -> str:
            await tx.audit("encoder.make", actor=CONSOLE, room=where.id, subject=person.id)
            return await encoder_token(tx, where.id, person.id)

        return (await database.write(made))[0]

    console.print(with_database(settings(data), token))


app.command()(doctor)
app.command()(rehearse)
