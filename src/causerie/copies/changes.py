"""Each change a host makes to a copy, decided on what people see of it: new edits, or a refusal.

Places are milliseconds of the copy as it is; before its beginning and behind its end lies what was trimmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from causerie.copies.contents import Contents
from causerie.copies.edits import Added, Edits
from causerie.copies.errors import (
    ChapterFirst,
    ChapterPlace,
    ChapterTitle,
    ChapterUnknown,
    TooManyChapters,
    TrimOutside,
)
from causerie.copies.outline import Evening
from causerie.copies.state import Answer
from causerie.ids import new_id
from causerie.texts import one_line

LONGEST_TITLE = 255
MOST_CHAPTERS = 500
SHORTEST = 1000


@dataclass(frozen=True)
class Stands:
    """What a change is made to: the edits so far, the chapters as they are wanted, what is made, what was recorded."""

    edits: Edits
    chapters: Sequence[Answer]
    held: Contents
    evening: Evening

    def moment(self, at: int) -> int:
        """Which moment of the room's clock a place is; what was trimmed lies before and behind.

        Answers that were given later are behind the evening, and no place in it.
        """
        if at < 0:
            return self.held.kept[0].begins + at
        evening = [part for part in self.held.kept if part.begins < self.evening.ends]
        if at >= self.held.length:
            return evening[-1].ends + at - self.held.length
        return min(self.held.moment(at), self.evening.ends)

    def chapter(self, id: str) -> int:
        """Which in the row it is."""
        found = next((n for n, one in enumerate(self.chapters) if one.id == id), None)
        if found is None:
            raise ChapterUnknown
        return found


def trim(of: Stands, begins: int, ends: int) -> Edits:
    """Let it begin and end here."""
    first, last = of.moment(begins), of.moment(ends)
    inside = of.evening.begins <= first and last <= of.evening.ends
    if begins >= ends or last - first < SHORTEST or not inside:
        raise TrimOutside
    return replace(
        of.edits,
        trim_begins=first if first > of.evening.begins else None,
        trim_ends=last if last < of.evening.ends else None,
    )


def hide(of: Stands, chapter: str) -> Edits:
    """Cut a chapter out of every file."""
    of.chapter(chapter)
    return replace(of.edits, hidden=tuple(dict.fromkeys((*of.edits.hidden, chapter))))


def show(of: Stands, chapter: str) -> Edits:
    """Have it in again."""
    of.chapter(chapter)
    return replace(of.edits, hidden=tuple(id for id in of.edits.hidden if id != chapter))


def rename(of: Stands, chapter: str, title: str) -> Edits:
    """Call it otherwise."""
    of.chapter(chapter)
    return replace(of.edits, titles={**of.edits.titles, chapter: titled(title)})


def move(of: Stands, chapter: str, at: int) -> Edits:
    """Let it begin here: behind the beginning of the one before, before that of the next."""
    n, to = of.chapter(chapter), of.moment(at)
    if of.chapters[n].kind == "later":
        raise ChapterPlace
    _between(of, to, of.chapters[n - 1] if n else None, of.chapters[n + 1] if n + 1 < len(of.chapters) else None)
    return replace(of.edits, moved={**of.edits.moved, chapter: to})


def join(of: Stands, chapter: str) -> Edits:
    """Let it be one with the chapter before."""
    n = of.chapter(chapter)
    if n == 0 or of.chapters[n].kind == "later":
        raise ChapterFirst
    if any(one.id == chapter for one in of.edits.added):
        return replace(of.edits, added=tuple(one for one in of.edits.added if one.id != chapter))
    return replace(of.edits, joined=tuple(dict.fromkeys((*of.edits.joined, chapter))))


def add(of: Stands, at: int, title: str) -> Edits:
    """Begin a chapter here, which ends the one before; so it is split."""
    if len(of.chapters) >= MOST_CHAPTERS:
        raise TooManyChapters
    to = of.moment(at)
    if any(one.begins == to for one in of.chapters):
        raise ChapterPlace
    _between(of, to, None, None)
    return replace(of.edits, added=(*of.edits.added, Added(new_id(), titled(title), to)))


def cover(of: Stands) -> Edits:
    """The host's own cover is another."""
    return replace(of.edits, cover=of.edits.cover + 1)


def titled(title: str) -> str:
    """A title as it is kept; or `ChapterTitle`."""
    said = one_line(title)
    if not 1 <= len(said) <= LONGEST_TITLE:
        raise ChapterTitle
    return said


def _between(of: Stands, to: int, before: Answer | None, behind: Answer | None) -> None:
    inside = of.evening.begins <= to < of.evening.ends
    if not inside or (before and to <= before.begins) or (behind and to >= behind.begins):
        raise ChapterPlace
