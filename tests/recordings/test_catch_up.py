"""Which answers can be heard while the room goes on: what was recorded of them, of those whose yes stands."""

from dataclasses import replace
from functools import partial

from causerie.clock import SECOND
from causerie.ids import QuestionId
from causerie.questions.events import QuestionAnswered, QuestionOnAir, QuestionReopened
from causerie.recordings import actions
from causerie.recordings import events as happened
from causerie.recordings.catch_up import Parts, Stretch, heard, stretches
from causerie.recordings.words import HEARD_AGAIN
from tests.hall import CHO, NOW, ada, asked, ben, box, dee
from tests.recordings.takes import Evening, on_stage, seat, told_before

Q = QuestionId("q")


def answered(*, begins: int = 0, ends: int = 9) -> Evening:
    """Ada and Ben are recorded; a question of Cho's was answered, so many seconds after they began."""
    evening = Evening(on_stage(ada, ben))
    evening.start()
    evening.says(ada)
    evening.says(ben)
    at = {"on_air_at": NOW + begins * SECOND, "answered_at": NOW + ends * SECOND}
    evening.room = replace(evening.room, questions=box(asked("q", CHO, state="answered", **at)))
    return evening


def found(evening: Evening, *parts: tuple[int, int | None]) -> list[Stretch]:
    """What can be heard, where the take ran in these seconds; without any it runs since it began."""
    ran: Parts = [(NOW + a * SECOND, None if b is None else NOW + b * SECOND) for a, b in parts or ((0, None),)]
    return stretches(evening.room, dict.fromkeys(evening.room.recording.takes, ran))


def offered(evening: Evening, one: Stretch) -> list[str]:
    """Its file is there; what happens then."""
    said = evening.does(partial(actions.catch_up, there={one.question: one.made}))
    return [type(event).__name__ for event in said]


def names(one: Stretch) -> set[str]:
    return {track.name for _, track in one.tracks}


def test_an_answer_is_heard_as_far_as_it_was_recorded():
    evening = answered()

    (one,) = found(evening, (2, 4), (6, None))

    assert one.parts == ((NOW + 2000, NOW + 4000), (NOW + 6000, NOW + 9000))
    assert (one.length, names(one)) == (5000, {"Ada", "Ben"})


def test_what_was_dumped_cannot_be_heard_again():
    evening = answered()
    (before,) = found(evening)
    spans = {
        "in it": [(3, 4)],
        "at its edges": [(-2, 1), (8, 12)],
        "two": [(1, 2), (2, 4)],
        "elsewhere": [(-3, 0), (9, 12)],
    }

    parts = {}
    for name, out in spans.items():
        dumped = tuple((NOW + a * SECOND, NOW + b * SECOND) for a, b in out)
        evening.room = replace(evening.room, room=replace(evening.room.room, dumped=dumped))
        (one,) = found(evening)
        parts[name] = [((a - NOW) // SECOND, (b - NOW) // SECOND) for a, b in one.parts]
        assert (one.file == before.file) == (name == "elsewhere")
    evening.room = replace(evening.room, room=replace(evening.room.room, dumped=((NOW - SECOND, NOW + 9 * SECOND),)))

    assert parts == {
        "in it": [(0, 3), (4, 9)],
        "at its edges": [(1, 8)],
        "two": [(0, 1), (4, 9)],
        "elsewhere": [(0, 9)],
    }
    assert found(evening) == []


def test_what_was_not_recorded_cannot_be_heard():
    nobody = Evening(on_stage(ada, ben))
    nobody.room = replace(nobody.room, questions=answered().room.questions)

    assert found(answered(), (10, None)) == []
    assert found(answered(begins=8), (9, 20)) == []
    assert found(nobody) == []


def test_who_was_not_told_of_it_is_not_heard_again():
    evening = answered()
    evening.room = told_before(evening.room, HEARD_AGAIN - 1)

    assert found(evening) == []


def test_who_is_recorded_later_is_not_in_it():
    evening = answered()
    (before,) = found(evening)
    evening.now = NOW + 20 * SECOND
    stage = replace(evening.room.stage, seats={**evening.room.stage.seats, dee.id: seat(dee)})
    evening.room = replace(evening.room, stage=stage)
    evening.says(dee)

    assert evening.recorded == {ada.id, ben.id, dee.id}
    assert found(evening) == [before]


def test_whoever_takes_their_part_back_is_heard_in_none_from_that_moment_on():
    evening = answered()
    (both,) = found(evening)
    told = offered(evening, both)
    there = [sound.file for _, sound in heard(evening.room)]
    evening.withdraws(ben)
    (alone,) = found(evening)

    assert (told, there, heard(evening.room)) == (["CatchUpMade"], [both.file], [])
    assert (names(alone), alone.file != both.file) == ({"Ada"}, True)
    assert offered(evening, both) == []
    assert offered(evening, alone) == ["CatchUpMade"]


def test_told_twice_it_is_told_once_and_what_is_not_there_any_more_is_gone():
    evening = answered()
    (one,) = found(evening)

    assert [offered(evening, one), offered(evening, one)] == [["CatchUpMade"], []]
    assert [type(event) for event in evening.does(partial(actions.catch_up, there={}))] == [happened.CatchUpGone]


def test_an_answer_that_is_opened_again_is_not_heard_and_answered_anew_it_is_another():
    evening = answered()
    (one,) = found(evening)
    offered(evening, one)
    evening.emits(QuestionReopened(Q))
    opened = heard(evening.room), found(evening)
    evening.emits(QuestionOnAir(Q, NOW + 20 * SECOND), QuestionAnswered(Q, NOW + 30 * SECOND))
    (anew,) = found(evening)

    assert opened == ([], [])
    assert heard(evening.room) == []
    assert anew.file != one.file


def test_once_its_copy_is_there_it_is_heard_in_the_copy():
    evening = answered()
    (one,) = found(evening)
    offered(evening, one)
    (take,) = evening.room.recording.takes
    evening.emits(happened.RecordingStopped(take, 1, NOW + 60 * SECOND))
    evening.closes()
    waiting = len(heard(evening.room)), len(found(evening))
    evening.emits(happened.TakeCopied(take, False, NOW + 90 * SECOND))

    assert waiting == (1, 1)
    assert (heard(evening.room), found(evening)) == ([], [])
