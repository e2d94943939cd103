"""The open pages of a room, and whose they are."""

from collections.abc import Iterator, KeysView
from typing import Protocol

from causerie.accounts.people import Person
from causerie.floor.rules import Desk
from causerie.ids import PersonId
from causerie.safety.comers import Comer


class Page(Protocol):
    """One open WebSocket that is in the room."""

    person: Person
    desk: Desk | None

    @property
    def comer(self) -> Comer: ...
    def frame(self, text: str, *, may_be_lost: bool = False) -> None: ...
    def stop(self, code: int, reason: str) -> None: ...


class Pages:
    """All pages in a room. Who is here is known without looking through them: a hall has thousands."""

    def __init__(self) -> None:
        self._all: dict[Page, None] = {}
        self._of: dict[PersonId, dict[Page, None]] = {}

    def add(self, page: Page) -> None:
        self._all[page] = None
        self._of.setdefault(page.person.id, {})[page] = None

    def discard(self, page: Page) -> None:
        if page not in self._all:
            return
        del self._all[page]
        theirs = self._of[page.person.id]
        del theirs[page]
        if not theirs:
            del self._of[page.person.id]

    def of(self, person: PersonId) -> list[Page]:
        """All pages of one person, the oldest first."""
        return list(self._of.get(person, ()))

    @property
    def people(self) -> KeysView[PersonId]:
        """Everybody who has a page here, as they come and go."""
        return self._of.keys()

    def __iter__(self) -> Iterator[Page]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
