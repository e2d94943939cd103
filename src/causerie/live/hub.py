"""One room's live edge: who is here, three numbered channels, and the tick."""

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, KeysView
from dataclasses import asdict, dataclass, field

from causerie.accounts.people import Person
from causerie.captions.lines import Line
from causerie.clock import SECOND
from causerie.errors import Refusal
from causerie.floor.fell import Standing, why_fell
from causerie.floor.rules import Desk, desk_of, hears_at_once, leads, rights, role
from causerie.groups.rules import Circle
from causerie.ids import PersonId
from causerie.live import asked, site, views
from causerie.live import protocol as wire
from causerie.live.channel import Channel
from causerie.live.desks import Desks
from causerie.live.lines import Lines
from causerie.live.missing import Missing
from causerie.live.murmur import Murmur
from causerie.live.networks import Networks
from causerie.live.pace import Pace
from causerie.live.pages import Page, Pages
from causerie.live.programs import Programs
from causerie.live.said import Said
from causerie.live.shown import Shown
from causerie.live.silence import Silence
from causerie.live.stays import Stays
from causerie.live.talk import Talk
from causerie.live.telling import Announcement
from causerie.live.voices import Voices
from causerie.media import Media
from causerie.questions.errors import LookedTooOften, VotesTooFast
from causerie.recordings.live import RecordedRoom
from causerie.safety.comers import Comer
from causerie.stage.moves import HELD

PLACES_APART = 5 * SECOND
# Pages take a line for broken on which nothing came for six seconds.
TICK_AT_LEAST, TICK_IN_A_HALL = 2 * SECOND, 3 * SECOND
# In a hall somebody comes or goes at every moment: from so many pages on, the number alone is told once a second.
HALL = 500
# Who speaks is told no oftener than for so many pages a millisecond: pages that hear live sound see it there at once.
VOICES_A_MS = 5


@dataclass
class _Placed:
    """What a person was last told of their place, and when; not `sure` where a page was shown another since."""

    place: wire.Place | None = None
    at: int = 0
    standing: Standing | None = None
    sure: bool = True


