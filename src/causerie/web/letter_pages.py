"""Pages that links in letters lead to: without script, in the language the browser asks for."""

import html

from fastapi import Request, Response

from causerie.i18n import direction, t
from causerie.web.house import house
from causerie.web.languages import browsers
from causerie.web.pages import SAFE


def letter_page(request: Request, said: str, *, button: str | None = None, status: int = 200) -> Response:
    """What is said; and where there is something to press, a button."""
    language, name = browsers(request), html.escape(house(request).settings.instance.name)
    press = f'<form method="post"><button type="submit">{html.escape(button)}</button></form>' if button else ""
    page = (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f"<title>{name}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        "<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 sans-serif;max-width:32em;margin:3em auto;"
        "padding:0 1em}button{font:inherit;padding:.6em 1em}</style></head>"
        f'<body><main><h1>{name}</h1><p dir="auto">{html.escape(said)}</p>{press}'
        '<p><a href="/">/</a></p></main></body></html>'
    )
    headers = {**SAFE, "cache-control": "no-store", "referrer-policy": "no-referrer"}
    return Response(page, status, headers, media_type="text/html")


def stale(request: Request) -> Response:
    """For a link that opens nothing, or nothing any more."""
    return letter_page(request, t(browsers(request), "This link is used up or too old."), status=404)
