"""Coming in by a link that is sent by e-mail, or by a password. What is answered never tells who has an account."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import emails, passwords
from causerie.accounts.errors import NoMail, NoPasswords, PasswordWrong
from causerie.accounts.people import Person
from causerie.ids import PersonId
from causerie.web.house import House, here, house, who
from causerie.web.languages import browsers, language_for
from causerie.web.letters import entering_letter
from causerie.web.limits import address
from causerie.web.oneself import come_in, entered, me_shown

coming_in = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Address(Body):
    address: Annotated[str, Field(max_length=2000)]


class ByPassword(Body):
    """`name`: a name, a handle or an address."""

    name: Annotated[str, Field(max_length=2000)]
    password: Annotated[str, Field(max_length=2000)]


@coming_in.post("/email-links", status_code=202)
async def send_link(request: Request, home: Home, said: Address) -> None:
    """Have a link sent by which whoever reads this address comes in. Links that are on their way stay good."""
    if not home.mail.there:
        raise NoMail
    plain, now = emails.plain_address(said.address), home.clock.now()
    home.limits.mails.spend(address(request), now)
    async with home.database.read() as connection:
        whose = await emails.person_at(connection, plain)
        language = await language_for(connection, whose, otherwise=browsers(request))
    home.limits.mails_to_one.spend(_apart(request, plain, whose), now)
    token, _ = await home.database.write(lambda tx: emails.email_link(tx, plain))
    home.mail.post(entering_letter(language, home, plain, f"{here(request)}/in/{token}"))


@coming_in.post("/sign-in-by-password")
async def by_password(
    request: Request, response: Response, home: Home, coming: Who, said: ByPassword
) -> dict[str, Any]:
    """Come in by a password. A wrong one and an unknown name are answered alike, and as late.

    Tries are counted under what was typed: which name and address belong together is not told by that either.
    """
    if not home.settings.sign_in.passwords:
        raise NoPasswords
    name, now = said.name.strip(), home.clock.now()
    async with home.database.read() as connection:
        person = await passwords.account_of(connection, name)
        kept = await passwords.password_of(connection, person.id) if person else None
    tries = home.limits.passwords, home.limits.passwords_of_one
    counted = address(request), _apart(request, name.lower(), person.id if person else None)
    for tried, under in zip(tries, counted, strict=True):
        tried.spend(under, now)
    if not await passwords.is_right(said.password, kept) or person is None:
        raise PasswordWrong
    for tried, under in zip(tries, counted, strict=True):
        tried.give_back(under)

    (come, session), _ = await home.database.write(partial(come_in, request=request, coming=coming, person=person))
    await entered(request, response, coming, come, session)
    return await me_shown(request, home, come)


def _apart(request: Request, under: str, person: PersonId | None) -> str:
    """Under what a try at an account is counted: apart where this browser has been theirs before."""
    cookies, cookie = house(request).cookies, request.headers.get("cookie", "")
    return f"own {under}" if person is not None and cookies.knows(cookie, person) else under
