"""The only writers about people."""

from dataclasses import replace

from sqlalchemy import insert, select, update

from causerie.accounts import emails
from causerie.accounts.errors import LinkUnknown, NameNeeded, NameTaken, PersonUnknown
from causerie.accounts.models import links, people, person_terms, profiles, sessions
from causerie.accounts.people import Person, cleaned, hashed
from causerie.accounts.suspending import let_in
from causerie.clock import HOUR
from causerie.db import Tx
from causerie.ids import PersonId, new_id, secret
from causerie.terms import kept

GUEST_SESSION = 24 * HOUR
ACCOUNT_SESSION = 90 * 24 * HOUR
SETUP_LINK = 24 * HOUR
PERSON_LINK = 7 * 24 * HOUR


async def add_person(
    tx: Tx,
    *,
    name: str,
    id: PersonId | None = None,
    guest: bool = False,
    admin: bool = False,
    may_open_rooms: bool = False,
    bot: bool = False,
    portrait: str | None = None,
    minor: bool = False,
    language: str | None = None,
) -> Person:
    """Somebody new. An account's name is its own; guests may share one, and bots, always marked, keep none back."""
    plain = cleaned(name)
    if not guest and not bot and await account_named(tx, plain) is not None:
        raise NameTaken
    id = id or PersonId(new_id())
    person = Person(id, plain, guest, admin, may_open_rooms or admin, bot, portrait, minor, language)
    await tx.put(
        people,
        id=person.id,
        name=plain,
        guest=guest,
        admin=admin,
        may_open_rooms=person.may_open_rooms,
        bot=bot,
        portrait=portrait,
        created_at=tx.now,
        minor=minor,
        language=language,
    )
    if not guest and not bot:
        await tx.put(person_terms, person=person.id, name=kept(plain), handle="", bio="")
    return person


async def become_account(tx: Tx, guest: Person, *, name: str) -> Person:
    """A guest has an account from now on, and stays the same person: what they asked and voted for is theirs."""
    plain = cleaned(name)
    if await account_named(tx, plain) is not None:
        raise NameTaken
    await tx.run(update(people).where(people.c.id == guest.id).values(name=plain, guest=False))
    await tx.put(person_terms, person=guest.id, name=kept(plain), handle="", bio="")
    return replace(guest, name=plain, guest=False)


async def let_open_rooms(tx: Tx, person: PersonId, *, may: bool) -> None:
    """Say whether somebody may open rooms here; or `PersonUnknown`."""
    if (await tx.run(update(people).where(people.c.id == person).values(may_open_rooms=may))).rowcount == 0:
        raise PersonUnknown


async def mark_minor(tx: Tx, person: PersonId, *, minor: bool) -> str | None:
    """Say that somebody is a minor: never recorded, and without a picture. Gives the key of the one they had, whose
    file goes, too: whoever kept its address finds nothing there.

    Pages of theirs that are open know it when they come again.
    """
    if not minor:
        await tx.run(update(people).where(people.c.id == person).values(minor=False))
        return None
    theirs = profiles.c.person == person
    gone: str | None = (await tx.run(select(profiles.c.picture).where(theirs))).scalar()
    await tx.run(update(profiles).where(theirs).values(picture=None))
    await tx.run(update(people).where(people.c.id == person).values(minor=True, portrait=None))
    return gone


async def open_session(tx: Tx, person: Person, *, device: str = "") -> str:
    """A new session; its token is given once and kept only as a hash. Who is suspended has none: `Suspended`."""
    if not person.guest:
        await let_in(tx, person.id)
    token = secret() + secret()
    lasts = GUEST_SESSION if person.guest else ACCOUNT_SESSION
    row = {"hash": hashed(token), "person": person.id, "created_at": tx.now, "expires_at": tx.now + lasts}
    await tx.run(insert(sessions).values(**row, device=device))
    return token


async def end_session(tx: Tx, token: str) -> None:
    await tx.run(sessions.delete().where(sessions.c.hash == hashed(token)))


async def setup_link(tx: Tx) -> str:
    """A link that makes its user the first admin; earlier unused ones end."""
    await tx.run(links.delete().where(links.c.kind == "setup"))
    return await _link(tx, "setup", None, SETUP_LINK)


async def person_link(tx: Tx, person: PersonId) -> str:
    """A link by which somebody comes in as themselves, once."""
    return await _link(tx, "person", person, PERSON_LINK)


async def use_link(tx: Tx, token: str, *, name: str | None, coming: Person | None = None) -> Person:
    """Come in by a link; it is used up. `coming`: who the browser was until now, a guest or a visitor."""
    found = await tx.run(select(links).where(links.c.hash == hashed(token), links.c.kind != "confirm"))
    link = found.mappings().first()
    if link is None or link["used_at"] is not None or link["expires_at"] <= tx.now:
        raise LinkUnknown
    person = link["person"]
    if link["kind"] == "email":
        person = await emails.person_at(tx.connection, link["address"])
    if person is None and not name:
        raise NameNeeded
    await tx.run(update(links).where(links.c.hash == link["hash"]).values(used_at=tx.now))
    if link["kind"] == "setup":
        return await add_person(tx, name=name or "", admin=True)
    if person is None:
        new = await _new_account(tx, name or "", coming)
        await emails.confirm(tx, link["address"], new.id)
        return new
    row = (await tx.run(select(people).where(people.c.id == person))).mappings().one()
    return Person(**{key: row[key] for key in Person.__dataclass_fields__})


async def _new_account(tx: Tx, name: str, coming: Person | None) -> Person:
    """An account for whoever comes: guests and visitors keep the id they have."""
    if coming is None or not coming.guest:
        return await add_person(tx, name=name)
    if coming.name is None:
        return await add_person(tx, name=name, id=coming.id)
    return await become_account(tx, coming, name=name)


async def _link(tx: Tx, kind: str, person: PersonId | None, lasts: int) -> str:
    token = secret()
    row = {"hash": hashed(token), "kind": kind, "person": person, "expires_at": tx.now + lasts}
    await tx.run(insert(links).values(row))
    return token


async def account_named(tx: Tx, name: str) -> PersonId | None:
    """Whose name it is; guests and bots keep none back."""
    wanted = select(people.c.id).where(people.c.name == name, people.c.guest.is_(False), people.c.bot.is_(False))
    found: PersonId | None = (await tx.run(wanted)).scalar()
    return found
