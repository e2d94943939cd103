"""Guests' votes that come from one network: hosts see how many, and nobody sees which."""

import json

import pytest

from causerie.clock import MINUTE
from tests.live.conftest import Evening
from tests.live.page import comparable, folded
from tests.place import Frame, Page

FLAT, HOME = "203.0.113.{}", "198.51.{}.7"


async def guest(evening: Evening, address: str) -> Page:
    _, cookie = await evening.place.person("Gus", guest=True)
    page = evening.place.page(cookie, address)
    await page.enter()
    return page


async def voted(evening: Evening, *, flat: int, homes: int) -> tuple[str, list[Page]]:
    """A question with the votes of guests: so many from one flat, and of others each from a home of their own."""
    made = str((await evening.ben.does("question.ask", text="Why do sparrows bathe?"))["made"])
    addresses = [FLAT.format(n) for n in range(flat)] + [HOME.format(n) for n in range(homes)]
    pages = [await guest(evening, address) for address in addresses]
    for page in pages:
        await page.does("question.vote", question=made)
    await evening.place.settle()
    return made, pages


async def sign(evening: Evening) -> Frame:
    return (await evening.ada.enter())["desk"]["one_network"]


@pytest.mark.parametrize(
    ("flat", "homes", "told"),
    [(3, 0, True), (3, 3, True), (5, 2, True), (2, 0, False), (3, 4, False), (0, 5, False)],
)
async def test_at_least_three_and_at_least_half(evening: Evening, flat: int, homes: int, told: bool):
    made, _ = await voted(evening, flat=flat, homes=homes)

    assert await sign(evening) == ({made: {"votes": flat + homes, "from_one": flat}} if told else {})


async def test_the_desk_is_told_and_nobody_else_and_nobody_is_told_which(evening: Evening):
    before, heard = await evening.ada.enter(), len(evening.ada.frames)

    made, pages = await voted(evening, flat=3, homes=1)

    seen, after = folded(before, evening.ada.frames[heard:]), await evening.ada.enter()
    assert after["desk"]["one_network"] == {made: {"votes": 4, "from_one": 3}}
    assert comparable(seen) == comparable(after)
    for page in (evening.ben, evening.cho, evening.visitor, *pages):
        assert "one_network" not in json.dumps([page.frames, await page.enter()])
    assert "203.0.113" not in json.dumps(evening.ada.frames)


async def test_who_voted_and_left_is_counted_still(evening: Evening):
    made, pages = await voted(evening, flat=4, homes=0)
    for page in pages[1:]:
        await page.leave()

    await evening.place.tick(30 * MINUTE)
    await pages[0].does("question.unvote", question=made)
    await evening.place.settle()

    assert await sign(evening) == {made: {"votes": 3, "from_one": 3}}


async def test_votes_against_count_and_votes_of_accounts_do_not(evening: Evening):
    await evening.ada.does("room.set", down_votes=True, guests_vote_counts=True)
    made, pages = await voted(evening, flat=3, homes=0)
    await pages[0].does("question.vote", question=made, value=-1)
    for page in (evening.ada, evening.cho):
        await page.does("question.vote", question=made)
    await evening.place.settle()

    assert await sign(evening) == {made: {"votes": 3, "from_one": 3}}


async def test_the_sign_goes_with_the_votes_and_when_the_question_waits_no_more(evening: Evening):
    made, pages = await voted(evening, flat=3, homes=0)

    await pages[0].does("question.unvote", question=made)
    await evening.place.settle()
    fewer = await sign(evening)
    await pages[0].does("question.vote", question=made)
    await evening.place.settle()
    again = await sign(evening)
    await evening.ada.does("floor.read_out", question=made)
    await evening.place.settle()

    assert (fewer, again, await sign(evening)) == ({}, {made: {"votes": 3, "from_one": 3}}, {})
