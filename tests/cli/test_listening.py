"""The doctor comes to listen: by UDP, by TCP where that is a black hole, by neither; real sockets, the real core."""

import contextlib
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from causerie._engine import Engine
from causerie.cli.listening import listening, met
from causerie.cli.outside import Outside
from causerie.cli.ways_in import Came, Way, ways
from tests.e2e.house import free_port, opened

STREAM = "hears the stream, about 10 s later"
HERE = "; that is this machine itself, where no firewall is in between: ask from another one, too"


@dataclass
class Place:
    """A door before a media core; what it answers can be written otherwise, as if something lay in between."""

    engine: Engine
    otherwise: Callable[[str], str] = lambda answer: answer
    live: list[str] = field(default_factory=lambda: ["sparrows"])
    refuses: bool = False
    came: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    address: str = ""

    def lets_in(self, path: str, offer: str) -> str:
        self.came.append(path)
        peer = len(self.came)
        self.engine.join(peer=peer, room=1, speaker=peer, offer=offer, publishes=False, programme=0)
        while True:
            for change in self.engine.changes():
                if change.peer == peer and change.answer:
                    return self.otherwise(change.answer)
            time.sleep(0.01)

    def tells(self) -> list[tuple[str, str]]:
        return listening(Outside(urlsplit(self.address)))


@pytest.fixture
def place() -> Iterator[Place]:
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1)
    here = Place(engine)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answers(HTTPStatus.OK, json.dumps({"live": [{"room": name} for name in here.live]}))

        def do_POST(self) -> None:
            offer = self.rfile.read(int(self.headers["content-length"])).decode()
            if here.refuses:
                full = '{"code": "media.full", "text": "Live sound is full."}'
                return self.answers(HTTPStatus.SERVICE_UNAVAILABLE, full)
            return self.answers(HTTPStatus.CREATED, here.lets_in(self.path, offer))

        def do_DELETE(self) -> None:
            here.left.append(self.path)
            self.answers(HTTPStatus.NO_CONTENT, "")

        def answers(self, status: HTTPStatus, body: str) -> None:
            self.send_response(status)
            self.send_header("location", f"{self.path}/its-session")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    here.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()
    engine.stop()


@contextlib.contextmanager
def black_hole() -> Iterator[int]:
    """A port on which everything is taken and nothing ever answered, as behind a firewall."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hole:
        hole.bind(("127.0.0.1", 0))
        yield hole.getsockname()[1]


def led(kind: str, port: int) -> Callable[[str], str]:
    """An answer whose ways of this kind lead to this port."""
    return lambda answer: re.sub(rf"^(a=candidate:\S+ 1 {kind} \d+ \S+) \d+", rf"\g<1> {port}", answer, flags=re.M)


def timeless(told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(state, re.sub(r"in \d+ ms", "in some ms", text)) for state, text in told]


def test_by_both_ways_sound_arrives(place: Place):
    port = place.engine.port

    told = timeless(place.tells())

    assert told == [
        ("ok", f"sound by UDP: arrives in some ms (127.0.0.1:{port}){HERE}"),
        ("ok", f"sound by TCP: arrives in some ms (127.0.0.1:{port}){HERE}"),
    ]
    assert (place.came, place.left) == (["/whep/sparrows"], ["/whep/sparrows/its-session"])


def test_where_udp_is_a_black_hole_listeners_come_by_tcp(place: Place):
    with black_hole() as hole:
        place.otherwise = led("udp", hole)
        told = timeless(place.tells())

    assert told[0] == ("ok", f"sound by TCP: arrives in some ms (127.0.0.1:{place.engine.port}){HERE}")
    state, text = told[1]
    assert state == "warn"
    assert text.startswith(f"UDP {hole} is closed: listeners come by TCP")
    assert f"sudo ufw allow {hole}/udp" in text


def test_where_tcp_is_closed_it_is_said_who_hears_later(place: Place):
    shut = free_port(socket.SOCK_STREAM)
    place.otherwise = led("tcp", shut)

    told = timeless(place.tells())

    assert told[0] == ("ok", f"sound by UDP: arrives in some ms (127.0.0.1:{place.engine.port}){HERE}")
    assert told[1][0] == "warn"
    assert STREAM in told[1][1]


def test_where_neither_leads_there_listeners_hear_the_stream(place: Place):
    with black_hole() as hole:
        both = led("udp", hole), led("tcp", free_port(socket.SOCK_STREAM))
        place.otherwise = lambda answer: both[1](both[0](answer))
        [(state, text)] = place.tells()

    assert state == "fault"
    assert text.startswith("sound comes neither by UDP nor by TCP: listeners hear the stream, about 10 s later")
    assert "browsers are told 127.0.0.1: open" in text


def test_who_answers_without_the_key_is_nobody(place: Place):
    place.otherwise = lambda answer: re.sub(r"a=ice-pwd:\S+", "a=ice-pwd:another-key-of-the-right-length", answer)

    assert [state for state, _ in place.tells()] == ["fault"]


def test_without_a_live_room_it_says_how_to_ask_later(place: Place):
    place.live = []

    assert place.tells() == [
        (
            "warn",
            "no room is live that everybody finds, so sound was not tried; "
            f"while one is: causerie doctor {place.address}/r/ITS-NAME",
        )
    ]


def test_a_door_that_is_shut_is_told_in_its_own_words(place: Place):
    place.refuses = True

    assert place.tells() == [
        ("warn", "no listener is let in, so sound was not tried: Live sound is full. (media.full)")
    ]


@pytest.mark.parametrize("otherwise", [lambda _: "<html>", lambda _: "", lambda answer: answer.replace("host", "h")])
def test_what_is_no_answer_is_a_fault(place: Place, otherwise: Callable[[str], str]):
    place.otherwise = otherwise

    assert [state for state, _ in place.tells()] == ["fault"]


def test_ways_are_those_an_answer_names_each_once():
    line = "a=candidate:1 1 udp 2130706175 203.0.113.7 8421 typ host\r\n"
    pipe = "a=candidate:2 1 tcp 2105458943 203.0.113.7 8421 typ host tcptype passive\r\n"
    other = "a=candidate:3 1 UDP 2130706174 10.0.0.5 8421 typ host\r\na=candidate:4 1 udp 1 ::1 8421 typ host\r\n"

    assert ways(f"v=0\r\n{line}{pipe}m=audio\r\n{line}{other}") == [
        Way("udp", "203.0.113.7", 8421),
        Way("tcp", "203.0.113.7", 8421),
        Way("udp", "10.0.0.5", 8421),
    ]


def test_of_several_addresses_one_that_leads_there_is_enough():
    public, private = Way("udp", "203.0.113.7", 8421), Way("udp", "10.9.9.9", 8421)
    pipe = Way("tcp", "203.0.113.7", 8421)

    assert met([public, private, pipe], [Came(public, 12.4), Came(pipe, 14.0)]) == [
        ("ok", "sound by UDP: arrives in 12 ms (203.0.113.7:8421)"),
        ("ok", "sound by TCP: arrives in 14 ms (203.0.113.7:8421)"),
    ]


def test_a_real_place_is_tried_by_its_demo_room(tmp_path: Path):
    with opened(tmp_path / "data", demo=True) as house:
        told = listening(Outside(urlsplit(house.address)))
        said = house.command("doctor", house.address)

    assert [(state, text.split(":")[0]) for state, text in told] == [("ok", "sound by UDP"), ("ok", "sound by TCP")]
    assert "sound by UDP: arrives in" in " ".join(said.split())
