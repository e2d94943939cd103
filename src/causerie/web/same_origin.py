"""What is asked of every request before anybody looks at it, and said with every answer to one person."""

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from causerie.web.answers.later import LARGEST_SOUND, is_sound
from causerie.web.copies import LARGEST_COVER
from causerie.web.profiles import LARGEST_PICTURE

LARGEST_BODY = 64 * 1024
WITH_COVER = re.compile(r"/api/v1/(?:copies/[^/]+/edits|(?:groups|rooms)/[^/]+/cover)")
ANSWERING = re.compile(r"/api/v1/copies/[^/]+/answers/[^/]+")
LOOKING = ("GET", "HEAD")
PERSONAL = ("/api/", "/portraits/", "/covers/")
"""What is told there is for one person, or may be gone tomorrow; a picture that is not there may come back."""


class SameOrigin:
    """What changes something comes from our own page, and not in a form: another site's page cannot send it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        changes = scope["method"] not in LOOKING and path.startswith("/api/")
        if changes and (refusal := _refusal(Request(scope))) is not None:
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, _kept_nowhere(send) if path.startswith(PERSONAL) else send)


def _kept_nowhere(send: Send) -> Send:
    """What is told to one person lies in no cache for another."""

    async def answers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("cache-control", "no-store")
        await send(message)

    return answers


def _refusal(request: Request) -> JSONResponse | None:
    """What is wrong with it, if anything."""
    if request.headers.get("origin") != _ours(request):
        return JSONResponse({"code": "origin.refused", "text": "This comes from another site."}, 403)
    kind = request.headers.get("content-type", "")
    if request.method != "DELETE" and not kind.startswith("application/json") and not _sent_sound(request):
        return JSONResponse({"code": "body.type", "text": "This has to be JSON."}, 415)
    if "transfer-encoding" in request.headers:
        return JSONResponse({"code": "body.length", "text": "This has to say how long it is."}, 411)
    if int(request.headers.get("content-length") or 0) > _largest(request):
        return JSONResponse({"code": "body.too_large", "text": "This is too large."}, 413)
    return None


def _sent_sound(request: Request) -> bool:
    """An answer by voice is no JSON; no form can send its kind either."""
    path, kind = request.url.path, request.headers.get("content-type", "").partition(";")[0].strip()
    return bool(ANSWERING.fullmatch(path)) and is_sound(kind)


def _largest(request: Request) -> int:
    """A sound and a picture are larger than anything else that is sent."""
    if _sent_sound(request):
        return LARGEST_SOUND
    path = request.url.path
    if path == "/api/v1/me/picture":
        return LARGEST_PICTURE
    return LARGEST_COVER if WITH_COVER.fullmatch(path) else LARGEST_BODY


def _ours(request: Request) -> str:
    """Where our own page comes from: the public address, else the very host that was asked; as at the live door."""
    public: str = request.app.state.house.settings.web.public_url.rstrip("/")
    return public or f"{request.url.scheme}://{request.url.netloc}"
