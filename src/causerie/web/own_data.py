"""What is kept of oneself over HTTP: taken along as a file, and deleted with the account. Guests can do both, too."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.cookies import SESSION
from causerie.accounts.people import Person
from causerie.accounts.stepping_up import must_have_proved, proved_lately
from causerie.accounts.ways import ways_of
from causerie.belongings import leaving, packing
from causerie.belongings.errors import ExportUnknown, NotTyped
from causerie.belongings.evenings import told_before
from causerie.belongings.packing import Export
from causerie.web.files import SANDBOX, sent
from causerie.web.house import House, house
from causerie.web.interests import Named

own_data = APIRouter(prefix="/api/v1/me")

Home = Annotated[House, Depends(house)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]


class Goodbye(BaseModel):
    """`name`: one's own, typed; so nobody goes by a slip of the hand."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Ada Lovelace"}]})
    name: Annotated[str, Field(max_length=2000)]


# ---- taken along ----


@own_data.get("/export")
async def look_at_export(home: Home, person: Named) -> dict[str, Any]:
    """Whether a file is there or on its way: `none`, `making` or `ready`, with its link, which is for oneself alone."""
    async with home.database.read() as connection:
        return _shown(await packing.last_of(connection, person.id), home.clock.now())


@own_data.post("/export", status_code=202)
async def ask_for_export(home: Home, person: Named) -> None:
    """Have everything that is kept of oneself packed; a notice says when it is there. Once a day."""
    await home.database.write(lambda tx: packing.ask(tx, person.id))
    home.belongings.hint()


@own_data.get("/export/{id}/causerie.zip", response_class=Response)
async def take_export(request: Request, home: Home, person: Named, id: Id) -> Response:
    """The file, for whom it was made and nobody else, for three days; any part of it, too."""
    async with home.database.read() as connection:
        made = await packing.last_of(connection, person.id)
    there = made is not None and made.id == id and _ready(made, home.clock.now())
    size = await home.copying.storage.size(made.file) if made and made.file and there else None
    if made is None or made.file is None or size is None:
        raise ExportUnknown
    headers = {**SANDBOX, "etag": f'"{made.id}"', "cache-control": "no-store"}
    headers["content-disposition"] = 'attachment; filename="causerie.zip"'
    return sent(request, home, made.file, size, headers)[0]


def _ready(made: Export, now: int) -> bool:
    return made.until is not None and now < made.until


def _shown(made: Export | None, now: int) -> dict[str, Any]:
    if made is None or (made.made_at is not None and not _ready(made, now)):
        return {"state": "none"}
    if made.made_at is None:
        return {"state": "making", "asked_at": made.asked_at}
    link = f"/api/v1/me/export/{made.id}/causerie.zip"
    return {"state": "ready", "asked_at": made.asked_at, "until": made.until, "bytes": made.bytes, "link": link}


# ---- deleted ----


@own_data.get("/deletion")
async def look_at_deletion(request: Request, home: Home, person: Named) -> dict[str, Any]:
    """What would go with the account, and what is in the way: groups to hand on first, signing in once more."""
    async with home.database.read() as connection:
        groups = await leaving.in_the_way(connection, person)
        would = await told_before(connection, person.id)
        lately = await proved_lately(connection, _session(request), now=home.clock.now())
        again = not lately and len(await ways_of(connection, person.id)) > 0
    return {**would, "groups": groups, "sign_in_again": again}


@own_data.post("/deletion", status_code=204)
async def leave_for_good(request: Request, response: Response, home: Home, person: Named, said: Goodbye) -> None:
    """Delete one's account, with all that hangs on it. Who has a way to sign in has done so a short while ago.

    Signed out everywhere at once; what is in rooms and files is gone within a minute, and after a restart, too.
    """
    await _meant(request, home, person, said.name)
    left, _ = await home.database.write(lambda tx: leaving.leave(tx, person))
    for hash in left.sessions:
        home.signed_out(hash)
    for group in left.groups:
        await home.rooms.groups.changed(group)
    home.belongings.hint()
    response.headers.append("set-cookie", home.cookies.written(SESSION, "", lasts=0))
    response.headers.append("set-cookie", home.cookies.greeting())


async def _meant(request: Request, home: House, person: Person, typed: str) -> None:
    """They mean it, and it is them; or `NotTyped`, `SignInAgain`."""
    if typed.strip() != person.name:
        raise NotTyped
    async with home.database.read() as connection:
        if len(await ways_of(connection, person.id)) > 0:
            await must_have_proved(connection, _session(request), now=home.clock.now())


def _session(request: Request) -> str | None:
    return house(request).cookies.session(request.headers.get("cookie", ""))
