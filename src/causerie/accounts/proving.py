"""Looks whether what somebody says of a domain stands there: when they ask, and again each week."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

import structlog

from causerie.accounts import proofs
from causerie.accounts.proofs import Proof, Way
from causerie.clock import Clock
from causerie.db import Database, Tx
from causerie.egress import Guard, Unreachable
from causerie.egress.records import texts_of
from causerie.errors import Away
from causerie.ids import PersonId

EACH = 600.0
AT_ONCE = 20
LONGEST_FILE = 4096

log = structlog.get_logger()


async def _told_nobody(_tx: Tx, _person: PersonId, _proof: Proof) -> None:
    return None


@dataclass
class Proving:
    """`lost(tx, person, proof)` is called in the turn in which something falls away."""

    database: Database
    clock: Clock
    guard: Guard = field(default_factory=Guard)
    texts: Callable[[str], Awaitable[list[str]]] = texts_of
    lost: Callable[[Tx, PersonId, Proof], Awaitable[None]] = _told_nobody
    _sweeping: "asyncio.Task[None] | None" = None

    def open(self) -> None:
        self._sweeping = asyncio.create_task(self._sweep_again_and_again(), name="proofs")

    async def close(self) -> None:
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)

    async def shown(self, proof: Proof) -> Way | None:
        """By which way it stands there; the record counts first."""
        wanted = f"causerie={proof.token}"
        if wanted in [text.strip() for text in await self.texts(proof.record)]:
            return "record"
        try:
            file = await self.guard.fetch(proof.file, most=LONGEST_FILE)
        except Unreachable as fault:
            log.info("proof.unreachable", why=str(fault))
            return None
        return "file" if wanted in file.decode(errors="replace").split() else None

    async def look(self, proof: Proof) -> Way | None:
        """Look now, and keep what was found; what is asked for the first time and is not there changes nothing."""
        if (way := await self.shown(proof)) is not None:
            await self.database.write(lambda tx: proofs.was_shown(tx, proof, way))
        return way

    async def sweep(self) -> None:
        """Look again at what is due."""
        async with self.database.read() as connection:
            due = await proofs.to_look_at(connection, now=self.clock.now(), most=AT_ONCE)
        for person, proof in due:
            if await self.look(proof) is None:
                await self.database.write(partial(self._missing, person=person, proof=proof))

    async def _missing(self, tx: Tx, person: PersonId, proof: Proof) -> None:
        """It falls away and its owner is told in one turn, or neither."""
        if await proofs.was_missing(tx, proof):
            await self.lost(tx, person, proof)

    async def _sweep_again_and_again(self) -> None:
        while True:
            try:
                await self.sweep()
            except Away:
                log.info("proofs.later")
            await asyncio.sleep(EACH)
