"""By which names this place is asked for: in a house of its own by its own, and by no other.

A name of somebody else's that leads to this machine (DNS rebinding) would be an origin of its own, and everything it
asked would come from "the very host that was asked".
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from causerie.errors import Invalid
from causerie.i18n import asked_for, t
from causerie.lan import Lan

Application = Callable[[Any, Any, Any], Awaitable[None]]
MISDIRECTED = 421


class HostUnknown(Invalid):
    """`address`: where this place is."""

    code, text = "host.unknown", "This place has another address: {address}"


def known_hosts_only(application: Application, lan: Lan | None) -> Application:
    """The same, for those who ask for this machine by one of its names; anywhere but in a house for everybody."""
    if lan is None:
        return application

    async def looked_at(scope: Any, receive: Any, send: Any) -> None:
        if host_of(scope) in lan.hosts:
            await application(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _elsewhere(Request(scope), lan)(scope, receive, send)

    return looked_at


def host_of(scope: Any) -> str:
    """The name or address that was asked for, without its port; empty where it is none."""
    said = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    try:
        return urlsplit(f"//{said}").hostname or ""
    except ValueError:
        return ""


def _elsewhere(request: Request, lan: Lan) -> Response:
    address = lan.origins[0]
    if request.url.path.startswith("/api/"):
        return JSONResponse(HostUnknown(given={"address": address}).told(), MISDIRECTED)
    language = asked_for(request.headers.get("accept-language", ""))
    return PlainTextResponse(t(language, HostUnknown.text, address=address), MISDIRECTED)
