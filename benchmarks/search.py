"""Search on a place that has been in use for years: what the server takes for it, whatever one looks for."""

import random
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.home import opened, signed_in
from benchmarks.instance import Vocabulary, made
from benchmarks.report import percentile, write
from causerie.app import Causerie, built
from causerie.clock import HandClock
from causerie.config import Settings
from tests.place import HOST
from tests.sound_on_paper import PaperEngine
from tests.web.test_home import statements

TRIES, GOAL_MS = 100, 100


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = await made(Path(folder) / "causerie.sqlite")
        settings = Settings(data=Path(folder), database={"url": instance.url})
        async with opened(built(settings, engine=PaperEngine(), clock=HandClock(instance.now))) as causerie:
            cookie = await signed_in(causerie, instance)
            told = [f"- {name}: {await _each(causerie, cookie, asked)}" for name, asked in _asked().items()]
    sizes = instance.sizes
    lines = [
        f"{sizes.rooms:,} rooms, {sizes.people:,} people, {sizes.questions:,} questions, {sizes.groups:,} groups.",
        "SQLite, in one process, without a network: the whole answer of `GET /api/v1/search`,",
        f"{TRIES} searches each. Must: p95 ≤ {GOAL_MS} ms. Made with all its words in {instance.took_s:.0f} s.",
        "",
        *told,
    ]
    write("search", "make bench ARGS=search", lines)


def _asked() -> dict[str, list[dict[str, str]]]:
    """What is looked for: words as they are spread in the texts, then what is hardest."""
    chance = random.Random(2)
    words = Vocabulary(random.Random(1))
    by_use = chance.choices(words.words, cum_weights=words.weights, k=3 * TRIES)
    common = [one for one in words.words[:60] if len(one) > 1]
    return {
        "a word as people use it": [{"q": one} for one in by_use if len(one) > 1][:TRIES],
        "two words": [{"q": f"{one} {other}"} for one, other in zip(by_use, by_use[TRIES:], strict=False)][:TRIES],
        "beginnings of two letters": [{"q": one[:2]} for one in by_use if len(one) > 1][:TRIES],
        "beginnings of three letters": [{"q": one[:3]} for one in by_use if len(one) > 2][:TRIES],
        "beginnings of four letters": [{"q": one[:4]} for one in by_use if len(one) > 3][:TRIES],
        "the words that are everywhere": [{"q": chance.choice(common)} for _ in range(TRIES)],
        "three of these at once": [{"q": " ".join(chance.choices(common, k=3))} for _ in range(TRIES)],
        "questions alone, in Arabic rooms": [
            {"q": one, "kind": "questions", "language": "ar"} for one in by_use if len(one) > 1
        ][:TRIES],
        "a tag that no room has": [{"q": one, "tag": "nothing"} for one in by_use if len(one) > 1][:TRIES],
    }


async def _each(causerie: Causerie, cookie: str, asked: list[dict[str, str]]) -> str:
    """Milliseconds of each answer, and how often the database was asked at most."""
    transport = httpx.ASGITransport(causerie.application)
    took, many = [], 0
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers={"cookie": cookie}) as browser:
        for said in asked:
            with statements(causerie.database) as told:
                begun = time.perf_counter()
                answer = await browser.get("/api/v1/search", params=said)
                took.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, answer.text
            many = max(many, len(told))
    spread = f"p50 {percentile(took, 0.5):.1f} ms, **p95 {percentile(took, 0.95):.1f} ms**, slowest {max(took):.1f} ms"
    return f"{spread}, at most {many} statements"
