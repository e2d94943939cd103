"""A tone that never breaks off: looked for in packets that were decrypted, and in a stream as it is played."""

import itertools
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import av
import numpy as np

from tests.media.engine_people import FRAME, RATE, strength
from tests.media.raw_lines import Packet, decoded

TONE = 440
A_TENTH = RATE // 10
HEARD = 1_000.0
"""Of 32,768; a tone that is mixed with two others has some 4,000."""


@dataclass
class ByPackets:
    """What an independent client decrypted; gaps are in seconds."""

    packets: list[Packet]

    @property
    def numbers(self) -> list[int]:
        """Counted on over the wrap."""
        counted = [self.packets[0].seq]
        for packet in self.packets[1:]:
            counted.append(counted[-1] + (packet.seq - counted[-1] + 0x8000) % 0x10000 - 0x8000)
        return counted

    @property
    def missing(self) -> int:
        numbers = set(self.numbers)
        return max(numbers) - min(numbers) + 1 - len(numbers)

    @property
    def out_of_time(self) -> float:
        """How much longer than its packets' own length the clock went on at most, from one to the next."""
        ordered = sorted(zip(self.numbers, (packet.time for packet in self.packets), strict=True))
        over = (
            ((later[1] - earlier[1]) % 2**32) - FRAME * (later[0] - earlier[0])
            for earlier, later in itertools.pairwise(ordered)
        )
        return max(over) / RATE

    @property
    def gap(self) -> float:
        return longest_without(decoded(sorted(self.packets, key=lambda one: one.at)), RATE)


@dataclass
class Player:
    """Whatever plays an address: it reads the stream as it comes, and keeps how loud the tone is, tenth by tenth."""

    address: str
    tenths: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        # A machine that stands still for a while is told of otherwise.
        with av.open(self.address, timeout=(20, 60)) as stream:
            same = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            waiting = np.zeros(0, np.int16)
            for frame in stream.decode(audio=0):
                pieces = [piece.to_ndarray().reshape(-1) for piece in same.resample(frame)]
                waiting = np.concatenate([waiting, *pieces])
                while len(waiting) >= A_TENTH:
                    self.tenths.append(strength(waiting[:A_TENTH], TONE))
                    waiting = waiting[A_TENTH:]
                if self.over.is_set():
                    return

    @property
    def gap(self) -> float:
        return longest_run(level < HEARD for level in self.tenths) / 10


def longest_without(sound: "np.ndarray[Any, Any]", rate: int) -> float:
    """The longest time without the tone, in seconds, to the tenth."""
    pieces = sound[: len(sound) // A_TENTH * A_TENTH].reshape(-1, rate // 10)
    return longest_run(strength(piece, TONE) < HEARD for piece in pieces) / 10


def longest_run(of: Iterable[bool]) -> int:
    return max((len(list(run)) for true, run in itertools.groupby(of) if true), default=0)
