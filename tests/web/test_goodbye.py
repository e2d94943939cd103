"""A server that is stopped on purpose tells its pages when to come back, and not all at once."""

import re
from pathlib import Path

from causerie.web.goodbye import come_back
from tests.served import entered, opening, served


def test_everybody_has_a_moment_of_their_own_in_a_round_that_is_as_long_as_all_need():
    moments = [come_back(3_000, chance) for chance in (0.0, 0.5, 0.999)]

    assert moments == ["restart 2000 1500", "restart 2750 1500", "restart 3498 1500"]
    assert come_back(10_000, 0.5) == "restart 4500 5000"


async def test_stopped_on_purpose_it_says_when_to_come_back(tmp_path: Path):
    async with served(tmp_path) as (place, port):
        ada, cookie = await place.person("Ada", may_open_rooms=True)
        await place.room(ada)
        pages = [await opening(port, cookie) for _ in range(3)]
        for page in pages:
            await entered(page)

    for page in pages:
        await page.wait_closed()
    reasons = [page.close_reason or "" for page in pages]

    assert [page.close_code for page in pages] == [1012, 1012, 1012]
    assert all(re.fullmatch(r"restart (2\d|3[0-4])\d\d 1500", reason) for reason in reasons), reasons
    assert len(set(reasons)) > 1
