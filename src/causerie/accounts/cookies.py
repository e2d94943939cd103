"""Who somebody is, told by their cookies and by nothing else.

A session's cookie holds a secret whose hash is stored. A visitor's cookie holds an id and our signature: somebody has
an id before they have a name, and keeps it when they take one, without a row being written for each who listens.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person, hashed
from causerie.accounts.queries import known, people_of_sessions
from causerie.clock import HOUR
from causerie.ids import PersonId, new_id

SESSION, VISITOR, KNOWN = "causerie_session", "causerie_visitor", "causerie_known"


def key_in(folder: Path) -> bytes:
    """The signing key of this place, made at the first start and readable by its owner only."""
    path = folder / "keys" / "visitors.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


@dataclass(frozen=True)
class Cookies:
    """Reads and writes both cookies. `secure`: we are on https, so they are bound to it."""

    key: bytes
    secure: bool = False

    def named(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name

    def written(self, name: str, value: str, *, lasts: int) -> str:
        """A Set-Cookie value; `lasts` in seconds, 0 forgets it."""
        secure = "; Secure" if self.secure else ""
        return f"{self.named(name)}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}"

    def read(self, header: str, name: str) -> str | None:
        """What this cookie says; of two of one name the later counts. Ours need no quotes."""
        wanted, found = self.named(name), None
        for part in header.split(";"):
            key, _, value = part.partition("=")
            if key.strip() == wanted:
                found = value.strip()
        return found

    def session(self, header: str) -> str | None:
        """The session a request comes from, by the hash of its token; None for visitors."""
        token = self.read(header, SESSION)
        return hashed(token) if token else None

    def browser(self, header: str) -> str | None:
        """What is sure to come from the same browser: its session, else its visitor's id, as a hash."""
        token = self.read(header, SESSION) or (self.read(header, VISITOR) if self.visitor(header) else None)
        return hashed(token) if token else None

    # ---- devices somebody has signed in with ----

    def remembered(self, person: PersonId) -> str:
        """A Set-Cookie value: this browser has been theirs. It opens nothing, and keeps their own tries apart."""
        return self.written(KNOWN, f"{person}.{self._signed(f'known:{person}')}", lasts=400 * 24 * HOUR // 1000)

    def knows(self, header: str, person: PersonId) -> bool:
        """Whether they have signed in with this browser before."""
        id, _, signature = (self.read(header, KNOWN) or "").partition(".")
        wanted = self._signed(f"known:{person}")
        return id == person and hmac.compare_digest(signature.encode(), wanted.encode())

    # ---- visitors ----

    def new_visitor(self) -> tuple[PersonId, str]:
        """An id nobody has, and the cookie value that proves it is ours."""
        id = PersonId(new_id())
        return id, f"{id}.{self._signed(id)}"

    def greeting(self) -> str:
        """A Set-Cookie value for somebody new: an id from now on, so that whoever hears is counted."""
        return self.written(VISITOR, self.new_visitor()[1], lasts=24 * HOUR // 1000)

    def visitor(self, header: str) -> PersonId | None:
        id, _, signature = (self.read(header, VISITOR) or "").partition(".")
        return PersonId(id) if id and hmac.compare_digest(signature.encode(), self._signed(id).encode()) else None

    def _signed(self, id: str) -> str:
        return hmac.new(self.key, id.encode(), hashlib.sha256).hexdigest()[:32]

    async def who(self, connection: AsyncConnection, header: str, *, now: int) -> Person | None:
        """The person of a request: a session's, else a nameless visitor, else nobody yet.

        A visitor who took a name is known by their session alone: when that ends, so does who they were.
        """
        return (await self.all_of(connection, [header], now=now))[0]

    async def all_of(self, connection: AsyncConnection, headers: Sequence[str], *, now: int) -> list[Person | None]:
        """The same of many requests in two questions."""
        hashes, ids = [self.session(header) for header in headers], [self.visitor(header) for header in headers]
        signed_in, named = {}, set[str]()
        if asked := {hash for hash in hashes if hash}:
            signed_in = await people_of_sessions(connection, asked, now=now)
        if asked := {id for hash, id in zip(hashes, ids, strict=True) if id and hash not in signed_in}:
            named = await known(connection, asked)
        return [
            signed_in.get(hash or "") or (Person(id) if id and id not in named else None)
            for hash, id in zip(hashes, ids, strict=True)
        ]
