"""Who hears or speaks without a page."""

import functools
from collections import Counter
from collections.abc import Callable, Container, Iterator, Set
from dataclasses import dataclass

from causerie.ids import PersonId
from causerie.media import Media, Peer
from causerie.safety.comers import Comer


@dataclass
class Program:
    """A connection by another program than our page (WHEP, WHIP): whose it is, and whether it sounds there.

    Who listens by a stream has no peer; `end` lets them go. `whose` is who counts by it: a person or a visitor where
    they are known, else nobody but this connection.
    """

    whose: PersonId
    comer: Comer
    peer: Peer | None
    since: int
    hears: bool = False
    end: Callable[[], None] = lambda: None

    @property
    def person(self) -> PersonId:
        """Whom it stands for where people are sent out; players of whom nothing is known have their connection's id."""
        return self.whose if self.peer is None else next(iter(self.comer.ids))

    def over(self, media: Media) -> None:
        """It ends against the will of who has it."""
        self.end()
        if self.peer is not None:
            media.end(self.peer)


class Programs:
    """All of a room. How many people hear by them is known without looking through them: they may be thousands."""

    def __init__(self) -> None:
        self._all: dict[str, Program] = {}
        self._hearing: Counter[PersonId] = Counter()
        self._known: Counter[PersonId] = Counter()

    def add(self, listener: str, program: Program) -> None:
        """`listener` names the connection."""
        self.discard(listener)
        self._all[listener] = program
        if program.hears:
            self._count(listener, program, 1)

    def discard(self, listener: str) -> None:
        if (program := self._all.pop(listener, None)) is not None and program.hears:
            self._count(listener, program, -1)

    def hears(self, listener: str, *, now: bool) -> None:
        """From the first packet to the last."""
        if (program := self._all.get(listener)) is not None and program.hears != now:
            program.hears = now
            self._count(listener, program, 1 if now else -1)

    @property
    def people(self) -> Set[PersonId]:
        """Everybody who hears by one or several."""
        return self._hearing.keys()

    def comer(self, person: PersonId) -> Comer | None:
        """As whom somebody came who hears or speaks by one of them; None where they do not."""
        theirs = [program.comer for program in self if program.whose == person or person in program.comer.ids]
        return functools.reduce(Comer.together, theirs) if theirs else None

    def besides(self, here: Container[PersonId]) -> int:
        """How many people hear by them who are not here already, by a page."""
        return len(self._hearing) - sum(person in here for person in self._known)

    def __iter__(self) -> Iterator[Program]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def _count(self, listener: str, program: Program, by: int) -> None:
        for counted in (self._hearing, self._known) if program.whose != listener else (self._hearing,):
            counted[program.whose] += by
            if not counted[program.whose]:
                del counted[program.whose]
