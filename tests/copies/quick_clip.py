"""Makes a clip in no time: files of the right names, in which stands who is heard."""

import json
import sys
from pathlib import Path

from causerie.copies import files
from causerie.copies.clip_plan import cut, read
from causerie.copies.plan import Range
from causerie.copies.timeline import timeline
from causerie.errors import Refusal


def main(arguments: list[str]) -> int:
    plan, folder = read(Path(arguments[0]).read_bytes()), Path(arguments[1])
    try:
        cut(timeline(plan.of), Range(plan.begins, plan.ends), [Range(plan.of.begins, plan.of.ends)])
    except Refusal as refusal:
        print(json.dumps({"refused": {"code": refusal.code, "text": refusal.text}}))
        return files.REFUSED
    there = sorted(path.relative_to(plan.copy).as_posix() for path in plan.copy.rglob("*.*"))
    for name in (files.CLIP_MP3, files.CLIP_M4A, files.AUDIOGRAM, files.PREVIEW):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps({"of": there, "heard": [one.name for one in plan.of.speakers]}))
    print(json.dumps({"done": True}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
