"""Handles: the name in one's address. Each is its person's for good, so that no old link leads to somebody else."""

import re

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import HandleForm, HandleTaken, TooManyHandles
from causerie.accounts.models import handles, person_terms
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.terms import kept

# Letters of one script alone: in these nothing looks like something else of another.
FORM = re.compile(r"[a-z][a-z0-9_]{2,29}")
MOST = 5
_KEPT = """
about abuse account admin administrator all answers api app audience audit billing blog bot bots calendar causerie
clip contact copy demo desk everybody everyone faq feed feeds files group groups guest guests help here home host
hosts imprint inbox info instance invite legal live login logout mail me member members moderator moderators news
nobody notices null official operator operators owner plan postmaster press privacy profile root room rooms rules
safety search security settings setup signin signup site speaker speakers staff stage status stream support system
team terms trust undefined user users verified webmaster welcome www you
"""
KEPT_BACK = frozenset(_KEPT.split())


def plain_handle(said: str) -> str:
    """A handle as it is kept; or `HandleForm`."""
    plain = said.strip().removeprefix("@")
    if not FORM.fullmatch(plain):
        raise HandleForm
    return plain


async def take_handle(tx: Tx, person: PersonId, said: str) -> str:
    """Go by this handle from now on; the one before stays one's own, and leads here."""
    handle = plain_handle(said)
    row = (await tx.run(select(handles).where(handles.c.handle == handle))).mappings().first()
    if handle in KEPT_BACK or (row is not None and row["person"] != person):
        raise HandleTaken
    if row is not None and row["left_at"] is None:
        return handle
    had = (await tx.run(select(func.count()).select_from(handles).where(handles.c.person == person))).scalar() or 0
    if row is None and had >= MOST:
        raise TooManyHandles
    of_theirs = update(handles).where(handles.c.person == person, handles.c.left_at.is_(None))
    await tx.run(of_theirs.values(left_at=tx.now))
    if row is None:
        await tx.run(insert(handles).values(handle=handle, person=person, taken_at=tx.now))
    else:
        await tx.run(update(handles).where(handles.c.handle == handle).values(left_at=None))
    await tx.put(person_terms, person=person, handle=kept(handle))
    await tx.audit("handle.take", actor=person, subject=person)
    return handle


async def person_called(connection: AsyncConnection, said: str) -> PersonId | None:
    """Whose handle it is or was."""
    if not FORM.fullmatch(said.lower()):
        return None
    wanted = select(handles.c.person).where(handles.c.handle == said.lower())
    found = (await connection.execute(wanted)).scalar()
    return PersonId(found) if found else None


async def handle_of(connection: AsyncConnection, person: PersonId) -> str | None:
    """What somebody goes by now."""
    wanted = select(handles.c.handle).where(handles.c.person == person, handles.c.left_at.is_(None))
    handle: str | None = (await connection.execute(wanted)).scalar()
    return handle
