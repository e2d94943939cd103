"""Bans: whom they hit, for how long, and that they are there again after a restart."""

from dataclasses import replace

import pytest

from causerie.clock import HOUR, HandClock
from causerie.db import Database
from causerie.errors import Refusal
from causerie.ids import PersonId, RoomId
from causerie.safety import moves
from causerie.safety import store as safety
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer, comer, network
from causerie.safety.errors import BanUnknown
from causerie.safety.state import Safety, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW
from tests.stored import called, with_people_and

TAB = PersonId("tab")
HOME, CAFE = "203.0.113.7", "198.51.100.20"


def ban(**more: object) -> Ban:
    """Ben may not come, without end and from wherever, unless something else is said."""
    told = {"by": ADA, "reason": "Shouts", "hours": None, "network": False, "now": NOW} | more
    return moves.new_ban(BEN, "Ben", comer(BEN, TAB, host=HOME), **told)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("", None),
        ("localhost", None),
    ],
)
def test_a_network_is_one_household(host: str, told: str | None):
    assert network(host) == told


@pytest.mark.parametrize(
    ("comes", "alone", "with_network"),
    [
        (comer(BEN, host=CAFE), True, True),
        (comer(CHO, TAB, host=CAFE), True, True),
        (comer(CHO, host="203.0.113.99"), False, True),
        (comer(CHO, host=CAFE), False, False),
        (Comer(), False, False),
    ],
    ids=["its person", "the same browser", "a neighbour", "somebody else", "nobody known"],
)
def test_whom_it_hits(comes: Comer, alone: bool, with_network: bool):
    assert (ban().hits(comes, NOW), ban(network=True).hits(comes, NOW)) == (alone, with_network)


def test_it_lasts_as_long_as_it_was_given_for():
    given = ban(hours=2)
    before, after = NOW + 2 * HOUR - 1, NOW + 2 * HOUR
    bans = Safety({given.id: given})

    assert [bans.keeps_out(comer(BEN), now) for now in (before, after)] == [True, False]
    assert (moves.sweep(bans, before), len(moves.sweep(bans, after))) == ([], 1)


def test_a_ban_hits_its_person_whatever_their_browser_says():
    given = moves.new_ban(BEN, "Ben", comer(TAB), by=ADA, reason="", hours=None, network=False, now=NOW)

    assert given.ids == {BEN, TAB}


def test_one_person_by_two_browsers_comes_from_where_they_came_last():
    both = comer(BEN, host=HOME).together(comer(TAB, host=CAFE))

    assert both == Comer(frozenset({BEN, TAB}), network(CAFE))
    assert both.together(comer(BEN)) == both


def test_what_is_no_ban_of_this_room_is_not_lifted():
    with pytest.raises(BanUnknown):
        moves.lift(Safety(), "b", by=ADA, now=NOW)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "x" * 201}, "ban.reason"),
        ({"hours": 0}, "ban.hours"),
        ({"hours": -1}, "ban.hours"),
        ({"hours": 366 * 24 + 1}, "ban.hours"),
    ],
)
def test_what_is_no_ban(more: dict[str, object], code: str):
    with pytest.raises(Refusal) as refused:
        ban(**more)

    assert refused.value.code == code


def test_the_network_of_who_came_from_nowhere_cannot_be_banned():
    with pytest.raises(Refusal) as refused:
        moves.new_ban(BEN, None, comer(BEN), by=ADA, reason="", hours=None, network=True, now=NOW)

    assert refused.value.code == "ban.network"


async def test_bans_are_read_back_as_they_were_given(database: Database, clock: HandClock):
    await with_people_and(database, called("sparrows"), called("swifts"))
    sparrows, swifts, bans = RoomId("sparrows"), RoomId("swifts"), Safety()
    first, second = ban(network=True), replace(ban(hours=1), id="second", person=DEE, ids=frozenset({DEE}))
    lifted = replace(ban(), id="third", person=CHO, ids=frozenset({CHO}))

    for given in (first, second, lifted):
        _, events = await database.write(lambda tx, given=given: safety.store(tx, sparrows, moves.ban(given)))
        for event in events:
            bans = fold(event, bans)
    over = moves.lift(bans, "third", by=ADA, now=clock.now())
    _, events = await database.write(lambda tx: safety.store(tx, sparrows, over))
    bans = fold(events[0], bans)
    async with database.read() as connection:
        found = [await safety.read(connection, room) for room in (sparrows, swifts)]
        people = [comer(BEN), comer(TAB), comer(DEE), comer(CHO), comer(ADA, host=HOME), comer(host=HOME), Comer()]
        shut = [await safety.shut_to_now(connection, one, now=clock.now() + HOUR) for one in people]
        before = await safety.shut_to_now(connection, comer(DEE), now=clock.now() + HOUR - 1)

    assert found == [bans, Safety()]
    assert bans.bans == {first.id: first, "second": second}
    assert before == {sparrows}
    assert shut == [{sparrows}, {sparrows}, set(), set(), {sparrows}, {sparrows}, set()]
