"""One's own ways in and sessions over HTTP: seen, added, taken away, ended. Only one's own, ever."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import emails, passwords, sessions, ways
from causerie.accounts.cookies import SESSION
from causerie.accounts.errors import NoMail, NoPasswords, PasswordWrong
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.web.house import House, here, house
from causerie.web.languages import readers
from causerie.web.letters import confirming_letter
from causerie.web.limits import address
from causerie.web.oneself import account, key_holder

own = APIRouter(prefix="/api/v1/me")

Home = Annotated[House, Depends(house)]
Account = Annotated[Person, Depends(account)]
KeyHolder = Annotated[Person, Depends(key_holder)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Za-z]{22,26}$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewAddress(Body):
    address: Annotated[str, Field(max_length=2000)]


class Token(Body):
    token: Annotated[str, Field(max_length=100)]


class NewPassword(Body):
    """`now`: the one there is, where there is one."""

    password: Annotated[str, Field(max_length=2000)]
    now: Annotated[str, Field(max_length=2000)] = ""


@own.get("/ways-in")
async def every_way(home: Home, person: Account) -> dict[str, Any]:
    """By what one can come in."""
    async with home.database.read() as connection:
        return asdict(await ways.ways_of(connection, person.id))


@own.delete("/passkeys/{id}", status_code=204)
async def remove_passkey(request: Request, person: KeyHolder, id: Id) -> None:
    await _ending(request, lambda tx, here: ways.remove_passkey(tx, person.id, id, here=here))


# ---- sessions ----


@own.get("/sessions")
async def every_session(request: Request, home: Home, person: Account) -> list[dict[str, Any]]:
    """Where one is signed in."""
    now, here = home.clock.now(), _here(request)
    async with home.database.read() as connection:
        return [asdict(one) for one in await sessions.sessions_of(connection, person.id, here=here, now=now)]


@own.delete("/sessions/{id}", status_code=204)
async def end_session(home: Home, person: Account, id: Id) -> None:
    """End one, this or another: its open pages and their sound close."""
    ended, _ = await home.database.write(lambda tx: sessions.end_one(tx, person.id, id))
    home.signed_out(ended)


@own.delete("/sessions", status_code=204)
async def end_sessions(response: Response, home: Home, person: Account) -> None:
    """End all, this one, too."""
    ended, _ = await home.database.write(lambda tx: sessions.end_all(tx, person.id))
    for hash in ended:
        home.signed_out(hash)
    response.headers.append("set-cookie", home.cookies.written(SESSION, "", lasts=0))
    response.headers.append("set-cookie", home.cookies.greeting())


# ---- addresses ----


@own.post("/emails", status_code=202)
async def add_email(request: Request, home: Home, person: KeyHolder, said: NewAddress) -> None:
    """Have a link sent there that shows it is one's own."""
    if not home.mail.there:
        raise NoMail
    plain, now = emails.plain_address(said.address), home.clock.now()
    home.limits.mails.spend(address(request), now)
    home.limits.mails_to_one.spend(f"{person.id} {plain}", now)
    token, _ = await home.database.write(lambda tx: emails.confirming_link(tx, plain, person.id))
    link = f"{here(request)}/in/{token}"
    home.mail.post(confirming_letter(await readers(request), home, plain, link, name=person.name or ""))


@own.post("/emails/confirm", status_code=204)
async def confirm_email(home: Home, person: Account, said: Token) -> None:
    """It is one's own: pressed by the person who asked for it, where they are signed in."""
    await home.database.write(lambda tx: emails.confirm_by(tx, said.token, person))


@own.delete("/emails/{id}", status_code=204)
async def remove_email(request: Request, person: KeyHolder, id: Id) -> None:
    await _ending(request, lambda tx, here: ways.remove_email(tx, person.id, id, here=here))


# ---- the password ----


@own.put("/password", status_code=204)
async def set_password(request: Request, home: Home, person: Account, said: NewPassword) -> None:
    """Have a password, or another; who changes it knows the one before, which proves who they are."""
    if not home.settings.sign_in.passwords:
        raise NoPasswords
    home.limits.passwords_of_one.spend(f"own {person.id}", home.clock.now())
    async with home.database.read() as connection:
        kept = await passwords.password_of(connection, person.id)
        if kept is None:
            await ways.may_change(connection, person, _here(request), now=home.clock.now())
    if kept is not None and not await passwords.is_right(said.now, kept):
        raise PasswordWrong
    hash = await passwords.made(said.password)
    await _ending(request, lambda tx, here: ways.set_password(tx, person.id, hash, here=here))


@own.delete("/password", status_code=204)
async def forget_password(request: Request, person: KeyHolder) -> None:
    await _ending(request, lambda tx, here: ways.forget_password(tx, person.id, here=here))


async def _ending(request: Request, work: Callable[[Tx, str | None], Awaitable[list[str]]]) -> None:
    """Do what ends sessions; their open pages close."""
    home, here = house(request), _here(request)
    ended, _ = await home.database.write(lambda tx: work(tx, here))
    for hash in ended:
        home.signed_out(hash)


def _here(request: Request) -> str | None:
    """The session that asks, by its hash."""
    return house(request).cookies.session(request.headers.get("cookie", ""))
