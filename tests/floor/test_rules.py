"""Who may do what, told as the verbs a person is given."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority, hears_backstage, may, rights, role
from causerie.floor.tables import BY_NAME, BY_ROLE, BY_SITE, KEPT
from causerie.ids import PersonId
from causerie.rooms.roles import Authority, Expected, Helper
from causerie.rooms.settings import CohostRight, RoomSettings
from causerie.rooms.state import Room
from causerie.stage.state import Guest, Seat, Stage
from tests.hall import ADA, BEN, CHO, DEE, NOW, ada, ben, cho, dee, ended, gus, live, room, scheduled, visitor

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
        "report.see",
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


# ---- guests, an empty chair, a room that was missed, backstage ----

gus_guest = Person(CHO, "Cho", guest=True)


@pytest.mark.parametrize(
    ("person", "marked", "seated", "empty", "may_take"),
    [
        pytest.param(ben, "may_lead", True, True, True, id="a speaker who may lead"),
        pytest.param(ben, "may_lead", False, True, False, id="not on stage"),
        pytest.param(ben, "screener", True, True, False, id="another helper"),
        pytest.param(ben, "may_lead", True, False, False, id="somebody leads"),
        pytest.param(replace(ben, guest=True), "may_lead", True, True, False, id="a guest"),
        pytest.param(replace(ben, admin=True), "screener", False, True, True, id="a site admin"),
    ],
)
def test_who_may_take_an_empty_chair(person: Person, marked: Authority, seated: bool, empty: bool, may_take: bool):
    evening = with_helpers(ben=marked)
    evening = replace(
        evening,
        room=replace(evening.room, chair_empty_since=NOW if empty else None),
        stage=ON_STAGE if seated else Stage(),
    )

    assert ("chair.take" in rights(evening, person)) == may_take


def test_who_may_lead_has_no_authority_by_that():
    assert authority(with_helpers(ben="may_lead"), BEN) is None


@pytest.mark.parametrize(
    ("settings", "expected", "lost"),
    [
        (RoomSettings(), False, {"hand.raise"}),
        (RoomSettings(), True, set()),
        (RoomSettings(guests_speak=True), False, set()),
        (RoomSettings(guests_speak=True, guests_ask="no"), False, {"question.ask"}),
    ],
)
def test_what_a_guest_may(settings: RoomSettings, expected: bool, lost: set[str]):
    links = {"link": Expected(CHO, "Cho")} if expected else {}
    evening = room(phase=replace(live, settings=settings, links=links))

    assert rights(evening, gus_guest) == [verb for verb in BY_NAME if verb not in lost]


@pytest.mark.parametrize(
    ("person", "asks"),
    [
        pytest.param(ada, True, id="the host"),
        pytest.param(ben, True, id="on stage"),
        pytest.param(cho, False, id="who listens"),
        pytest.param(dee, True, id="a member"),
        pytest.param(gus, False, id="a guest"),
        pytest.param(admin, False, id="who runs this place"),
        pytest.param(visitor, False, id="who has no name"),
    ],
)
@pytest.mark.parametrize("phase", [scheduled, live])
def test_where_members_alone_ask(person: Person, asks: bool, phase: Room):
    evening = replace(room(phase=replace(phase, askers=frozenset({DEE}))), stage=ON_STAGE)

    assert ("question.ask" in rights(evening, person)) is asks


def test_of_a_room_that_was_missed_those_who_lead_may_open_or_cancel_it():
    missed = replace(scheduled, missed_at=NOW, helpers={BEN: Helper(BEN, "Ben", "screener", NOW)})

    given = [rights(room(phase=missed), person) for person in (ada, ben, cho)]

    assert given == [["room.cancel", "room.reopen", "floor.see"], ["floor.see"], []]


def test_a_box_that_is_open_after_the_end_takes_questions_and_nothing_else():
    over = replace(ended, settings=RoomSettings(box_after_end=True))

    assert [rights(room(phase=over), person) for person in (cho, ada)] == [
        ["question.ask", "question.vote"],
        ["question.ask", "question.vote", "question.see_pending", "question.moderate", "question.merge"],
    ]


@pytest.mark.parametrize("backstage", [True, False])
def test_backstage_is_heard_by_who_waits_there_and_by_the_desk(backstage: bool):
    evening = with_helpers(ben="screener", cho="captioner")
    waits = Stage(backstage={PersonId("dee"): Guest(PersonId("dee"), "Dee", 4, False, NOW)})
    evening = replace(evening, room=replace(evening.room, settings=RoomSettings(backstage=backstage)), stage=waits)

    assert hears_backstage(evening) == ({ADA, BEN, PersonId("dee")} if backstage else frozenset())
