"""The web application: routes, the one table of refusals, what is asked of every request that changes something."""

import functools
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute

from causerie.accounts.errors import Suspended
from causerie.copies.errors import LaterKind, LaterTooLarge
from causerie.errors import Away, Conflict, Forbidden, Invalid, Missing, Refusal, TooMany
from causerie.media import OfferTooLarge, SoundFull
from causerie.streams.errors import TryAgain
from causerie.web.admin.routes import inside
from causerie.web.answers.clip_doors import clip_pages
from causerie.web.answers.doors import answers
from causerie.web.answers.errors import FormatUnknown
from causerie.web.answers.feeds import feeds
from causerie.web.answers.later import given
from causerie.web.api import api
from causerie.web.asked_along import asked_along
from causerie.web.blocks import blocks
from causerie.web.calendars import calendars
from causerie.web.catch_up import catch_up
from causerie.web.check_requests import check_requests
from causerie.web.checks import checks
from causerie.web.clips import clips
from causerie.web.coming_in import coming_in
from causerie.web.copies import copies
from causerie.web.decisions import decisions, told_at_door
from causerie.web.described import described
from causerie.web.files import files
from causerie.web.group_invitations import group_invitations
from causerie.web.group_people import group_people
from causerie.web.group_reports import group_reports
from causerie.web.groups import groups
from causerie.web.home import front
from causerie.web.house import House
from causerie.web.interests import interests
from causerie.web.leaving import letters
from causerie.web.ledger import ledger
from causerie.web.limits import TooManyTries
from causerie.web.links import links
from causerie.web.notices import notices
from causerie.web.own_data import own_data
from causerie.web.pages import pages
from causerie.web.papers import papers
from causerie.web.passkeys import keys
from causerie.web.pictures import pictures
from causerie.web.plans import plans
from causerie.web.previews import Previews, previews
from causerie.web.profiles import faces
from causerie.web.refused import REFUSED
from causerie.web.reminding import reminding
from causerie.web.reports import reports
from causerie.web.same_origin import SameOrigin
from causerie.web.search import search
from causerie.web.sound import NoSession, NoToken, Sessions, Unsupported, WrongToken, sound
from causerie.web.streams import streams
from causerie.web.trust.doors import trust
from causerie.web.ways import own
from causerie.web.worth import worth

# Looked up from the first line down; 404 hides what one may not know of.
STATUS: list[tuple[type[Refusal], int]] = [
    (Unsupported, 415),
    (LaterKind, 415),
    (LaterTooLarge, 413),
    (FormatUnknown, 501),
    (OfferTooLarge, 413),
    (NoToken, 401),
    (WrongToken, 403),
    (NoSession, 404),
    (Missing, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (Invalid, 422),
    (TooMany, 429),
    (Away, 503),
    (SoundFull, 503),
    (TryAgain, 503),
]
# In this order: who comes to listen is let through before all else is tried; the last one has a page for every address.
ROUTERS = (
    sound,
    api,
    front,
    worth,
    keys,
    coming_in,
    own,
    own_data,
    blocks,
    faces,
    checks,
    check_requests,
    papers,
    pictures,
    plans,
    links,
    asked_along,
    groups,
    group_people,
    group_reports,
    group_invitations,
    copies,
    clips,
    catch_up,
    files,
    reports,
    decisions,
    ledger,
    inside,
    streams,
    given,
    answers,
    clip_pages,
    feeds,
    notices,
    interests,
    letters,
    reminding,
    calendars,
    search,
    previews,
    trust,
    pages,
)


class Site(FastAPI):
    """The application, whose description shows examples."""

    def openapi(self) -> dict[str, Any]:
        return described(self)


def site(home: House) -> FastAPI:
    """Everything that speaks HTTP."""
    app = Site(title="causerie", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None, responses=REFUSED)
    app.state.house = home
    app.state.sessions = Sessions()
    app.state.previews = Previews()
    app.add_middleware(SameOrigin)
    app.exception_handler(Refusal)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_other)
    app.exception_handler(ClientDisconnect)(_left)
    app.get("/healthz", include_in_schema=False)(_healthy)
    app.get("/readyz", include_in_schema=False)(_ready)
    app.router.routes.extend(_routes())
    return app


@functools.cache
def _routes() -> list[BaseRoute]:
    """Every address with what it takes and gives: the same in every house, so it is worked out once in a process."""
    every = FastAPI(openapi_url=None, responses=REFUSED)
    for router in ROUTERS:
        every.include_router(router)
    return every.routes


class BodyInvalid(Invalid):
    """`where`: the field."""

    code, text = "body.invalid", "This cannot be meant: {where}."


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    status = next((status for kind, status in STATUS if isinstance(refusal, kind)), 400)
    again = {"retry-after": str(refusal.wait)} if isinstance(refusal, TooManyTries | SoundFull | TryAgain) else None
    said = refusal.told()
    if isinstance(refusal, Suspended):
        said |= {"suspension": await told_at_door(request.app.state.house, refusal)}
    return JSONResponse(said, status, again)


async def _invalid(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    where = ".".join(str(part) for part in fault.errors()[0]["loc"][1:])
    return JSONResponse(BodyInvalid(given={"where": where}).told(), 422)


async def _other(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return JSONResponse({"code": "http", "text": str(fault.detail)}, fault.status_code, headers=fault.headers)


async def _left(_: Request, __: Exception) -> Response:
    """Who asked went away before they had said it; nobody hears this."""
    return Response(status_code=400)


async def _healthy() -> dict[str, str]:
    """The program runs."""
    return {"status": "alive"}


async def _ready(request: Request) -> Response:
    """It may take work: the database answers, the media port is open."""
    home: House = request.app.state.house
    ready = home.ready and await home.database.alive()
    return JSONResponse({"status": "ready" if ready else "not ready"}, 200 if ready else 503)
