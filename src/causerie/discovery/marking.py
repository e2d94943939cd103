"""What was found, as people see why: the words that met are marked, and of a long text so much as lies around them."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from causerie.terms import Sought, pieces

BEFORE, WHOLE = 60, 200

Part = tuple[str, bool]
"""A piece of a text, and whether it was asked for. It is text, never markup: whoever shows it says how."""


def marked(text: str, words: Sought) -> list[Part]:
    """All of a text."""
    return _joined(_met(text, words))


def excerpt(text: str, words: Sought) -> list[Part]:
    """So much of a text as lies around the first word that met; nothing of one in which none did."""
    said = _met(" ".join(text.split()), words)
    first = next((at for at, (_, met) in enumerate(said) if met), None)
    if first is None:
        return []
    begin, end = _before(said, first), _after(said, first)
    around = [("… ", False)] * (begin > 0) + [*said[begin:end]] + [(" …", False)] * (end < len(said))
    return _joined(around)


def _met(text: str, words: Sought) -> list[Part]:
    return [(piece, any(map(words.met, terms))) for piece, terms in pieces(text)]


def _before(said: Sequence[Part], first: int) -> int:
    """From which piece on: some letters before, at the beginning of a word."""
    left = BEFORE
    at = first
    while at > 0 and left >= len(said[at - 1][0]):
        at -= 1
        left -= len(said[at][0])
    return at if at == first or not said[at][0].isspace() else at + 1


def _after(said: Sequence[Part], first: int) -> int:
    """To which piece: one that met is shown however long it is."""
    left = WHOLE - BEFORE
    at = first + 1
    while at < len(said) and left >= len(said[at][0]):
        left -= len(said[at][0])
        at += 1
    return at


def _joined(parts: Iterable[Part]) -> list[Part]:
    return [("".join(text for text, _ in some), met) for met, some in groupby(parts, key=lambda part: part[1])]
