"""Who may come in: one decision, whichever door they come to."""

from dataclasses import replace
from typing import Any

import pytest

from causerie.errors import Refusal
from causerie.floor.doors import admit
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.rooms.audience.errors import RoomFull, RoomLocked
from causerie.rooms.audience.events import Raider
from causerie.rooms.audience.state import Audience
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.roles import Helper
from causerie.rooms.settings import RoomSettings
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer
from causerie.safety.state import Safety
from causerie.stage.state import Seat, Stage
from tests.hall import ADA, BEN, CHO, DEE, NOW, live

HELPED = replace(live, helpers={CHO: Helper(CHO, "Cho", "screener", NOW)})
LED = LiveRoom(HELPED, Stage({BEN: Seat(BEN, "Ben", 2, "speaker", muted=True, since=NOW)}))
LOCKED = replace(LED, audience=Audience(locked=True, inside=frozenset({DEE})))
FULL = replace(LED, room=replace(HELPED, settings=RoomSettings(most_listeners=5)))
DRAFT = replace(LED, room=replace(HELPED, started_at=None, draft=True))
EVE = PersonId("eve")


def raided(*people: PersonId) -> LiveRoom:
    return replace(LED, audience=Audience(raided={id: Raider(id, id, frozenset({id}), NOW) for id in people}))


def banned(person: PersonId, network: str | None = None) -> LiveRoom:
    ban = Ban("b", person, None, frozenset({person}), network, "", ADA, NOW, None)
    return replace(LED, safety=Safety({"b": ban}))


def comes(room: LiveRoom, who: PersonId, **more: Any) -> type[Refusal] | None:
    """What somebody hears at the door who was never here, unless something else is said."""
    how: dict[str, Any] = {"lately": False, "back": False, "listeners": 5} | more
    try:
        admit(room, Comer(frozenset({who}), "203.0.113.0/24"), NOW, **how)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(
    ("room", "told"),
    [
        pytest.param(LED, {}, id="open"),
        pytest.param(LOCKED, {EVE: RoomLocked, DEE: RoomLocked}, id="locked, and away for long"),
        pytest.param(FULL, {EVE: RoomFull, DEE: RoomFull}, id="full"),
        pytest.param(DRAFT, {BEN: RoomUnknown, DEE: RoomUnknown, EVE: RoomUnknown}, id="a draft"),
        pytest.param(raided(DEE, BEN), {DEE: RoomLocked, BEN: RoomLocked}, id="sent out in a raid, from the stage too"),
        pytest.param(banned(BEN), {BEN: RoomUnknown}, id="banned"),
        pytest.param(
            banned(BEN, "203.0.113.0/24"), dict.fromkeys((BEN, DEE, EVE), RoomUnknown), id="banned with the network"
        ),
    ],
)
def test_who_comes_in(room: LiveRoom, told: dict[PersonId, type[Refusal]]):
    """The host, a screener, a speaker, who was inside when it was locked, and a stranger."""
    heard = {who: comes(room, who) for who in (ADA, CHO, BEN, DEE, EVE)}

    assert {who: refusal for who, refusal in heard.items() if refusal} == told


def test_who_was_inside_returns_to_a_locked_room_if_they_were_here_lately():
    assert (comes(LOCKED, DEE, lately=True), comes(LOCKED, EVE, lately=True)) == (None, RoomLocked)


@pytest.mark.parametrize(("listeners", "told"), [(4, None), (5, RoomFull), (6, RoomFull)])
def test_a_room_is_full_when_so_many_listen(listeners: int, told: type[Refusal] | None):
    assert comes(FULL, EVE, listeners=listeners) == told
    assert comes(FULL, EVE, listeners=listeners, back=True) is None
