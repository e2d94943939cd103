"""What a text is found by: its words without case, without accents, each letter in one of the ways it is written.

Texts are kept by these words and asked for by these words, so that every database finds the same: it compares bytes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

LONGEST = 40
"""So many letters of a word count."""

# Letters that no decomposition makes plain: of French and the north, then how Arabic is written in different places.
_SAME = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŧ": "t", "ħ": "h"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ٱ": "ا", "ـ": ""}
)
_PLAIN = re.compile("[a-z0-9]+")
# Scripts that leave no space between words: each sign is a word.
_APART = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True)
class Sought:
    """What somebody asks for: all of these words; and one that may go on, where they have begun it."""

    words: tuple[str, ...]
    begun: str | None = None

    def __len__(self) -> int:
        """How many letters there are to go by."""
        return sum(map(len, self.words)) + len(self.begun or "")

    def met(self, term: str) -> bool:
        """Whether this word of a text is one that was asked for."""
        return term in self.words or (self.begun is not None and term.startswith(self.begun))


def sought(text: str) -> Sought:
    """What is asked for by a text; the last word may go on."""
    *whole, last = _all(text) or [""]
    goes_on = len(last) > 1
    return Sought(
        tuple(dict.fromkeys([*whole, *([] if goes_on else [last] if last else [])])), last if goes_on else None
    )


def kept(*texts: str) -> str:
    """The words of texts as they are kept: each once, with spaces between."""
    return " ".join(dict.fromkeys(term for text in texts for term in _all(text)))


def pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    """A text in pieces: each word with what it is found by, and what stands between words with nothing."""
    for inside, letters in groupby(text, _of_a_word):
        piece = "".join(letters)
        yield piece, _folded(piece) if inside else []


def _all(text: str) -> list[str]:
    if text.isascii():  # the same, faster
        return [word[:LONGEST] for word in _PLAIN.findall(text.lower())]
    return [term for _, terms in pieces(text) for term in terms]


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or (unicodedata.category(letter) in _JOINED and letter != "\u200b")


# Marks on letters, and what cannot be seen between them.
_JOINED = ("Mn", "Mc", "Me", "Cf")


def _folded(piece: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold())
    bare = "".join(map(_one, _UNSEEN.sub("", plain))).translate(_SAME)
    words = _APART.sub(r" \g<0> ", bare).split()
    return [word[:LONGEST] for word in words if any(map(str.isalnum, word))]


def _one(letter: str) -> str:
    """One letter as it counts; vowels that are written as marks of their own (Hindi, Thai) stay."""
    if letter.isalnum():
        return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Mc"):
        return "" if unicodedata.combining(letter) else letter
    return "" if kind in _JOINED else " "
