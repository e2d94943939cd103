"""The audit log over HTTP: fifty lines at a time, or as a table."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import StreamingResponse

from causerie.rooms.audit_words import said
from causerie.rooms.audited import CSV_HEAD, Line, as_csv, lines
from causerie.web.house import House, house
from causerie.web.languages import browsers
from causerie.web.oneself import stepped_up

# Who sees all that was done with power has shown lately that it is them.
audit = APIRouter(dependencies=[Depends(stepped_up)])

Home = Annotated[House, Depends(house)]
Verb = Annotated[str, Query(pattern=r"^[a-z_.]{0,40}$")]
By = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Before = Annotated[str, Query(pattern=r"^[0-9A-Z]{0,26}$")]
Language = Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$", examples=["fr"])]
PAGE, PIECE = 50, 1_000


@audit.get("/audit")
async def some(home: Home, verb: Verb = "", by: By = "", before: Before = "") -> dict[str, Any]:
    """The latest first; `next` goes on where these end, and is none at the last.

    `says`: the sentence of it, with gaps that the page fills in its language. `itself`: what did it, if no person did.
    """
    async with home.database.read() as connection:
        found = await lines(connection, verb=verb, by=by, before=before, most=PAGE + 1)
    told = [{**asdict(line), "itself": line.itself, "says": said(line.verb)} for line in found[:PAGE]]
    return {"lines": told, "next": told[-1]["id"] if len(found) > PAGE else None}


@audit.get("/audit.csv", response_class=StreamingResponse)
async def sheet(
    request: Request, home: Home, verb: Verb = "", by: By = "", language: Language = None
) -> StreamingResponse:
    """All of the same, however much it is, with sentences in this language, or in the browser's."""

    async def piece(before: str = "") -> list[Line]:
        async with home.database.read() as connection:
            return await lines(connection, verb=verb, by=by, before=before, most=PIECE)

    headers = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
    pieces = _table(await piece(), piece, language or browsers(request))
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


async def _table(found: list[Line], after: Callable[[str], Awaitable[list[Line]]], language: str) -> AsyncIterator[str]:
    """No more than a piece is held at a time. `found`: the first, asked before anything is answered."""
    yield CSV_HEAD + as_csv(found, language)
    while len(found) == PIECE:
        found = await after(found[-1].id)
        yield as_csv(found, language)
