"""Asking those who run the place to check who one is: one waits at a time, and is answered with a check or a reason."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from causerie.clock import DAY, MINUTE
from tests.place import Place, opened
from tests.web.test_home import statements
from tests.web.test_overseeing import asked, deeds, root

SAID = "I edit the Loire Courier: call its desk and ask for me."
OWN, ALL = "/me/check-request", "/admin/check-requests"


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def waiting(place: Place, admin: str) -> list[dict[str, object]]:
    return list((await asked(place, admin, "GET", ALL))[1]["found"])


async def inbox(place: Place, cookie: str) -> list[tuple[str, str, str]]:
    """The notices of whoever holds this, as they read them."""
    await place.causerie.notices.sweep()
    found = (await asked(place, cookie, "GET", "/inbox"))[1]["notices"]
    return [(one["title"], one["text"], one["path"]) for one in found]


async def test_who_asks_is_checked_and_told(place: Place):
    admin = await root(place)
    ada, cookie = await place.person("Ada")
    await asked(place, cookie, "PUT", "/me/profile", {"name": "Ada", "handle": "ada"})

    status, _ = await asked(place, cookie, "POST", OWN, {"text": f" {SAID}\n"})
    [one] = await waiting(place, admin)
    mine = (await asked(place, cookie, "GET", OWN))[1]
    told = await inbox(place, admin)
    await asked(place, admin, "POST", f"/people/{ada.id}/checks", {"note": "Called at the Courier."})

    assert status == 201
    assert (one["person"]["name"], one["handle"], one["text"]) == ("Ada", "ada", SAID)
    assert mine == {"request": {"text": SAID, "at": one["at"], "declined_at": None, "reason": ""}, "again_at": None}
    assert told == [("Ada asks to be checked", "They say who they are, and how one can tell.", "/admin/verification")]
    assert await waiting(place, admin) == []
    assert (await asked(place, cookie, "GET", OWN))[1] == {"request": None, "again_at": None}
    said = "This stands on your profile now: Called at the Courier."
    assert await inbox(place, cookie) == [("You were checked", said, "/settings")]


async def test_who_is_not_checked_reads_why_and_asks_again_after_a_week(place: Place):
    admin = await root(place)
    _, cookie = await place.person("Ada")
    await asked(place, cookie, "POST", OWN, {"text": SAID})
    [one] = await waiting(place, admin)

    declined = await asked(place, admin, "POST", f"{ALL}/{one['id']}/decline", {"reason": "Nobody knows you there."})
    twice = await asked(place, admin, "POST", f"{ALL}/{one['id']}/decline", {"reason": "Nobody knows you there."})
    mine = (await asked(place, cookie, "GET", OWN))[1]
    at_once = await asked(place, cookie, "POST", OWN, {"text": SAID})
    told = await inbox(place, cookie)
    place.clock.turn(7 * DAY)
    later, _ = await asked(place, cookie, "POST", OWN, {"text": SAID})

    assert (declined[0], twice[0], twice[1]["code"]) == (204, 404, "check_request.unknown")
    assert (mine["request"]["reason"], mine["again_at"]) == ("Nobody knows you there.", mine["request"]["at"] + 7 * DAY)
    assert (at_once[0], at_once[1]["code"], later) == (409, "check_request.rests", 201)
    assert told == [("You were not checked", "The reason that was given: Nobody knows you there.", "/settings")]
    assert await deeds(place, "person.not_checked") == [("person.not_checked", "Nobody knows you there.")]
    assert len(await waiting(place, admin)) == 1


async def test_one_waits_at_a_time_and_can_be_taken_back(place: Place):
    admin = await root(place)
    _, cookie = await place.person("Ada")
    await asked(place, cookie, "POST", OWN, {"text": SAID})

    second = await asked(place, cookie, "POST", OWN, {"text": SAID})
    back = await asked(place, cookie, "DELETE", OWN)
    again = await asked(place, cookie, "DELETE", OWN)
    none = await waiting(place, admin)
    anew, _ = await asked(place, cookie, "POST", OWN, {"text": SAID})

    assert (second[0], second[1]["code"]) == (409, "check_request.waits")
    assert (back[0], again[0], again[1]["code"], none, anew) == (204, 404, "check_request.unknown", [], 201)


async def test_those_who_run_the_place_hear_of_one_person_once_a_day(place: Place):
    admin = await root(place)
    _, cookie = await place.person("Ada")
    for _ in range(3):
        await asked(place, cookie, "POST", OWN, {"text": SAID})
        await place.causerie.notices.sweep()
        await asked(place, cookie, "DELETE", OWN)
        place.clock.turn(MINUTE)

    assert len(await inbox(place, admin)) == 1


@pytest.mark.parametrize("text", ["", " \n ", "It is me", "x" * 1001])
async def test_one_says_who_one_is_and_how_one_can_tell(place: Place, text: str):
    admin = await root(place)
    _, cookie = await place.person("Ada")

    status, told = await asked(place, cookie, "POST", OWN, {"text": text})

    assert (status, told["code"], await waiting(place, admin)) == (422, "check_request.length", [])


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
async def test_a_no_has_a_reason(place: Place, reason: str):
    admin = await root(place)
    _, cookie = await place.person("Ada")
    await asked(place, cookie, "POST", OWN, {"text": SAID})
    [one] = await waiting(place, admin)

    status, told = await asked(place, admin, "POST", f"{ALL}/{one['id']}/decline", {"reason": reason})

    assert (status, told["code"], len(await waiting(place, admin))) == (422, "reason.needed", 1)


async def test_guests_do_not_ask(place: Place):
    _, cookie = await place.person("Gus", guest=True)

    status, told = await asked(place, cookie, "POST", OWN, {"text": SAID})

    assert (status, told["code"]) == (403, "account.needed")


async def test_requests_come_a_page_at_a_time_under_the_same_number_of_statements(place: Place):
    admin = await root(place)

    async def asks(n: int) -> None:
        _, cookie = await place.person(f"Person {n:02}")
        await asked(place, cookie, "POST", OWN, {"text": SAID})

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await waiting(place, admin)
        return len(made)

    await asks(0)
    before = await cost()
    for n in range(1, 52):
        await asks(n)
    first = (await asked(place, admin, "GET", ALL))[1]
    rest = (await asked(place, admin, "GET", ALL, params={"after": first["next"]}))[1]

    assert await cost() == before
    names = [one["person"]["name"] for one in first["found"] + rest["found"]]
    assert names == [f"Person {n:02}" for n in range(52)]
    assert rest["next"] is None
