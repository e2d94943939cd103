"""Frames to one page, at the page's own pace: in order, without holes, and never without bound."""

import asyncio
from typing import Any

import pytest

from causerie.live import outgoing
from causerie.live.outgoing import Outgoing


class Socket:
    """A socket that takes frames while it is open, and lets them wait while it is full."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.writable = asyncio.Event()
        self.writable.set()
        self.broken = False
        self.overflowed = 0

    async def send(self, message: Any) -> None:
        await self.writable.wait()
        if self.broken:
            raise ConnectionError("the page is gone")
        self.taken.append(message["text"])

    def overflow(self) -> None:
        self.overflowed += 1


@pytest.fixture
async def door() -> Socket:
    return Socket()


@pytest.fixture
async def page(door: Socket) -> Outgoing:
    return Outgoing(door.send, door.overflow)


async def test_a_page_that_reads_has_each_frame_on_the_spot(door: Socket, page: Outgoing):
    for text in "abc":
        page.frame(text)

    assert door.taken == ["a", "b", "c"]


async def test_a_slow_page_has_them_later_in_their_order(door: Socket, page: Outgoing):
    page.frame("a")
    door.writable.clear()
    for text in "bcd":
        page.frame(text)
    assert door.taken == ["a"]

    door.writable.set()
    await asyncio.sleep(0.01)
    page.frame("e")

    assert (door.taken, door.overflowed) == (["a", "b", "c", "d", "e"], 0)


async def test_what_may_be_lost_does_not_stand_in_line(door: Socket, page: Outgoing):
    door.writable.clear()
    page.frame("numbered")
    for _ in range(1000):
        page.frame("tick", may_be_lost=True)
    page.frame("numbered too")

    door.writable.set()
    await asyncio.sleep(0.01)

    assert (door.taken, page.dropped) == (["numbered", "numbered too"], 1000)


async def test_a_line_that_grows_too_long_ends_once(door: Socket, page: Outgoing, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outgoing, "WAITING_BYTES", 10)
    door.writable.clear()

    for _ in range(20):
        page.frame("xxxx")
    door.writable.set()
    await asyncio.sleep(0.01)

    assert (door.overflowed, page.closed, door.taken) == (1, True, [])


@pytest.mark.parametrize("full", [False, True])
async def test_a_page_that_is_gone_hurts_nobody(door: Socket, page: Outgoing, full: bool):
    door.broken = True
    if full:
        door.writable.clear()

    page.frame("a")
    page.frame("b")
    door.writable.set()
    await asyncio.sleep(0.01)
    page.frame("c")

    assert (door.taken, door.overflowed, page.closed) == ([], 0, True)
