"""The plain line of a house of its own: http, for those who listen without having accepted its authority.

They hear, have a name as a guest, ask and vote; whoever has an account comes by https. Cookies are two kinds: those of
https are bound to it and never come here, and what is kept here opens nothing there.
"""

import re
from collections.abc import Iterable
from typing import Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse

from causerie.lan import Lan
from causerie.web.hosts import Application, host_of

OURS, BOUND, SECURE = "causerie_", "__Host-", "; Secure"
# Where people come in, run things, or speak: pages and links that are of use with an account or a microphone only.
SAFE_ONLY = re.compile(r"/(?:in|i|s|w|whip|admin|welcome|settings|plan|inbox|decisions)(?:/.*)?")
Headers = list[tuple[bytes, bytes]]


class PlainLine:
    """The same place over http."""

    def __init__(self, application: Application, lan: Lan) -> None:
        self.application = application
        self.lan = lan

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and SAFE_ONLY.fullmatch(scope["path"]) and host_of(scope) in self.lan.hosts:
            await self._to_https(scope)(scope, receive, send)
            return

        async def told(message: Any) -> None:
            if "headers" in message:
                message = {**message, "headers": [*_unbound(message["headers"])]}
            await send(message)

        await self.application({**scope, "headers": _bound(scope["headers"])}, receive, told)

    def _to_https(self, scope: Any) -> RedirectResponse:
        """There; the method stays, as an encoder sends its offer."""
        asked: URL = Request(scope).url
        there = self.lan.safe(host_of(scope)) + asked.path + (f"?{asked.query}" if asked.query else "")
        return RedirectResponse(there, 307, {"cache-control": "no-store"})


def _bound(headers: Headers) -> Headers:
    """Our cookies under the names by which they are read; those of https never come this way, whoever sends them."""
    return [(name, _read(value) if name == b"cookie" else value) for name, value in headers]


def _read(cookies: bytes) -> bytes:
    parts = [part.strip() for part in cookies.decode("latin-1").split(";")]
    kept = [f"{BOUND}{part}" if part.startswith(OURS) else part for part in parts if not part.startswith(BOUND)]
    return "; ".join(kept).encode("latin-1")


def _unbound(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    for name, value in headers:
        if name == b"set-cookie":
            said = value.decode("latin-1").removeprefix(BOUND).replace(SECURE, "")
            yield name, said.encode("latin-1")
        else:
            yield name, value
