"""Makes a copy in no time: files of the right names with a few bytes in them, chapters where they should be."""

import json
import sys
from pathlib import Path

from causerie.copies import files
from causerie.copies.captions import cues
from causerie.copies.chapters import placed
from causerie.copies.errors import CopyEmpty
from causerie.copies.places import kept, spans_of
from causerie.copies.plan import Plan, Range, read
from causerie.copies.timeline import Timeline, timeline

FILES = (
    *(files.COVER, files.MP3, files.M4A, files.VIDEO, files.VTT, files.SRT, files.TRANSCRIPT),
    *(files.CHAPTERS, files.NOTES, files.QUESTIONS, files.TABLE, files.KIT),
)


def main(arguments: list[str]) -> int:
    plan, folder = read(Path(arguments[0]).read_bytes()), Path(arguments[1])
    try:
        line = timeline(plan)
    except CopyEmpty as refusal:
        print(json.dumps({"refused": {"code": refusal.code, "text": refusal.text}}))
        return files.REFUSED
    tracks = [f"{files.SPEAKERS}/{n:02}.flac" for n in range(1, len(plan.speakers) + 1)]
    named = [one.name for one in plan.speakers], [one.asker for one in (*plan.chapters, *plan.questions)]
    answered = [n for n, one in enumerate(placed(plan, line, []), 1) if one.kind == "answer"]
    answers = [name for n in answered for name in (files.answer_sound(n), files.answer_card(n))]
    for name in (*FILES, *tracks, *answers):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name} of {named}\n" * 50)
    (folder / files.MEASURES).write_text(json.dumps(measures(plan, line, tracks)))
    print(json.dumps({"done": True}))
    return 0


def measures(plan: Plan, line: Timeline, tracks: list[str]) -> dict[str, object]:
    everything = [Range(plan.begins, plan.ends)]
    return {
        "seconds": line.seconds,
        "wave": [9] * int(line.seconds),
        "kept": kept(line),
        "speakers": [
            {"name": speaker.name, "file": track, "spans": spans_of(line, everything)}
            for speaker, track in zip(plan.speakers, tracks, strict=True)
        ],
        "chapters": [vars(one) for one in placed(plan, line, everything)],
        "transcript": [vars(cue) for cue in cues(plan, line)],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
