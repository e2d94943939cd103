"""How well each speaker's sound arrives: hosts see it, its person reads it, a gust of bad network is told to nobody."""

from typing import Any

import pytest

from causerie.clock import SECOND
from causerie.live.lines import judged
from tests.live.conftest import Evening
from tests.place import Page
from tests.sound_on_paper import OFFER


def graded(page: Page, kind: str) -> list[Any]:
    """What this page was told of lines, each time."""
    events = [event for frame in page.frames if frame["type"] == "events" for event in frame["events"]]
    return [event.get("lines", event.get("line")) for event in events if event["is"] == kind]


class BensLine:
    """Ben's line, as the media core counts it."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        rooms = evening.place.causerie.rooms
        peer = rooms.media.microphone_of(rooms.names["sparrows"], evening.id("Ben"))
        assert peer is not None
        self.peer = peer.number
        self.counts = {"said_expected": 50, "said_arrived": 50, "said_jitter_ms": 3, "round_trip_ms": 40}

    async def goes(self, looks: int, *, lost: int = 0, said: int = 100) -> None:
        """So many looks of two seconds in which so many of a hundred packets are lost."""
        for _ in range(looks):
            self.counts["said_expected"] += said
            self.counts["said_arrived"] += said - lost
            self.evening.place.engine.counted[self.peer] = self.counts
            await self.evening.place.tick(2 * SECOND)


@pytest.fixture
async def line(evening: Evening) -> BensLine:
    """Ben sits on stage with an open microphone."""
    await evening.ben.enter(sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    return BensLine(evening)


async def test_hosts_and_its_person_see_a_line_that_is_weak_and_nobody_else(evening: Evening, line: BensLine):
    await line.goes(5, lost=0)
    await line.goes(5, lost=5)
    await line.goes(5, lost=20)
    await line.goes(10, lost=0)

    ben = evening.id("Ben")
    assert graded(evening.ada, "lines.graded") == [{ben: "weak"}, {ben: "breaking"}, {}]
    assert graded(evening.ben, "me.graded") == ["weak", "breaking", "good"]
    assert graded(evening.ben, "lines.graded") == []
    for page in (evening.ada, evening.cho, evening.visitor):
        assert graded(page, "me.graded") == []
    assert graded(evening.cho, "lines.graded") == []


async def test_a_gust_is_not_told_and_a_lull_does_not_make_it_good(evening: Evening, line: BensLine):
    for _ in range(3):
        await line.goes(1, lost=30)
        await line.goes(3)
    assert graded(evening.ada, "lines.graded") == []

    await line.goes(2, lost=30)
    for _ in range(3):
        await line.goes(3)
        await line.goes(1, lost=30)

    assert graded(evening.ada, "lines.graded") == [{evening.id("Ben"): "breaking"}]


async def test_of_the_few_packets_of_a_pause_one_may_be_lost(evening: Evening, line: BensLine):
    await line.goes(1)
    for _ in range(6):
        await line.goes(1, said=5, lost=1)
        await line.goes(9, said=5)

    assert graded(evening.ada, "lines.graded") == []


async def test_an_open_microphone_of_which_nothing_comes_is_breaking_and_a_shut_one_is_not(
    evening: Evening, line: BensLine
):
    await line.goes(1)
    await line.goes(2, said=0)
    told = graded(evening.ben, "me.graded")
    await evening.ben.does("microphone.mute")
    await line.goes(6, said=0)

    assert (told, graded(evening.ben, "me.graded")) == (["breaking"], ["breaking", "good"])


async def test_who_comes_to_the_desk_or_back_sees_how_the_lines_are(evening: Evening, line: BensLine):
    await line.goes(3, lost=5)

    desk, mine = (await evening.ada.enter())["desk"], (await evening.ben.enter(sdp=OFFER))["me"]

    assert (desk["lines"], mine["line"]) == ({evening.id("Ben"): "weak"}, "weak")


async def test_whoever_leaves_the_stage_takes_their_line_along(evening: Evening, line: BensLine):
    await line.goes(3, lost=5)
    await evening.ben.does("stage.step_down")
    await evening.place.tick(2 * SECOND)

    assert graded(evening.ada, "lines.graded")[-1] == {}
    assert graded(evening.ben, "me.graded")[-1] == "good"


@pytest.mark.parametrize(
    ("since", "jitter", "round_trip", "open", "grade"),
    [
        ((100, 100), 29, 399, True, "good"),
        ((100, 97), 0, 0, True, "weak"),
        ((100, 100), 30, 0, True, "weak"),
        ((100, 100), 0, 400, True, "weak"),
        ((100, 90), 0, 0, True, "breaking"),
        ((100, 100), 80, 0, True, "breaking"),
        ((100, 101), 0, 0, True, "good"),
        ((0, 0), 0, 0, True, "breaking"),
        ((0, 0), 90, 900, False, "good"),
    ],
)
def test_a_line_is_judged_by_what_is_lost_how_even_it_is_and_how_long_it_takes(
    since: tuple[int, int], jitter: int, round_trip: int, open: bool, grade: str
):
    counted = {"said_expected": 500, "said_jitter_ms": jitter, "round_trip_ms": round_trip}

    assert judged(since, counted, open=open) == grade
