"""The list of a room's segments over everything that interrupts it (RFC 8216, 4.3.2.3, 4.3.3.3 and 6.2.2)."""

import pytest

from causerie.streams.errors import PieceGone
from causerie.streams.hls import KEPT, LISTED, TARGET_MS, Window
from causerie.streams.labels import Labels
from causerie.streams.pieces import Piece
from causerie.streams.room import RoomStreams
from tests.streams.hls import read

NOW = 1_800_000_000_000
SECONDS_2 = 94 * 1024


def segment(n: int, *, run: int = 0) -> Piece:
    return Piece("segment", 1, run, NOW + n * TARGET_MS, SECONDS_2, f"sound {n}".encode())


class Player:
    """Asks for the list again and again, and finds every segment where it was."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[int, int]] = {}
        self.above: dict[str, int] = {}

    def asks(self, window: Window) -> None:
        above, found = read(window.text().encode())
        assert all(above[name] >= before for name, before in self.above.items())
        self.above = above
        for address, number, stretch in found:
            assert self.known.setdefault(address, (number, stretch)) == (number, stretch)
        numbers = list(self.known.values())
        assert numbers == sorted(numbers), "what comes later never has a smaller number"
        assert len({number for number, _ in numbers}) == len(numbers), "no number is given twice"


def fed(window: Window, player: Player, numbers: range, *, run: int = 0) -> None:
    for n in numbers:
        window.hear(segment(n, run=run))
        player.asks(window)


def stretches(player: Player) -> list[int]:
    """How many segments each stretch of sound has."""
    all_ = [stretch for _, stretch in player.known.values()]
    return [all_.count(stretch) for stretch in sorted(set(all_))]


def test_another_process_is_another_stretch_of_sound():
    window, player = Window(NOW), Player()
    fed(window, player, range(4))

    window.breaks_off()
    fed(window, player, range(4, 6))

    lines = window.text().splitlines()
    names = [line for line in lines if line.startswith("stream/")]
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    assert lines[lines.index("#EXT-X-DISCONTINUITY") + 3] == names[4]
    assert lines[lines.index("#EXT-X-DISCONTINUITY") + 1].startswith("#EXT-X-PROGRAM-DATE-TIME:")
    assert [name.partition("-")[0] == names[0].partition("-")[0] for name in names] == [True] * 4 + [False] * 2
    assert stretches(player) == [4, 2]


def test_what_was_before_the_break_is_still_to_be_had():
    window = Window(NOW)
    fed(window, Player(), range(4))
    before = [line.removeprefix("stream/") for line in window.text().splitlines() if line.startswith("stream/")]

    window.breaks_off()
    fed(window, Player(), range(4, KEPT))

    assert [window.find(name) for name in before] == [b"sound 0", b"sound 1", b"sound 2", b"sound 3"]
    window.hear(segment(KEPT))
    with pytest.raises(PieceGone):
        window.find(before[0])


def test_a_break_that_left_the_list_is_counted_and_one_that_stands_in_it_is_not():
    window, player = Window(NOW), Player()
    counted = list[int]()
    fed(window, player, range(2))
    began = player.above["#EXT-X-DISCONTINUITY-SEQUENCE"]
    window.breaks_off()

    for n in range(2, 2 * KEPT):
        fed(window, player, range(n, n + 1))
        counted.append(player.above["#EXT-X-DISCONTINUITY-SEQUENCE"] - began)

    assert counted == [0] * LISTED + [1] * (2 * KEPT - 2 - LISTED)
    assert "#EXT-X-DISCONTINUITY\n" not in window.text()


@pytest.mark.parametrize("each", [1, 2, 5, KEPT, 3 * KEPT])
def test_numbers_hold_over_any_number_of_breaks(each: int):
    window, player = Window(NOW), Player()

    for process in range(20):
        fed(window, player, range(process * each, (process + 1) * each), run=0)
        window.breaks_off()

    assert stretches(player) == [each] * 20


def test_what_breaks_off_twice_before_anything_is_heard_is_one_break():
    window, player = Window(NOW), Player()
    fed(window, player, range(2))

    window.breaks_off()
    window.breaks_off()
    fed(window, player, range(2, 4))

    assert stretches(player) == [2, 2]


def test_a_process_that_dies_before_its_first_segment_breaks_nothing():
    window, player = Window(NOW), Player()

    window.breaks_off()
    fed(window, player, range(3))

    assert stretches(player) == [3]
    assert "#EXT-X-DISCONTINUITY\n" not in window.text()


def test_numbers_hold_where_nobody_listened_for_a_while():
    window, player = Window(NOW), Player()
    fed(window, player, range(3))

    window.clear()
    player.asks(window)
    fed(window, player, range(10, 13))

    assert stretches(player) == [3, 3]


def test_numbers_hold_over_a_window_that_was_forgotten():
    window, player = Window(NOW), Player()
    for n in range(8):
        window.breaks_off()
        fed(window, player, range(n, n + 1))

    again = Window(NOW + 9 * TARGET_MS)
    fed(again, player, range(9, 12))

    assert stretches(player) == [1] * 8 + [3]


def test_a_segment_that_comes_when_nobody_wants_any_more_is_no_beginning_for_who_comes_next():
    streams = RoomStreams("room", 1, Labels("Sparrows", "Ada", b""), Window(NOW))
    streams.wants("mp3", 1000.0)
    streams.wants("aac", 10.0)
    for n in range(3):
        streams.hear(segment(n))

    streams.lets_go(11.0, 30.0)
    streams.hear(segment(3))
    late = streams.window.there
    streams.wants("aac", 1000.0)
    for n in range(20, 22):
        streams.hear(segment(n))

    _, found = read(streams.window.text().encode())
    assert (late, len(found), len({stretch for _, _, stretch in found})) == (False, 2, 1)
    assert streams.window.text().count("#EXT-X-DISCONTINUITY\n") == 1
