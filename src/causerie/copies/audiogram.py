"""A clip to look at: a square with the question, who speaks, their rings, the words and the wave.

Little of a picture changes from one to the next: each is the one before with the rings, the wave and the words that
changed laid over it, straight on the planes the encoder takes.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from av.container import OutputContainer
from av.video.frame import VideoFrame

from causerie.copies.cards import LAMP
from causerie.copies.encoding import Labels, labelled
from causerie.copies.gram import BAR, BARS, INNER, MARGIN, SIDE, WAVE, WORDS, Gram, ground, ovals, screens, wave, words
from causerie.copies.patches import Patch, laid, patch
from causerie.copies.rings import ringed, step
from causerie.copies.sound import begun, opened
from causerie.copies.timeline import RATE
from causerie.copies.video import Coming, Lane, Planes, as_planes, woven
from causerie.copies.voices import FPS

X264 = {
    "preset": "veryfast",
    "crf": "22",
    # Two would not be faster by much, and not make the same film twice.
    "threads": "1",
    # One can go to any moment within four seconds of it.
    "x264-params": f"keyint={4 * FPS}:colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off",
}


def filmed(sound: Path, to: Path, gram: Gram, labels: Labels, told: Callable[[float], None]) -> None:
    """Write the film: the clip's sound as it is, and a picture for every twenty-fifth of a second."""
    with opened(sound) as source, begun(to, "mp4", {"movflags": "+faststart"}) as out:
        pictures = _stream(out)
        heard = out.add_stream_from_template(source.streams.audio[0])
        labelled(out, heard, labels)
        out.start_encoding()
        woven(source, out, heard, [Lane(_pictures(pictures, gram))], len(gram.sound) / RATE, told)
        out.mux(pictures.encode(None))


class Scene:
    """The picture as it stands, and what was laid over it last."""

    def __init__(self, gram: Gram) -> None:
        self.planes: Planes = as_planes(ground(gram))
        self._voices = list(zip(gram.voices, ovals(len(gram.voices)), strict=True))
        self._rings = [0] * len(self._voices)
        self._lit, self._played = patch(wave(gram.sound, LAMP)), 0
        self._screens = list(screens(gram.said))

    def move(self, number: int, share: float) -> None:
        """Bring it to this picture of the film."""
        for at, (voice, oval) in enumerate(self._voices):
            wanted = step(voice.breath[number])
            if wanted != self._rings[at]:
                self._rings[at] = wanted
                laid(_ring(voice.name, oval.half, wanted), self.planes, oval.corner)
        self._play(min(INNER, BAR * round(share * BARS)))
        self._say(number / FPS)

    def _play(self, played: int) -> None:
        if played > self._played:
            laid(self._lit.between(self._played, played), self.planes, (MARGIN + self._played, WAVE))
            self._played = played

    def _say(self, now: float) -> None:
        due: Sequence[str] | None = None
        while self._screens and self._screens[0][0] <= now:
            due = self._screens.pop(0)[1]
        if due is not None:
            laid(patch(words(due)), self.planes, (MARGIN, WORDS))


def _pictures(stream: av.VideoStream, gram: Gram) -> Coming:
    """Encoded pictures, one at a time."""
    scene, count = Scene(gram), -(-len(gram.sound) * FPS // RATE)
    for number in range(count):
        scene.move(number, number / count)
        frame = VideoFrame.from_ndarray(scene.planes, format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield number / FPS, stream.encode(frame)


@cache
def _ring(name: str, half: int, at: int) -> Patch:
    return patch(ringed(name, half, at))


def _stream(out: OutputContainer) -> av.VideoStream:
    stream = out.add_stream("libx264", rate=FPS, options=X264, width=SIDE, height=SIDE)
    assert isinstance(stream, av.VideoStream)
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, FPS)
    return stream
