"""The evening for video platforms: the sound as it is, a still card for each chapter, captions one can switch off."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from causerie.copies.captions import Cue, named, one_after_another
from causerie.copies.cards import HIGH, LAMP, WIDE, Words, card
from causerie.copies.chapters import Placed
from causerie.copies.encoding import THOUSANDTH, Labels, labelled
from causerie.copies.sound import begun, opened

FPS = 2
Due: TypeAlias = "list[Packet[Stream]]"
Coming: TypeAlias = Iterator[tuple[float, "Due"]]
"""Packets, and from which second on they are due."""
Planes = NDArray[np.uint8]
"""A picture as the encoder takes it: light above, both colours below."""

X264 = {
    "preset": "veryfast",
    "tune": "stillimage",
    "crf": "23",
    "threads": "2",
    # One can go to any moment within ten seconds of it.
    "x264-params": f"keyint={10 * FPS}:colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off",
}
BAR = 8
"""Pixels of the line that says how far one is; even, as colours lie on every second one."""
STYLES = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, BackColour, Alignment
Style: Default,Sans,18,&Hffffff,&H0,2
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def filmed(
    sound: Path,
    to: Path,
    *,
    says: Words,
    cover: Image.Image,
    labels: Labels,
    said: Sequence[Cue],
    seconds: float,
    told: Callable[[float], None],
) -> None:
    """Write the film: sound, pictures and captions, each at its time."""
    with opened(sound) as source, begun(to, "mp4", {"movflags": "+faststart"}) as out:
        pictures = _picture_stream(out)
        heard = out.add_stream_from_template(source.streams.audio[0])
        captions = _captions(out, labels.language, said) if said else iter(())
        labelled(out, heard, labels)
        out.start_encoding()
        beside = [Lane(captions), Lane(_pictures(pictures, says, cover, labels.chapters, seconds))]
        woven(source, out, heard, beside, seconds, told)
        out.mux(pictures.encode(None))


class Lane:
    """Packets that go beside the sound, each made when its moment has come."""

    def __init__(self, coming: Coming) -> None:
        self._coming = coming
        self._next = next(coming, None)

    def until(self, now: float) -> Due:
        """All that is due at this moment."""
        due: Due = []
        while self._next is not None and self._next[0] <= now:
            due += self._next[1]
            self._next = next(self._coming, None)
        return due


def woven(
    source: InputContainer,
    out: OutputContainer,
    heard: av.AudioStream,
    beside: Sequence[Lane],
    seconds: float,
    told: Callable[[float], None],
) -> None:
    """The sound as it is, and beside it what is due with it."""
    for packet in source.demux(audio=0):
        if packet.dts is None or packet.time_base is None:
            continue
        now = float(packet.dts * packet.time_base)
        for lane in beside:
            out.mux(lane.until(now))
        packet.stream = heard
        out.mux(packet)
        told(min(1, max(0, now / seconds)))
    for lane in beside:
        out.mux(lane.until(seconds))


def _picture_stream(out: OutputContainer) -> av.VideoStream:
    stream = out.add_stream("libx264", rate=FPS, options=X264, width=WIDE, height=HIGH)
    assert isinstance(stream, av.VideoStream)
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, FPS)
    return stream


def _pictures(
    stream: av.VideoStream, says: Words, cover: Image.Image, chapters: Sequence[Placed], seconds: float
) -> Coming:
    """Encoded pictures, one at a time; each card is drawn when it is reached."""
    shown, planes = -2, np.zeros(0, np.uint8)
    for number in range(max(1, int(seconds * FPS))):
        at = number / FPS
        now = sum(chapter.begins <= at for chapter in chapters) - 1
        if now != shown:
            shown, planes = now, as_planes(card(says, chapters[now] if now >= 0 else None, cover))
        _bar(planes, at / seconds)
        frame = VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield at, stream.encode(frame)


def as_planes(picture: Image.Image) -> Planes:
    """As the encoder takes it, in the colours of high-definition television."""
    drawn = VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
    planes = drawn.reformat(format="yuv420p", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()
    return planes.astype(np.uint8, copy=False)


LIT = as_planes(Image.new("RGB", (WIDE, 2), LAMP))


def _bar(planes: Planes, share: float) -> None:
    """Lengthen the line at the foot to how far one is, straight on the planes."""
    long = 2 * int(share * WIDE / 2)
    planes[HIGH - BAR : HIGH, :long] = LIT[0, 0]
    colours = planes[HIGH:].reshape(2, HIGH // 2, WIDE // 2)
    for plane, colour in zip(colours, LIT[2].reshape(2, -1), strict=True):
        plane[-BAR // 2 :, : long // 2] = colour[0]


def _captions(out: OutputContainer, language: str, said: Sequence[Cue]) -> Coming:
    stream = out.add_stream("mov_text")
    assert stream.type == "subtitle"
    stream.codec_context.subtitle_header = STYLES
    stream.time_base = stream.codec_context.time_base = THOUSANDTH
    stream.metadata["language"] = language
    return ((begins / 1000, [_caption(stream, begins, ends, text)]) for begins, ends, text in _shown(said))


def _shown(said: Sequence[Cue]) -> Iterator[tuple[int, int, str]]:
    """What is shown from when to when, in milliseconds, without a hole: nothing, too, is shown."""
    at = 0
    for cue in one_after_another(said):
        begins, ends = round(cue.begins * 1000), round(cue.ends * 1000)
        if begins > at:
            yield at, begins, ""
        if ends > max(at, begins):
            yield max(at, begins), ends, named(cue)
        at = max(at, ends)


def _caption(stream: Stream, begins: int, ends: int, text: str) -> "Packet[Stream]":
    """As 3GPP TS 26.245 has it: its length, then the text, in which nothing is a command."""
    letters = text.encode()[:60_000]
    made = Packet(len(letters).to_bytes(2, "big") + letters)
    made.stream, made.time_base = stream, THOUSANDTH
    made.pts = made.dts = begins
    made.duration, made.is_keyframe = ends - begins, True
    return made
