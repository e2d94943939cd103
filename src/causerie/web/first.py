"""What a page knows before it asks: the first answers of the API, in a block of the shell.

Each stands under the address it would have been asked at, and is taken once (`frontend/src/accounts/first.ts`). What is
in it is one person's: a page that has it is kept in no cache, neither on the way nor in the browser.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import Request
from pydantic_core import to_json

from causerie.errors import Refusal
from causerie.web.house import house, who
from causerie.web.notices import unread
from causerie.web.oneself import me_shown

Answers = dict[str, Any]
Ask = Callable[[], Awaitable[Any]]
# Inside a script element only these could end it, or be read otherwise by an older parser of JavaScript.
HARMLESS = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def at(*parts: str) -> str:
    """An address of the API, as the page writes it."""
    return "/" + "/".join(quote(part, safe="!'()*~") for part in parts)


async def first(request: Request, asks: dict[str, Ask], then: Callable[[Answers], dict[str, Ask]] | None) -> Answers:
    """These answers, with who one is, and those that depend on them. All are asked for at once: who shows a page waits
    for the slowest. What cannot be told now, the page asks for itself, and says why not.
    """
    person = await who(request)
    every = {"/me": lambda: me_shown(request, house(request), person), **asks}
    if person is not None and person.name is not None:
        every["/inbox/unread"] = lambda: unread(request, house(request))
    told = await _told(every)
    return {**told, **await _told(then(told))} if then else told


async def _told(asks: dict[str, Ask]) -> Answers:
    found = await asyncio.gather(*map(_answer, asks.values()))
    return {path: answer for path, answer in zip(asks, found, strict=True) if answer is not None}


async def _answer(ask: Ask) -> Any:
    with contextlib.suppress(Refusal):
        return await ask()


def block(answers: Answers) -> str:
    """The answers as an element of the page that no browser runs."""
    said = to_json(answers).decode()
    for sign, harmless in HARMLESS.items():
        said = said.replace(sign, harmless)
    return f'<script type="application/json" id="first">{said}</script>'
