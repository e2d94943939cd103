"""Evenings to make copies of, and ears for what came out."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from causerie.copies.plan import Asked, Caption, Chapter, Plan, Range, Speaker
from causerie.copies.sound import Samples, blocks
from causerie.copies.timeline import RATE, SECOND
from tests.copies.logs import NIGHT, Talk, log

ADA, BEN, CLEO = 330.0, 520.0, 830.0
"""Their voices, in hertz."""


def moment(seconds: float) -> int:
    """So many seconds after the beginning."""
    return NIGHT + round(seconds * SECOND)


def part(begins: float, ends: float) -> Range:
    return Range(moment(begins), moment(ends))


def plan(title: str = "Can a river have rights?", *, seconds: float = 20) -> Plan:
    """A room that nobody was recorded in."""
    return Plan(title, "Aurélie Martin", NIGHT, moment(seconds), zone="Europe/Paris")


def evening(folder: Path) -> Plan:
    """Twenty seconds: Ada loud, Ben quiet, both at once for two seconds; Cleo agreed and never spoke."""
    ada = log(folder / "1.take", [Talk(0, 8, ADA, -12), Talk(14, 5, ADA, -12)])
    ben = log(folder / "2.take", [Talk(6, 7, BEN, -32)])
    return replace(
        plan(),
        speakers=(
            Speaker("p-ada", "Ada", ada),
            Speaker("p-ben", "Ben", ben),
            Speaker("p-cleo", "Cleo", folder / "3.take"),
        ),
        chapters=(
            Chapter(moment(0), "Who speaks?", "Nour", "Who speaks for the river?"),
            Chapter(moment(13.2), "The court", kind="topic"),
        ),
        captions=(
            Caption(moment(0.5), moment(3), "Ada", "On the boats we had a rule."),
            Caption(moment(6.5), moment(9), "Ben", "A court needs <a name> & an address."),
        ),
        questions=(Asked("Who speaks for the river?", "Nour", 98, "answered", moment(-60), moment(0)),),
    )


def sound_of(path: Path) -> Samples:
    """All of a file's sound."""
    return np.concatenate(list(blocks(path)))


def strength(sound: Samples, hz: float) -> float:
    """How much of a tone is in some sound: its peak."""
    turn = np.exp(-2j * np.pi * hz * np.arange(len(sound)) / RATE)
    return float(4 * abs(np.dot(sound * np.hanning(len(sound)), turn)) / len(sound))


def voices(sound: Samples, begins: float, ends: float, faint: float = 0.01) -> set[float]:
    """Whose voices are heard between two moments of a file."""
    between = sound[round(begins * RATE) : round(ends * RATE)]
    return {hz for hz in (ADA, BEN, CLEO) if strength(between, hz) > faint}
