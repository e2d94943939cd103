"""Who one is here, as one's own page is told, and what goes with coming in: the session, its cookie, its open pages."""

import contextlib
from typing import Any

from fastapi import Request, Response

from causerie.accounts import actions as accounts
from causerie.accounts import aliases, blocking, papers, speaking, ways
from causerie.accounts.ceremony import Site
from causerie.accounts.cookies import SESSION
from causerie.accounts.devices import device
from causerie.accounts.errors import AccountNeeded, HttpsNeeded
from causerie.accounts.opening import with_rights
from causerie.accounts.people import Person, hashed
from causerie.accounts.stepping_up import must_have_proved
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.notices import joining as notices
from causerie.web.house import House, admin, here, house, who
from causerie.web.languages import browsers


def person_shown(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "portrait": person.portrait,
        "guest": person.guest,
        "admin": person.admin,
        "may_open_rooms": person.may_open_rooms,
        "language": person.language,
    }


async def me_shown(request: Request, home: House, person: Person | None) -> dict[str, Any]:
    """Who one is, what this place is, and by which ways one can come in here: what cannot work is not offered."""
    if person is not None:
        async with home.database.read() as connection:
            person = await with_rights(connection, person, home.settings.instance.who_may_open_rooms)
    local = request.url.scheme == "https" or request.url.hostname in ("localhost", "127.0.0.1")
    safe = not on_plain_line(request)
    return {
        "person": person_shown(person) if person and person.name else None,
        "instance": _place_shown(home),
        "ways_in": {
            "passkey": safe and site(request).has_passkeys,
            "mail": safe and home.mail.there,
            "password": safe and home.settings.sign_in.passwords,
        },
        "microphone_here": local,
        "https_address": _https_address(request, home),
        "trust_page": "/trust" if home.lan else None,
        "demo": f"/r/{home.demo}" if home.demo else None,
    }


def on_plain_line(request: Request) -> bool:
    """Whether they came over http to a house of its own, which has https, too."""
    return house(request).lan is not None and request.url.scheme != "https"


def _https_address(request: Request, home: House) -> str | None:
    """Where one comes with a microphone: by the same name as one came here, where this place is a house of its own."""
    if home.lan is not None:
        return home.lan.safe(request.url.hostname or "")
    public = home.settings.web.public_url
    return public if public.startswith("https://") else None


def _place_shown(home: House) -> dict[str, Any]:
    """What this place is called, what it asks of people, and what it has in writing."""
    place = home.settings.instance
    return {
        "name": place.name,
        "language": place.language,
        "openers": place.who_may_open_rooms,
        "lowest_age": place.lowest_age,
        "papers": list(home.papers.papers),
    }


def site(request: Request) -> Site:
    """Where this place's passkeys are good."""
    return Site(house(request).settings.instance.name, here(request))


async def account(request: Request) -> Person:
    """Whoever asks, where they have an account."""
    person = await who(request)
    if person is None or person.guest:
        raise AccountNeeded
    return person


async def proved(request: Request) -> Person:
    """Whoever asks, where they have an account and signed in within the last ten minutes; or `SignInAgain`."""
    person, home = await account(request), house(request)
    session = home.cookies.session(request.headers.get("cookie", ""))
    async with home.database.read() as connection:
        await must_have_proved(connection, session, now=home.clock.now())
    return person


async def key_holder(request: Request) -> Person:
    """Whoever asks, where they may bring or take away a way in (`ways.may_change`)."""
    person, home = await account(request), house(request)
    session = home.cookies.session(request.headers.get("cookie", ""))
    async with home.database.read() as connection:
        await ways.may_change(connection, person, session, now=home.clock.now())
    return person


async def stepped_up(request: Request) -> Person:
    """Whoever runs this place and has signed in within the last ten minutes; or `NotAdmin`, `SignInAgain`."""
    await admin(request)
    return await proved(request)


def agent(request: Request) -> str:
    """What one's device is called."""
    return device(request.headers.get("user-agent", "")[:500])


async def come_in(tx: Tx, request: Request, coming: Person | None, person: Person) -> tuple[Person, str]:
    """Somebody, and a session of their own; the one this browser had before is over. Who was a guest is them.

    Where one comes in stands how old one has to be and what one accepts; that they said so by it is kept, and what
    the page speaks by which they come in first.
    """
    if on_plain_line(request):
        raise HttpsNeeded
    person = await speaking.begin_to_speak(tx, person, browsers(request))
    same = coming is not None and coming.id == person.id
    if _joins(coming, person):
        assert coming is not None
        await aliases.note(tx, coming.id, person.id)
        await notices.take_along(tx, coming.id, person.id)
        await blocking.take_along(tx, coming.id, person.id)
    session = await accounts.open_session(tx, person, device=agent(request))
    home = house(request)
    await papers.accept(tx, person.id, home.papers.accepted(home.settings.instance.lowest_age))
    before = home.cookies.read(request.headers.get("cookie", ""), SESSION)
    if before:
        if same or _joins(coming, person):
            await notices.go_on(tx, hashed(before), hashed(session), person.id)
        await accounts.end_session(tx, before)
    return person, session


async def entered(request: Request, response: Response, coming: Person | None, person: Person, session: str) -> None:
    """They are in. Who stayed the same person goes on in their open pages; pages of somebody else's close.

    What a guest asked and voted for in the rooms goes with them; where that cannot be written now, at the next start.
    """
    home = house(request)
    keep(response, home, session, person)
    if _joins(coming, person):
        assert coming is not None
        with contextlib.suppress(Refusal):
            await home.joining.join(coming.id, person.id)
    if coming is not None and coming.id == person.id:
        home.named(person, hashed(session))
    elif before := home.cookies.session(request.headers.get("cookie", "")):
        home.signed_out(before)


def _joins(coming: Person | None, person: Person) -> bool:
    """Whether a guest comes in by an account they had before."""
    return coming is not None and coming.guest and coming.name is not None and coming.id != person.id


def keep(response: Response, home: House, token: str, person: Person) -> None:
    lasts = (accounts.GUEST_SESSION if person.guest else accounts.ACCOUNT_SESSION) // 1000
    response.headers.append("set-cookie", home.cookies.written(SESSION, token, lasts=lasts))
    if not person.guest:
        response.headers.append("set-cookie", home.cookies.remembered(person.id))
