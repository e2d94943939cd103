"""The process in which an answer that somebody sent is heard first: `python -m causerie.copies.hearing SOUND TO`.

Nothing of what a browser sent is ever read by the server itself. Here it is decoded with little time, memory and disk,
and written anew as sound and nothing else. The last line on standard output is `{"length": …}` in milliseconds, or
`{"refused": {"code": …, "text": …}}` with exit status 3.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from causerie.copies.errors import LaterSilent, LaterTooLong, LaterUnreadable
from causerie.copies.files import REFUSED
from causerie.copies.sound import FILES_ONLY, Lossless, Samples, samples_of
from causerie.copies.timeline import RATE
from causerie.errors import Refusal

LONGEST = 10 * 60
FORMATS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,wav,ogg"
CODECS = ("opus", "vorbis", "aac", "flac", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8")
"""What recorders of browsers and telephones write."""
FAINTEST = 0.001
"""Sixty decibels below full: there is nothing to be heard."""
LOW = 15
MOST_SECONDS, MOST_WRITTEN, MOST_MEMORY = 120, 200 << 20, 2 << 30


def main(arguments: list[str]) -> int:
    """Hear one answer, and write it down."""
    sound, to = map(Path, arguments)
    _bounded()
    try:
        length = heard(sound, to)
    except Refusal as refusal:
        print(json.dumps({"refused": {"code": refusal.code, "text": refusal.text}}), flush=True)
        return REFUSED
    print(json.dumps({"length": length}), flush=True)
    return 0


def heard(sound: Path, to: Path) -> int:
    """Write what is heard in it to a file of ours; gives its length in milliseconds."""
    count, loudest = 0, 0.0
    try:
        with Lossless(to) as file:
            for part in _decoded(sound):
                count += len(part)
                if count > LONGEST * RATE:
                    raise LaterTooLong
                loudest = max(loudest, float(np.abs(part).max(initial=0)))
                file.add(np.nan_to_num(part).clip(-1, 1))
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise LaterUnreadable from error
    if not count:
        raise LaterUnreadable
    if loudest < FAINTEST:
        raise LaterSilent
    return round(count * 1000 / RATE)


def _decoded(path: Path) -> Iterator[Samples]:
    """Its first line of sound, as one channel."""
    one_kind = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    wanted = {**FILES_ONLY, "format_whitelist": FORMATS, "codec_whitelist": ",".join(CODECS)}
    with av.open(f"file:{path}", "r", options=wanted) as file:
        if not file.streams.audio or file.streams.audio[0].codec_context.name not in CODECS:
            raise LaterUnreadable
        for part in file.decode(file.streams.audio[0]):
            yield from (samples_of(same) for same in one_kind.resample(part))
        yield from (samples_of(same) for same in one_kind.resample(None))


def _bounded() -> None:
    """A file that is made to be slow, large or hungry ends this process, and nothing else."""
    os.nice(LOW)
    for what, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_DATA, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
