"""One browser for all stories, and a house for each, or the shared salon where nothing is broken down."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.house import House, opened
from tests.e2e.people import chromium
from tests.e2e.salon import Salon

TELLS = 20.0

# A machine that does much at once shows everything, only later.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story that hangs is ended a little before its time is up, from within: its trace says at which line."""
    for item in items:
        limit = item.get_closest_marker("timeout")
        if limit and isinstance(item, pytest.Function) and item.get_closest_marker("browser"):
            item.obj = _ended_within(item.obj, limit.args[0] - TELLS)


def _ended_within(story: Callable[..., Awaitable[None]], seconds: float) -> Callable[..., Awaitable[None]]:
    @functools.wraps(story)
    async def told(*given: Any, **named: Any) -> None:
        async with asyncio.timeout(seconds):
            await story(*given, **named)

    return told


@pytest.fixture(params=[1, 3], ids=["one worker", "three workers"])
def workers(request: pytest.FixtureRequest) -> int:
    """Sound is the same whichever worker a person's packets come to."""
    return int(request.param)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "data") as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await chromium(playwright)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(one_browser: Browser) -> AsyncIterator[Browser]:
    """The browser, in which nobody of an earlier story still sits."""
    yield one_browser
    for context in one_browser.contexts:
        await context.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def salon(one_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Salon]:
    with opened(tmp_path_factory.mktemp("salon") / "data") as running:
        yield await Salon.of(running, one_browser)
