"""A hall in which some talk and one listens: what the listener waits with something else beside it, and without."""

import asyncio
import contextlib
import fcntl
import struct
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.report import percentile
from causerie._engine import GATE_STAGE, Engine
from tests.media.engine_people import RATE, Talk, tone_file
from tests.media.raw_lines import Evening, RawLine

TURNS, TURN, SETTLES = 24, 4.0, 0.5
"""It is off and on in turn, so that whatever else the machine does falls on both alike."""
RATIO_MUST = 1.1


# Linux, asm-generic/sockios.h: when the kernel was handed the packet that was read last, by the clock of the day.
STAMP_OF_LAST = 0x8907


class Ear:
    """Notes when packets of sound come to a line: by the kernel, whenever the program in Python gets round to them."""

    def __init__(self, line: RawLine) -> None:
        self.heard: list[tuple[int, float, int]] = []
        protocol = line.dtls.transport._connection._nominated[1].protocol
        self.socket = protocol.transport.get_extra_info("socket").fileno()
        self.goes_on = protocol.datagram_received
        with contextlib.suppress(FileNotFoundError):  # from the first time it is asked, the kernel keeps them
            fcntl.ioctl(self.socket, STAMP_OF_LAST, bytes(16))
        protocol.datagram_received = self.received

    def received(self, data: bytes, address: tuple[str, int]) -> None:
        if data[0] >> 6 == 2 and not 192 <= data[1] <= 223:  # RTP, and no report (RFC 5761, 4)
            seconds, nanoseconds = struct.unpack("qq", fcntl.ioctl(self.socket, STAMP_OF_LAST, bytes(16)))
            stamp, source = struct.unpack_from("!II", data, 4)
            self.heard.append((source, seconds + nanoseconds / 1e9, stamp))
        self.goes_on(data, address)


@dataclass
class Hall:
    """So many people talk, fifty packets a second each; one listens."""

    engine: Engine
    folder: Path
    speakers: int
    room: Evening
    ear: Ear
    turns: list[tuple[float, float, bool]] = field(default_factory=list)

    def record(self, *, on: bool) -> None:
        for number in range(1, self.speakers + 1):
            self.engine.record(number, number if on else None)

    async def turn(self, switch: Callable[[bool], None], *, on: bool) -> None:
        """Some seconds with it or without; the first moment of them counts for neither."""
        switch(on)
        await asyncio.sleep(SETTLES)
        began = time.time()
        await asyncio.sleep(TURN - SETTLES)
        self.turns.append((began, time.time(), on))

    def delays(self, *, on: bool) -> list[list[float]]:
        """How many milliseconds later packets came than the fastest of their line, turn by turn, with it or without."""
        fastest: dict[int, float] = {}
        late = [(source, at, at - stamp / RATE) for source, at, stamp in self.ear.heard]
        for source, _, moment in late:
            fastest[source] = min(moment, fastest.get(source, moment))
        return [
            [(moment - fastest[source]) * 1000 for source, at, moment in late if began <= at < ended]
            for began, ended, so in self.turns
            if so is on
        ]


@contextlib.asynccontextmanager
async def hall(speakers: int) -> AsyncIterator[Hall]:
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        voice = tone_file(folder / "voice.opus", 440)
        for number in range(1, speakers + 1):
            engine.play(peer=number, room=1, speaker=number, path=str(voice), loop=True)
            engine.gate(number, GATE_STAGE)
            engine.open_track(number, str(folder / f"{number}.take"))
        room = Evening(Talk(engine), [])
        line = await room.enter(1000, lines=3)
        await asyncio.sleep(1)
        try:
            yield Hall(engine, folder, speakers, room, Ear(line))
        finally:
            await line.close()
            await room.talk.close()
            engine.stop()


async def paired(here: Hall, what: str, switch: Callable[[bool], None]) -> list[str]:
    """The delay of what the listener hears, with something and without, in one run."""
    for turn in range(TURNS):
        await here.turn(switch, on=turn % 4 in (1, 2))
    off, on = here.delays(on=False), here.delays(on=True)
    rows = [
        f"Five talk and one listens; {what} is off and on in {TURNS} turns of {TURN:.0f} s. How much later",
        "packets come than the fastest of their line, by the kernel's stamp on the listener's socket. The median",
        "turn leaves out what else the machine did for a moment:",
        "",
        f"| {what} | packets | p50 | p99 | p99 of the median turn |",
        "|---|---|---|---|---|",
    ]
    for name, turns in (("off", off), ("on", on)):
        every = [one for turn in turns for one in turn]
        cells = (percentile(every, 0.5), percentile(every, 0.99), middling(turns))
        rows.append(f"| {name} | {len(every)} | " + " | ".join(f"{cell:.2f} ms" for cell in cells) + " |")
    ratio = middling(on) / middling(off)
    return [*rows, "", f"Median turn with {what} over one without: **{ratio:.2f}**. Must: no change (≤ {RATIO_MUST})."]


def middling(turns: list[list[float]]) -> float:
    """What the hundredth packet of the median turn waits."""
    return median(percentile(turn, 0.99) for turn in turns)
