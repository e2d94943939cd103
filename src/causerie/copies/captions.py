"""The transcript: what was said, in seconds of the copy, in the three forms that players read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from causerie.copies.plan import Caption, Plan
from causerie.copies.timeline import SECOND, Timeline
from causerie.texts import one_line

SHORTEST = 0.5
GRAIN = 0.001


@dataclass(frozen=True)
class Cue:
    """Some words, by whom where that is known, while they are shown."""

    begins: float
    ends: float
    who: str | None
    text: str


def cues(plan: Plan, line: Timeline) -> tuple[Cue, ...]:
    """What the copy keeps of the captions: nothing that is cut out, nothing of what somebody left out."""
    kept = (
        _cue(caption, line, plan.ends)
        for caption in plan.captions
        if caption.text.strip() and not _left_out(plan, caption)
    )
    return tuple(sorted((cue for cue in kept if cue), key=lambda cue: (cue.begins, cue.ends)))


def vtt(said: Sequence[Cue]) -> str:
    """WebVTT, with who speaks as its voices."""
    return "\n".join(["WEBVTT", "", *(_in_vtt(cue) for cue in said)])


def srt(said: Sequence[Cue]) -> str:
    """SubRip, with who speaks before what they say."""
    return "\n".join(_in_srt(number, cue) for number, cue in enumerate(said, 1))


def transcript(said: Sequence[Cue]) -> str:
    """JSON as podcast players read it (Podcasting 2.0)."""
    segments = [
        {"speaker": cue.who or "", "startTime": round(cue.begins, 3), "endTime": round(cue.ends, 3), "body": cue.text}
        for cue in said
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1)


def one_after_another(said: Sequence[Cue]) -> Iterator[Cue]:
    """The same where only one can be shown at a time: each gives way to the next."""
    for cue, following in zip(said, [*said[1:], None], strict=False):
        ends = min(cue.ends, following.begins) if following else cue.ends
        if ends > cue.begins:
            yield Cue(cue.begins, ends, cue.who, cue.text)


def named(cue: Cue) -> str:
    """The words with the speaker's name before them."""
    return f"{cue.who}: {cue.text}" if cue.who else cue.text


def _cue(caption: Caption, line: Timeline, over: int) -> Cue | None:
    """None where any of it is cut out: nobody knows which of its words were said then."""
    until = max(caption.begins, min(caption.ends, over))
    begins, ends = line.at(caption.begins), line.at(until)
    if line.kept(caption.begins) != caption.begins or (until - caption.begins) / SECOND - (ends - begins) > GRAIN:
        return None
    ends = min(line.seconds, max(ends, begins + SHORTEST))
    return Cue(begins, ends, one_line(caption.who) if caption.who else None, one_line(caption.text))


def _left_out(plan: Plan, caption: Caption) -> bool:
    """Whether it was said by somebody in what they left out; by name, for captions know no more."""
    return any(
        left.begins < caption.ends and caption.begins < left.ends
        for speaker in plan.speakers
        if speaker.name == caption.who
        for left in speaker.left_out
    )


def _in_vtt(cue: Cue) -> str:
    voice = f"<v {escape(cue.who, quote=False)}>" if cue.who else ""
    return f"{clock(cue.begins)} --> {clock(cue.ends)}\n{voice}{escape(cue.text, quote=False)}\n"


def _in_srt(number: int, cue: Cue) -> str:
    times = f"{clock(cue.begins)} --> {clock(cue.ends)}".replace(".", ",")
    return f"{number}\n{times}\n{named(cue).replace('-->', '→')}\n"


def clock(seconds: float) -> str:
    """Hours, minutes, seconds and thousandths."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"