@dataclass
class Hub:
    """Numbers events and hands the encoded frames to every page; `programs` hear or speak without one (WHEP, WHIP)."""

    key: str
    media: Media
    numbers: dict[PersonId, int]
    epoch: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    pages: Pages = field(default_factory=Pages)
    programs: Programs = field(default_factory=Programs)
    stays: Stays = field(default_factory=Stays)
    at_door: set[Page] = field(default_factory=set)
    unfound: set[PersonId] = field(default_factory=set)
    missing: Missing = field(default_factory=Missing)
    silence: Silence = field(default_factory=Silence)
    lines: Lines = field(default_factory=Lines)
    networks: Networks = field(default_factory=Networks)
    trouble: wire.Trouble | None = None
    trouble_told: wire.Trouble | None = None
    shown: Shown = field(default_factory=Shown)
    said: Said = field(default_factory=Said)
    room: Channel = field(default_factory=lambda: Channel("room"))
    desks: Desks = field(default_factory=Desks)
    me: dict[PersonId, Channel] = field(default_factory=dict)
    votes: set[str] = field(default_factory=set)
    queue_changed: bool = False
    talk: Talk = field(default_factory=Talk)
    voices: Voices = field(default_factory=Voices)
    murmur: Murmur = field(default_factory=Murmur)
    voting: Pace = field(default_factory=lambda: Pace(10, VotesTooFast))
    writing: Pace = field(default_factory=lambda: Pace(4, LookedTooOften))
    circle: Circle | None = None
    circle_as: object = None
    blocked: frozenset[PersonId] = frozenset()
    blocked_of: PersonId | None = None
    withheld_until: int = 0
    sent_out: dict[PersonId, int] = field(default_factory=dict)
    _closing: list[tuple[Callable[[Comer], bool], type[Refusal]]] = field(default_factory=list)
    _placed: dict[PersonId, _Placed] = field(default_factory=dict)
    _ordered: list[wire.Entry] | None = None
    _ticked: tuple[int, int, list[int], list[int]] = (-1, 0, [], [])
    _ticked_at: int = 0

    def __post_init__(self) -> None:
        """The highest number stands last, so that the next is found without looking through thousands."""
        self.numbers = dict(sorted(self.numbers.items(), key=lambda given: given[1]))

    # ---- who is here ----

    @property
    def here(self) -> KeysView[PersonId]:
        return self.pages.people

    def soon_back(self, live: RecordedRoom, now: int) -> set[PersonId]:
        """Who is on deck and lost their line a moment ago."""
        away = live.floor.deck.keys() - self.here
        return {person for person in away if self.stays.expected(person, now, within=HELD)}

    def listeners(self, live: RecordedRoom) -> int:
        """The audience's number: everybody here who is not on stage, and who hears by other programs."""
        on_stage = sum(person in self.here for person in live.stage.seats)
        return len(self.here) - on_stage + self.programs.besides(self.here)

    def number(self, person: PersonId) -> int:
        """A person's speaker number in this room, given at first need and theirs from then on."""
        if person not in self.numbers:
            self.numbers[person] = next(reversed(self.numbers.values()), 0) + 1
        return self.numbers[person]

    def pages_of(self, person: PersonId) -> list[Page]:
        return self.pages.of(person)

    def name_of(self, person: PersonId) -> str | None:
        """What somebody in the room is called; None where nobody of this id is here by name."""
        here = self.person_by_name(person)
        return here.name if here else None

    def person_by_name(self, person: PersonId) -> Person | None:
        """Somebody who is in the room by name."""
        return next((page.person for page in self.pages_of(person) if page.person.name), None)

    # ---- doors ----

    @contextlib.contextmanager
    def closing(self, hits: Callable[[Comer], bool], refusal: type[Refusal]) -> Iterator[None]:
        """Keep these people out while it is being written that they stay out."""
        closes = hits, refusal
        self._closing.append(closes)
        try:
            yield
        finally:
            self._closing.remove(closes)

    def closes_before(self, comer: Comer) -> type[Refusal] | None:
        """What somebody is told before whom the door is just being shut."""
        return next((refusal for hits, refusal in self._closing if hits(comer)), None)

    def inside(self, now: int, *, since: int | None = None) -> frozenset[PersonId]:
        """Every id of those who are here or left of themselves in the last ten minutes; who came `since` left out."""
        comers = [stay.comer for stay in self.stays.lately(now) if since is None or stay.since < since]
        comers += [one.comer for one in self.programs if since is None or one.since < since]
        return frozenset(id for comer in comers for id in comer.ids)

    def hit_by(self, hits: Callable[[Comer], bool], live: RecordedRoom) -> set[PersonId]:
        """Who of those here this hits; nobody with authority in the room."""
        comers = [(page.person.id, page.comer) for page in self.pages]
        comers += [(program.person, program.comer) for program in self.programs]
        return {person for person, comer in comers if hits(comer) and not leads(live, comer)}

    # ---- entering ----

    def snapshot(self, live: RecordedRoom, page: Page, now: int) -> str:
        """Everything this person may see now."""
        mine = self._mine(page.person.id)
        line = self.lines.of(page.person.id)
        me = views.me(live, page.person, self.number(page.person.id), self.here, now, line=line)
        desk = self._desk(live, page.desk, now) if page.desk else None
        if desk is not None and desk.entries != self._ordered:
            self._ordered = None  # it shows more than the tick has told: what the next one finds is told anew
        if self._placed.get(page.person.id, _Placed()).place != me.place:
            self._placed.setdefault(page.person.id, _Placed()).sure = False
        at = wire.At(room=self.room.n, desk=self.desks.n(page.desk), me=mine.n)
        said = self.said.last(at_once=page.person.id in hears_at_once(live))
        room = self.shown.to(page.person.id, live, said, listeners=self.listeners(live), now=now)
        return wire.snapshot(self.epoch, now, at, room, desk, me)

    def missed(self, page: Page, since: wire.Since) -> list[str] | None:
        """The frames since then; None where a snapshot is needed."""
        if since.epoch != self.epoch or since.person not in (None, page.person.id):
            return None
        parts = [self.room.since(since.room), self._mine(page.person.id).since(since.me)]
        if page.desk:
            parts.append(self.desks.of(page.desk).since(since.desk))
        frames: list[str] = []
        for part in parts:
            if part is None:
                return None
            frames += part
        return frames

    # ---- saying ----

    def say(self, said: Announcement, live: RecordedRoom, now: int) -> None:
        """Number a turn's events and send them; votes and the queue's order wait for the tick."""
        if said.room:
            self._send(self.pages, self.room.say(said.room, now))
        if said.desk:
            self.desks.say(self.pages, said.desk, now, site=said.site, group=said.group)
        for person, events in said.me.items():
            self.tell(person, events, now)
        for person in self.here if said.everybody else said.rights & self.here:
            self.tell_rights(person, live, now)
        for person in (self.me.keys() if said.everybody else said.rights & self.me.keys()) - self.here:
            self.me[person].forget()  # who comes back gets a snapshot, with the rights they have then
        for page in [page for page in self.at_door if said.opens or page.person.id in said.door]:
            self._answer(page, live, let_in=said.opens or said.door[page.person.id])
        self.votes |= said.votes
        self.queue_changed = True

    def _answer(self, page: Page, live: RecordedRoom, *, let_in: bool) -> None:
        """Tell somebody who knocked; who may come in knocks no more."""
        if let_in:
            self.at_door.discard(page)
        page.frame(wire.Door(room=live.room.name, open=let_in).model_dump_json())

    def tell(self, person: PersonId, events: list[object], now: int) -> None:
        """Tell one person, on all their pages."""
        self._send(self.pages_of(person), self._mine(person).say(events, now))

    def tell_rights(self, person: PersonId, live: RecordedRoom, now: int) -> None:
        """What one may do now; who gains the desk sees it as it is, who loses it hears no more of it."""
        pages = self.pages_of(person)
        page, sees = pages[0], desk_of(live, pages[0].person)
        told: list[object] = [wire.MeRights(role=role(live, page.person), rights=rights(live, page.person))]
        if sees != page.desk:
            self._ordered = None
            seen = self._desk(live, sees, now) if sees else None
            told.append(wire.MeDesk(n=self.desks.n(sees), desk=seen))
        for page in pages:
            page.desk = sees
        self.tell(person, told, now)

    def caption(self, line: Line, live: RecordedRoom, now: int) -> None:
        """Show what was said just now, to the audience when they have heard it."""
        at_once = hears_at_once(live) if live.room.safety_delay else frozenset()
        self.said.hold([line], at_once)
        self._show(line, [page for page in self.pages if page.person.id in at_once])
        self._show_due(live, now)

    def _show_due(self, live: RecordedRoom, now: int) -> None:
        for one in self.said.due(live.room, now):
            self._show(one.line, [page for page in self.pages if page.person.id not in one.readers])

    def _show(self, line: Line, pages: Iterable[Page]) -> None:
        frame = wire.Caption(line=wire.CaptionLine(**asdict(line))).model_dump_json()
        for page in pages:
            page.frame(frame, may_be_lost=True)

    # ---- the tick ----

    def tick(self, live: RecordedRoom, now: int) -> None:
        """What many did since the last tick leaves together, once."""
        if self.votes:
            counted = asked.counted(live, self.votes)
            self.votes = set()
            self.queue_changed = True
            self._send(self.pages, self.room.say([counted], now))
        if self.queue_changed:
            self.queue_changed = False
            self.networks.stale = True
            self._order(live, now)
        if (silent := self.silence.news(self.here, now)) is not None:
            self.desks.say(self.pages, [wire.SilenceCounted(silent=silent)], now)
        if self.networks.news(live, self.stays, now):
            self.desks.say(self.pages, [wire.DeskOneNetwork(one_network=self.networks.told)], now)
        if self.trouble != self.trouble_told:
            self.trouble_told = self.trouble
            self.desks.say(self.pages, [wire.RecordingTrouble(trouble=self.trouble)], now)
        self._show_due(live, now)
        self._grade(live, now)
        self._levels(live, now)

    def _grade(self, live: RecordedRoom, now: int) -> None:
        """Hosts see whose line is weak; who has it reads so themselves."""
        if changed := self.lines.news(live, lambda person: self.media.counts(self.key, person), now):
            self.desks.say(self.pages, [wire.LinesGraded(lines=self.lines.told)], now)
        for person in changed:
            self.tell(person, [wire.MeGraded(line=self.lines.of(person))], now)

    def _order(self, live: RecordedRoom, now: int) -> None:
        here = self.here
        queue = live.queue(here, now)
        if (entries := views.entries(live, queue)) != self._ordered:
            self._ordered = entries
            theirs = [wire.FloorOrdered(entries=site.entries(entries, live))]
            self.desks.say(self.pages, [wire.FloorOrdered(entries=entries)], now, site=theirs, group=theirs)
        found = views.places_in(queue, live.pace(now))
        standing = Standing(queue, live.room.settings.policy, live.room.settings.alternate)
        for person in here & (found.keys() | self._placed.keys()):
            self._place(person, found.get(person), standing, now)

    def _place(self, person: PersonId, place: wire.Place | None, standing: Standing, now: int) -> None:
        told = self._placed.setdefault(person, _Placed())
        if told.sure and told.place == place:
            told.standing = standing
            return
        if now - told.at < PLACES_APART:
            self.queue_changed = True  # tell them when it is time
            return
        self._placed[person] = _Placed(place, now, standing)
        fell = None
        if place and told.place and told.standing and place.n > told.place.n:
            fell = views.fell(why_fell(person, told.standing, standing))
        self.tell(person, [wire.MePlaced(place=place, fell=fell)], now)

    def _levels(self, live: RecordedRoom, now: int) -> None:
        speaking = self.media.speaking(self.key)
        self._talk(live, speaking, now)
        self.voices.hear(speaking, now)
        heard = self.voices.heard(live.room, now)
        state = (self.listeners(live), asked.stepped_forward(live), speaking, heard)
        reactions = self.murmur.taken(now)
        if not reactions and now - self._ticked_at < self._stands(state):
            return
        self._ticked, self._ticked_at = state, now
        listeners, forward, *_ = state
        tick = wire.Tick(now=now, listeners=listeners, stepped_forward=forward, speaking=heard, reactions=reactions)
        frame = later = tick.model_dump_json()
        if speaking != heard:
            frame = tick.model_copy(update={"speaking": speaking}).model_dump_json()
        at_once = hears_at_once(live) if frame is not later else frozenset()
        for page in self.pages:
            page.frame(frame if page.person.id in at_once else later, may_be_lost=True)

    def _stands(self, state: tuple[int, int, list[int], list[int]]) -> int:
        """How long what was told last may stand, in ms."""
        crowd = len(self.pages)
        if state == self._ticked:
            return TICK_AT_LEAST if crowd < HALL else TICK_IN_A_HALL
        if crowd < HALL:
            return 0
        return SECOND if state[1:] == self._ticked[1:] else min(TICK_IN_A_HALL, crowd // VOICES_A_MS)

    def _talk(self, live: RecordedRoom, speaking: list[int], now: int) -> None:
        self.talk.hear(live, speaking, now)
        if (told := self.talk.news(live, now)) is not None:
            frame = told.model_dump_json()
            for page in self.pages:
                if page.desk or page.person.id in live.stage.seats:
                    page.frame(frame, may_be_lost=True)

    # ---- inside ----

    def _desk(self, live: RecordedRoom, which: Desk, now: int) -> wire.DeskView:
        whole = views.desk(
            live,
            self.here,
            now,
            silent=self.silence.told,
            lines=self.lines.told,
            trouble=self.trouble_told,
            one_network=self.networks.told,
        )
        return whole if which == "hosts" else site.view(whole, live, knocks=which == "group")

    def _mine(self, person: PersonId) -> Channel:
        return self.me.setdefault(person, Channel("me"))

    def _send(self, pages: Iterable[Page], frame: str) -> None:
        for page in list(pages):
            page.frame(frame)
