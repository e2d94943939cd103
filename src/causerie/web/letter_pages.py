"""Pages that links in letters lead to: without script, in the language the browser asks for."""

import html
from collections.abc import Mapping

from fastapi import Request, Response

from causerie.notices import words
from causerie.web.house import house
from causerie.web.pages import SAFE

Said = Mapping[str, str]


def letter_page(request: Request, said: Said, *, button: Said | None = None, status: int = 200) -> Response:
    """What is said; and where there is something to press, a button."""
    speaks = spoken(request)
    way, name = ("rtl" if speaks == "ar" else "ltr"), html.escape(house(request).settings.instance.name)
    press = f'<form method="post"><button type="submit">{html.escape(button[speaks])}</button></form>' if button else ""
    page = (
        f'<!doctype html><html lang="{speaks}" dir="{way}"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        "<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 sans-serif;max-width:32em;margin:3em auto;"
        "padding:0 1em}button{font:inherit;padding:.6em 1em}</style></head>"
        f'<body><main><h1>{name}</h1><p dir="auto">{html.escape(said[speaks])}</p>{press}'
        '<p><a href="/">/</a></p></main></body></html>'
    )
    headers = {**SAFE, "cache-control": "no-store", "referrer-policy": "no-referrer"}
    return Response(page, status, headers, media_type="text/html")


def spoken(request: Request) -> str:
    """The language the browser asks for first, where it is one of ours."""
    return words.language(request.headers.get("accept-language", "en").split(",")[0].split(";")[0].strip())
