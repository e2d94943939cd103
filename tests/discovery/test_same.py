"""Both databases find the same, whatever is written and whatever is asked: what the words themselves say."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, delete

from causerie.clock import HandClock
from causerie.db import Database
from causerie.discovery.errors import SearchShort
from causerie.discovery.wanted import words
from causerie.questions.models import question_terms, questions
from causerie.terms import kept
from tests.conftest import fresh_database
from tests.discovery.shelves import Shelves

# Few words, so that they meet; and any text at all, so that everything is met once.
SYLLABLES = st.sampled_from(
    [
        "owl",
        "Owls",
        "été",
        "ETE",
        "cœur",
        "و",
        "وردة",
        "ورده",
        "東京",
        "हिंदी",
        "ไทย",
        "𞤀𞤣",
        "a",
        "ß",
        "12",
        "٣",
        "'",
        '"',
        "*",
    ]
)
TEXTS = (
    st.lists(SYLLABLES, max_size=6).map(" ".join) | st.text(max_size=40) | st.lists(SYLLABLES, max_size=4).map("".join)
)


@pytest.fixture
async def both(postgres: URL, tmp_path: Path) -> AsyncIterator[list[Shelves]]:
    clock = HandClock()
    async with fresh_database(postgres) as url:
        opened = [Database(f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}", clock), Database(url, clock)]
        for database in opened:
            await database.open()
        yield [Shelves(database, clock.now()) for database in opened]
        for database in opened:
            await database.close()


async def test_both_databases_find_what_the_words_say(both: list[Shelves]):
    rooms = [await shelves.room(await shelves.person("Ada"), "Birds") for shelves in both]
    loop = asyncio.get_running_loop()

    async def same(texts: list[str], asked: str) -> None:
        plain = [text.replace("\0", "") for text in texts]  # no question has one
        for shelves, room in zip(both, rooms, strict=True):
            await shelves.run(delete(question_terms))
            await shelves.run(delete(questions))
            for n, text in enumerate(plain):
                await shelves.asked(room, text.encode(errors="ignore").decode(), str(n))
        try:
            wanted = words(asked)
        except SearchShort:
            return
        found = [[one.id for one in (await shelves.page("questions", asked)).found] for shelves in both]
        terms = [kept(text.encode(errors="ignore").decode()).split() for text in plain]
        expected = [str(n) for n, of in enumerate(terms) if _meets(of, wanted)]
        assert found == [expected[::-1]] * 2

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(TEXTS, min_size=1, max_size=6), TEXTS)
    def told(texts: list[str], asked: str) -> None:
        asyncio.run_coroutine_threadsafe(same(texts, asked), loop).result()

    await asyncio.to_thread(told)


def _meets(terms: list[str], wanted) -> bool:
    whole = all(word in terms for word in wanted.words)
    return whole and (wanted.begun is None or any(term.startswith(wanted.begun) for term in terms))
