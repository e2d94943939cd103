"""What causerie asks of the media core; `causerie._engine` is it, tests bring their own."""

from collections.abc import Sequence
from typing import Literal, Protocol

from causerie.errors import Invalid

Link = Literal["new", "up", "lost", "gone"]


class SoundRefused(Invalid):
    """The media core cannot do anything with what a page offered."""

    code, text = "media.refused", "The sound could not be set up. Reload the page."


class OfferTooLarge(Invalid):
    """No page needs so much; the media core says the same of what it is given."""

    code, text = "sdp.too_large", "This offer of sound is too large."


class Change(Protocol):
    """What became of one connection (see `causerie._engine.Change`)."""

    @property
    def peer(self) -> int: ...
    @property
    def link(self) -> str: ...
    @property
    def answer(self) -> str | None: ...
    @property
    def refusal(self) -> tuple[str, str] | None: ...
    @property
    def reason(self) -> str | None: ...


class SoundEngine(Protocol):
    """The calls of `causerie._engine.Engine` that are used here."""

    def fileno(self) -> int: ...
    def changes(self) -> Sequence[Change]: ...
    def join(
        self, *, peer: int, room: int, speaker: int, offer: str, listens: bool = True, publishes: bool = True
    ) -> None: ...
    def play(self, *, peer: int, room: int, speaker: int, path: str, loop: bool = False) -> None: ...
    def gate(self, peer: int, gate: int) -> None: ...
    def leave(self, peer: int) -> None: ...
    def close_room(self, room: int) -> None: ...
    def speaking(self, room: int) -> list[tuple[int, int]]: ...
    def statistics(self) -> dict[str, int]: ...
    def stop(self) -> None: ...
