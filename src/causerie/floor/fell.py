"""Why somebody's place in the queue is further back than it was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from causerie.floor.order import Entry, Key
from causerie.ids import PersonId
from causerie.rooms.settings import Alternate, Policy

WhyFell = Literal["rule", "shortlisted", "came_back", "votes", "turns", "heard_less", "placed"]
# What puts one before another under a rule that looks at nothing else.
BY_RULE: dict[Policy, WhyFell] = {"fair": "heard_less", "by_hand": "placed"}
# Further back than this a place is told without its reason, so that a crowd costs no more than a room.
EXPLAINED = 500


@dataclass(frozen=True)
class Fell:
    """What put others before one; `n` of them got more votes, were listed, came back, had a turn, were heard less."""

    why: WhyFell
    n: int = 0


class Standing:
    """The queue at one moment: who stands where, and by which rule."""

    def __init__(self, queue: Sequence[Entry], policy: Policy, alternate: Alternate) -> None:
        self.rule = (policy, alternate)
        self.here = [entry for entry in queue if entry.here]
        self.ranks = {entry.key: n for n, entry in enumerate(self.here)}
        self.away = {entry.key for entry in queue if not entry.here}
        self.first: dict[PersonId, Key] = {}
        for entry in self.here:
            self.first.setdefault(entry.person, entry.key)


def why_fell(person: PersonId, before: Standing, now: Standing) -> Fell | None:
    """What most of those who passed somebody have in common; None where nobody did, or nobody can say."""
    mine = now.first.get(person)
    if mine is None or mine not in before.ranks or now.ranks[mine] >= EXPLAINED:
        return None
    rank = before.ranks[mine]
    ahead = now.here[: now.ranks[mine]]
    passed = [entry for entry in ahead if before.ranks.get(entry.key, rank + 1) > rank]
    if passed and before.rule != now.rule:
        return Fell("rule")
    counted = Counter(_how(entry, mine, before) for entry in passed)
    return Fell(*counted.most_common(1)[0]) if counted else None


def _how(entry: Entry, mine: Key, before: Standing) -> WhyFell:
    """How an entry came before mine."""
    if entry.key in before.away:
        return "came_back"
    if entry.shortlisted is not None:
        return "shortlisted"
    if before.rule[0] in BY_RULE:
        return BY_RULE[before.rule[0]]
    return "votes" if (entry.kind, mine[0]) == ("question", "question") else "turns"
