"""Who is quiet, and who opens a microphone: always its own person."""

from dataclasses import replace

import pytest

from causerie.stage import moves, silence
from causerie.stage.errors import MuteIsKept, NotOnStage, StageHushed
from causerie.stage.state import Seat, Stage
from tests.hall import ADA, BEN, CHO, DEE, NOW
from tests.stage.stages import HOST, INVITED, SPEAKER, after, stage

MUTED = replace(SPEAKER, muted=True)
COHOST = replace(HOST, person=CHO, role="cohost")
BOT = replace(SPEAKER, person=DEE, bot=True)


def test_the_host_mutes_a_speaker():
    before = stage(HOST, SPEAKER)

    assert after(before, silence.mute(before, BEN, by=ADA)) == stage(HOST, MUTED)


def test_muting_who_is_muted_or_gone_is_done_already():
    assert silence.mute(stage(MUTED), BEN, by=ADA) == []
    assert silence.mute(Stage(), BEN, by=ADA, hold=True) == []


@pytest.mark.parametrize(
    "move",
    [
        lambda on: silence.mute(on, BEN, by=BEN),
        lambda on: silence.unmute(on, BEN),
        lambda on: silence.ask_to_speak(on, BEN, now=NOW),
        lambda on: silence.take_away(on, BEN, away=True),
        lambda on: silence.wish_unmuted(on, BEN),
    ],
)
def test_the_audience_has_no_microphone(move):
    with pytest.raises(NotOnStage):
        move(stage(HOST))


def test_a_speaker_opens_their_own_microphone():
    assert after(stage(MUTED), silence.unmute(stage(MUTED), BEN)) == stage(SPEAKER)
    assert silence.unmute(stage(SPEAKER), BEN) == []


# ---- kept muted ----


def test_who_is_kept_muted_cannot_open_the_microphone():
    before = stage(HOST, SPEAKER)

    kept = after(before, silence.mute(before, BEN, by=ADA, hold=True))

    assert kept == stage(HOST, MUTED, kept={BEN: None})
    with pytest.raises(MuteIsKept):
        silence.unmute(kept, BEN)


def test_who_muted_themselves_can_be_kept_muted_too():
    assert after(stage(MUTED), silence.mute(stage(MUTED), BEN, by=ADA, hold=True)) == stage(MUTED, kept={BEN: None})


def test_asking_to_speak_is_noted_once_and_a_release_opens_nothing():
    kept = stage(MUTED, kept={BEN: None})

    asked = after(kept, silence.ask_to_speak(kept, BEN, now=NOW))
    released = after(asked, silence.release(asked, BEN))

    assert asked == stage(MUTED, kept={BEN: NOW})
    assert silence.ask_to_speak(asked, BEN, now=NOW + 1) == []
    assert released == stage(MUTED)
    assert after(released, silence.unmute(released, BEN)) == stage(SPEAKER)


@pytest.mark.parametrize("seat", [SPEAKER, COHOST])
def test_no_way_around_a_kept_mute_leads_over_the_audience(seat: Seat):
    before = stage(replace(seat, muted=True), replace(INVITED, person=seat.person), kept={seat.person: None})
    down = after(before, moves.step_down(before, seat.person))

    invited = after(down, moves.accept(down, seat.person, number=2, now=NOW))
    unasked = after(down, moves.take_seat(seat, down))

    assert [there.seats[seat.person].muted for there in (invited, unasked)] == [True, True]


# ---- all at once ----


def test_mute_all_spares_the_hosts():
    before = stage(HOST, COHOST, SPEAKER, BOT)

    quiet = after(before, silence.mute_all(before, by=ADA))

    assert quiet == stage(HOST, COHOST, MUTED, replace(BOT, muted=True))
    assert silence.mute_all(quiet, by=ADA) == []


def test_while_it_is_hushed_only_hosts_speak():
    before = stage(HOST, replace(COHOST, muted=True), SPEAKER, INVITED)

    hushed = after(before, silence.hush(before, by=ADA, on=True))
    came = after(hushed, moves.accept(hushed, DEE, number=7, now=NOW))
    spoke = after(hushed, silence.unmute(hushed, CHO))

    assert hushed == stage(HOST, replace(COHOST, muted=True), MUTED, INVITED, hushed=True)
    assert came.seats[DEE].muted
    assert spoke.seats[CHO].sounds
    with pytest.raises(StageHushed):
        silence.unmute(hushed, BEN)


def test_when_it_is_lifted_each_opens_their_own():
    hushed = stage(HOST, MUTED, hushed=True)

    lifted = after(hushed, silence.hush(hushed, by=ADA, on=False))

    assert lifted == stage(HOST, MUTED)
    assert after(lifted, silence.unmute(lifted, BEN)) == stage(HOST, SPEAKER)
    assert silence.hush(lifted, by=ADA, on=False) == []


# ---- wishes and absences ----


def test_please_unmute_is_a_wish_and_nothing_more():
    wished = after(stage(MUTED), silence.wish_unmuted(stage(MUTED), BEN))

    assert wished == stage(replace(MUTED, wished=True))
    assert silence.wish_unmuted(wished, BEN) == silence.wish_unmuted(stage(SPEAKER), BEN) == []
    assert after(wished, silence.unmute(wished, BEN)) == stage(SPEAKER)


def test_a_microphone_that_a_call_took_is_silent_and_comes_back_muted():
    taken = after(stage(SPEAKER), silence.take_away(stage(SPEAKER), BEN, away=True))
    back = after(taken, silence.take_away(taken, BEN, away=False))

    assert taken == stage(replace(MUTED, away=True))
    assert silence.take_away(taken, BEN, away=True) == []
    assert back == stage(MUTED)
    assert after(taken, silence.unmute(taken, BEN)) == stage(SPEAKER)
