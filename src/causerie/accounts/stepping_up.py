"""Proving once more that it is oneself: what cannot be undone is asked of who has signed in a short while ago.

Signing in always begins a session of its own, whoever was signed in before; so when a session began says when its
person last proved themselves, by whichever way they have. An old session that somebody else got hold of proves nothing.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import SignInAgain
from causerie.accounts.models import sessions
from causerie.clock import MINUTE

LATELY = 10 * MINUTE


async def proved_lately(connection: AsyncConnection, session: str | None, *, now: int, within: int = LATELY) -> bool:
    """Whether this session (by its hash) began at most `within` milliseconds ago."""
    lasting = sessions.c.hash == (session or ""), sessions.c.created_at > now - within, sessions.c.expires_at > now
    return (await connection.execute(select(sessions.c.hash).where(*lasting))).first() is not None


async def must_have_proved(connection: AsyncConnection, session: str | None, *, now: int) -> None:
    """They have proved themselves lately; or `SignInAgain`."""
    if not await proved_lately(connection, session, now=now):
        raise SignInAgain
