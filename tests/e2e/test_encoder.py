"""What listeners lose reaches the encoder of a real browser: from then on it sends what it said once more."""

import asyncio
import base64
import struct
from pathlib import Path

import pytest
from playwright.async_api import Browser

from causerie import demo as voices
from tests.e2e.evening import Evening
from tests.e2e.salon import Salon
from tests.e2e.three_listeners import lets_in
from tests.media.raw_lines import Packet, RawLine

A = 440
A_FIFTH = 51
"""Of 256 packets (RFC 3550, section 6.4.1)."""
CELT = 16
MOST = 0.5
LOOKED_AT = 100
"""Packets: two seconds of them."""
VOICE = Path(voices.__file__).parent / "voices" / "aurelie.opus"
SPEAKS = """async (file) => {
  const context = new AudioContext({ sampleRate: 48000 });
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const voice = await context.decodeAudioData(bytes.buffer);
  navigator.mediaDevices.getUserMedia = async () => {
    const out = context.createMediaStreamDestination();
    const source = new AudioBufferSourceNode(context, { buffer: voice, loop: true, loopEnd: 12 });
    source.connect(out);
    source.start();
    await context.resume();
    return out.stream;
  };
}"""
"""Said again is only what is taken for speech: a tone has to be spoken by somebody. Later on this one is silent."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


def says_again(payload: bytes) -> bool:
    """Whether a packet of 20 ms, mono, also has the one before in few bits (RFC 6716, sections 3.1 and 4.2.4)."""
    return len(payload) > 1 and payload[0] >> 3 < CELT and bool(payload[1] & 0x40)


def lost(line: RawLine, latest: Packet) -> bytes:
    """A receiver report: a fifth of what this source sent did not come (RFC 3550, section 6.4.2)."""
    return struct.pack("!BBHIIIIIII", 0x81, 201, 7, line.source, latest.source, A_FIFTH << 24, latest.seq, 0, 0, 0)


async def again(line: RawLine) -> float:
    """Which share of the next packets says something once more."""
    line.forget()
    async with asyncio.timeout(10):
        while len(line.heard) < LOOKED_AT:  # noqa: ASYNC110  packets tell nobody
            await asyncio.sleep(0.05)
    return sum(says_again(packet.payload) for packet in line.heard) / len(line.heard)


async def test_where_listeners_lose_packets_the_encoder_of_a_browser_says_everything_twice(
    salon: Salon, browser: Browser
) -> None:
    evening, host = Evening(salon.house), await salon.host(browser, A)
    await host.page.goto(salon.house.address)
    await evening.planned_by(host, "Who is heard twice?")
    await host.page.evaluate(SPEAKS, base64.b64encode(VOICE.read_bytes()).decode())
    await host.press("Go live")
    await evening.unmuted(host)
    line = RawLine()
    try:
        await line.answered(await lets_in(salon.house, f"/whep/{evening.room}?voices=1", await line.offer()))
        before = await again(line)
        for _ in range(15):
            line.report(lost(line, line.heard[-1]))
            if (after := await again(line)) > MOST:
                break
    finally:
        await line.close()

    assert (before, after > MOST) == (0.0, True), (before, after)
    assert host.faults == []
