"""What each move of the stage brings about, told as the stage that follows from it."""

from dataclasses import replace

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.ids import PersonId, QuestionId
from causerie.stage import moves, silence
from causerie.stage.errors import AlreadyOnStage, NotInvited, StageFull
from causerie.stage.events import HandLowered, SpeakerLeft
from causerie.stage.state import SEATS, Hand, Invitation, Seat, Stage, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW
from tests.stage.stages import HAND, HOST, INVITED, SPEAKER, after, stage

QUESTION = QuestionId("why")


# ---- hands ----


def test_hand_raised_twice_keeps_its_place():
    before = Stage()

    for minute, person in enumerate([BEN, CHO, BEN]):
        before = after(before, moves.raise_hand(before, person, person.title(), note=None, now=NOW + minute))

    assert before == stage(Hand(BEN, "Ben", None, NOW), Hand(CHO, "Cho", None, NOW + 1))


def test_another_note_replaces_the_first_and_the_place_stays():
    before = stage(HAND)

    noted = after(before, moves.raise_hand(before, CHO, "Cho", note="about sparrows", now=NOW + MINUTE))

    assert noted == stage(replace(HAND, note="about sparrows"))


def test_who_is_on_stage_needs_no_hand():
    with pytest.raises(AlreadyOnStage):
        moves.raise_hand(stage(SPEAKER), BEN, "Ben", note=None, now=NOW)


def test_a_hand_comes_down_once():
    assert after(stage(HAND), moves.lower_hand(stage(HAND), CHO)) == Stage()
    assert moves.lower_hand(Stage(), CHO) == []


def test_hands_that_a_host_has_down_say_so():
    assert moves.lower_all(stage(HAND)) == [HandLowered(CHO, by_host=True)]


def test_with_thanks_speakers_go_and_hosts_stay():
    assert moves.thank(stage(HOST, SPEAKER), BEN) == [SpeakerLeft(BEN, "thanked")]
    assert (moves.thank(stage(HOST), ADA), moves.thank(stage(HOST), BEN)) == ([], [])


@pytest.mark.parametrize(
    ("seat", "expected", "minutes"),
    [
        (SPEAKER, False, 0.5),
        (SPEAKER, True, 10),
        (replace(SPEAKER, invited=True), False, 10),
        (replace(SPEAKER, role="cohost"), False, 10),
        (HOST, False, 10),
    ],
)
def test_how_long_a_seat_is_kept(seat: Seat, expected: bool, minutes: float):
    assert moves.kept_for(seat, expected=expected) == minutes * MINUTE


# ---- invitations ----


def test_an_invitation_lasts_a_minute():
    invited = after(Stage(), moves.invite(Stage(), DEE, "Dee", now=NOW, question=QUESTION))

    assert invited == stage(Invitation(DEE, "Dee", NOW + 60 * SECOND, QUESTION))


def test_who_is_invited_keeps_the_time_they_have():
    assert moves.invite(stage(INVITED), DEE, "Dee", now=NOW + 30 * SECOND) == []


def test_who_is_on_stage_is_not_invited():
    with pytest.raises(AlreadyOnStage):
        moves.invite(stage(SPEAKER), BEN, "Ben", now=NOW)


def test_more_time_adds_a_minute_and_keeps_the_question():
    before = stage(replace(INVITED, question=QUESTION))

    longer = after(before, moves.more_time(before, DEE))

    assert longer == stage(replace(INVITED, until=NOW + 2 * MINUTE, question=QUESTION))


def test_more_time_is_for_the_invited():
    with pytest.raises(NotInvited):
        moves.more_time(Stage(), DEE)


def test_accepting_takes_a_seat_and_the_hand_comes_down():
    before = stage(INVITED, Hand(DEE, "Dee", None, NOW))

    seated = after(before, moves.accept(before, DEE, number=7, now=NOW + 5))

    assert seated == stage(Seat(DEE, "Dee", 7, "speaker", muted=False, since=NOW + 5), spoken=frozenset({DEE}))


@pytest.mark.parametrize(
    ("before", "moment", "refusal"),
    [
        pytest.param(Stage(), NOW, NotInvited, id="never invited"),
        pytest.param(stage(INVITED), INVITED.until, NotInvited, id="too late"),
    ],
)
def test_no_seat_without_the_first_key(before: Stage, moment: int, refusal: type[Exception]):
    with pytest.raises(refusal):
        moves.accept(before, DEE, number=7, now=moment)


def test_there_is_room_again_when_somebody_steps_down():
    full = stage(INVITED, *(replace(SPEAKER, person=PersonId(f"p{n}")) for n in range(SEATS)))

    freed = after(full, moves.step_down(full, PersonId("p0")))
    seated = after(freed, moves.accept(freed, DEE, number=7, now=NOW))

    assert DEE in seated.seats
    assert len(seated.seats) == SEATS


@pytest.mark.parametrize(
    ("before", "invited"),
    [
        pytest.param(stage(INVITED), True, id="by a host"),
        pytest.param(stage(INVITED, Hand(DEE, "Dee", None, NOW)), False, id="with a hand up"),
        pytest.param(stage(replace(INVITED, question=QUESTION)), False, id="for a question"),
    ],
)
def test_who_was_asked_by_a_host_is_no_one_from_the_queue(before: Stage, invited: bool):
    seated = after(before, moves.accept(before, DEE, number=7, now=NOW))

    assert seated.seats[DEE].invited is invited


def test_not_now_leaves_the_hand_up():
    before = stage(INVITED, Hand(DEE, "Dee", None, NOW))

    assert after(before, moves.decline(before, DEE)) == stage(Hand(DEE, "Dee", None, NOW))
    assert moves.decline(Stage(), DEE) == []


