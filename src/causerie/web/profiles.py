"""Profiles over HTTP: what everybody sees of somebody, what one says of oneself, and what one proves."""

import base64
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import following, pictures, profiles, proofs
from causerie.accounts.errors import NotProved, PersonUnknown, PictureRefused, WayUnknown
from causerie.accounts.people import Person
from causerie.accounts.profiles import Profile
from causerie.accounts.proofs import Proof
from causerie.discovery.answers import given_by
from causerie.discovery.wanted import Looking
from causerie.ids import secret
from causerie.rooms.queries import open_rooms_of
from causerie.web.cards import card
from causerie.web.house import House, at_door, house, open_to, who
from causerie.web.oneself import account

faces = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Account = Annotated[Person, Depends(account)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]
Line = Annotated[str, Field(max_length=2000)]
# Eight megabytes, as text.
LARGEST_PICTURE = 11 * 1024 * 1024 + 1024


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OneSelf(Body):
    """All that one says of oneself; without a handle one keeps the one there is."""

    name: Line
    handle: Line | None = None
    bio: Annotated[str, Field(max_length=20_000)] = ""
    links: Annotated[list[Line], Field(max_length=50)] = []
    languages: Annotated[list[Line], Field(max_length=50)] = []


class Picture(Body):
    """A file, as base64."""

    picture: Annotated[str, Field(max_length=LARGEST_PICTURE)]


class Domain(Body):
    domain: Line


@faces.get("/profiles/{handle}")
async def one_profile(request: Request, home: Home, handle: Annotated[str, Path(max_length=40)]) -> dict[str, Any]:
    """Somebody by the handle they go by, or went by once: `handle` says which it is now. With what they host now and
    soon, how many rooms they held and answers were given there, how many follow them, and whether one does.
    """
    async with home.database.read() as connection:
        found = await profiles.profile_called(connection, handle, now=home.clock.now())
    if found is None:
        raise PersonUnknown
    return await as_seen(request, found)


@faces.get("/me/profile")
async def own_profile(home: Home, person: Account) -> dict[str, Any]:
    """What one says of oneself, with what was asked to be proved and what was lost."""
    async with home.database.read() as connection:
        found = await profiles.profile_of(connection, person.id)
        every = await proofs.proofs_of(connection, person.id)
    if found is None:
        raise PersonUnknown
    return {**shown(found), "proofs": [_own(proof) for proof in every]}


@faces.put("/me/profile", status_code=204)
async def write_profile(home: Home, person: Account, said: OneSelf) -> None:
    """Say it anew, all of it; pages that are open know a new name when they come again."""
    await home.database.write(lambda tx: profiles.write_profile(tx, person, **said.model_dump()))


# ---- the picture ----


@faces.put("/me/picture")
async def show_picture(home: Home, person: Account, said: Picture) -> dict[str, str]:
    """Show a picture: drawn anew here, in the size it is shown in."""
    home.limits.pictures.spend(person.id, home.clock.now())
    try:
        given = base64.b64decode(said.picture.rpartition(",")[2], validate=True)
    except ValueError:
        raise PictureRefused from None
    drawn, name = await pictures.portrait(given), secret()
    key, address = f"portraits/{name}.jpg", f"/portraits/{name}.jpg"
    await home.copying.storage.keep(key, drawn)
    await _replace(home, person, key, address)
    return {"portrait": address}


@faces.delete("/me/picture", status_code=204)
async def hide_picture(home: Home, person: Account) -> None:
    await _replace(home, person, None, None)


async def _replace(home: House, person: Person, key: str | None, address: str | None) -> None:
    """The picture before is taken away; where the new one is refused, that one is."""
    gone: str | None = key
    try:
        gone, _ = await home.database.write(lambda tx: profiles.show_picture(tx, person, key, address=address))
    finally:
        if gone is not None:
            home.copying.storage.remove([gone])


# ---- what is proved ----


@faces.post("/me/proofs", status_code=201)
async def ask_proof(home: Home, person: Account, said: Domain) -> dict[str, Any]:
    """Name a domain, and hear what has to stand there."""
    proof, _ = await home.database.write(lambda tx: proofs.ask_proof(tx, person.id, said.domain))
    return _own(proof)


@faces.post("/me/proofs/{id}/look")
async def look(home: Home, person: Account, id: Id) -> dict[str, Any]:
    """Have it looked at now."""
    home.limits.proofs.spend(person.id, home.clock.now())
    if await home.proving.look(await _proof(home, person, id)) is None:
        raise NotProved
    return _own(await _proof(home, person, id))


@faces.delete("/me/proofs/{id}", status_code=204)
async def take_off(home: Home, person: Account, id: Id) -> None:
    await home.database.write(lambda tx: proofs.take_off(tx, person.id, id))


async def _proof(home: House, person: Person, id: str) -> Proof:
    async with home.database.read() as connection:
        every = await proofs.proofs_of(connection, person.id)
    found = next((proof for proof in every if proof.id == id), None)
    if found is None:
        raise WayUnknown
    return found


# ---- shapes ----


async def as_seen(request: Request, profile: Profile) -> dict[str, Any]:
    """Somebody as this person sees them, with their rooms as far as one may know of them."""
    home, me = house(request), await who(request)
    looking = Looking(await at_door(request), home.clock.now())
    async with home.database.read() as connection:
        rooms = await open_rooms_of(connection, profile.id, now=home.clock.now())
        given = await given_by(connection, looking, profile.id)
        followers = await following.followers(connection, profile.id)
        followed = me is not None and await following.follows_person(connection, me.id, profile.id)
    cards = [card(home, room) for room in await open_to(request, *rooms)]
    so_far = {"held": given.rooms, "answers": given.answers}
    return {**shown(profile), "rooms": cards, **so_far, "followers": followers, "followed": followed}


def shown(profile: Profile) -> dict[str, Any]:
    """What was proved, by which way and when; what has to stand there is its owner's to know."""
    seen = [
        {"domain": proof.domain, "way": proof.way, "proved_at": proof.proved_at, "looked_at": proof.looked_at}
        for proof in profile.proofs
    ]
    checked = [{"note": check.note, "checked_at": check.checked_at} for check in profile.checks]
    return {**asdict(profile), "proofs": seen, "checks": checked}


def _own(proof: Proof) -> dict[str, Any]:
    where = {"record": proof.record, "file": proof.file, "says": f"causerie={proof.token}"}
    return {**{name: value for name, value in asdict(proof).items() if name != "token"}, "where": where}
