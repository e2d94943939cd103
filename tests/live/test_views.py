"""What stands before the room, at the desk and of oneself, on paper."""

from dataclasses import replace

import pytest

from causerie.floor.order import Entry
from causerie.live import protocol as wire
from causerie.live import staged, views
from causerie.recordings.live import RecordedRoom
from causerie.rooms.settings import RoomSettings
from causerie.safety.bans import Ban
from causerie.stage.state import Guest, Hand, Seat, Stage, Waiting
from tests.hall import ADA, BEN, CHO, DEE, NOW, asked, ben, box, cho, live

SEAT = Seat(BEN, "Ben", 2, "cohost", muted=True, since=NOW, held_until=NOW + 1, portrait="p", wished=True, away=True)


def test_a_seat_is_shown_whole():
    shown = staged.seat(SEAT, Stage({BEN: SEAT}, kept={BEN: None}, aside=frozenset({BEN})))
    plain = staged.seat(replace(SEAT, held_until=None, wished=False, away=False), Stage({BEN: SEAT}))

    told = {"person": BEN, "name": "Ben", "number": 2, "role": "cohost", "muted": True, "since": NOW, "portrait": "p"}
    signs = ("held", "kept", "wished", "away", "aside")
    assert shown == wire.Seat(**told, bot=False, **dict.fromkeys(signs, True))
    assert plain == wire.Seat(**told, bot=False, **dict.fromkeys(signs, False))


def test_who_is_away_is_marked():
    away = Stage(
        hands={CHO: Hand(CHO, "Cho", None, NOW, left_at=NOW)},
        waiting={BEN: Waiting(BEN, "Ben", 2, False, NOW, left_at=NOW), DEE: Waiting(DEE, "Dee", 4, False, NOW)},
        backstage={CHO: Guest(CHO, "Cho", 3, False, NOW, left_at=NOW), DEE: Guest(DEE, "Dee", 4, False, NOW)},
    )

    assert staged.hand(away.hands[CHO]).here is False
    assert [one.here for one in staged.waiting(away)] == [False, True]
    assert [one.here for one in staged.backstage(away)] == [False, True]


def test_who_waits_backstage_is_not_told_what_the_desk_notes_of_them():
    stage = Stage(backstage={DEE: Guest(DEE, "Dee", 4, False, NOW, topic="Dust", note="loud", ready=True)})

    assert staged.own_backstage(stage, DEE) == wire.OwnBackstage(since=NOW, muted=False, topic="Dust", ready=True)
    assert staged.own_backstage(stage, BEN) is None


def test_who_asks_to_speak_again_stands_in_the_order_they_asked():
    seats = {person: replace(SEAT, person=person) for person in (ADA, BEN, CHO)}
    kept = {ADA: NOW + 2, BEN: None, CHO: NOW + 1, DEE: NOW}

    assert staged.asking(Stage(seats, kept=kept)) == [CHO, ADA]


def test_the_network_of_a_ban_is_told_as_a_yes_or_a_no():
    given = Ban("b", DEE, "Dee", frozenset({DEE}), "203.0.113.0/24", "Shouts", ADA, NOW, None)

    told = [views.ban(one) for one in (given, replace(given, network=None))]

    assert [one.network for one in told] == [True, False]
    assert "203" not in str(told)


@pytest.mark.parametrize(("hidden", "nameless"), [("nobody", False), ("audience", False), ("everybody", True)])
def test_where_nobody_is_to_know_who_asked_nothing_in_the_queue_tells(hidden, nameless: bool):
    fair = replace(live, settings=RoomSettings(policy="fair"))
    evening = RecordedRoom(fair, questions=box(asked("q", BEN, hidden_from=hidden)))
    entries = [
        Entry("question", "q", BEN, "Ben", NOW, 3, here=False, first_time=first, on_deck=1, answer="ready")
        for first in (True, False)
    ]

    shown = views.entries(evening, entries)

    kept_quiet = ["on_deck", "votes", "waiting"]
    why = [[reason.why for reason in one.reasons] for one in shown]
    assert why == (
        [kept_quiet, kept_quiet]
        if nameless
        else [["on_deck", "votes", "first_time", "waiting"], ["on_deck", "votes", "spoke", "waiting"]]
    )
    assert {(one.person, one.name, one.here, one.deck) for one in shown} == {
        (None, None, True, "ready") if nameless else (BEN, "Ben", False, "ready")
    }


def test_of_oneself():
    states = ("open", "pending", "dismissed")
    voted = [asked(state, DEE, state=state, voters=frozenset({CHO}), against=frozenset({BEN})) for state in states]
    stage = Stage(hands={CHO: Hand(CHO, "Cho", "about dust", NOW)})
    evening = RecordedRoom(replace(live, heir=CHO, heir_name="Cho", heir_by="Ada"), stage, box(*voted))

    of_cho, of_ben = (views.me(evening, one, 3, {BEN, CHO}, NOW, line="good") for one in (cho, ben))

    assert (of_cho.hand_at, of_cho.note, of_cho.voted, of_cho.against) == (NOW, "about dust", ["open"], [])
    assert (of_ben.hand_at, of_ben.note, of_ben.voted, of_ben.against) == (None, None, [], ["open"])
    assert (of_cho.asked_to_host, of_ben.asked_to_host) == ("Ada", None)


def test_a_plan_is_told_whole():
    plan = replace(live, visibility="unlisted", starts_at=NOW + 1, extended_to=NOW + 2, late_since=NOW + 3)
    plan = replace(plan, zone="Europe/Paris", tags=("rivers",), cover="/covers/river.jpg")
    plan = replace(plan, group_handle="loire", group_name="Les Amis", group_joining="request")

    assert views.planned(plan) == wire.RoomPlanned(
        phase="live",
        title="Sparrows",
        description="",
        language="en",
        visibility="unlisted",
        starts_at=NOW + 1,
        zone="Europe/Paris",
        tags=["rivers"],
        cover="/covers/river.jpg",
        ends_at=NOW + 2,
        late_since=NOW + 3,
        recordings=["each", "condition", "off"],
        group=wire.HeldIn(handle="loire", name="Les Amis", joining="request"),
    )
