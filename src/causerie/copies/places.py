"""From moments of the evening to places in the copy, in milliseconds."""

from collections.abc import Iterable, Iterator

from causerie.copies.plan import Range
from causerie.copies.timeline import RATE, SECOND, Timeline

BREATH = 500
"""Whoever is silent for less goes on speaking."""
THOUSANDTH = SECOND // 1000


def spans_of(line: Timeline, spans: Iterable[Range]) -> list[tuple[int, int]]:
    """When somebody speaks, in milliseconds of the copy."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        begins, ends = (round(line.at(moment) * 1000) for moment in (span.begins, span.ends))
        if begins >= ends:
            continue
        if joined and begins - joined[-1][1] < BREATH:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined


def kept(line: Timeline) -> list[tuple[int, int, int]]:
    """Each part of the evening in the copy: from and to on the room's clock, and where it begins in the copy."""
    return list(_kept(line))


def _kept(line: Timeline) -> Iterator[tuple[int, int, int]]:
    before = 0
    for piece in line.pieces:
        if piece.kept:
            yield _moment(line, piece.begins), _moment(line, piece.ends), round(before * 1000 / RATE)
            before += piece.ends - piece.begins


def _moment(line: Timeline, sample: int) -> int:
    return (line.origin + round(sample * SECOND / RATE)) // THOUSANDTH
