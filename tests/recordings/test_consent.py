"""Whose part is kept: three rules, two equal answers, and no answer is no."""

from dataclasses import replace
from itertools import product

import pytest

from causerie.accounts.people import Person
from causerie.clock import SECOND
from causerie.recordings import actions, coming
from causerie.recordings import events as happened
from causerie.recordings.coming import Part
from causerie.recordings.errors import NeverRecorded, NotAsked, WordsChanged, YesNeeded
from causerie.recordings.live import asked
from causerie.recordings.words import WORDS, shown
from causerie.rooms.settings import RecordingRule
from causerie.stage import events as stage
from causerie.stage.errors import NotInvited
from tests.hall import ADA, BEN, NOW, ada, ben, cho, dee
from tests.recordings.takes import Evening, invited, on_stage, seat, told_before

ANSWERS = (None, True, False)


def started(*people: Person, rule: RecordingRule = "each") -> Evening:
    """Ada has said yes; the take runs."""
    evening = Evening(on_stage(ada, *people, rule=rule))
    evening.start()
    evening.says(ada)
    return evening


@pytest.mark.parametrize("keep", ANSWERS)
def test_who_is_on_stage_is_asked_and_no_answer_is_no(keep: bool | None):
    evening = started(ben)
    was_asked = asked(evening.room, BEN)
    if keep is not None:
        evening.says(ben, keep=keep)

    assert (was_asked, evening.recorded) == (True, {ADA, BEN} if keep else {ADA})
    assert asked(evening.room, BEN) == (keep is None)


@pytest.mark.parametrize(("rule", "keep"), list(product(("each", "condition"), ANSWERS)))
def test_coming_up(rule: RecordingRule, keep: bool | None):
    evening = started(rule=rule)
    evening.room = invited(evening.room, ben)

    if rule == "condition" and not keep:
        before = evening.room
        with pytest.raises(YesNeeded):
            evening.accepts(ben, keep=keep)
        assert evening.room == before
    else:
        evening.accepts(ben, keep=keep)
        assert BEN in evening.room.stage.seats
        assert evening.recorded == ({ADA, BEN} if keep else {ADA})


@pytest.mark.parametrize("rule", ["off", "each", "condition"])
def test_where_nothing_is_recorded_nobody_is_asked(rule: RecordingRule):
    evening = Evening(invited(on_stage(ada, rule=rule), ben))

    evening.accepts(ben, keep=True)

    assert BEN in evening.room.stage.seats
    assert (evening.recorded, evening.room.recording.takes, asked(evening.room, BEN)) == (set(), {}, False)
    with pytest.raises(NotAsked):
        evening.says(ben)


def test_an_answer_without_an_invitation_is_no_way_up():
    evening = started()

    with pytest.raises(NotInvited):
        evening.accepts(cho, keep=True)
    with pytest.raises(NotAsked):
        evening.says(cho)


def test_one_can_think_of_it_otherwise_and_what_was_kept_goes():
    evening = started(ben)
    evening.says(ben, keep=False)
    evening.says(ben)
    first = evening.room.recorded[BEN]
    evening.says(ben, keep=False)
    out = evening.recorded
    evening.says(ben)
    second = evening.room.recorded[BEN]

    take = evening.room.recording.take
    assert take is not None
    assert (out, first.id != second.id, second.number) == ({ADA}, True, 3)
    assert [track.withdrawn for track in take.tracks.values()] == [False, True, False]


def test_each_answer_stands_in_the_ledger_once():
    evening = started(ben)
    said = [
        evening.does(lambda tx, live, keep=keep: coming.answer(tx, live, ben, Part(keep, WORDS)))
        for keep in (False, False, True, True, False, False)
    ]

    lines = [type(event) for events in said for event in events]
    assert lines == [happened.LeftOut, happened.Consented, happened.TrackOpened, happened.Withdrawn]


def test_the_words_are_those_one_was_shown():
    evening = started(ben)

    with pytest.raises(WordsChanged):
        evening.does(lambda tx, live: coming.answer(tx, live, ben, Part(True, WORDS + 1)))


@pytest.mark.parametrize("rule", ["each", "condition"])
def test_all_that_was_ever_shown_is_known(rule: RecordingRule):
    every = [shown(words, rule) for words in range(1, WORDS + 1)]

    assert len(set(every)) == WORDS
    assert ("agrees to be recorded" in every[-1], "You choose" in every[-1]) == (rule == "condition", rule == "each")
    assert [shown(0, rule), shown(WORDS + 1, rule)] == ["", ""]


