"""Who is here, by which of their pages; who has which authority, and who leads when the host is away."""

from dataclasses import dataclass, field

from causerie.clock import MINUTE, SECOND

Device = tuple[str, int]
HOSTS, DESK = ("host", "cohost"), ("host", "cohost", "screener")
REMEMBERED, GRACE = 10 * MINUTE, 120 * SECOND


@dataclass
class People:
    """`left`: whose last page is gone, since when, and whether they were sent out. `met`: whose network is known.

    `without`: what the host keeps from co-hosts.
    """

    now: int
    host: str
    ids: dict[str, str]
    pages: set[Device] = field(default_factory=set)
    left: dict[str, tuple[int, bool]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    sound: set[Device] = field(default_factory=set)
    microphone: dict[str, Device] = field(default_factory=dict)
    roles: dict[str, tuple[str, int]] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    heir: str | None = None
    lost: str | None = None
    away: dict[str, int] = field(default_factory=dict)
    empty_since: int | None = None
    inside: set[str] = field(default_factory=set)

    # ---- who is what ----

    def here(self, who: str) -> bool:
        return any(person == who for person, _ in self.pages)

    @property
    def everybody(self) -> set[str]:
        return {person for person, _ in self.pages}

    def role(self, who: str) -> str | None:
        return self.roles[who][0] if who in self.roles else None

    def authority(self, who: str) -> str | None:
        return "host" if who == self.host else None if self.role(who) == "may_lead" else self.role(who)

    def hosts(self, who: str) -> bool:
        return self.authority(who) in HOSTS

    def may(self, who: str, right: str) -> bool:
        """The host may whatever hosts may; co-hosts what the host does not keep from them."""
        return who == self.host or (self.hosts(who) and right not in self.without)

    def over(self, by: str, who: str) -> bool:
        """Hosts have power over people; over another host only the host."""
        return self.hosts(by) and (by == self.host or not self.hosts(who))

    @property
    def leaders(self) -> set[str]:
        cohosts = {who for who, (role, _) in self.roles.items() if role == "cohost"}
        return {self.host, *cohosts} | ({self.lost} if self.lost else set())

    def long_gone(self, who: str) -> bool:
        return who in self.left and self.left[who][0] <= self.now - REMEMBERED

    def forget(self) -> None:
        gone = {who for who in self.left if self.long_gone(who) and who not in self.inside}
        self.left = {who: at for who, at in self.left.items() if who not in gone}
        self.met -= gone

    # ---- authority ----

    def give(self, by: str, who: str, role: str) -> bool:
        needs_host = "cohost" in (role, self.role(who))
        if who == self.host or not (by == self.host if needs_host else self.may(by, "role.give")):
            return False
        if self.role(who) == role:
            return True
        self.roles.pop(who, None)
        self.roles[who] = (role, self.now)
        if role == "cohost":
            self.away.pop(who, None)
            self.away |= {} if self.here(who) else {who: self.now}
        return True

    def take(self, by: str, who: str) -> bool:
        if by != who and not (by == self.host if self.role(who) == "cohost" else self.may(by, "role.give")):
            return False
        self.roles.pop(who, None)
        return True

    def keep(self, by: str, rights: list[str]) -> bool:
        """Only the host says what co-hosts may do."""
        self.without = set(rights) if by == self.host else self.without
        return by == self.host

    # ---- the chair ----

    def hand_over(self, by: str, who: str) -> bool:
        if by != self.host or who == self.host or not self.here(who):
            return False
        self.heir = who
        return True

    def accept_host(self, who: str) -> bool:
        if self.heir != who:
            return False
        self.leads(who, keeps=self.lost)
        return True

    def decline_host(self, who: str) -> bool:
        self.heir = None if self.heir == who else self.heir
        return True

    def take_chair(self, who: str, *, on_stage: bool) -> bool:
        if self.empty_since is None or self.role(who) != "may_lead" or not on_stage:
            return False
        self.leads(who, keeps=self.lost or self.host)
        return True

    def leads(self, who: str, *, keeps: str | None) -> None:
        """Another host; the one before is co-host, unless the chair is kept for them."""
        before, self.host = self.host, who
        self.roles.pop(who, None)
        if keeps != before:
            self.roles[before] = ("cohost", self.now)
        self.lost, self.heir, self.empty_since = keeps, None, None
        self.away = {leader: since for leader, since in self.away.items() if leader in self.leaders - {who}}

    def leader_came(self, who: str) -> None:
        if who not in self.leaders:
            return
        self.away.pop(who, None)
        if who == self.host:
            self.empty_since = None
        elif who == self.lost:
            self.leads(who, keeps=None)

    def leader_left(self, who: str) -> None:
        if who in self.leaders:
            self.away.setdefault(who, self.now)

    def chair_is_due(self) -> None:
        """Two minutes without the host: the longest-serving co-host who is here leads, or nobody does."""
        if self.now < self.away.get(self.host, self.now) + GRACE:
            return
        cohosts = [(since, self.ids[who], who) for who, (role, since) in self.roles.items() if role == "cohost"]
        here = sorted(one for one in cohosts if one[2] not in self.away)
        if here:
            self.leads(here[0][2], keeps=self.lost or self.host)
        elif self.empty_since is None:
            self.empty_since = self.now