# ---- seats ----


def test_a_seat_is_taken_once():
    taken = after(Stage(), moves.take_seat(HOST, Stage()))

    assert taken == stage(HOST, spoken=frozenset({ADA}))
    assert moves.take_seat(HOST, taken) == []


def test_a_full_stage_has_no_seat_for_anybody():
    full = stage(*(replace(SPEAKER, person=PersonId(f"p{n}")) for n in range(SEATS)))

    with pytest.raises(StageFull):
        moves.take_seat(HOST, full)


@pytest.mark.parametrize("move", [moves.step_down, moves.move_down])
def test_who_leaves_the_stage_is_not_first_time_any_more(move):
    before = after(stage(HOST), moves.take_seat(SPEAKER, stage(HOST)))

    assert after(before, move(before, BEN)) == stage(HOST, spoken=frozenset({BEN}))
    assert move(stage(HOST), BEN) == []


# ---- lost lines ----


@pytest.mark.parametrize(
    ("seat", "kept"),
    [
        pytest.param(SPEAKER, 30 * SECOND, id="speaker"),
        pytest.param(HOST, 10 * MINUTE, id="host"),
        pytest.param(replace(HOST, role="cohost"), 10 * MINUTE, id="cohost"),
        pytest.param(replace(SPEAKER, invited=True), 10 * MINUTE, id="invited by a host"),
    ],
)
def test_a_seat_is_held_and_muted_while_its_line_is_lost(seat: Seat, kept: int):
    lost = after(stage(seat), moves.lose_line(stage(seat), seat.person, now=NOW))

    assert lost == stage(replace(seat, muted=True, held_until=NOW + kept))
    assert moves.lose_line(lost, seat.person, now=NOW + SECOND) == []


def test_who_comes_back_has_their_seat_and_opens_the_microphone_themselves():
    held = stage(replace(SPEAKER, muted=True, held_until=NOW + 30 * SECOND))

    back = after(held, moves.find_line(held, BEN))

    assert back == stage(replace(SPEAKER, muted=True))
    assert after(back, silence.unmute(back, BEN)) == stage(SPEAKER)


def test_opening_the_microphone_says_that_one_is_back():
    held = stage(replace(SPEAKER, muted=True, held_until=NOW + 30 * SECOND))

    assert after(held, silence.unmute(held, BEN)) == stage(SPEAKER)


def test_a_bot_loses_no_line():
    bot = replace(SPEAKER, bot=True)

    assert moves.lose_line(stage(bot), BEN, now=NOW) == []


def test_a_hand_waits_for_who_went_and_is_as_it_was_when_they_are_back():
    gone = after(stage(HAND), moves.lose_line(stage(HAND), CHO, now=NOW + 5))

    assert gone == stage(replace(HAND, left_at=NOW + 5))
    assert after(gone, moves.find_line(gone, CHO)) == stage(HAND)


def test_finding_a_line_that_was_never_lost_changes_nothing():
    assert moves.find_line(stage(SPEAKER, HAND), BEN) == []
    assert moves.find_line(stage(SPEAKER, HAND), CHO) == []


# ---- time and the end ----


def test_time_takes_what_has_run_out_and_nothing_else():
    late = stage(
        HOST,
        replace(SPEAKER, muted=True, held_until=NOW + 30 * SECOND),
        replace(HAND, left_at=NOW - 10 * MINUTE + 30 * SECOND),
        replace(INVITED, until=NOW + 30 * SECOND),
        Invitation(CHO, "Cho", NOW + MINUTE),
    )

    assert moves.sweep(late, NOW + 30 * SECOND - 1) == []
    swept = after(late, moves.sweep(late, NOW + 30 * SECOND))

    back = Hand(BEN, "Ben", None, NOW + 30 * SECOND, left_at=NOW + 30 * SECOND, lost_seat=True)
    assert swept == stage(HOST, back, Invitation(CHO, "Cho", NOW + MINUTE))


def test_whose_seat_is_lost_keeps_the_first_place_for_ten_minutes_whatever_they_say():
    lost = stage(replace(SPEAKER, muted=True, held_until=NOW))
    gone = after(lost, moves.sweep(lost, NOW))
    back = after(gone, moves.find_line(gone, BEN))
    noted = after(back, moves.raise_hand(back, BEN, "Ben", note="As I said", now=NOW + MINUTE))

    assert noted == stage(Hand(BEN, "Ben", "As I said", NOW, lost_seat=True))
    assert moves.sweep(gone, NOW + 10 * MINUTE - 1) == []
    assert after(gone, moves.sweep(gone, NOW + 10 * MINUTE)) == stage()


def test_a_host_whose_seat_is_lost_waits_in_no_line():
    lost = stage(replace(HOST, muted=True, held_until=NOW))

    assert after(lost, moves.sweep(lost, NOW)) == stage()


def test_when_the_room_ends_nobody_speaks_and_nobody_waits():
    before = stage(HOST, SPEAKER, HAND, INVITED, spoken=frozenset({ADA, BEN}))

    assert after(before, moves.clear(before)) == stage(spoken=frozenset({ADA, BEN}))


def test_events_of_others_leave_the_stage_as_it_is():
    before = stage(HOST, HAND)

    assert fold("a question was asked", before) is before


@pytest.mark.parametrize(
    ("seat", "sounds"),
    [
        (SPEAKER, True),
        (replace(SPEAKER, muted=True), False),
        (replace(SPEAKER, held_until=NOW), False),
    ],
)
def test_only_an_open_microphone_with_a_line_sounds(seat: Seat, sounds: bool):
    assert seat.sounds is sounds
