"""The lists of the home page go through no more rooms than they have to."""

import re

from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from causerie.clock import HandClock
from causerie.db import Database
from causerie.ids import PersonId, RoomId, new_id
from causerie.notices.interest import reminded_of
from causerie.rooms import lists
from causerie.rooms.lists import Looked, Place, ranked

SOMEBODY = PersonId(new_id())


async def test_every_list_is_found_by_an_index_of_its_own(tmp_path):
    now, all_there_is = HandClock().now(), Looked()
    every = [
        lists.live(all_there_is),
        lists.soon(all_there_is, now=now, most=11, after=f"{now}.A"),
        lists.undated(all_there_is, now=now, most=5),
        lists.ended(all_there_is, now=now, most=7, after=f"{now}.A"),
        lists.fallen(all_there_is, now=now, most=6),
        lists.own(SOMEBODY, now=now),
        lists.followed(SOMEBODY, all_there_is, now=now),
        reminded_of(SOMEBODY),
    ]
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}", HandClock())
    await database.open()
    used = {}
    async with database.read() as connection:
        for name, wanted in every:
            said = wanted.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in await connection.execute(text(f"EXPLAIN QUERY PLAN {said}"))]
            used[name] = [found for step in plan for found in re.findall(r"(?:SCAN|SEARCH) (rooms.*|follows.*)", step)]
    await database.close()

    key = "rooms USING INDEX sqlite_autoindex_rooms_1 (id=?)"
    followed = "follows USING COVERING INDEX ix_follows_of_person (person=? AND kind=?)"
    held = "rooms USING INDEX ix_rooms_open_in_group (group_id=? AND ended_at=?)"
    hosted = "rooms USING INDEX ix_rooms_host (host=?)"
    assert used == {
        "live": ["rooms USING INDEX ix_rooms_live (ended_at=?)"],
        "soon": ["rooms USING INDEX ix_rooms_to_come (starts_at>?)"],
        "undated": ["rooms USING INDEX ix_rooms_to_come (starts_at=?)"],
        "ended": ["rooms USING INDEX ix_rooms_ended_at (ended_at>? AND (ended_at,id)<(?,?))"],
        "fallen": ["rooms USING INDEX ix_rooms_fallen (starts_at>?)"],
        "own": [key, hosted, key],
        "followed": [key, hosted, followed, held, followed, held, held, key],
        "reminded": [key],
    }


def place(name: str, *, starts_at: int | None = None, started_at: int | None = None, reported: bool = False) -> Place:
    return Place(RoomId(name), starts_at, started_at, None, reported)


def test_what_is_on_stands_by_who_listens_then_what_comes_by_its_time_and_last_what_was_reported():
    places = [
        place("undated"),
        place("late", starts_at=9),
        place("quiet", started_at=1),
        place("reported", started_at=1, reported=True),
        place("early", starts_at=5),
        place("full", started_at=2),
    ]

    order = ranked(places, {RoomId("full"): 40, RoomId("quiet"): 2, RoomId("reported"): 90})

    assert [one.room for one in order] == ["full", "quiet", "early", "late", "undated", "reported"]
