"""What is done for people about their own, beside everything else: files to take along, and farewells."""

import asyncio
import contextlib
from dataclasses import dataclass, field

import structlog

from causerie.belongings.farewells import Farewells
from causerie.belongings.packing import Packing
from causerie.errors import Away

EACH = 60.0
"""Seconds until what could not be done is tried again."""
log = structlog.get_logger()


@dataclass
class Belongings:
    """Sweeps at the start, each minute, and when it hears of something; a kill leaves nothing half done."""

    packing: Packing
    farewells: Farewells
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _sweeping: "asyncio.Task[None] | None" = None

    def open(self) -> None:
        self._sweeping = asyncio.create_task(self._again_and_again(), name="belongings")

    async def close(self) -> None:
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)

    def hint(self) -> None:
        """Something is to be done now."""
        self._heard.set()

    async def sweep(self) -> None:
        """Who goes is gone first: nobody waits for a file of somebody who has left."""
        await self.farewells.sweep()
        await self.packing.sweep()

    async def _again_and_again(self) -> None:
        while True:
            self._heard.clear()
            try:
                await self.sweep()
            except Away:
                log.info("belongings.later")
            except Exception:  # one fault must not keep everybody waiting for ever
                log.exception("belongings")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), EACH)
