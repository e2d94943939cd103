"""People whose network lets no UDP through: an independent client reaches the core by TCP alone; attackers, too."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aioice import stun
from aiortc import RTCPeerConnection

from causerie._engine import GATE_STAGE
from tests.media.engine_people import Talk, talk
from tests.media.tunnels import Tunnel

LOW, MIDDLE, HIGH = 440.0, 700.0, 1_100.0
ALL = (LOW, MIDDLE, HIGH)

Dig = Callable[..., Awaitable[Tunnel]]


@asynccontextmanager
async def tunnels(room: Talk) -> AsyncIterator[Dig]:
    """As many tunnels to a room's engine as wished, closed at the end."""
    dug: list[Tunnel] = []

    async def dig(*, buffer: int = 0) -> Tunnel:
        dug.append(await Tunnel.to(room.engine.port, buffer=buffer))
        return dug[-1]

    yield dig
    for tunnel in dug:
        await tunnel.close()


@pytest.mark.parametrize("workers", [1, 3])
async def test_by_tcp_alone_people_hear_each_other_and_those_who_came_by_udp(workers: int):
    async with talk(workers) as room, tunnels(room) as dig:
        await room.enter(1, hz=LOW, lines=3, tunnel=await dig())
        await room.enter(2, hz=MIDDLE, lines=3, tunnel=await dig())
        await room.enter(3, lines=3, tunnel=await dig())
        spread = [room.engine.statistics()[f"peers_{worker}"] for worker in range(workers)]
        await room.enter(4, hz=HIGH, lines=3)
        for speaker in (1, 2, 4):
            room.engine.gate(speaker, GATE_STAGE)

        each_hears = {1: {MIDDLE, HIGH}, 2: {LOW, HIGH}, 3: {LOW, MIDDLE, HIGH}, 4: {LOW, MIDDLE}}
        assert await room.hear(each_hears, *ALL) == each_hears
        assert spread == [3 // workers] * workers
        assert room.engine.statistics()["tcp_connections"] == 3

    assert room.engine.statistics()["tcp_connections"] == 0


async def test_who_reads_nothing_costs_nobody_else_anything_and_hears_what_is_said_now_afterwards():
    async with talk() as room, tunnels(room) as dig:
        slow = await dig(buffer=2048)
        await room.enter(1, hz=LOW)
        await room.enter(2, hz=MIDDLE)
        still = await room.enter(3, lines=3, tunnel=slow)
        await room.enter(4, lines=3)
        for speaker in (1, 2):
            room.engine.gate(speaker, GATE_STAGE)
        assert await room.until(lambda: still.tones(*ALL) == {LOW, MIDDLE})

        slow.reads.clear()
        assert await room.until(lambda: room.engine.statistics()["drop_tcp"] > 50, within=20)
        assert await room.hear({4: {LOW, MIDDLE}}, *ALL) == {4: {LOW, MIDDLE}}
        slow.reads.set()

        assert await room.hear({3: {LOW, MIDDLE}, 4: {LOW, MIDDLE}}, *ALL) == {3: {LOW, MIDDLE}, 4: {LOW, MIDDLE}}
        assert await room.until(lambda: room.engine.statistics()["tcp_connections"] == 1)


async def awaited(room: Talk, peer: int) -> tuple[str, str]:
    """Somebody whose offer was answered and who has not come yet: what their checks begin with, and are sealed with."""
    page = RTCPeerConnection()
    page.addTransceiver("audio", direction="recvonly")
    await page.setLocalDescription(await page.createOffer())
    room.engine.join(peer=peer, room=1, speaker=peer, offer=page.localDescription.sdp)
    answer = (await room.answer(peer)).answer or ""
    await page.close()
    ours, theirs, password = (
        re.findall(rf"a=ice-{name}:(\S+)", said)[0]
        for name, said in (("ufrag", answer), ("ufrag", page.localDescription.sdp), ("pwd", answer))
    )
    return f"{ours}:{theirs}", password


def check(username: str, password: str) -> bytes:
    """The first check of a browser, framed."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes.update({"USERNAME": username, "PRIORITY": 1, "ICE-CONTROLLING": 7})
    message.add_message_integrity(password.encode())
    datagram = bytes(message)
    return len(datagram).to_bytes(2) + datagram


async def told(room: Talk, sent: bytes) -> bytes | None:
    """What comes back to who opens a connection and sends this: none as long as it stays open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", room.engine.port)
    writer.write(sent)
    try:
        async with asyncio.timeout(2):
            return await reader.read(1500)
    except TimeoutError:
        return None
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_only_a_check_with_valid_integrity_is_answered():
    async with talk() as room:
        username, password = await awaited(room, 1)

        forged = [await told(room, check(*pair)) for pair in ((username, "wrong" * 5), ("nobody:them", password))]
        torn = await told(room, check(username, password)[:-1])
        answer = await told(room, check(username, password))

        assert (forged, torn) == ([b"", b""], None)
        assert answer is not None
        first = answer[2 : 2 + int.from_bytes(answer[:2])]
        assert stun.parse_message(first).message_class == stun.Class.RESPONSE
        assert room.engine.statistics()["tcp_refused"] == 2


async def test_who_connects_and_says_nothing_is_shown_out():
    async with talk() as room:
        reader, writer = await asyncio.open_connection("127.0.0.1", room.engine.port)

        async with asyncio.timeout(15):
            assert await reader.read() == b""

        writer.close()
        assert room.engine.statistics()["tcp_refused"] == 1


async def test_whatever_strangers_send_is_not_answered_and_everybody_goes_on_hearing():
    async with talk() as room, tunnels(room) as dig:
        await room.enter(1, hz=LOW)
        await room.enter(2, tunnel=await dig())
        room.engine.gate(1, GATE_STAGE)
        bad = [
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01",
            b"\0\0",
            b"\xff\xff" + bytes(70_000),
        ]

        answers = [await told(room, sent) for sent in bad]
        crowd = [await asyncio.open_connection("127.0.0.1", room.engine.port) for _ in range(300)]

        assert answers == [b""] * len(bad)
        assert await room.hear({2: {LOW}}, *ALL) == {2: {LOW}}
        assert await room.until(lambda: room.engine.statistics()["tcp_refused"] == len(bad) + 300 - 128)
        for _, writer in crowd:
            writer.close()


async def test_a_frame_that_is_too_long_ends_that_connection_only():
    async with talk() as room, tunnels(room) as dig:
        await room.enter(1, hz=LOW)
        good, bad = await dig(), await dig()
        await room.enter(2, tunnel=good)
        await room.enter(3, tunnel=bad)
        room.engine.gate(1, GATE_STAGE)
        assert await room.hear({2: {LOW}, 3: {LOW}}, *ALL) == {2: {LOW}, 3: {LOW}}

        bad.writer.write(b"\xff\xff" + bytes(2000))

        assert await room.until(lambda: room.engine.statistics()["tcp_connections"] == 1)
        assert await room.hear({2: {LOW}}, *ALL) == {2: {LOW}}
