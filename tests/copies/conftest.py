"""One copy of one evening for all who look at it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from causerie.copies.files import digest, files_in
from causerie.copies.making import made
from causerie.copies.plan import Plan
from tests.copies.evening import evening


@dataclass(frozen=True)
class Copy:
    """A copy that was made, and of what."""

    plan: Plan
    folder: Path
    told: tuple[tuple[str, float], ...] = ()

    def digests(self) -> dict[str, str]:
        """Every file and what is in it."""
        return {path.as_posix(): digest(self.folder / path) for path in files_in(self.folder)}


def copy_of(plan: Plan, folder: Path) -> Copy:
    told = list[tuple[str, float]]()
    made(plan, folder, lambda part, share: told.append((part, share)))
    return Copy(plan, folder, tuple(told))


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The evening of `evening.py`, whole."""
    folder = tmp_path_factory.mktemp("evening")
    return copy_of(evening(folder), folder / "copy")
