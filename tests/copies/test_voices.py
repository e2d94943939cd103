"""Rings follow voices, and portraits are those of the page."""

import re
from pathlib import Path

import numpy as np

from causerie.copies.captions import Cue
from causerie.copies.gram import INNER, MARGIN, SIDE, SLIP_FOOT, ovals, screens
from causerie.copies.rings import PAPERS, STEPS, initials, paper, step
from causerie.copies.sound import Samples
from causerie.copies.timeline import RATE
from causerie.copies.voices import FPS, MOST, voices


def tone(*parts: tuple[float, float], of: float = 4) -> Samples:
    """A voice in these parts of some seconds."""
    sound = np.zeros(int(of * RATE), np.float32)
    for begins, ends in parts:
        count = int((ends - begins) * RATE)
        sound[int(begins * RATE) :][:count] = 0.2 * np.sin(np.arange(count) / 20)
    return sound


def test_a_ring_opens_at_once_and_closes_like_a_breath():
    (ada,) = voices([("Ada", tone((1, 2)))])

    rings = [step(breath) for breath in ada.breath]
    assert rings[: FPS - 1] == [0] * (FPS - 1)
    assert rings[FPS + 3] > STEPS / 2
    closing = rings[2 * FPS :]
    assert closing == sorted(closing, reverse=True)
    assert (closing[2] > 5, closing[-1]) == (True, 0)


def test_who_only_coughs_is_not_shown_and_of_many_those_who_speak_most():
    sounds = [(f"Speaker {n}", tone((0, 1 + n / 4))) for n in range(9)]

    shown = [voice.name for voice in voices([("Cough", tone((0, 0.3))), *sounds, ("Nobody", tone())])]

    assert shown == [f"Speaker {n}" for n in range(3, 9)]
    assert len(shown) == MOST


def test_nobody_stands_in_anothers_light():
    for count in range(1, MOST + 1):
        places = ovals(count)
        lefts, rights = zip(*((one.corner[0], one.corner[0] + 2 * one.reach[0]) for one in places), strict=True)
        assert all(right <= left for right, left in zip(rights, lefts[1:], strict=False)), count
        assert min(one.corner[1] for one in places) >= SLIP_FOOT
        assert (lefts[0] >= 0, rights[-1] <= SIDE) == (True, True)


def test_initials_and_papers_are_those_of_the_page():
    page = Path(__file__).parents[2] / "frontend/src"
    names = ["Pilar Ortega", "Anna Maria van Dijk", "Ida", "نور حداد", "  "]
    tokens = (page / "design/page.css").read_text(encoding="utf-8")

    assert [initials(name) for name in names] == ["PO", "AD", "I", "نح", ""]
    assert tuple(found.upper() for found in re.findall(r"--mono-\d:\s*(#\w+)", tokens)) == PAPERS
    assert "0x811c9dc5" in (page / "ui/portrait.ts").read_text(encoding="utf-8")
    assert {paper(name) for name in ("Ada", "Ben", "Cleo", "Nour", "Ines")} <= set(PAPERS)


def test_long_words_are_shown_two_lines_at_a_time():
    said = Cue(1, 9, "Ada", "On the boats we had a rule, and everybody knew it. " * 5)

    shown = list(screens([said, Cue(9, 10, None, "Yes.")]))

    assert [begins for begins, _ in shown] == sorted(begins for begins, _ in shown)
    assert all(len(lines) <= 2 for _, lines in shown)
    everything = " ".join(line for _, lines in shown for line in lines)
    assert everything == f"Ada: {said.text.strip()} Yes."
    assert (shown[-1], list(screens([]))) == ((10, ()), [])
    assert 2 * MARGIN + INNER == SIDE
