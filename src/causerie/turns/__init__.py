"""One thing at a time per room: decide, write, commit, fold, announce; then the next."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from causerie.db import Database, Tx
from causerie.errors import TooMany

S = TypeVar("S")
R = TypeVar("R")
Action = Callable[[Tx, S], Awaitable[R]]
Announce = Callable[[str, S, list[object], S], None]

WAITING = 1024
CLOSING, USUAL = 0, 1


class Busy(TooMany):
    code, text = "room.busy", "Too much at once in this room. Try again in a moment."


@dataclass(order=True)
class _Waiting(Generic[S]):
    rank: int
    number: int
    action: Action[S, Any] = field(compare=False)
    done: "asyncio.Future[Any]" = field(compare=False)


class Turns(Generic[S]):
    """The live states, each changed by its own turns only; `announce(key, before, events, after)` after the commit."""

    def __init__(self, database: Database, *, fold: Callable[[object, S], S], announce: Announce[S]) -> None:
        self.database = database
        self.fold = fold
        self.announce = announce
        self.states: dict[str, S] = {}
        self.refused_full = 0
        self._queues: dict[str, asyncio.PriorityQueue[_Waiting[S]]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._unfinished: dict[str, set[asyncio.Future[Any]]] = {}
        self._numbers = itertools.count()

    def hold(self, key: str, state: S) -> None:
        """From now on this key has turns."""
        self.states[key] = state
        self._queues[key] = asyncio.PriorityQueue(WAITING)
        self._unfinished[key] = set()
        self._workers[key] = asyncio.create_task(self._serve(key), name=f"turns of {key}")

    def busy(self, key: str) -> bool:
        """Whether a turn is going on or waits."""
        return bool(self._unfinished[key])

    async def drop(self, key: str) -> None:
        """No more turns for this key; what waits is refused."""
        worker, unfinished = self._workers.pop(key), self._unfinished.pop(key)
        del self.states[key], self._queues[key]  # before anybody else is let run: the key may be held again meanwhile
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        for done in unfinished:
            if not done.done():
                done.set_exception(Busy())

    async def close(self) -> None:
        for key in list(self.states):
            await self.drop(key)

    async def take(self, key: str, action: Action[S, R], *, closing: bool = False) -> R:
        """Have an action done in its turn. What closes (`closing`) overtakes all that waits."""
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        rank = CLOSING if closing else USUAL
        try:
            self._queues[key].put_nowait(_Waiting(rank, next(self._numbers), action, done))
        except asyncio.QueueFull:
            self.refused_full += 1
            raise Busy from None
        self._unfinished[key].add(done)
        return await done

    async def _serve(self, key: str) -> None:
        queue, unfinished = self._queues[key], self._unfinished[key]
        while True:
            waiting = await queue.get()
            try:
                result = await self._turn(key, waiting.action, closing=waiting.rank == CLOSING)
            except Exception as fault:
                if not waiting.done.done():
                    waiting.done.set_exception(fault)
            else:
                if not waiting.done.done():
                    waiting.done.set_result(result)
            unfinished.discard(waiting.done)

    async def _turn(self, key: str, action: Action[S, R], *, closing: bool) -> R:
        before = self.states[key]
        result, events = await self.database.write(lambda tx: action(tx, before), closing=closing)
        after = before
        for event in events:
            after = self.fold(event, after)
        self.states[key] = after
        if events:
            self.announce(key, before, events, after)
        return result
