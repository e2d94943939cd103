"""Who may do what, told as the verbs a person is given."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.floor.rules import HOST, LISTENER, may_lead, rights, role
from causerie.rooms.state import Room
from causerie.stage.state import Seat, Stage
from tests.hall import ADA, BEN, NOW, ada, ben, cho, ended, live, room, scheduled, visitor

ON_STAGE = Stage(
    {
        ADA: Seat(ADA, "Ada", 1, "host", muted=True, since=NOW),
        BEN: Seat(BEN, "Ben", 2, "speaker", muted=True, since=NOW),
    }
)
admin = Person(cho.id, "Cho", guest=False, admin=True, may_open_rooms=True)


@pytest.mark.parametrize(
    ("person", "is_a", "may"),
    [
        pytest.param(ada, "host", [*LISTENER, *HOST, "stage.speak"], id="the host"),
        pytest.param(ben, "speaker", [*LISTENER, "stage.speak"], id="a speaker"),
        pytest.param(cho, "listener", [*LISTENER], id="a listener"),
        pytest.param(admin, "listener", [*LISTENER], id="an admin in somebody's room"),
        pytest.param(visitor, "listener", [], id="a visitor"),
    ],
)
@pytest.mark.parametrize("phase", [scheduled, live])
def test_rights(person: Person, is_a: str, may: list[str], phase: Room):
    evening = replace(room(phase=phase), stage=ON_STAGE)

    assert (role(evening, person), rights(evening, person)) == (is_a, may)


@pytest.mark.parametrize("person", [ada, ben, cho, visitor])
def test_when_it_is_over_nobody_may_do_anything(person: Person):
    assert rights(replace(room(phase=ended), stage=ON_STAGE), person) == []


def test_the_host_leads_from_off_stage_too():
    assert may_lead(room(), ada)
    assert role(room(), ada) == "host"
    assert not may_lead(room(), ben)
