"""Joins at the sound core alone, without the door: what its thread needs to answer, to shake hands, to be heard."""

import asyncio
import time

from benchmarks.recorder import worked
from benchmarks.report import write
from causerie._engine import Crowd, Engine
from causerie.media import Media
from causerie.media.people import Peer

LISTENERS, AT_ONCE, ROUNDS = 1_000, 32, 3
MUST = 1_000


async def joined(media: Media, crowd: Crowd, number: int, gate: asyncio.Semaphore) -> None:
    """One listener, from their offer to the first moment they hear."""
    up = asyncio.Event()

    def changed(peer: Peer) -> None:
        if peer.link == "up":
            up.set()

    async with gate:
        id, sdp = crowd.offer()
        _, answer = await media.offer("room", f"listener {number}", number, sdp, changed, programme=0)
        crowd.answer(id, answer)
        await asyncio.wait_for(up.wait(), 20)


async def storm() -> tuple[float, float]:
    """(joins a second of CPU of the core's thread, joins a second by the clock) for so many."""
    engine, crowd = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1), Crowd()
    media, gate = Media(engine), asyncio.Semaphore(AT_ONCE)
    media.start()
    before, began = worked("sound-0"), time.monotonic()
    await asyncio.gather(*(joined(media, crowd, number, gate) for number in range(1, LISTENERS + 1)))
    used, took = (worked("sound-0") - before) / 1e9, time.monotonic() - began
    crowd.leave()
    media.stop()
    return LISTENERS / used, LISTENERS / took


async def measure() -> None:
    storms = [await storm() for _ in range(ROUNDS)]
    write(
        "core_joins",
        "make bench ARGS=core_joins",
        [
            f"{LISTENERS:,} listeners of our own join one worker, {AT_ONCE} at a time, {ROUNDS} times.",
            "",
            "| joins a second of the worker's own CPU | a second by the clock, the listeners on the same two cores |",
            "|---|---|",
            *(f"| **{alone:,.0f}** | {together:,.0f} |" for alone, together in storms),
            "",
            f"Must: {MUST:,} a second and core. In it: the offer read and answered, ICE, DTLS with one certificate,",
            "and the keys of SRTP.",
        ],
    )
