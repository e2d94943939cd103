"""What people say of themselves, and what everybody sees of it."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.actions import account_named
from causerie.accounts.checks import Check, checks_of, verified
from causerie.accounts.errors import NameProved, NameTaken, NoPicture, ProfileLength, ProfileLink
from causerie.accounts.handles import handle_of, person_called, take_handle
from causerie.accounts.models import people, person_terms, profiles
from causerie.accounts.people import Person, cleaned
from causerie.accounts.proofs import Proof, proofs_of
from causerie.accounts.suspending import suspension_of
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.terms import kept
from causerie.texts import seen

LONGEST_BIO, LONGEST_LINK = 500, 200
MOST_LINKS, MOST_LANGUAGES = 5, 8
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Profile:
    """Somebody as everybody sees them. `proofs` are those that hold."""

    id: PersonId
    name: str
    handle: str | None
    portrait: str | None
    bio: str
    links: list[str]
    languages: list[str]
    proofs: list[Proof]
    checks: list[Check]


async def profile_of(connection: AsyncConnection, person: PersonId) -> Profile | None:
    """Of people with an account; guests and bots have none."""
    wanted = (
        select(people.c.name, people.c.portrait, profiles)
        .outerjoin(profiles, profiles.c.person == people.c.id)
        .where(people.c.id == person, people.c.guest.is_(False), people.c.bot.is_(False))
    )
    row = (await connection.execute(wanted)).mappings().first()
    if row is None:
        return None
    held = [proof for proof in await proofs_of(connection, person) if proof.holds]
    handle = await handle_of(connection, person)
    checked = await checks_of(connection, person)
    links, languages = json.loads(row["links"] or "[]"), json.loads(row["languages"] or "[]")
    return Profile(person, row["name"], handle, row["portrait"], row["bio"] or "", links, languages, held, checked)


async def profile_called(connection: AsyncConnection, said: str, *, now: int) -> Profile | None:
    """By a handle somebody goes by, or went by once; who is suspended has none that others see."""
    person = await person_called(connection, said)
    if person is None or await suspension_of(connection, person, now=now) is not None:
        return None
    return await profile_of(connection, person)


async def write_profile(
    tx: Tx, person: Person, *, name: str, handle: str | None, bio: str, links: list[str], languages: list[str]
) -> None:
    """Say of oneself what is to be seen, all of it at once. A name that something was proved of stays."""
    said = seen(bio).strip()
    known = list(dict.fromkeys(languages))
    if len(said) > LONGEST_BIO or len(links) > MOST_LINKS or len(known) > MOST_LANGUAGES:
        raise ProfileLength
    if not all(LANGUAGE.fullmatch(language) for language in known):
        raise ProfileLength
    plain = [plain_link(link) for link in links]
    await _rename(tx, person, name)
    if handle:
        await take_handle(tx, person.id, handle)
    await _keep(tx, person.id, bio=said, links=json.dumps(plain), languages=json.dumps(known))


async def show_picture(tx: Tx, person: Person, key: str | None, *, address: str | None) -> str | None:
    """Show this picture from now on, or none; gives the key of the one before."""
    if person.minor and key is not None:
        raise NoPicture
    before: str | None = (await tx.run(select(profiles.c.picture).where(profiles.c.person == person.id))).scalar()
    await _keep(tx, person.id, picture=key)
    await tx.run(update(people).where(people.c.id == person.id).values(portrait=address))
    return before


def plain_link(said: str) -> str:
    """An address that may stand on a page; or `ProfileLink`."""
    link = said.strip()
    try:
        parts = urlsplit(link)
        there = bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        raise ProfileLink from None
    plain = all(letter.isprintable() and not letter.isspace() for letter in link)
    if len(link) > LONGEST_LINK or parts.scheme not in ("https", "http") or not there or not plain:
        raise ProfileLink
    return link


async def _rename(tx: Tx, person: Person, name: str) -> None:
    plain = cleaned(name)
    if plain == person.name:
        return
    if await verified(tx.connection, person.id):
        raise NameProved
    if await account_named(tx, plain) not in (None, person.id):
        raise NameTaken
    await tx.run(update(people).where(people.c.id == person.id).values(name=plain))
    await tx.put(person_terms, person=person.id, name=kept(plain))
    await tx.audit("name.change", actor=person.id, subject=person.id)


async def _keep(tx: Tx, person: PersonId, **said: str | None) -> None:
    there = (await tx.run(select(profiles.c.person).where(profiles.c.person == person))).first()
    if there is None:
        said = {"bio": "", "links": "[]", "languages": "[]", **said}
        await tx.put(profiles, person=person, **said)
    else:
        await tx.run(update(profiles).where(profiles.c.person == person).values(said))
    if "bio" in said:
        await tx.put(person_terms, person=person, bio=kept(said["bio"] or ""))
