"""Whether a question has been asked already: how much two texts have in common, by groups of three letters."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from heapq import nlargest

from causerie.ids import QuestionId
from causerie.questions.state import Question

NO_LETTER = re.compile(r"[\W_]+")
MOST = 3
ALIKE = 0.5
# A beginning that is all in another question counts, once it is long enough to say something.
BEGUN, BEGINNING_COUNTS = 15, 0.8


def like(text: str, questions: Iterable[Question]) -> list[QuestionId]:
    """The questions most like a text, at most three, the most like first; those hardly like it are not among them."""
    said = _threes(text)
    found = ((likeness(said, _threes(question.text)), question) for question in questions)
    alike = [(score, question) for score, question in found if score >= ALIKE]
    best = nlargest(MOST, alike, key=lambda one: (one[0], one[1].votes, -one[1].asked_at))
    return [question.id for _, question in best]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1, the same."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    whole = 2 * shared / (len(one) + len(other))
    begun = BEGINNING_COUNTS * shared / len(one) if len(one) >= BEGUN else 0.0
    return max(whole, begun)


@lru_cache(4096)
def _threes(text: str) -> frozenset[str]:
    """Groups of three letters of each word, without case, accents and signs; a word begins with a space."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    spaced = f" {NO_LETTER.sub(' ', plain).strip()} "
    return frozenset(map("".join, zip(spaced, spaced[1:], spaced[2:], strict=False)))
