import pytest

from causerie.clock import HandClock
from causerie.db import Database
from tests.discovery.shelves import Shelves


@pytest.fixture
def shelves(database: Database, clock: HandClock) -> Shelves:
    return Shelves(database, clock.now())
