"""Three who hear one programme for as long as wished: Chromium, an independent client, and a player of the stream."""

import asyncio
import contextlib
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from playwright.async_api import Browser

from causerie.demo.talk import STAGE
from tests.e2e.evening import Evening
from tests.e2e.house import House, free_port, opened
from tests.e2e.near_the_wrap import TALKS
from tests.e2e.people import Person, longest_gap
from tests.e2e.unbroken import TONE, ByPackets, Player
from tests.media.engine_people import tone_file
from tests.media.raw_lines import RawLine

OTHERS = (700, 1_100)
LOOKS_APART = 30.0
"""Seconds between two looks into Chromium's log, which does not hold hours."""
# Of the programme's line: what had to be made up, of how much, and what never came.
MADE_UP = """async () => {
  const peer = window.__ears.peers.filter((one) => one.connectionState === "connected").at(-1);
  const told = [...(await peer.getReceivers()[3].getStats()).values()];
  const line = told.find((one) => one.type === "inbound-rtp");
  if (line === undefined) return null;
  const { concealedSamples, totalSamplesReceived, packetsReceived, packetsLost } = line;
  return [concealedSamples, totalSamplesReceived, packetsReceived, packetsLost];
}"""


@dataclass
class InChromium:
    """What a page heard: its longest time without the tone, the share of sound it made up, and packets."""

    gap: float
    made_up: float
    packets: int
    lost: int


@dataclass
class Held:
    """How long the core says that the machine kept it from its work, in seconds: no listener can hear otherwise."""

    metrics: int
    late: float = 0.0
    lag: float = 0.0

    async def watch(self) -> None:
        """Look each second; how far behind a worker is, is told of the last second or two only."""
        before, _ = await self._look()
        while True:
            await asyncio.sleep(1)
            now, lag = await self._look()
            self.late, self.lag = 0.02 * (now - before), max(self.lag, lag)

    @property
    def whole(self) -> float:
        return self.late + self.lag

    async def _look(self) -> tuple[float, float]:
        """How many ticks were left out so far, and how far the latest worker is behind."""
        told = await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{self.metrics}/metrics", timeout=15)
        figures = dict(re.findall(r"^(causerie_sound_\S+) (\S+)$", told.read().decode(), re.MULTILINE))
        lags = [float(value) for name, value in figures.items() if name.startswith("causerie_sound_lag_seconds")]
        left_out = ("programme_late", "drop_stream")
        return sum(float(figures[f'causerie_sound_total{{what="{what}"}}']) for what in left_out), max(lags)


@dataclass
class Heard:
    """What the three heard in the same time."""

    chromium: InChromium
    client: ByPackets
    player: Player
    held: Held


@contextlib.contextmanager
def three_talk(folder: Path) -> Iterator[House]:
    """A house in which three tones talk in the demo room, shortly before its listeners' numbers wrap."""
    tones = folder / "tones"
    tones.mkdir(parents=True)
    for (_, _, file), hz in zip(STAGE, (TONE, *OTHERS), strict=True):
        tone_file(tones / file, hz)
    metrics = str(free_port(socket.SOCK_STREAM))
    changed = {"CAUSERIE_MEDIA_MIXED_ABOVE": "0", "CAUSERIE_METRICS_PORT": metrics, "TONES": str(tones)}
    with opened(folder / "data", demo=True, settings=changed, program="tests.e2e.near_the_wrap") as house:
        yield house


async def heard(house: House, browser: Browser, seconds: float) -> Heard:
    """Let the three come and listen for so long."""
    player = Player(f"http://127.0.0.1:{house.web}/r/{TALKS}/stream.mp3")
    held = Held(int(house.settings["CAUSERIE_METRICS_PORT"]))
    line = RawLine()
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await Evening(house, TALKS).joined_by(listener)
    await listener.hears_exactly({TONE, *OTHERS}, (TONE, *OTHERS))
    watching = asyncio.create_task(held.watch())
    playing = asyncio.create_task(asyncio.to_thread(player.listen))
    try:
        await line.answered(await lets_in(house, f"/whep/{TALKS}", await line.offer()))
        page = await _in_chromium(listener, seconds)
    finally:
        player.over.set()
        await asyncio.wait_for(playing, 30)
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await line.connection.close()
        await listener.leaves()
    return Heard(page, ByPackets(line.heard), player, held)


async def _in_chromium(listener: Person, seconds: float) -> InChromium:
    """One listens, and looks into the log now and then, over the edges of what was looked at, too."""
    # Who comes first hears voices until there is a pause, three seconds at most.
    for _ in range(150):
        if await listener.page.evaluate(MADE_UP) is not None:
            break
        await asyncio.sleep(0.1)
    since, until, gap = await listener.watch_from_now([TONE]), time.monotonic() + seconds, 0.0
    concealed, samples, packets, lost = await listener.page.evaluate(MADE_UP)
    while (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(left, LOOKS_APART))
        gap = max(gap, longest_gap(await listener.log_since(since - 1000)))
        since = await listener.clock()
    now = await listener.page.evaluate(MADE_UP)
    return InChromium(gap / 1000, (now[0] - concealed) / max(1, now[1] - samples), now[2] - packets, now[3] - lost)


async def lets_in(house: House, path: str, offer: str) -> str:
    """What the door answers; while a browser begins, a small machine may be full for a moment."""
    where, kind = f"http://127.0.0.1:{house.web}{path}", {"content-type": "application/sdp"}
    for _ in range(30):
        try:
            asked = urllib.request.Request(where, offer.encode(), kind)
            answer = await asyncio.to_thread(urllib.request.urlopen, asked, timeout=15)
            return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            if refused.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            await asyncio.sleep(1)
    raise AssertionError("the door is full")
