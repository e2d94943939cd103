"""How long the floor queue takes to be ordered: five thousand questions and hands, in one thread."""

import random
import time
from typing import get_args

from benchmarks.report import percentile, write
from causerie.clock import MINUTE, SECOND
from causerie.floor.order import Entry, order
from causerie.ids import PersonId
from causerie.rooms.settings import Policy

ENTRIES, TRIES, GOAL_MS = 5_000, 100, 10
NOW = 60 * MINUTE


def waiting(chance: random.Random) -> list[Entry]:
    """A crowded evening: four questions to each hand, a shortlist of ten, two who were asked ahead."""
    line = [
        Entry(
            kind="hand" if chance.random() < 0.2 else "question",
            id=f"{n:026}",
            person=PersonId(f"p{n}"),
            name="somebody",
            since=chance.randrange(0, NOW, SECOND),
            votes=int(chance.expovariate(1 / 20)),
            shortlisted=n if n < 10 else None,
            on_deck=n - 9 if 10 <= n < 12 else None,
        )
        for n in range(ENTRIES)
    ]
    chance.shuffle(line)
    return line


def tried(policy: Policy, line: list[Entry]) -> list[float]:
    """Milliseconds of each try."""
    took = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        order(line, policy, NOW)
        took.append((time.perf_counter() - begun) * 1000)
    return took


async def measure() -> None:
    line = waiting(random.Random(1))
    lines = [f"{ENTRIES:,} entries, the goal is {GOAL_MS} ms.", ""]
    for policy in get_args(Policy):
        took = tried(policy, line)
        middle, slow = percentile(took, 0.5), percentile(took, 0.95)
        lines.append(f"- `{policy}`: p50 {middle:.1f} ms, p95 {slow:.1f} ms, slowest {max(took):.1f} ms, {TRIES} tries")
    write("order", "make bench ARGS=order", lines)
