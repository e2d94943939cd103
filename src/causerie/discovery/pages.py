"""A page of what was found, and where the next begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from causerie.discovery.wanted import Place

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`next`: behind which place there is more, where there is."""

    found: list[T]
    next: Place | None = None


def paged(found: Sequence[tuple[T, Place]], most: int) -> Page[T]:
    """So many of those found; whoever asks for one more than that knows whether there are any."""
    shown = found[:most]
    return Page([one for one, _ in shown], shown[-1][1] if len(found) > most else None)
