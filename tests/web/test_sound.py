"""Sound for other programs: WHEP to hear, WHIP to speak (RFC 9725). A token opens what it was made for."""

from typing import Any

import httpx
import pytest

from causerie.clock import HOUR
from causerie.stage.encoders import encoder_token
from tests.live.conftest import Evening, no_headroom
from tests.sound_on_paper import ANSWER, OFFER

SDP = {"content-type": "application/sdp"}


async def token_for(evening: Evening, name: str = "Ben") -> str:
    room, person = evening.place.state().room.id, evening.people[name].id
    return (await evening.place.causerie.database.write(lambda tx: encoder_token(tx, room, person)))[0]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def speaks(evening: Evening, token: str) -> httpx.Response:
    async with evening.place.browser() as encoder:
        return await encoder.post("/whip/sparrows", content=OFFER, headers={**SDP, **bearer(token)})


async def asks(evening: Evening, method: str, path: str, **more: Any) -> httpx.Response:
    async with evening.place.browser() as program:
        return await program.request(method, path, **more)


def on_stage(evening: Evening) -> list[str]:
    return [seat.name for seat in evening.place.state().stage.seats.values()]


async def test_an_encoder_has_a_seat_while_it_is_connected(evening: Evening):
    token = await token_for(evening)

    answer = await speaks(evening, token)

    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (201, ANSWER, "application/sdp")
    assert (on_stage(evening), len(evening.place.engine.heard)) == (["Ada", "Ben"], 1)
    ended = await asks(evening, "DELETE", answer.headers["location"], headers=bearer(token))
    assert (ended.status_code, on_stage(evening), evening.place.engine.heard) == (204, ["Ada"], set())
    again = await asks(evening, "DELETE", answer.headers["location"], headers=bearer(token))
    assert (again.status_code, again.json()["code"]) == (404, "session.unknown")


async def test_a_second_encoder_replaces_the_first(evening: Evening):
    token = await token_for(evening)

    first, second = await speaks(evening, token), await speaks(evening, token)

    assert first.headers["location"] != second.headers["location"]
    assert (on_stage(evening), len(evening.place.engine.open)) == (["Ada", "Ben"], 1)
    gone = await asks(evening, "DELETE", first.headers["location"], headers=bearer(token))
    assert gone.status_code == 404


@pytest.mark.parametrize("how", ["moved down", "with thanks"])
async def test_who_was_sent_down_does_not_come_back_by_an_encoder_that_tries_again(evening: Evening, how: str):
    token, of_cho = await token_for(evening), await token_for(evening, "Cho")
    await speaks(evening, token)

    if how == "moved down":
        await evening.ada.does("stage.move_down", person=evening.id("Ben"))
    else:
        why = (await evening.ben.does("question.ask", text="Why do sparrows bathe?"))["made"]
        await evening.ada.does("floor.pick", question=why)
        await evening.ada.does("floor.answered", question=why, thanks=True)
    again, another = await speaks(evening, token), await speaks(evening, of_cho)

    assert (again.status_code, again.json()["code"], another.status_code) == (403, "token.refused", 201)
    assert on_stage(evening) == ["Ada", "Cho"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "token"])
async def test_nobody_speaks_without_a_token(evening: Evening, header: str):
    answer = await asks(
        evening, "POST", "/whip/sparrows", content=OFFER, headers={**SDP, "authorization": header} if header else SDP
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "token.needed")
    assert evening.place.engine.peers == {}


async def test_a_token_that_was_guessed(evening: Evening):
    answer = await speaks(evening, "x" * 22)

    assert (answer.status_code, answer.json()["code"]) == (403, "token.refused")


async def test_a_token_is_good_for_a_day(evening: Evening):
    token = await token_for(evening)
    evening.place.clock.turn(24 * HOUR)

    assert (await speaks(evening, token)).status_code == 403


async def test_a_token_is_good_for_its_room_alone(evening: Evening):
    await evening.place.room(evening.people["Ada"], "Swifts")
    token = await token_for(evening)

    answer = await asks(evening, "POST", "/whip/swifts", content=OFFER, headers={**SDP, **bearer(token)})

    assert (answer.status_code, evening.place.engine.peers) == (403, {})


async def test_no_room_of_this_name(evening: Evening):
    for path in ("/whep/nowhere", "/whip/nowhere", "/whep/%00"):
        answer = await asks(evening, "POST", path, content=OFFER, headers={**SDP, **bearer("x")})
        assert (answer.status_code, answer.json()["code"]) == (404, "room.unknown")


