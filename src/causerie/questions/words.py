"""A room's words list: what stands in it is read by somebody first, and never silently away."""

import unicodedata
from collections.abc import Iterable


def listed(text: str, words: Iterable[str]) -> bool:
    """Whether any of these words or phrases stands in a text as a whole; a star at its end stands for any ending."""
    said = _spoken(text)
    return any(_stands(_spoken(word.removesuffix("*")), word.endswith("*"), said) for word in words)


def _stands(word: list[str], open_ended: bool, said: list[str]) -> bool:
    if not word:
        return False
    for start in range(len(said) - len(word) + 1):
        found = said[start : start + len(word)]
        if found[:-1] == word[:-1] and (found[-1].startswith(word[-1]) if open_ended else found[-1] == word[-1]):
            return True
    return False


def _spoken(text: str) -> list[str]:
    """Words as they are heard: without case, accents, width and what cannot be seen between letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cf"))
    return "".join(letter if letter.isalnum() else " " for letter in kept).split()
