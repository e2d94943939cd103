"""From what an evening turned to to the chapters of its copy, on paper: long evenings, many people, odd takes."""

from dataclasses import replace
from pathlib import Path

import pytest

from causerie.clock import HOUR, MINUTE
from causerie.copies import changes
from causerie.copies.changes import Stands
from causerie.copies.contents import Contents, Kept
from causerie.copies.edits import Added, Edits
from causerie.copies.errors import ChapterTitle, TooManyChapters, TrimOutside
from causerie.copies.outline import Evening, Turn, chapters, evening, hidden
from causerie.copies.plan import Plan, Range, read, written
from causerie.copies.planning import speakers
from causerie.copies.timeline import timeline
from causerie.ids import PersonId
from causerie.recordings.queries import KeptTrack

NIGHT = 1_800_000_000_000
TURNS = [
    Turn("answer", "The river", NIGHT + 1000, question="q1"),
    Turn("topic", "What remains", NIGHT + 5000, topic="t"),
]


def track(person: str, take: str) -> KeptTrack:
    return KeptTrack(f"{take}-{person}", PersonId(person), person.title(), 1, Path(f"{take}/{person}.take"))


def test_between_takes_nothing_was_recorded_and_pauses_are_silence():
    takes = [[(100, 200), (300, 400)], [(900, None)], []]

    assert evening(takes, 1000) == Evening(100, 1000, ((400, 900),))
    assert evening([], 1000) is None


def test_chapters_keep_their_addresses_whatever_is_done_to_them():
    first = chapters("copy", TURNS, [], Edits(), NIGHT + 9000)
    river, remains = first
    edits = Edits(
        hidden=(remains.id,),
        titles={river.id: "Rivers"},
        moved={river.id: NIGHT + 2000},
        added=(Added("new", "The end", NIGHT + 7000),),
    )
    after = chapters("copy", TURNS, first, edits, NIGHT + 9000)

    assert [(one.name, one.title, one.begins - NIGHT, one.ends - NIGHT, one.hidden) for one in after[:2]] == [
        (river.name, "Rivers", 2000, 5000, False),
        (remains.name, "What remains", 5000, 7000, True),
    ]
    assert (after[2].id, after[2].ends) == ("new", NIGHT + 9000)
    assert hidden(after, [(1, 2)]) == (
        Range(1_000_000, 2_000_000),
        Range((NIGHT + 5000) * 10**6, (NIGHT + 7000) * 10**6),
    )


def test_somebody_who_spoke_in_two_takes_is_one_speaker():
    made = speakers([track("ada", "one"), track("ben", "one"), track("ada", "two")])

    assert [(one.name, [str(log) for log in one.logs]) for one in made] == [
        ("Ada", ["one/ada.take", "two/ada.take"]),
        ("Ben", ["one/ben.take"]),
    ]


def test_twelve_hours_and_fifty_people_are_a_plan():
    everybody = speakers([track(f"p{n}", "one") for n in range(50)])
    long = Plan("Long", "Ada", NIGHT * 10**6, (NIGHT + 12 * HOUR) * 10**6, speakers=everybody)

    assert read(written(long)) == long
    assert timeline(long).seconds == 12 * 3600


def stands(**more: object) -> Stands:
    held = Contents(10 * MINUTE, kept=(Kept(NIGHT, NIGHT + 10 * MINUTE, 0),))
    first = chapters("copy", TURNS, [], Edits(), NIGHT + 10 * MINUTE)
    return replace(Stands(Edits(), first, held, Evening(NIGHT, NIGHT + 10 * MINUTE)), **more)


def test_trimmed_to_where_it_was_it_is_not_trimmed():
    assert changes.trim(stands(), 0, 10 * MINUTE) == Edits()
    for begins, ends in ((-1, 1000), (0, 10 * MINUTE + 1), (10, 5), (0, 999)):
        with pytest.raises(TrimOutside):
            changes.trim(stands(), begins, ends)


def test_titles_and_chapters_have_their_bounds():
    of = stands()
    for title in ("🌊" * 300, "", " \n "):
        with pytest.raises(ChapterTitle):
            changes.rename(of, of.chapters[0].id, title)
    turns = [Turn("topic", str(n), NIGHT + n, topic=str(n)) for n in range(500)]
    many = chapters("copy", turns, [], Edits(), NIGHT + 999)
    with pytest.raises(TooManyChapters):
        changes.add(stands(chapters=many), 3000, "One more")


def test_an_evening_that_turned_to_nothing_has_no_chapters():
    assert chapters("copy", [], [], Edits(), NIGHT) == []