async def test_an_encoder_does_not_speak_before_the_room_is_live_or_after(evening: Evening):
    await evening.ada.does("room.end")

    answer = await speaks(evening, await token_for(evening))

    assert (answer.status_code, answer.json()["code"]) == (409, "room.not_live")


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
@pytest.mark.parametrize(
    "header", [{}, bearer("another"), {"authorization": "Basic YTpi"}, {"authorization": b"Bearer \xe9\xff"}]
)
async def test_an_address_alone_ends_nothing(evening: Evening, method: str, header: dict[str, str]):
    mine, token = await speaks(evening, await token_for(evening)), await token_for(evening, "Cho")
    headers = bearer(token) if header == bearer("another") else header

    answer = await asks(evening, method, mine.headers["location"], headers=headers)

    assert answer.status_code == 403
    assert (on_stage(evening), len(evening.place.engine.heard)) == (["Ada", "Ben"], 1)


async def test_candidates_are_taken_and_not_needed(evening: Evening):
    token = await token_for(evening)
    mine = await speaks(evening, token)

    answer = await asks(evening, "PATCH", mine.headers["location"], headers=bearer(token), content="a=candidate:1")

    assert answer.status_code == 204


@pytest.mark.parametrize("door", ["/whep/sparrows", "/whip/sparrows"])
@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("v=0" + "x" * 64 * 1024, "application/sdp", 413, "sdp.too_large"),
        (OFFER, "text/plain", 415, "sdp.type"),
        (OFFER, "application/json", 415, "sdp.type"),
        (OFFER, "", 415, "sdp.type"),
        ("hello", "application/sdp", 422, "sdp.unreadable"),
        ("", "application/sdp", 422, "sdp.unreadable"),
        (b"\xff\xfe", "application/sdp", 422, "sdp.unreadable"),
    ],
)
async def test_what_is_no_offer(evening: Evening, door: str, body: Any, kind: str, status: int, code: str):
    headers = {**bearer(await token_for(evening)), **({"content-type": kind} if kind else {})}

    answer = await asks(evening, "POST", door, content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (evening.place.engine.peers, evening.place.causerie.media.peers) == ({}, {})


async def test_a_body_without_a_length_is_read_up_to_the_limit(evening: Evening):
    given = 0

    async def endless():
        nonlocal given
        while True:
            given += 1
            yield b"v=0" + b"x" * 1021

    answer = await asks(evening, "POST", "/whep/sparrows", content=endless(), headers=SDP)

    assert (answer.status_code, given) == (413, 65)


async def test_a_listener_is_counted_from_the_first_packet_to_the_last(evening: Evening):
    answer = await asks(evening, "POST", "/whep/sparrows", content=OFFER, headers=SDP)
    (peer,) = evening.place.engine.peers

    def audience() -> int:
        return evening.place.causerie.rooms.audience(evening.place.state().room.id)

    assert (answer.status_code, answer.text, audience()) == (201, ANSWER, 3)
    evening.place.engine.becomes(peer, "up")
    evening.place.causerie.media._read()
    assert audience() == 4
    ended = await asks(evening, "DELETE", answer.headers["location"])
    assert (ended.status_code, audience(), evening.place.engine.peers) == (204, 3, {})


async def test_a_listeners_session_is_no_encoders(evening: Evening):
    token = await token_for(evening)
    heard = await asks(evening, "POST", "/whep/sparrows", content=OFFER, headers={**SDP, **bearer("mine")})
    spoken = await speaks(evening, token)

    crossed = [
        await asks(evening, "DELETE", heard.headers["location"].replace("whep", "whip"), headers=bearer("mine")),
        await asks(evening, "DELETE", spoken.headers["location"].replace("whip", "whep"), headers=bearer(token)),
        await asks(evening, "DELETE", heard.headers["location"]),
        await asks(evening, "DELETE", heard.headers["location"], headers={"authorization": b"Bearer \xe9\xff"}),
    ]

    assert [answer.status_code for answer in crossed] == [404, 404, 403, 403]
    assert len(evening.place.engine.peers) == 2


async def test_session_ids_cannot_be_guessed(evening: Evening):
    answers = [await asks(evening, "POST", "/whep/sparrows", content=OFFER, headers=SDP) for _ in range(3)]

    ids = {answer.headers["location"].rsplit("/", 1)[1] for answer in answers}
    assert [len(id) for id in ids] == [22, 22, 22]  # 128 random bits


async def test_a_machine_without_headroom_says_when_to_come_again(evening: Evening):
    token = await token_for(evening)

    with no_headroom(evening):
        heard = await asks(evening, "POST", "/whep/sparrows", content=OFFER, headers=SDP)
        spoken = await speaks(evening, token)

    assert (heard.status_code, heard.json()["code"]) == (503, "media.full")
    assert 10 <= int(heard.headers["retry-after"]) < 30
    assert spoken.status_code == 201, "who speaks is never refused"
