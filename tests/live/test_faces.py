"""Who comes: many at once are looked up together, and each is who they are."""

import asyncio
from unittest.mock import patch

import pytest

from causerie.accounts.cookies import Cookies
from causerie.errors import Away
from tests.place import Place


async def test_many_who_come_at_once_are_looked_up_together(place: Place):
    ada, ada_cookie = await place.person("Ada")
    ben, ben_cookie = await place.person("Ben", guest=True)
    visitor, nobody = place.visitor(), "causerie_visitor=somebody.0000"
    gone = place.visitor().replace("causerie_visitor=", f"causerie_visitor={ben.id}")
    faces = place.causerie.gateway.faces
    cookies = [ada_cookie, ben_cookie, visitor, nobody, "", gone] * 20

    with patch.object(place.causerie.database, "read", wraps=place.causerie.database.read) as asked:
        found = await asyncio.gather(*(faces.who(cookie) for cookie in cookies))

    id = place.causerie.house.cookies.visitor(visitor)
    assert [person and person.id for person in found[:6]] == [ada.id, ben.id, id, None, None, None]
    assert found == found[:6] * 20
    assert asked.call_count == 1


async def test_those_behind_many_gather_and_one_alone_is_not_kept_waiting(place: Place):
    _, cookie = await place.person("Ada")
    faces = place.causerie.gateway.faces

    async def comes(after: float) -> None:
        await asyncio.sleep(after)
        await faces.who(cookie)

    with patch.object(place.causerie.database, "read", wraps=place.causerie.database.read) as asked:
        await asyncio.gather(*(comes(n * 0.001) for n in range(20)))
        together = asked.call_count
    with patch("causerie.live.faces.GATHER", 3600):
        await asyncio.wait_for(faces.who(cookie), 10)
        await asyncio.wait_for(faces.who(cookie), 10)

    assert together <= 5


async def test_one_who_does_not_wait_leaves_the_others_theirs(place: Place):
    _, cookie = await place.person("Ada")
    faces = place.causerie.gateway.faces
    coming = [asyncio.ensure_future(faces.who(cookie)) for _ in range(3)]
    await asyncio.sleep(0)

    coming[1].cancel()
    found = await asyncio.gather(*coming, return_exceptions=True)

    assert [getattr(person, "name", None) for person in found] == ["Ada", None, "Ada"]


async def test_while_the_database_is_away_everybody_is_told(place: Place):
    faces = place.causerie.gateway.faces

    with patch.object(Cookies, "all_of", side_effect=Away):
        found = await asyncio.gather(*(faces.who("") for _ in range(3)), return_exceptions=True)

    assert [type(fault) for fault in found] == [Away] * 3
    with pytest.raises(Away), patch.object(Cookies, "all_of", side_effect=Away):
        await faces.who("")
    assert await faces.who("") is None
