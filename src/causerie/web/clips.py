"""Clips and figures of a copy over HTTP."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from causerie.copies import clips as clipping
from causerie.copies import hosting
from causerie.copies.figures import Figures, as_csv, figures_of
from causerie.web.copies import Body, Place, Title, found
from causerie.web.house import House, house

clips = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]


class Cut(Body):
    begins: Place
    ends: Place
    title: Title


@clips.post("/copies/{name}/clips", status_code=201)
async def cut(request: Request, home: Home, name: str, said: Cut) -> dict[str, Any]:
    """Have a piece of the copy made by itself; it takes half a minute."""
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "clip")
    wanted = partial(clipping.cut_clip, copy=at.copy, by=at.somebody.id, **said.model_dump())
    clip, _ = await home.database.write(wanted)
    home.copying.jobs.hint()
    place = {"clip": clip.name, "title": clip.title, "begins": said.begins, "ends": said.ends}
    return {**place, "state": clip.state, "sound": None, "video": None, "url": f"/k/{clip.name}"}


@clips.delete("/copies/{name}/clips/{clip}", status_code=204)
async def take_away(request: Request, home: Home, name: str, clip: str) -> None:
    """Nobody finds it any more; its files go."""
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "clip")
    await home.database.write(partial(clipping.take_away, copy=at.copy, by=at.somebody.id, name=clip))
    home.copying.jobs.hint()


@clips.get("/copies/{name}/figures")
async def figures(request: Request, response: Response, home: Home, name: str) -> dict[str, Any]:
    """How many heard the room, how much was asked and said, how often the copy is heard; for those who lead it."""
    response.headers["cache-control"] = "no-store"
    return asdict(await _figures(request, home, name))


@clips.get("/copies/{name}/figures.csv", response_class=Response)
async def table(request: Request, home: Home, name: str) -> Response:
    """The same as a table, without a name."""
    said = as_csv(await _figures(request, home, name))
    headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="figures.csv"'}
    return Response(said, media_type="text/csv; charset=utf-8", headers=headers)


async def _figures(request: Request, home: House, name: str) -> Figures:
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "edit")
    async with home.database.read() as connection:
        return await figures_of(connection, at.copy)
