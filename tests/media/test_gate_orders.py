"""In whatever order people and hosts do things, a microphone is open only after its person accepted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce

from causerie._engine import GATE_SHUT, GATE_STAGE
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.media import Media, Peer
from causerie.stage import moves, silence
from causerie.stage.events import Event
from causerie.stage.state import Stage, fold

BEN, HOST = PersonId("ben"), PersonId("ada")
DEPTH = 6


@dataclass
class Gates:
    """The media core as far as gates go: how each connection's stands."""

    stand: dict[int, int] = field(default_factory=dict)

    def join(self, *, peer: int, **_: object) -> None:
        self.stand[peer] = GATE_SHUT

    def gate(self, peer: int, gate: int) -> None:
        self.stand[peer] = gate

    def leave(self, peer: int) -> None:
        self.stand.pop(peer, None)

    @property
    def open(self) -> bool:
        return GATE_STAGE in self.stand.values()


def nothing(_: Peer) -> None:
    """Nobody asks what became of the connection."""


@dataclass
class Order:
    """What was done so far. `wants`: Ben himself has opened his microphone, and nobody has closed it since."""

    stage: Stage = field(default_factory=Stage)
    wants: bool = False
    gates: Gates = field(default_factory=Gates)

    def __post_init__(self) -> None:
        self.media = Media(self.gates)  # type: ignore[arg-type]  # gates are all that is asked of it here
        self.peer: Peer | None = None

    def turn(self, decide: Callable[[Stage], list[Event]]) -> bool:
        """What closes is closed, what opens is opened, as a room does it after each turn."""
        try:
            events = decide(self.stage)
        except Refusal:
            return False
        before, self.stage = self.sounds, reduce(lambda stage, event: fold(event, stage), events, self.stage)
        if before and not self.sounds:
            self.media.shut("room", BEN)
        if self.sounds and not before:
            self.media.open("room", BEN)
        return True

    @property
    def sounds(self) -> bool:
        return BEN in self.stage.seats and self.stage.seats[BEN].sounds

    # ---- what can be done ----

    def offers(self) -> None:
        """Ben's page connects (again); a connection from before goes."""
        if self.peer is not None:
            self.media.leave(self.peer)
        self.peer = self.media._peer("room", BEN, 1, nothing)
        self.gates.join(peer=self.peer.number)

    def takes_the_microphone(self) -> None:
        if self.peer is not None:
            self.media.take_microphone(self.peer)

    def is_invited(self) -> None:
        self.turn(lambda stage: moves.invite(stage, BEN, "Ben", now=0))

    def accepts(self) -> None:
        self.takes_the_microphone()
        self.wants |= self.turn(lambda stage: moves.accept(stage, BEN, number=1, now=1))

    def declines(self) -> None:
        self.turn(lambda stage: moves.decline(stage, BEN))

    def unmutes(self) -> None:
        self.takes_the_microphone()
        self.wants |= self.turn(lambda stage: silence.unmute(stage, BEN))

    def mutes(self) -> None:
        self.closes(lambda stage: silence.mute(stage, BEN, by=BEN))

    def is_muted(self) -> None:
        self.closes(lambda stage: silence.mute(stage, BEN, by=HOST))

    def is_moved_down(self) -> None:
        self.closes(lambda stage: moves.move_down(stage, BEN))

    def loses_the_line(self) -> None:
        self.closes(lambda stage: moves.lose_line(stage, BEN, now=2))

    def finds_the_line(self) -> None:
        self.turn(lambda stage: moves.find_line(stage, BEN))

    def closes(self, decide: Callable[[Stage], list[Event]]) -> None:
        """Shut first, then decided."""
        self.wants = False
        self.media.shut("room", BEN)
        self.turn(decide)


ACTS: list[Callable[[Order], None]] = [
    Order.offers,
    Order.takes_the_microphone,
    Order.is_invited,
    Order.accepts,
    Order.declines,
    Order.unmutes,
    Order.mutes,
    Order.is_muted,
    Order.is_moved_down,
    Order.loses_the_line,
    Order.finds_the_line,
]


def done(acts: tuple[int, ...]) -> Order:
    order = Order()
    for act in acts:
        ACTS[act](order)
    return order


def standing(order: Order) -> object:
    """Two orders that stand alike go on alike; they are looked at once."""
    sounding = order.media._sounding("room")
    peer = order.peer.number if order.peer else 0
    gate = order.gates.stand.get(peer)
    holds = sounding.microphone.get(BEN) is order.peer if order.peer else None
    return (repr(order.stage), order.wants, peer > 0, gate, holds, BEN in sounding.open)


def test_no_order_of_six_acts_opens_a_microphone_without_its_person():
    orders: dict[object, tuple[int, ...]] = {standing(Order()): ()}
    opened = 0
    for _ in range(DEPTH):
        after = [(*acts, act) for acts in orders.values() for act in range(len(ACTS))]
        found: dict[object, tuple[int, ...]] = {}
        for acts in after:
            order = done(acts)
            assert order.wants or not order.gates.open, [ACTS[act].__name__ for act in acts]
            assert not (order.gates.open and not order.sounds), [ACTS[act].__name__ for act in acts]
            opened += order.gates.open
            found.setdefault(standing(order), acts)
        orders |= {state: acts for state, acts in found.items() if state not in orders}

    assert opened > 30
    assert len(orders) > 20
