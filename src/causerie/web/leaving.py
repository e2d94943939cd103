"""Where the links in letters lead: looking changes nothing, one press does, also a mail program's (RFC 8058)."""

import html

from fastapi import APIRouter, Request, Response

from causerie.notices import wishes, words
from causerie.notices.errors import LetterLinkUnknown
from causerie.notices.links import Leaving
from causerie.web.house import house
from causerie.web.pages import SAFE

letters = APIRouter(include_in_schema=False)


@letters.get("/u/{token}")
async def look(request: Request, token: str) -> Response:
    """What the link is for, and a button; programs that look at every link of a letter press nothing."""
    if _read(request, token) is None:
        return _page(request, words.STALE, status=404)
    return _page(request, words.LEAVE, button=True)


@letters.post("/u/{token}")
async def press(request: Request, token: str) -> Response:
    """Leave. The link says all; no cookie and no origin is asked for, as whoever presses may be a mail program."""
    leaving = _read(request, token)
    if leaving is None:
        return _page(request, words.STALE, status=404)
    who, topic = leaving.person, leaving.topic
    await house(request).database.write(lambda tx: wishes.switch(tx, who, topic, "mail", on=False))
    return _page(request, words.LEFT)


def _read(request: Request, token: str) -> Leaving | None:
    try:
        return house(request).notices.delivering.links.read(token)
    except LetterLinkUnknown:
        return None


def _page(request: Request, said: dict[str, str], *, button: bool = False, status: int = 200) -> Response:
    """A page without script, in the language the browser asks for."""
    wanted = request.headers.get("accept-language", "en").split(",")[0].split(";")[0].strip()
    speaks = words.language(wanted)
    way, told = ("rtl" if speaks == "ar" else "ltr"), html.escape(said[speaks])
    name = html.escape(house(request).settings.instance.name)
    shown = f'<form method="post"><button type="submit">{told}</button></form>' if button else f"<p>{told}</p>"
    page = (
        f'<!doctype html><html lang="{speaks}" dir="{way}"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        "<style>body{font:1.1rem/1.6 sans-serif;max-width:32em;margin:3em auto;padding:0 1em}"
        "button{font:inherit;padding:.6em 1em}</style></head>"
        f'<body><main><h1>{name}</h1>{shown}<p><a href="/inbox">/inbox</a></p></main></body></html>'
    )
    headers = {**SAFE, "cache-control": "no-store", "referrer-policy": "no-referrer"}
    return Response(page, status, headers, media_type="text/html")
