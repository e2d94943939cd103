"""Show notes and chapters: as somebody would paste them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from causerie.copies.chapters import Placed
from causerie.copies.notes import chapters_json, moment, notes, plain
from causerie.copies.plan import Asked, Plan, Speaker
from tests.copies.evening import moment as at
from tests.copies.evening import plan

CHAPTERS = (
    Placed(0, 65.5, "Who speaks?", "Nour", "Who speaks for the river?", "answer"),
    Placed(65.5, 4000, "*The court*", None, None, "topic"),
)


def room() -> Plan:
    speakers = tuple(Speaker(name, name, Path("1.take")) for name in ("Ada", "Ben"))
    questions = (
        Asked("Who speaks for the river?", "Nour", 98, "answered", at(0), at(1)),
        Asked("And the [fish](http://x.example)?", None, 3, "open", at(2)),
        Asked("Rude", "Troll", 0, "dismissed", at(3)),
        Asked("Never mind", "Shy", 0, "withdrawn", at(4)),
    )
    return replace(plan(), speakers=speakers, questions=questions)


def test_show_notes_tell_who_when_what_and_what_is_open():
    assert notes(room(), CHAPTERS) == (
        "# Can a river have rights?\n\n"
        "Aurélie Martin · November 18, 2026\n\n"
        "## Speakers\n\n- Ada\n- Ben\n\n"
        "## Chapters\n\n- 0:00 Who speaks? — Nour\n- 1:05 \\*The court\\*\n\n"
        "## Questions answered\n\n- Who speaks for the river? — Nour\n\n"
        "## Questions still open\n\n- And the \\[fish\\]\\(http\\://x\\.example\\)?\n"
    )


@pytest.mark.parametrize(
    ("language", "heads", "day"),
    [
        ("fr", "## Chapitres", "18 novembre 2026"),
        ("ar", "## الفصول", "نوفمبر"),
        ("tlh", "## Chapters", "November 18, 2026"),
    ],
)
def test_they_are_in_the_language_of_the_room(language: str, heads: str, day: str):
    text = notes(replace(room(), language=language), CHAPTERS)

    assert heads in text.splitlines()
    assert day in text.splitlines()[2]


def test_an_empty_evening_has_a_title_and_a_host():
    assert notes(plan("# Title"), ()) == "# \\# Title\n\nAurélie Martin · November 18, 2026\n"


def test_chapters_are_as_podcast_players_read_them():
    assert json.loads(chapters_json("A\nroom", CHAPTERS)) == {
        "version": "1.2.0",
        "title": "A room",
        "chapters": [
            {"startTime": 0, "endTime": 65.5, "title": "Who speaks?"},
            {"startTime": 65.5, "endTime": 4000, "title": "*The court*"},
        ],
    }


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59.9, "0:59"), (600, "10:00"), (43_199, "11:59:59")])
def test_a_moment_is_told_as_one_says_it(seconds: float, said: str):
    assert moment(seconds) == said


def test_nothing_somebody_wrote_is_markdown():
    assert plain("<script>\n# a `b` www.x.example a@b.example") == (
        "\\<script\\> \\# a \\`b\\` www\\.x\\.example a\\@b\\.example"
    )


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", "19"), ("America/New_York", "18"), ("UTC", "18"), ("Mars/Olympus", "18"), ("../x", "18")],
)
def test_the_day_is_that_of_the_place(zone: str, day: str):
    assert notes(replace(plan(), zone=zone), ()).splitlines()[2].endswith(f"November {day}, 2026")
