"""Which parts of the evening a copy keeps, and where each moment of the evening is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from causerie.copies.errors import CopyEmpty
from causerie.copies.plan import Plan, Range

RATE = 48_000
SECOND = 1_000_000_000


def samples(nanoseconds: int) -> int:
    """How many samples of sound that is."""
    return round(nanoseconds * RATE / SECOND)


@dataclass(frozen=True)
class Piece:
    """Some samples of the evening, counted from where the copy begins, and whether the copy keeps them."""

    begins: int
    ends: int
    kept: bool


@dataclass(frozen=True)
class Timeline:
    """The evening in pieces, one behind the other."""

    origin: int
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> int:
        """Samples of the copy."""
        return sum(piece.ends - piece.begins for piece in self.pieces if piece.kept)

    @property
    def seconds(self) -> float:
        return self.length / RATE

    def at(self, moment: int) -> float:
        """Where this moment is in the copy, in seconds; a moment that is cut out is where the cut is."""
        wanted, before = samples(moment - self.origin), 0
        for piece in self.pieces:
            if piece.kept:
                before += max(0, min(piece.ends, wanted) - piece.begins)
        return before / RATE

    def kept(self, moment: int) -> int | None:
        """The first moment from this one on that the copy keeps."""
        wanted = samples(moment - self.origin)
        later = (max(piece.begins, wanted) for piece in self.pieces if piece.kept and piece.ends > wanted)
        found = next(later, None)
        if found is None:
            return None
        return moment if found == wanted else self.origin + round(found * SECOND / RATE)

    def walk(self, block: int) -> Iterator[Piece]:
        """The evening in parts of at most so many samples."""
        for piece in self.pieces:
            for begins in range(piece.begins, piece.ends, block):
                yield Piece(begins, min(begins + block, piece.ends), piece.kept)


def timeline(plan: Plan) -> Timeline:
    """A plan's evening, trimmed and cut; refused where nothing is left."""
    end, at, pieces = samples(plan.ends - plan.begins), 0, list[Piece]()
    for cut in _cuts(plan, end):
        if cut.begins > at:
            pieces.append(Piece(at, cut.begins, kept=True))
        pieces.append(Piece(cut.begins, cut.ends, kept=False))
        at = cut.ends
    if at < end:
        pieces.append(Piece(at, end, kept=True))
    made = Timeline(plan.begins, tuple(pieces))
    if not made.length:
        raise CopyEmpty
    return made


def _cuts(plan: Plan, end: int) -> list[Range]:
    """What is cut out, in samples, in order; cuts that touch are one."""
    cuts = list[Range]()
    for hidden in sorted(plan.hidden, key=lambda hidden: hidden.begins):
        begins, ends = max(0, samples(hidden.begins - plan.begins)), min(end, samples(hidden.ends - plan.begins))
        if begins >= ends:
            continue
        if cuts and begins <= cuts[-1].ends:
            cuts[-1] = Range(cuts[-1].begins, max(cuts[-1].ends, ends))
        else:
            cuts.append(Range(begins, ends))
    return cuts
