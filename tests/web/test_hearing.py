"""Whose word is heard next, on paper: nobody waits for a crowd that talks without end."""

import asyncio
from dataclasses import dataclass, field

from causerie.web.hearing import HANDFUL, Hearing


@dataclass(eq=False)
class Talker:
    """A page with so much to say; `heard` is everybody's list of who said something."""

    name: str
    words: int
    heard: list[str]
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def is_heard(self) -> bool:
        if not self.words:
            return False
        self.words -= 1
        self.heard.append(self.name)
        return True


async def rounds(count: int) -> None:
    """So many times everything else was done."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_everybody_says_one_thing_and_then_the_next():
    hearing, heard = Hearing(), list[str]()

    for name in "abc":
        hearing.wants(Talker(name, 2, heard))
    await rounds(2)

    assert "".join(heard) == "abcabc"


async def test_a_crowd_is_heard_a_handful_at_a_time():
    hearing, heard = Hearing(), list[str]()

    for n in range(1_000):
        hearing.wants(Talker(str(n), 100, heard))
    counts = []
    for _ in range(4):
        await rounds(1)
        counts.append(len(heard))

    assert counts == [HANDFUL, 2 * HANDFUL, 3 * HANDFUL, 4 * HANDFUL]


async def test_whoever_was_silent_comes_before_a_crowd_that_talks():
    hearing, heard = Hearing(), list[str]()
    for n in range(1_000):
        hearing.wants(Talker(str(n), 100, heard))
    await rounds(100)

    host = Talker("host", 1, heard)
    hearing.wants(host)
    await rounds(1)

    assert "host" in heard[-HANDFUL:]


async def test_whoever_talks_on_is_of_the_crowd():
    hearing, heard = Hearing(), list[str]()
    for n in range(100):
        hearing.wants(Talker(str(n), 100, heard))
    await rounds(10)

    loud = Talker("loud", 0, heard)
    for _ in range(40):
        loud.words = 1
        hearing.wants(loud)
        await rounds(1)

    assert heard.count("loud") <= 1 + 40 * HANDFUL // 100 + 1


async def test_when_everybody_is_silent_nothing_is_done():
    hearing, heard = Hearing(), list[str]()
    hearing.wants(Talker("a", 1, heard))
    await rounds(3)

    assert (heard, hearing._standing, hearing._goes_on) == (["a"], set(), False)