def test_what_is_said_today_counts_in_a_take_that_began_with_older_words():
    evening = started(ben)
    evening.room = told_before(evening.room, WORDS - 1)

    evening.says(ben)

    assert evening.recorded == {ADA, BEN}


# ---- taken back ----


def test_taken_back_it_is_at_once_and_twice_is_once():
    evening = started(ben)
    evening.says(ben)

    evening.withdraws(ben)
    again = evening.does(lambda tx, live: coming.withdraw(tx, live, ben))

    assert (evening.recorded, again) == ({ADA}, [])
    assert BEN in evening.room.stage.seats


def test_on_condition_a_yes_taken_back_leaves_the_stage():
    evening = started(ben, rule="condition")
    evening.says(ben)

    evening.withdraws(ben)

    assert (evening.recorded, set(evening.room.stage.seats)) == ({ADA}, {ADA})


def test_on_condition_a_no_leaves_the_stage():
    evening = started(ben, rule="condition")

    evening.says(ben, keep=False)

    assert set(evening.room.stage.seats) == {ADA}


def test_afterwards_it_is_taken_back_from_every_take_and_copies_are_made_anew():
    evening = started()
    evening.does(lambda tx, live: actions.stop(tx, live, ada))
    evening.closes()
    first = next(iter(evening.room.recording.takes))
    evening.does(lambda tx, live: actions.copied(tx, live, take=first))
    evening.start()
    evening.says(ada)

    evening.withdraws(ada)

    takes = evening.room.recording.takes.values()
    assert [take.state for take in takes] == ["processing", "recording"]
    assert [take.kept for take in takes] == [{}, {}]


# ---- on condition ----


def test_who_is_on_stage_without_a_yes_has_a_minute():
    evening = started(ben, rule="condition")

    for seconds in (59, 1):
        evening.now += seconds * SECOND
        before = set(evening.room.stage.seats)
        evening.does(actions.sweep)

    assert (before, set(evening.room.stage.seats)) == ({ADA, BEN}, {ADA})


@pytest.mark.parametrize("rule", ["each", "condition"])
def test_no_way_up_leads_round_the_yes(rule: RecordingRule):
    evening = started(rule=rule)
    came = stage.SpeakerCame(BEN, "Ben", 2, "speaker", False, NOW)

    if rule == "condition":
        with pytest.raises(YesNeeded):
            evening.emits(came)
    else:
        evening.emits(came)
        assert evening.recorded == {ADA}


def test_who_waited_for_a_seat_comes_up_and_is_asked_there():
    evening = started(rule="condition")

    evening.emits(stage.SeatAwaited(BEN, "Ben", 2, False, NOW))
    evening.emits(stage.WaitOver(BEN), stage.SpeakerCame(BEN, "Ben", 2, "speaker", True, NOW))

    assert (asked(evening.room, BEN), evening.recorded) == (True, {ADA})


# ---- never ----


minor = replace(dee, minor=True)


@pytest.mark.parametrize("rule", ["each", "condition"])
def test_a_minor_is_never_recorded_and_never_asked(rule: RecordingRule):
    evening = started(minor, rule=rule)
    evening.does(lambda tx, live: coming.note_minor(tx, live, minor))

    with pytest.raises(NeverRecorded):
        evening.says(minor)
    # Even if a yes stood in the ledger.
    take = evening.room.recording.take
    assert take is not None
    evening.emits(happened.Consented(take.id, minor.id, WORDS, NOW))

    assert (asked(evening.room, minor.id), evening.recorded) == (False, {ADA})


def test_on_condition_a_minor_has_no_seat():
    evening = started(rule="condition")
    evening.room = invited(evening.room, minor)

    with pytest.raises(NeverRecorded):
        evening.accepts(minor, keep=True)
    with pytest.raises(YesNeeded):
        evening.accepts(minor, keep=None)


def test_bots_are_in_no_take():
    evening = started()
    seats = {**evening.room.stage.seats, BEN: seat(ben, bot=True)}
    evening.room = replace(evening.room, stage=replace(evening.room.stage, seats=seats))

    with pytest.raises(NotAsked):
        evening.says(replace(ben, bot=True))
    assert (asked(evening.room, BEN), evening.recorded) == (False, {ADA})


def test_stepping_down_ends_it_and_coming_up_again_goes_on_with_the_same_track():
    evening = started(ben)
    evening.says(ben)
    track = evening.room.recorded[BEN]

    evening.emits(stage.SpeakerLeft(BEN, "stepped_down"))
    down = evening.recorded
    evening.emits(stage.SpeakerCame(BEN, "Ben", 2, "speaker", False, NOW))

    assert (down, evening.room.recorded[BEN]) == ({ADA}, track)
