"""Who comes in, who is kept out, who knocks."""

from dataclasses import dataclass, field

from causerie.clock import HOUR, MINUTE, SECOND
from tests.model.people import DESK, Device
from tests.model.stage import Stage

# Ben and Cho come from the same house.
NETWORKS = {"Ada": "10.0.0", "Ben": "10.0.1", "Cho": "10.0.1", "Dee": "10.0.2", "Gus": "10.0.3"}
KNOCK, MISSED = 10 * MINUTE, 10 * SECOND


@dataclass
class Ban:
    who: str
    network: str | None
    until: int | None


@dataclass
class Doors(Stage):
    """`knocks`: since when, and whether a host said no. `missed`: since when nobody stands behind one."""

    bans: list[Ban] = field(default_factory=list)
    locked: bool = False
    knocks: dict[str, tuple[int, bool]] = field(default_factory=dict)
    at_door: set[Device] = field(default_factory=set)
    missed: dict[str, int] = field(default_factory=dict)

    @property
    def lasting(self) -> list[Ban]:
        return [ban for ban in self.bans if ban.until is None or ban.until > self.now]

    def banned(self, who: str) -> bool:
        return any(who == ban.who or NETWORKS[who] == ban.network for ban in self.lasting)

    def locked_out(self, who: str) -> bool:
        return self.locked and (who not in self.inside or self.long_gone(who))

    def may_come(self, who: str) -> bool:
        if self.authority(who) is not None:
            return True
        return not self.banned(who) and (who in self.seats or not self.locked_out(who))

    # ---- coming and going ----

    def enter(self, device: Device) -> bool:
        who = device[0]
        if not self.may_come(who):
            return False
        self.leaves_door(device)
        self.pages.add(device)
        self.left.pop(who, None)
        self.met.add(who)
        self.line_found(who)
        self.leader_came(who)
        return True

    def leave(self, device: Device) -> bool:
        """By a press, by a lost line, or by signing out."""
        who = device[0]
        self.leaves_door(device)
        spoke = self.sound_ends(device)
        if device not in self.pages:
            return True
        self.pages.discard(device)
        if not self.here(who):
            self.left[who] = (self.now, False)
            self.line_lost(who)
            self.leader_left(who)
        elif spoke:
            self.back_muted(who)
        return True

    def out(self, who: str) -> None:
        """Sent out, with everything they had here."""
        if self.here(who):
            self.left[who] = (self.now, True)
        self.pages = {device for device in self.pages if device[0] != who}
        self.sound = {device for device in self.sound if device[0] != who}
        self.microphone.pop(who, None)
        self.off(who)
        self.invited.pop(who, None)
        self.hands.pop(who, None)
        self.roles.pop(who, None)
        self.aside.discard(who)
        self.inside.discard(who)
        self.knocks.pop(who, None)
        self.at_door = {device for device in self.at_door if device[0] != who}
        self.heir = None if self.heir == who else self.heir
        self.away = {leader: since for leader, since in self.away.items() if leader in self.leaders}

    def remove(self, by: str, who: str) -> bool:
        if by == who or not self.over(by, who):
            return False
        self.out(who)
        return True

    def ban(self, by: str, who: str, *, network: bool, hours: int | None) -> bool:
        known = self.here(who) or who in self.left or who in self.seats or who in self.hands
        may = self.over(by, who) and self.may(by, "room.ban")
        if by == who or not may or not known or (network and who not in self.met):
            return False
        house = NETWORKS[who] if network else None
        hit = {one for one in self.everybody if NETWORKS[one] == house and self.authority(one) is None}
        self.bans.append(Ban(who, house, self.now + hours * HOUR if hours else None))
        for one in {who, *hit}:
            self.out(one)
        return True

    def unban(self, by: str, n: int) -> bool:
        if not self.may(by, "room.ban"):
            return False
        del self.bans[n]
        return True

    # ---- the lock ----

    def lock(self, by: str, *, on: bool) -> bool:
        if not self.hosts(by):
            return False
        if on and not self.locked:
            lately = {who for who, (_, out) in self.left.items() if not out and not self.long_gone(who)}
            self.inside = self.everybody | lately
        elif not on and self.locked:
            self.inside, self.knocks, self.at_door = set(), {}, set()
        self.locked = on
        return True

    def knock(self, device: Device) -> bool:
        who = device[0]
        if self.authority(who) is None and self.banned(who):
            return False
        if self.may_come(who):
            self.leaves_door(device)
            return False
        self.knocks.setdefault(who, (self.now, False))
        self.at_door.add(device)
        return True

    def answer(self, by: str, who: str, *, let_in: bool) -> bool:
        if not self.hosts(by) or who not in self.knocks:
            return False
        if let_in:
            del self.knocks[who]
            self.inside.add(who)
            self.left |= {who: (self.now, self.left[who][1])} if who in self.left else {}
            self.at_door = {device for device in self.at_door if device[0] != who}
        else:
            self.knocks[who] = (self.knocks[who][0], True)
        return True

    def leaves_door(self, device: Device) -> None:
        """Whose last page is not at the door any more knocks no more; a host's no stays."""
        was = device in self.at_door
        self.at_door.discard(device)
        theirs = [one for one in self.at_door if one[0] == device[0]]
        if was and not theirs and not self.knocks.get(device[0], (0, True))[1]:
            del self.knocks[device[0]]

    def doors_run_out(self) -> None:
        standing = {who for who, _ in self.at_door}
        nobody = {who for who, (_, no) in self.knocks.items() if not no} - standing
        self.missed = {who: self.missed.get(who, self.now) for who in nobody}
        for who, since in self.missed.items():
            if since + MISSED <= self.now:
                del self.knocks[who]
        self.knocks = {who: (at, no) for who, (at, no) in self.knocks.items() if at + KNOCK > self.now}
        self.bans = [ban for ban in self.bans if ban.until is None or ban.until > self.now]

    # ---- what goes with authority ----

    def take(self, by: str, who: str) -> bool:
        if not super().take(by, who):
            return False
        if self.authority(who) not in DESK:
            self.aside.discard(who)
        return True

    def give(self, by: str, who: str, role: str) -> bool:
        if role == "screener" and who in self.seats:
            return False
        if any(ban.who == who for ban in self.lasting):  # no role brings them in
            return False
        if not super().give(by, who, role):
            return False
        if self.authority(who) not in DESK:
            self.aside.discard(who)
        return True
