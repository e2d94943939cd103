"""Who speaks, who waits to, who must be quiet, and who is heard where."""

from dataclasses import dataclass, field

from causerie.clock import MINUTE, SECOND
from tests.model.people import DESK, HOSTS, Device, People

HELD, HOST_HELD, KEPT, INVITED = 30 * SECOND, 10 * MINUTE, 10 * MINUTE, MINUTE


@dataclass
class Place:
    """A seat, or a place backstage. `long`: a host invited them, and waits for them."""

    muted: bool
    long: bool = False
    held: int | None = None
    taken: bool = False


@dataclass
class Stage(People):
    """`backstage`: since when its people are away stands in `held`."""

    seats: dict[str, Place] = field(default_factory=dict)
    backstage: dict[str, Place] = field(default_factory=dict)
    screened: bool = False
    aside: set[str] = field(default_factory=set)
    hands: dict[str, int | None] = field(default_factory=dict)
    invited: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    hushed: bool = False

    def called(self, who: str) -> str:
        """What stands on the tile."""
        mine = "cohost" if who == self.lost else self.authority(who)
        return mine if mine in HOSTS else "speaker"

    def quiet(self, who: str) -> bool:
        return who in self.kept or (self.hushed and self.called(who) == "speaker")

    def begins_quiet(self, who: str) -> bool:
        """Whoever is brought on stage while it is hushed opens their microphone themselves."""
        return who in self.kept or self.hushed

    def may_speak(self, who: str) -> bool:
        return self.authority(who) != "screener" and self.empty_since is None

    # ---- hands and invitations ----

    def raise_hand(self, who: str) -> bool:
        if who in self.seats:
            return False
        self.hands.setdefault(who, None)
        return True

    def lower_hand(self, who: str) -> bool:
        self.hands.pop(who, None)
        return True

    def lower_all(self, by: str) -> bool:
        self.hands = {} if self.hosts(by) else self.hands
        return self.hosts(by)

    def invite(self, by: str, who: str) -> bool:
        if not (self.may(by, "floor.pick") and self.here(who) and self.may_speak(who)) or who in self.seats:
            return False
        if who not in self.backstage:
            self.invited.setdefault(who, self.now + INVITED)
        return True

    def more_time(self, who: str) -> bool:
        if who not in self.invited:
            return False
        self.invited[who] += INVITED
        return True

    def decline(self, who: str) -> bool:
        self.invited.pop(who, None)
        return True

    def accept(self, device: Device) -> bool:
        who = device[0]
        self.speaks_by(device)
        if not self.may_speak(who) or self.invited.get(who, 0) <= self.now:
            return False
        del self.invited[who]
        place = Place(muted=False, long=who not in self.hands)
        self.hands.pop(who, None)
        if self.screened:
            self.backstage[who] = place
        else:
            place.muted = self.begins_quiet(who)
            self.seats[who] = place
        return True

    # ---- on stage and backstage ----

    def put_on_air(self, by: str, who: str) -> bool:
        if not self.may(by, "floor.pick"):
            return False
        if who in self.seats:
            return True
        guest = self.backstage.get(who)
        if guest is None or guest.held is not None or not self.may_speak(who):
            return False
        del self.backstage[who]
        self.seats[who] = Place(guest.muted or self.begins_quiet(who), guest.long)
        return True

    def off(self, who: str) -> bool:
        """To the audience."""
        self.seats.pop(who, None)
        self.backstage.pop(who, None)
        self.aside.discard(who)
        return True

    def move_down(self, by: str, who: str) -> bool:
        return self.over(by, who) and self.off(who)

    def hold_to_talk(self, device: Device, *, on: bool) -> bool:
        who = device[0]
        if on and not (self.authority(who) in DESK and self.screened):
            return False
        if (who in self.aside) != on:
            self.speaks_by(device)
            self.aside ^= {who}
        return True

    def set_backstage(self, by: str, *, on: bool) -> bool:
        self.screened = on if self.may(by, "room.set") else self.screened
        return self.may(by, "room.set")

    # ---- quiet ----

    def mute(self, by: str, who: str, *, hold: bool = False) -> bool:
        if by != who and not self.over(by, who):
            return False
        held = who in self.aside
        self.aside.discard(who)
        if who in self.backstage:
            self.backstage[who].muted = True
        elif who in self.seats:
            self.seats[who].muted = True
            self.kept |= {who} if hold and by != who else set()
        return by != who or held or who in self.backstage or who in self.seats

    def release(self, by: str, who: str) -> bool:
        self.kept -= {who} if self.over(by, who) else set()
        return self.over(by, who)

    def mute_all(self, by: str) -> bool:
        if self.hosts(by):
            for who, seat in self.seats.items():
                seat.muted |= self.called(who) == "speaker"
        return self.hosts(by)

    def hush(self, by: str, *, on: bool) -> bool:
        if self.hosts(by):
            if on and not self.hushed:
                self.mute_all(by)
            self.hushed = on
        return self.hosts(by)

    def unmute(self, device: Device) -> bool:
        who = device[0]
        self.speaks_by(device)
        if who in self.backstage:
            self.backstage[who].muted = False
            return True
        if self.hosts(who) and who not in self.seats:
            self.seats[who] = Place(muted=who in self.kept)
            self.invited.pop(who, None)
            self.hands.pop(who, None)
            return True
        if who not in self.seats or self.quiet(who):
            return False
        self.seats[who] = Place(muted=False, long=self.seats[who].long)
        return True

    def microphone_away(self, who: str, *, on: bool) -> bool:
        held = on and who in self.aside
        self.aside -= {who} if on else set()
        if who in self.backstage:
            self.backstage[who].muted |= on
            return True
        if who not in self.seats:
            return held
        seat = self.seats[who]
        seat.muted |= seat.taken != on
        seat.taken = on
        return True

    # ---- sound ----

    def speaks_by(self, device: Device) -> None:
        """This page is the one that speaks, where it has sound."""
        if device in self.sound:
            self.microphone[device[0]] = device

    def offer(self, device: Device) -> bool:
        self.sound_ends(device)
        self.sound.add(device)
        if device[0] not in self.microphone:
            self.back_muted(device[0])
        return True

    def close_sound(self, device: Device) -> bool:
        if self.sound_ends(device):
            self.back_muted(device[0])
        return True

    def sound_ends(self, device: Device) -> bool:
        """Whether it was the page that its person spoke by."""
        self.sound.discard(device)
        spoke = self.microphone.get(device[0]) == device
        if spoke:
            del self.microphone[device[0]]
        return spoke

    def back_muted(self, who: str) -> None:
        """Another connection begins with a shut microphone and with no button held."""
        self.aside.discard(who)
        for place in (self.seats.get(who), self.backstage.get(who)):
            if place is not None:
                place.muted = True

    @property
    def heard(self) -> set[str]:
        on = {who for who, seat in self.seats.items() if not seat.muted and seat.held is None}
        return {who for who in on - self.aside if self.microphone.get(who) in self.sound}

    @property
    def heard_backstage(self) -> set[str]:
        on = {who for who, guest in self.backstage.items() if not guest.muted and guest.held is None}
        return {who for who in on | self.aside if self.microphone.get(who) in self.sound}

    @property
    def hear_backstage(self) -> set[str]:
        desk = {who for who in self.ids if self.authority(who) in DESK}
        return {who for who, _ in self.sound if who in desk | self.backstage.keys()} if self.screened else set()

    @property
    def hear_at_once(self) -> set[str]:
        on = {who for who, _ in self.sound if who in self.seats or self.authority(who) in HOSTS}
        return on | self.hear_backstage

    # ---- lines and time ----

    def line_lost(self, who: str) -> None:
        self.aside.discard(who)
        if (seat := self.seats.get(who)) is not None and seat.held is None:
            self.seat_waits(who)
        if (guest := self.backstage.get(who)) is not None and guest.held is None:
            guest.muted, guest.held = True, self.now
        if who in self.hands and self.hands[who] is None:
            self.hands[who] = self.now

    def seat_waits(self, who: str) -> None:
        seat = self.seats[who]
        long = seat.long or self.called(who) != "speaker"
        seat.muted, seat.held = True, self.now + (HOST_HELD if long else HELD)

    def line_found(self, who: str) -> None:
        if (seat := self.seats.get(who)) is not None:
            seat.held = None
        if (guest := self.backstage.get(who)) is not None:
            guest.held = None
            self.aside.discard(who)
        if who in self.hands:
            self.hands[who] = None

    def all_lines_lost(self) -> None:
        for who in self.seats:
            self.seat_waits(who)
        for guest in self.backstage.values():
            guest.muted, guest.held = True, self.away_since(guest.held)
        self.hands = {who: self.away_since(left) for who, left in self.hands.items()}
        self.invited = dict.fromkeys(self.invited, self.now + INVITED)

    def away_since(self, left: int | None) -> int:
        """Whose line the program lost is away since then, however often it dies before they are back."""
        return self.now if left is None else left

    def first_in_line(self, who: str) -> None:
        """Whose seat is lost finds their hand up when they are back; hosts need none."""
        if self.called(who) == "speaker":
            self.hands[who] = self.now

    def run_out(self) -> None:
        """Invitations, and seats and places of the absent."""
        self.invited = {who: until for who, until in self.invited.items() if until > self.now}
        lost = {who for who, seat in self.seats.items() if seat.held is not None and seat.held <= self.now}
        self.seats = {who: seat for who, seat in self.seats.items() if who not in lost}
        for who in lost:
            self.first_in_line(who)
        self.hands = {who: left for who, left in self.hands.items() if left is None or left + KEPT > self.now}
        self.backstage = {
            who: guest for who, guest in self.backstage.items() if guest.held is None or guest.held + KEPT > self.now
        }
