"""A copy as it stands: what is wanted of it, what is made, and who sees it."""

from dataclasses import dataclass, field
from typing import Literal

from causerie.copies.contents import Contents
from causerie.copies.edits import Edits
from causerie.ids import PersonId, RoomId

CopyState = Literal["processing", "ready", "failed"]
Visibility = Literal["private", "unlisted", "published"]
AnswerKind = Literal["answer", "topic", "later"]
ClipState = Literal["processing", "ready", "failed", "gone"]
WithdrawalState = Literal["asked", "granted", "refused"]


@dataclass(frozen=True)
class Copy:
    """The copy of one room. `name` is what stands in its address. Times are milliseconds.

    `wanted` is the edition that is made next, `made` the one that people see; 0 while there is none.
    """

    id: str
    name: str
    room: RoomId
    state: CopyState
    visibility: Visibility
    generation: int
    wanted: int
    made: int
    created_at: int
    edits: Edits = field(default_factory=Edits)
    made_at: int | None = None
    published_at: int | None = None
    deleted_at: int | None = None
    failed_code: str | None = None
    failed_text: str | None = None

    @property
    def seen(self) -> bool:
        """Whether others than those who lead the room may know of it."""
        return self.visibility != "private" and self.made > 0 and self.deleted_at is None


@dataclass(frozen=True)
class Edition:
    """One making of a copy, and what came of it."""

    copy: str
    number: int
    edits: Edits
    wanted_at: int
    made_at: int | None = None
    contents: Contents | None = None


@dataclass(frozen=True)
class Answer:
    """A chapter of a copy. `begins`, `ends`: the room's clock; `at`, `until`: milliseconds of the made edition."""

    id: str
    name: str
    copy: str
    kind: AnswerKind
    question: str | None
    topic: str | None
    title: str
    begins: int
    ends: int
    at: int | None = None
    until: int | None = None
    hidden: bool = False
    text: str | None = None
    sound: str | None = None
    person: str | None = None
    who: str | None = None
    wished: int = 0


@dataclass(frozen=True)
class Clip:
    """A piece of a copy by itself. `sound`, `video`: the keys of its files, once they are made.

    One that is `gone` was taken away, and is nowhere to be seen while its files go.
    """

    id: str
    name: str
    copy: str
    title: str
    begins: int
    ends: int
    state: ClipState
    edition: int
    by: PersonId
    created_at: int
    made_at: int | None = None
    sound: str | None = None
    video: str | None = None
    failed_code: str | None = None


@dataclass(frozen=True)
class Withdrawal:
    """Somebody wants to be left out of a copy that is published; unanswered by `due_at` it is granted."""

    id: str
    copy: str
    person: PersonId
    name: str
    state: WithdrawalState
    asked_at: int
    due_at: int
    answered_at: int | None = None
    answered_by: PersonId | None = None
