"""Who may do what, told as the verbs a person is given."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom
from causerie.floor.rules import BY_NAME, BY_ROLE, BY_SITE, KEPT, authority, may, rights, role
from causerie.ids import PersonId
from causerie.rooms.roles import Authority, Helper
from causerie.rooms.settings import CohostRight, RoomSettings
from causerie.rooms.state import Room
from causerie.stage.state import Seat, Stage
from tests.hall import ADA, BEN, CHO, NOW, ada, ben, cho, ended, live, room, scheduled, visitor

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
        pytest.param(ada, "host", [*BY_NAME, *BY_ROLE, "stage.speak"], id="the host"),
        pytest.param(ben, "speaker", [*BY_NAME, "stage.speak"], id="a speaker"),
        pytest.param(cho, "listener", [*BY_NAME], id="a listener"),
        pytest.param(
            admin,
            "listener",
            [*BY_NAME, *(verb for verb in BY_ROLE if verb in BY_SITE)],
            id="an admin in somebody's room",
        ),
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
    assert authority(room(), ADA) == "host"
    assert role(room(), ada) == "host"
    assert authority(room(), BEN) is None


def with_helpers(**roles: Authority) -> LiveRoom:
    """A live room in which these people have a part of the host's authority."""
    evening = room(phase=live)
    helpers = {PersonId(id): Helper(PersonId(id), id, given, NOW) for id, given in roles.items()}
    return replace(evening, room=replace(evening.room, helpers=helpers))


def test_cohosts_do_what_hosts_do_but_not_to_hosts():
    evening = with_helpers(ben="cohost", cho="screener")

    assert [verb for verb in BY_ROLE if not may(evening, BEN, verb)] == [
        "caption.say",
        "room.hand_over",
        "role.cohost",
        "role.limit",
    ]
    assert [may(evening, BEN, "stage.mute", on=whom) for whom in (ADA, BEN, CHO)] == [False, False, True]
    assert [may(evening, ADA, "stage.mute", on=whom) for whom in (BEN, CHO)] == [True, True]


def test_screeners_see_the_desk_and_leave_the_stage_alone():
    evening = with_helpers(ben="screener", cho="captioner")

    assert [verb for verb in BY_ROLE if may(evening, BEN, verb)] == [
        "backstage.talk",
        "backstage.note",
        "question.see_pending",
        "question.moderate",
        "floor.see",
        "floor.answer",
    ]
    assert [verb for verb in BY_ROLE if may(evening, CHO, verb)] == ["caption.say"]
    assert (role(evening, ben), role(evening, cho)) == ("screener", "captioner")


def without(evening: LiveRoom, *kept: CohostRight) -> LiveRoom:
    """The same room, in which the host keeps this from co-hosts."""
    return replace(evening, room=replace(evening.room, settings=RoomSettings(cohosts_without=kept)))


@pytest.mark.parametrize("kept", KEPT)
def test_what_is_kept_from_cohosts_is_kept_from_them_alone(kept: CohostRight):
    evening = with_helpers(ben="cohost", cho="screener")
    site = replace(ben, admin=True)

    lost = [
        set(rights(evening, person)) - set(rights(without(evening, kept), person)) for person in (ben, ada, cho, site)
    ]

    assert lost == [KEPT[kept], set(), set(), KEPT[kept] - BY_SITE]


def test_a_cohost_who_becomes_host_has_every_right():
    evening = without(with_helpers(ben="cohost"), *KEPT)
    led = replace(evening, room=replace(evening.room, host=BEN, helpers={}))

    assert [verb for verb in BY_ROLE if not may(led, BEN, verb)] == []


def test_what_is_kept_is_the_same_in_whatever_order_it_was_said():
    assert RoomSettings(cohosts_without=("room.end", "room.start", "room.end")) == RoomSettings(
        cohosts_without=("room.start", "room.end")
    )
