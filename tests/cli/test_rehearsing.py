"""A rehearsal: listeners of one's own come to a room, and what gives first is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from causerie.cli import rehearsing
from causerie.cli.rehearsing import Moment, door, rehearsed
from causerie.config import read
from tests.e2e.house import free_port, opened

WELL = Moment(up=9, gone=0, packets=1000, missing=2, gap_ms=40, busy=0.4, own=0.5)
ANSWER = b"v=0 (an answer)"


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (WELL, None),
        (replace(WELL, missing=30), "sound gets lost on the way: 2.9% of it"),
        (replace(WELL, gap_ms=240), "sound comes too late: 240 ms pass between two packets"),
        (replace(WELL, gone=3), "3 connections broke off"),
        (replace(WELL, busy=0.99), "the processor: it is busy for 99%, 50% of that with listeners of our own"),
        (replace(WELL, packets=0, missing=0, up=0), None),
    ],
)
def test_what_gives_first_is_named(moment: Moment, says: str | None):
    assert moment.gives() == says


def test_the_door_is_where_this_place_takes_listeners():
    at = [
        door(read(environment=said), "sparrows")
        for said in (
            {},
            {"CAUSERIE_WEB_HOST": "0.0.0.0", "CAUSERIE_WEB_PORT": "9000"},
            {"CAUSERIE_WEB_HOST": "127.0.0.5"},
            {"CAUSERIE_WEB_LAN": "true", "CAUSERIE_WEB_PLAIN_PORT": "9100"},
        )
    ]

    assert at == [
        "http://127.0.0.1:8420/whep/sparrows",
        "http://127.0.0.1:9000/whep/sparrows",
        "http://127.0.0.5:8420/whep/sparrows",
        "http://127.0.0.1:9100/whep/sparrows",
    ]


@dataclass
class Paper:
    """Listeners who hear what a story says, however many there are."""

    missing: int = 0
    answers: list[str] = field(default_factory=list)

    def offer(self) -> tuple[int, str]:
        return len(self.answers), "v=0 (an offer)"

    def answer(self, number: int, answer: str) -> None:
        assert number == len(self.answers)
        self.answers.append(answer)

    def figures(self) -> dict[str, int]:
        there = len(self.answers)
        return {"up": there, "gone": 0, "packets": 100 * there, "missing": self.missing * there, "gap_ms": 25}

    def leave(self) -> None:
        self.answers.clear()


class Idle:
    """A machine with nothing to do."""

    def look(self) -> tuple[float, float]:
        return 0.1, 0.5


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A door that lets seven in."""
    monkeypatch.setattr(rehearsing, "LOOKS_APART", 0.05)
    monkeypatch.setattr(rehearsing, "STAYS", 0.2)
    monkeypatch.setattr(rehearsing, "A_SECOND", 200)
    let_in: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            let_in.append(self.path)
            full = len(let_in) > 7
            self.send_response(HTTPStatus.SERVICE_UNAVAILABLE if full else HTTPStatus.CREATED)
            self.end_headers()
            self.wfile.write(b'{"code": "media.full", "text": "Live sound is full."}' if full else ANSWER)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/whep/sparrows"
    server.shutdown()
    server.server_close()


async def test_all_who_come_are_carried(place: str):
    crowd = Paper()

    verdict = await rehearsed(crowd, place, 5, machine=Idle())  # type: ignore[arg-type]  # all that is asked of it

    assert verdict == "All 5 listeners were carried well."
    assert crowd.answers == [ANSWER.decode()] * 5


async def test_where_the_door_shuts_its_own_words_are_told(place: str):
    verdict = await rehearsed(Paper(), place, 50, machine=Idle())  # type: ignore[arg-type]

    assert re.fullmatch(r"At \d listeners the door shuts: Live sound is full\. \(media\.full\)", verdict)


async def test_what_is_bad_twice_in_a_row_ends_it(place: str):
    verdict = await rehearsed(Paper(missing=9), place, 5, machine=Idle())  # type: ignore[arg-type]

    assert "gives first: sound gets lost on the way: 8.3% of it. 0 were carried well." in verdict


async def test_where_nothing_runs_it_says_so(place: str):
    nowhere = place.replace(place.split(":")[2].split("/")[0], str(free_port(1)))

    verdict = await rehearsed(Paper(), nowhere, 5, machine=Idle())  # type: ignore[arg-type]

    assert "causerie does not answer" in verdict


def test_real_listeners_come_to_a_real_room_and_hear_it(tmp_path: Path):
    with opened(tmp_path / "data", demo=True) as house:
        said = house.command("rehearse", "demo", "--listeners", "6")
        unknown = house.command("rehearse", "nowhere", "--listeners", "2")

    # How well a machine that tests keep busy carries them is not said here.
    assert re.search(r"^ +6 listen ", said, re.MULTILINE), said
    assert "room.unknown" in unknown
