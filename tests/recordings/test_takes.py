"""A take from its request to its copy, step by step."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.clock import SECOND
from causerie.recordings import actions
from causerie.recordings import events as happened
from causerie.recordings.errors import NotRecording, RecordingOff, StopFirst
from causerie.recordings.moves import copied
from causerie.recordings.state import Recording, Take, fold
from causerie.rooms import events as rooms
from causerie.rooms.errors import MayNot, NotLive
from causerie.rooms.settings import RoomSettings
from tests.hall import ADA, BEN, NOW, ada, ben, cho, dee
from tests.recordings.takes import Evening, on_stage

STEPS = {
    "start": actions.start,
    "pause": actions.pause,
    "resume": actions.resume,
    "stop": actions.stop,
}


def step(evening: Evening, *names: str, by: Person = ada) -> None:
    for name in names:
        evening.does(lambda tx, live, does=STEPS[name]: does(tx, live, by))


def test_nothing_is_recorded_before_somebody_says_yes():
    evening = Evening(on_stage(ada, ben))

    evening.start()
    asked = evening.state, evening.recorded
    evening.says(ben)

    assert (asked, evening.state, evening.recorded) == (("requested", set()), "recording", {BEN})


@pytest.mark.parametrize(
    ("before", "then", "becomes"),
    [
        ([], ["start"], "recording"),
        (["start"], ["start"], "recording"),
        (["start"], ["pause"], "paused"),
        (["start", "pause"], ["pause"], "paused"),
        (["start", "pause"], ["resume"], "recording"),
        (["start"], ["resume"], "recording"),
        (["start"], ["stop"], "stopping"),
        (["start", "pause"], ["stop"], "stopping"),
        (["start", "stop"], ["stop"], "stopping"),
    ],
)
def test_each_step_leads_on_and_twice_is_once(before: list[str], then: list[str], becomes: str):
    evening = Evening(on_stage(ada))
    for name in [*before, *then]:
        step(evening, name)
        if name == "start" and evening.state == "requested":
            evening.says(ada)

    assert evening.state == becomes
    assert evening.recorded == ({ADA} if becomes == "recording" else set())


@pytest.mark.parametrize("name", ["pause", "resume"])
@pytest.mark.parametrize("before", [[], ["start"], ["start", "stop"]])
def test_what_does_not_run_is_neither_paused_nor_resumed(before: list[str], name: str):
    evening = Evening(on_stage(ada))
    step(evening, *before)

    with pytest.raises(NotRecording):
        step(evening, name)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("by", [ben, cho])
def test_only_those_who_lead_record(name: str, by: Person):
    evening = Evening(on_stage(ada, ben))

    with pytest.raises(MayNot):
        step(evening, name, by=by)


@pytest.mark.parametrize("name", STEPS)
def test_site_admins_record_nothing(name: str):
    evening = Evening(on_stage(ada, dee))

    with pytest.raises(MayNot):
        step(evening, name, by=replace(dee, admin=True))


def test_a_room_that_is_not_recorded_is_not():
    with pytest.raises(RecordingOff):
        step(Evening(on_stage(ada, rule="off")), "start")


def test_only_a_live_room_is_recorded():
    room = on_stage(ada)
    early = replace(room, room=replace(room.room, started_at=None))

    with pytest.raises(NotLive):
        step(Evening(early), "start")


def test_a_take_nobody_is_in_is_no_take():
    evening = Evening(on_stage(ada))
    step(evening, "start", "stop")

    evening.closes()

    assert evening.state == "off"


def test_a_take_waits_for_its_copy_once_all_of_it_is_on_the_disk():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)
    step(evening, "stop")

    evening.closes()

    assert evening.state == "processing"


def test_the_sign_counts_how_long_it_ran():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)
    for name in ("pause", "resume", "pause"):
        evening.now += 10 * SECOND
        step(evening, name)

    take = evening.room.recording.take
    assert take is not None
    assert (take.before, take.part) == (20 * SECOND, 2)


def test_stopped_and_started_again_everybody_is_asked_anew():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)
    step(evening, "stop", "start")

    assert (evening.state, evening.recorded, len(evening.room.recording.takes)) == ("requested", set(), 2)


# ---- with the room ----


def started(**settings: object) -> Evening:
    """The room goes live."""
    room = on_stage(ada, **settings)
    evening = Evening(replace(room, room=replace(room.room, started_at=None)))
    evening.emits(rooms.RoomStarted(NOW))
    return evening


def test_a_planned_recording_begins_with_the_room():
    assert started(record_from_start=True).state == "requested"
    assert started().state == "off"
    assert started(rule="off", record_from_start=True).state == "off"


def test_it_ends_with_the_room():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)

    evening.emits(rooms.RoomEnded(NOW))

    assert (evening.state, evening.recorded) == ("stopping", set())


def test_nobody_leads_it_pauses_and_somebody_does_again_it_goes_on():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)

    evening.emits(rooms.ChairEmpty(NOW))
    alone = evening.state, evening.recorded
    evening.emits(rooms.ChairFilled())

    assert (alone, evening.state, evening.recorded) == (("paused", set()), "recording", {ADA})


def test_what_a_host_paused_stays_so_whoever_leads():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.says(ada)
    step(evening, "pause")

    evening.emits(rooms.ChairEmpty(NOW))
    evening.emits(rooms.ChairFilled())

    assert evening.state == "paused"


def test_no_take_begins_while_nobody_leads():
    evening = Evening(on_stage(ada))
    step(evening, "start")
    evening.emits(rooms.ChairEmpty(NOW))
    evening.says(ada)
    alone = evening.state
    evening.emits(rooms.ChairFilled())

    assert (alone, evening.state) == ("requested", "recording")


def test_a_take_keeps_the_rule_it_began_with():
    evening = Evening(on_stage(ada))
    step(evening, "start")

    with pytest.raises(StopFirst):
        evening.emits(rooms.RoomSet(RoomSettings(recording="condition")))
    evening.emits(rooms.RoomSet(RoomSettings(reactions=False)))


# ---- afterwards ----


def take(state: str) -> Recording:
    return Recording({"t": Take("t", "each", 1, NOW, state, NOW)})  # type: ignore[arg-type]  # by the test's table


@pytest.mark.parametrize("failed", [False, True])
@pytest.mark.parametrize(
    "state", ["off", "requested", "recording", "paused", "stopping", "processing", "ready", "failed"]
)
def test_a_copy_is_made_of_what_waits_for_one(state: str, failed: bool):
    becomes = "failed" if failed else "ready"
    events = copied(take(state), "t", failed=failed, now=NOW)

    wanted = state in ("processing", "ready", "failed") and state != becomes
    assert events == ([happened.TakeCopied("t", failed, NOW)] if wanted else [])


def test_events_of_others_leave_the_takes_as_they_are():
    recording = take("recording")

    assert fold(rooms.RoomEnded(NOW), recording) is recording
