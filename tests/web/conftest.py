"""A place with a live room of Ada's, and Ben who has an account."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)
