"""Words beside the sound: chapters for players, and show notes to paste anywhere."""

import json
import re
from collections.abc import Iterator, Sequence

from causerie.copies.cards import words
from causerie.copies.chapters import Placed
from causerie.copies.headings import Heading, heading
from causerie.copies.plan import Asked, Plan
from causerie.texts import one_line

STEERS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@])")
"""What Markdown takes for more than a letter, links that make themselves included."""


def chapters_json(title: str, chapters: Sequence[Placed]) -> str:
    """Chapters as podcast players read them (Podcasting 2.0)."""
    marks = [
        {"startTime": round(chapter.begins, 3), "endTime": round(chapter.ends, 3), "title": chapter.title}
        for chapter in chapters
    ]
    return json.dumps({"version": "1.2.0", "title": one_line(title), "chapters": marks}, ensure_ascii=False, indent=1)


def notes(plan: Plan, chapters: Sequence[Placed]) -> str:
    """Show notes in Markdown: who, when, what was talked about, and what is still open."""
    says = words(plan)
    parts = [f"# {plain(says.title)}", f"{plain(says.host)} · {plain(says.day)}"]
    parts += _list(plan, "speakers", (plain(speaker.name) for speaker in plan.speakers))
    parts += _list(plan, "chapters", (_line(chapter) for chapter in chapters))
    parts += _list(plan, "answered", (_question(one) for one in plan.questions if one.outcome == "answered"))
    parts += _list(plan, "open", (_question(one) for one in plan.questions if one.outcome == "open"))
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """What somebody wrote, so that Markdown shows it as they wrote it."""
    return STEERS.sub(r"\\\1", one_line(text))


def moment(seconds: float) -> str:
    """As one says it: minutes and seconds, with hours once there are."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _list(plan: Plan, over: Heading, lines: Iterator[str]) -> list[str]:
    made = [f"- {line}" for line in lines]
    return [f"## {heading(plan.language, over)}", "\n".join(made)] if made else []


def _line(chapter: Placed) -> str:
    who = f" — {plain(chapter.asker)}" if chapter.asker else ""
    return f"{moment(chapter.begins)} {plain(chapter.title)}{who}"


def _question(one: Asked) -> str:
    who = f" — {plain(one.asker)}" if one.asker else ""
    return f"{plain(one.text)}{who}"
