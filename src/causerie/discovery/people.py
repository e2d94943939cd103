"""People by their words: verified ones first, and those found by name or handle before those found by what they say."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import checks, handles, people, person_terms, profiles, proofs
from causerie.accounts.suspending import suspended
from causerie.discovery.lookup import Lookup, lookup
from causerie.discovery.pages import Page, paged
from causerie.discovery.wanted import Place, Wanted


@dataclass(frozen=True)
class FoundPerson:
    """Somebody with a page of their own. `proved`: the domains they have shown to be theirs."""

    id: str
    name: str
    handle: str
    portrait: str | None
    bio: str
    checked: bool
    proved: tuple[str, ...] = ()


async def found_people(connection: AsyncConnection, wanted: Wanted) -> Page[FoundPerson]:
    """A page of people who have an account and an address that leads to them; none who is suspended."""
    index = lookup(connection, person_terms, wanted.words, first=("name", "handle"))
    rank = _rank(index)
    found = (
        select(people.c.id, people.c.name, handles.c.handle, people.c.portrait, profiles.c.bio, _checked(), rank)
        .add_columns(index.number)
        .select_from(
            index.source.join(people, people.c.id == person_terms.c.person)
            .join(handles, and_(handles.c.person == people.c.id, handles.c.left_at.is_(None)))
            .outerjoin(profiles, profiles.c.person == people.c.id)
        )
        .where(index.by_any, people.c.guest.is_(False), people.c.bot.is_(False), *_speaking(wanted))
        .where(people.c.id.not_in(suspended(wanted.now)))
        .order_by(rank, index.number)
        .limit(wanted.most + 1)
    )
    if wanted.after is not None:
        later = and_(rank == wanted.after.rank, index.number > wanted.after.number)
        found = found.where(or_(rank > wanted.after.rank, later))
    rows = (await connection.execute(found)).all()
    proved = await _proved(connection, [row[0] for row in rows])
    there = [
        (FoundPerson(id, name, handle, portrait, bio or "", checked, proved.get(id, ())), Place(place, number))
        for id, name, handle, portrait, bio, checked, place, number in rows
    ]
    return paged(there, wanted.most)


def _rank(index: Lookup) -> ColumnElement[int]:
    """0 and 1: something is proved or was checked of them; 1 and 3: only what they say of themselves has the words."""
    held = exists().where(proofs.c.person == people.c.id, proofs.c.proved_at.is_not(None), proofs.c.lost_at.is_(None))
    verified = case((or_(held, _checked()), 0), else_=2)
    return cast(verified + case((index.by_first, 0), else_=1), Integer)


def _checked() -> ColumnElement[bool]:
    return exists().where(checks.c.person == people.c.id)


def _speaking(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Those who say that they speak a language, where one was chosen. A tag is of rooms alone: it leaves nobody."""
    spoken = [profiles.c.languages.like(f'%"{wanted.language}"%')] if wanted.language is not None else []
    return [*spoken, *([people.c.id.is_(None)] if wanted.tag is not None else [])]


async def _proved(connection: AsyncConnection, ids: list[str]) -> dict[str, tuple[str, ...]]:
    wanted = select(proofs.c.person, proofs.c.domain).where(
        proofs.c.person.in_(ids), proofs.c.proved_at.is_not(None), proofs.c.lost_at.is_(None)
    )
    found: dict[str, tuple[str, ...]] = {}
    for person, domain in await connection.execute(wanted.order_by(proofs.c.id)):
        found[person] = (*found.get(person, ()), domain)
    return found
