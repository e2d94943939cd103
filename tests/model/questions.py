"""What is asked, and who voted for what."""

from dataclasses import dataclass, field

from causerie.clock import SECOND
from tests.model.people import DESK, HOSTS, People

WAITING, MOST, APART = ("pending", "open"), 3, 10 * SECOND


@dataclass
class Question:
    asker: str
    at: int
    state: str
    read_first: bool
    votes: set[str] = field(default_factory=set)
    into: int | None = None


@dataclass
class Box(People):
    """Questions by their number, in the order they were asked."""

    asked: list[Question] = field(default_factory=list)

    def nth(self, n: int) -> int | None:
        """One of the last four."""
        return len(self.asked) - 1 - n % min(4, len(self.asked)) if self.asked else None

    def ask(self, who: str, *, guest: bool) -> bool:
        mine = [one for one in self.asked if one.asker == who]
        if sum(one.state in WAITING for one in mine) >= MOST or any(self.now - one.at < APART for one in mine):
            return False
        self.asked.append(Question(who, self.now, "pending" if guest else "open", guest))
        return True

    def vote(self, who: str, n: int) -> bool:
        one = self.asked[n]
        if one.asker == who or one.state != "open":
            return False
        one.votes.add(who)
        return True

    def unvote(self, who: str, n: int) -> bool:
        if self.asked[n].state != "open":
            return False
        self.asked[n].votes.discard(who)
        return True

    def withdraw(self, who: str, n: int) -> bool:
        one = self.asked[n]
        if one.asker != who or one.state not in (*WAITING, "withdrawn"):
            return False
        same = [m for m, other in enumerate(self.asked) if other.into == n]
        for m in sorted(same, key=lambda m: self.asked[m].read_first)[:1]:
            heir = self.asked[m]
            heir.state, heir.into = "pending" if heir.read_first else "open", None
            self.unite(n, m)
        one.state, one.into = "withdrawn", None
        return True

    def hide_name(self, who: str, n: int) -> bool:
        return self.asked[n].asker == who

    def moderated(self, by: str, n: int, to: str, allowed: tuple[str, ...]) -> bool:
        """From one state to another; there already, it is done."""
        one = self.asked[n]
        if self.authority(by) not in DESK or one.state not in (*allowed, to):
            return False
        one.state = to
        return True

    def merge(self, by: str, n: int, m: int) -> bool:
        one, stays = self.asked[n], self.asked[m]
        if self.authority(by) not in HOSTS or n == m:
            return False
        if one.into == m:
            return True
        if one.state not in WAITING or stays.state not in ("open", "on_air"):
            return False
        self.unite(n, m)
        return True

    def unite(self, n: int, m: int) -> None:
        """Both are one: who voted on either counts once, and nobody for their own."""
        one, stays = self.asked[n], self.asked[m]
        stays.votes = (stays.votes | one.votes) - {stays.asker}
        one.state, one.into, one.votes = "merged", m, set()
        for other in self.asked:
            other.into = m if other.into == n and other is not stays else other.into

    def on_air(self, by: str, n: int) -> bool:
        """Read out: what was on air before is answered."""
        one = self.asked[n]
        if not self.may(by, "floor.pick") or one.state not in ("open", "on_air"):
            return False
        for other in self.asked:
            other.state = "answered" if other.state == "on_air" and other is not one else other.state
        one.state = "on_air"
        return True
