"""The door on paper: who knocks and for how long, who is let in, and the raid button's way back."""

from functools import reduce

import pytest

from causerie.clock import MINUTE
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.rooms.audience import doors
from causerie.rooms.audience.errors import DoorOpen, KnockNote, KnockUnknown, RaidLength
from causerie.rooms.audience.events import Event, KnockOver, LetIn, Raider, SentOut, TurnedAway
from causerie.rooms.audience.state import Audience, Knock, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW

EVE, TAB = PersonId("eve"), PersonId("tab")
RAIDER = Raider(DEE, "Dee", frozenset({DEE, TAB}), NOW)
KNOCKS = Knock(EVE, "Eve", None, NOW)
LOCKED = Audience(locked=True, inside=frozenset({BEN}))
KNOCKED = Audience(locked=True, inside=frozenset({BEN}), knocks={EVE: KNOCKS})
RAIDED = Audience(raided={DEE: RAIDER})


def after(before: Audience, events: list[Event]) -> Audience:
    return reduce(lambda so_far, event: fold(event, so_far), events, before)


def knock(before: Audience, person: PersonId = EVE, note: str | None = None, *, now: int = NOW) -> Audience:
    return after(before, doors.knock(before, person, frozenset({person}), person.title(), note, now=now))


# ---- knocking ----


def test_a_knock_is_heard_for_ten_minutes():
    assert doors.sweep(KNOCKED, NOW + 10 * MINUTE - 1) == []
    assert doors.sweep(KNOCKED, NOW + 10 * MINUTE) == [KnockOver(EVE)]


def test_knocking_again_keeps_the_place_and_changes_what_is_said():
    again = knock(KNOCKED, note="Please", now=NOW + MINUTE)

    assert again.knocks == {EVE: Knock(EVE, "Eve", "Please", NOW)}
    assert doors.knock(again, EVE, frozenset({EVE}), "Eve", "Please", now=NOW + MINUTE) == []


def test_who_was_turned_away_is_heard_no_more_and_a_no_stays_while_they_come_and_go():
    turned = after(KNOCKED, doors.answer(KNOCKED, EVE, let_in=False))

    assert knock(turned, note="Please!") == turned
    assert (doors.stop_knocking(turned, EVE), doors.stop_knocking(KNOCKED, EVE)) == ([], [KnockOver(EVE)])
    assert doors.answer(turned, EVE, let_in=False) == []
    assert doors.answer(KNOCKED, EVE, let_in=False) == [TurnedAway(EVE)]


def test_where_the_door_is_full_of_knocks_who_knocks_already_can_change_theirs():
    crowd = {PersonId(f"p{n}"): Knock(PersonId(f"p{n}"), "P", None, NOW) for n in range(doors.MOST_KNOCKS - 1)}
    full = Audience(locked=True, knocks={**crowd, EVE: KNOCKS})

    assert knock(full, note="Please").knocks[EVE].note == "Please"


@pytest.mark.parametrize(
    ("before", "person", "note", "refusal"),
    [
        (Audience(), EVE, None, DoorOpen),
        (RAIDED, EVE, None, DoorOpen),
        (RAIDED, DEE, None, None),
        (LOCKED, EVE, "x" * 120, None),
        (LOCKED, EVE, "x" * 121, KnockNote),
    ],
    ids=["open", "open after a raid", "who was sent out", "a hundred and twenty letters", "one more"],
)
def test_who_can_knock(before: Audience, person: PersonId, note: str | None, refusal: type[Refusal] | None):
    if refusal is None:
        assert list(knock(before, person, note).knocks) == [person]
        return
    with pytest.raises(refusal):
        knock(before, person, note)


def test_nobody_is_let_in_who_did_not_knock():
    with pytest.raises(KnockUnknown):
        doors.answer(LOCKED, EVE, let_in=True)


# ---- letting in, sending out ----


def test_who_is_let_in_is_inside_by_every_id_and_nobody_else_is():
    knocked = knock(knock(Audience(locked=True, raided={DEE: RAIDER}), DEE), EVE)

    events = doors.answer(knocked, DEE, let_in=True)

    assert events == [LetIn(DEE, frozenset({DEE, TAB}), knocked=True, raided=True)]
    assert after(knocked, events) == Audience(locked=True, inside=frozenset({DEE, TAB}), knocks={EVE: KNOCKS})
    assert doors.answer(knocked, EVE, let_in=True) == [LetIn(EVE, frozenset({EVE}), knocked=True, raided=False)]


def test_where_nothing_is_locked_nobody_needs_to_be_inside():
    assert after(RAIDED, doors.undo_raid(RAIDED, DEE)) == Audience()


def test_who_is_sent_out_is_not_inside_and_knocks_no_more_and_others_do():
    before = Audience(
        locked=True, inside=frozenset({BEN, CHO}), knocks={EVE: KNOCKS, DEE: Knock(DEE, "Dee", None, NOW)}
    )

    events = doors.send_out(before, [CHO, DEE])

    assert events == [SentOut(frozenset({CHO})), KnockOver(DEE)]
    assert after(before, events) == Audience(locked=True, inside=frozenset({BEN}), knocks={EVE: KNOCKS})


@pytest.mark.parametrize(
    ("door", "out"),
    [
        (Audience(), []),
        (LOCKED, [ADA, CHO, DEE, TAB]),
        (RAIDED, [DEE, TAB]),
        (Audience(locked=True, inside=frozenset({TAB}), raided={DEE: RAIDER}), [ADA, BEN, CHO, DEE, TAB]),
    ],
    ids=["open", "locked", "after a raid", "locked after a raid"],
)
def test_who_has_to_knock(door: Audience, out: list[PersonId]):
    assert [id for id in (ADA, BEN, CHO, DEE, TAB) if door.shuts_out({id})] == out


def test_unlocked_nobody_is_inside_and_nobody_knocks():
    assert after(KNOCKED, doors.unlock(KNOCKED)) == Audience()
    assert doors.unlock(Audience()) == []


# ---- the raid button ----


def test_a_raid_locks_the_room_with_those_inside_who_were_not_sent_out():
    raided = after(Audience(), doors.raid(Audience(), [RAIDER], frozenset({ADA, BEN, DEE, TAB}), by=ADA, now=NOW))

    assert raided == Audience(locked=True, inside=frozenset({ADA, BEN}), raided={DEE: RAIDER})


def test_a_second_raid_leaves_the_first_ones_out():
    cho = Raider(CHO, "Cho", frozenset({CHO}), NOW)

    twice = after(RAIDED, doors.raid(RAIDED, [cho], frozenset(), by=ADA, now=NOW))

    assert twice.raided == {DEE: RAIDER, CHO: cho}


def test_those_sent_out_are_let_back_in_one_by_one_or_all():
    cho = Raider(CHO, "Cho", frozenset({CHO}), NOW)
    raided = knock(Audience(raided={DEE: RAIDER, CHO: cho}), CHO)
    back = [
        LetIn(DEE, frozenset({DEE, TAB}), knocked=False, raided=True),
        LetIn(CHO, frozenset({CHO}), knocked=True, raided=True),
    ]

    assert doors.undo_raid(raided, DEE) == back[:1]
    assert doors.undo_raid(raided, None) == back
    assert doors.undo_raid(raided, EVE) == []
    assert after(raided, back) == Audience()


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_how_far_back_a_raid_does_not_reach(minutes: int):
    with pytest.raises(RaidLength):
        doors.raid_minutes(minutes)

    assert [doors.raid_minutes(there) for there in (1, 60)] == [MINUTE, 60 * MINUTE]
