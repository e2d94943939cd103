"""Passkeys over HTTP: made by whoever is here, signed in with by anybody."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import passkeys
from causerie.accounts.ceremony import Site
from causerie.accounts.errors import CookiesNeeded, PasskeyRefused
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.web.house import House, house, who
from causerie.web.limits import address
from causerie.web.oneself import account, agent, come_in, entered, key_holder, me_shown, site

keys = APIRouter(prefix="/api/v1/passkeys")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Account = Annotated[Person, Depends(account)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ToMake(Body):
    """What somebody without an account will be called; others have their name."""

    name: Annotated[str, Field(max_length=2000)] | None = None


class Said(Body):
    """What the browser's own `credential.toJSON()` gave."""

    credential: dict[str, Any]


class Called(Body):
    name: Annotated[str, Field(max_length=2000)]


@keys.post("/options")
async def begin_making(request: Request, home: Home, person: Who, said: ToMake) -> dict[str, Any]:
    """What the browser makes a passkey by, for the person who is here or is to be."""
    browser, place = _browser(request), _place(request)
    if person is None:
        raise CookiesNeeded
    if not person.guest:
        await key_holder(request)
    options, _ = await home.database.write(lambda tx: passkeys.begin_making(tx, place, browser, person, name=said.name))
    return dict(options)


@keys.post("", status_code=201)
async def make(request: Request, response: Response, home: Home, coming: Who, said: Said) -> dict[str, Any]:
    """Keep the passkey. Who was a guest or nobody yet has an account by it, and is signed in."""
    browser, place = _browser(request), _place(request)

    async def made(tx: Tx) -> tuple[Person, str | None]:
        person = await passkeys.make(tx, place, browser, said.credential, called=agent(request))
        return await come_in(tx, request, coming, person) if coming is None or coming.guest else (person, None)

    (person, session), _ = await home.database.write(made)
    if session is not None:
        await entered(request, response, coming, person, session)
    return await me_shown(request, home, person)


@keys.post("/sign-in/options")
async def begin_signing(request: Request, home: Home) -> dict[str, Any]:
    """What the browser signs in by; whose passkey it will be is not asked."""
    browser, place = _browser(request), _place(request)
    options, _ = await home.database.write(lambda tx: passkeys.begin_signing(tx, place, browser))
    return dict(options)


@keys.post("/sign-in")
async def sign_in(request: Request, response: Response, home: Home, coming: Who, said: Said) -> dict[str, Any]:
    """Come in by a passkey."""
    browser, place = _browser(request), _place(request)

    async def signed(tx: Tx) -> tuple[Person, str]:
        person = await passkeys.sign_in(tx, place, browser, said.credential)
        return await come_in(tx, request, coming, person)

    (person, session), _ = await home.database.write(signed)
    await entered(request, response, coming, person, session)
    return await me_shown(request, home, person)


@keys.put("/{id}", status_code=204)
async def rename(home: Home, person: Account, id: Id, said: Called) -> None:
    """Call one's passkey something else."""
    await home.database.write(lambda tx: passkeys.rename(tx, person.id, id, name=said.name))


def _browser(request: Request) -> str:
    """Which browser it is; each try costs its network one of its tries."""
    home = house(request)
    browser = home.cookies.browser(request.headers.get("cookie", ""))
    if browser is None:
        raise CookiesNeeded
    home.limits.passkeys.spend(address(request), home.clock.now())
    return browser


def _place(request: Request) -> Site:
    found = site(request)
    if not found.has_passkeys:
        raise PasskeyRefused
    return found
