"""The media core as Python sees it: who is let in to hear, whose microphone is open, and what became of them.

No call waits for the network or for a packet; only `Engine(…)`, `play` and `stop` may take some milliseconds. What
happens to people comes back as `Change`s, read when `Engine.fileno()` is readable. A peer is one connection of one
page: whoever reconnects comes as a new peer. Numbers of peers and rooms are chosen by the caller; no two connections
ever share one.
"""

from typing import final

GATE_SHUT: int
"""Nothing this person says is heard; what they said while shut is never heard later either."""
GATE_STAGE: int
"""This person is heard by the whole room."""

GATE_BACKSTAGE: int
"""This person is heard by those who listen backstage (`hear_backstage`), and by nobody else."""

class EngineError(Exception):
    """Why the media core cannot do what was asked: a code for programs, a sentence for people.

    `media.port_taken`, `media.address`, `media.system` when it starts; `player.unreadable` for a file.
    """

    code: str

@final
class Change:
    """What became of one person's connection: the latest only, whatever lay between two readings."""

    @property
    def peer(self) -> int:
        """The connection, by the number it was joined with."""
    @property
    def room(self) -> int:
        """The room it belongs to."""
    @property
    def link(self) -> str:
        """`new` (answered, not yet heard from), `up`, `lost` (5 s without a sign), `gone` (for good)."""
    @property
    def answer(self) -> str | None:
        """What the page's offer is answered with (SDP); given once."""
    @property
    def refusal(self) -> tuple[str, str] | None:
        """Why the page's offer was refused: a code for programs and a sentence for people."""
    @property
    def reason(self) -> str | None:
        """Why the connection is gone: `left`, `closed`, `timeout`, `fault`, `ended` (a file), `quarantined`, …"""

@final
class Figures:
    """One listener: how they hear, and how well."""

    @property
    def peer(self) -> int:
        """The connection, by the number it was joined with."""
    @property
    def programme(self) -> int | None:
        """They hear the programme, with so many copies of earlier sound (0 to 2); none for who hears voices."""
    @property
    def by_tcp(self) -> bool:
        """Their sound goes by TCP."""
    @property
    def fraction_lost_256(self) -> int:
        """The share their browser lost lately, in 1/256."""
    @property
    def round_trip_ms(self) -> int:
        """How long an answer of theirs takes."""
    @property
    def jitter_ms(self) -> int:
        """How unevenly it comes to them."""
    @property
    def delay_ms(self) -> int:
        """How much later than it came to us they get what is said: mixing, safety delay and half the round trip."""
    @property
    def packets(self) -> int:
        """Packets of sound that went to them, as of the last few seconds."""
    @property
    def bytes(self) -> int:
        """How much sound that was, without headers."""
    @property
    def heard_ms(self) -> int:
        """For how long they have heard."""

@final
class Audience:
    """A room's audience, and some of it in the order that was asked for."""

    @property
    def all(self) -> int:
        """How many listeners there are."""
    @property
    def programme(self) -> tuple[int, int, int]:
        """How many of them hear the programme: with no copy of earlier sound, with one, with two."""
    @property
    def by_tcp(self) -> int:
        """How many of all come by TCP."""
    @property
    def some(self) -> list[Figures]:
        """Some of them."""

@final
class Engine:
    """One port, some threads, and all rooms' sound."""

    def __init__(
        self,
        *,
        bind: str,
        port: int,
        advertise: list[str],
        workers: int = 0,
        max_peers: int = 5000,
        reserve: int = 0,
    ) -> None:
        """Open the port and start; raises `EngineError` when the port cannot be had.

        `bind` is an IPv4 address (`0.0.0.0` for all), port 0 takes any free one, `advertise` are the addresses told
        to browsers (empty: `bind` itself; `203.0.113.7=10.0.0.5`: the one behind `=` is this machine's, and a router
        leads from the first to it), workers 0 means one for each core but one. `reserve` bytes of a disk stay
        free whatever is recorded, or a tenth of it when it is small.
        """
    @property
    def port(self) -> int:
        """The port everybody's sound goes through: by UDP, and by TCP where a network lets no UDP through."""
    @property
    def by_tcp(self) -> bool:
        """Whether the port is open by TCP too; where another program has it, sound goes on by UDP alone."""
    @property
    def workers(self) -> int:
        """How many threads carry sound."""
    def fileno(self) -> int:
        """Readable when `changes` has something; for `loop.add_reader`."""
    def changes(self) -> list[Change]:
        """Everybody whose connection changed since the last call, each once; never waits."""
    def join(
        self,
        *,
        peer: int,
        room: int,
        speaker: int,
        offer: str,
        listens: bool = True,
        publishes: bool = True,
        programme: int | None = None,
    ) -> None:
        """Let a page's connection into a room; the answer or the refusal comes as a `Change`.

        `speaker` is the person's number in the room (from 1), shown to all as who is heard. `listens` and `publishes`
        say which directions this connection may use at all; a microphone stays shut until `gate` opens it. `programme`
        is the line of the offer, from 0, on which the programme comes while it is on; the first line means that nothing
        but the programme is heard. Without one each line carries a voice.
        """
    def play(self, *, peer: int, room: int, speaker: int, path: str, loop: bool = False) -> None:
        """Let a file (Ogg Opus, frames of 20 ms) speak in a room as a person would; its gate, too, begins shut.

        Raises `EngineError` with `player.unreadable` for any other file. A file that is played once ends with a
        `Change` whose reason is `ended`. Files that start together stay together.
        """
    def gate(self, peer: int, gate: int) -> None:
        """Say where this person may be heard (`GATE_SHUT`, `GATE_STAGE`): the latest word holds, and never fails."""
    def hear_backstage(self, peer: int, on: bool) -> None:
        """Let a person hear what is said backstage, or no longer; it comes on the fifth line of their offer.

        Said before the offer is answered it is void.
        """
    def hear_at_once(self, peer: int, on: bool) -> None:
        """Let a person hear each voice as it is said, as all do on stage, muted or not; or as the audience does.

        Said before the offer is answered it is void.
        """
    def programme(self, room: int, on: bool) -> None:
        """Let a room's audience hear its programme, the loudest mixed into one, instead of each voice; or no longer.

        It changes over in a pause. Who may be heard themselves, who hears at once and who listens backstage
        always hears the voices.
        """
    def lowest_delay(self, peer: int, on: bool) -> None:
        """Let one listener hear the voices where the others hear the programme; or no longer."""
    def number_from(self, first: int) -> None:
        """Let programme lines' numbers begin there from now on; without this they begin by chance below 2^14.

        For tests: sixteen bits of numbers last for 22 minutes.
        """
    def safety_delay(self, room: int, seconds: int) -> None:
        """Hold a room's programme and streams back so long (0 to 255): its audience hears no voice directly then.

        A longer delay is waited for in silence, a shorter one leaves out what waited longer.
        """
    def dump(self, room: int) -> None:
        """Drop what is held back: nobody in the audience ever hears it; silence until the delay is filled again."""
    def lead_streams(self, fd: int) -> None:
        """Send each 20 ms of every room that is streamed to this connected datagram socket, as long as it takes them.

        A datagram, little endian: the room's number (8 bytes), the tick (8; a hole is lost sound), the level in −dBov
        (1), whether nobody is heard (1), the length of the Opus packet (2), the packet, and 960 samples of 16 bits at
        48 kHz. The descriptor stays the caller's. What finds no room is `drop_stream`.
        """
    def stream(self, room: int, on: bool) -> None:
        """Make a room's programme for `lead_streams`, whether or not somebody hears it here; or no longer."""
    def open_track(self, track: int, path: str) -> None:
        """Keep a speaker's log at this path, its folder being there; it is a file once something was said.

        `track` is a number from 1 of the caller's choice, open once. A log that is there goes on behind its last whole
        record.
        """
    def close_track(self, track: int) -> None:
        """Bring a log to its end: once `tracks` does not name it any more, all of it is on the disk."""
    def record(self, peer: int, track: int | None) -> None:
        """Write what this person says on stage to this log from now on, or nothing more.

        The latest word holds, also for who has not come yet, and never fails. What was said before it, muted or
        backstage leaves no byte, however late it comes.
        """
    def tracks(self) -> list[tuple[int, int, int, str | None]]:
        """How each open log stands: its number, bytes written, records missing, and what keeps it from being written.

        That is `full`, `read_only`, `slow`, `broken`, or none. It is tried again each second.
        """
    def leave(self, peer: int) -> None:
        """End one connection; unknown or gone ones do not matter."""
    def close_room(self, room: int) -> None:
        """End every connection of a room."""
    def speaking(self, room: int) -> list[tuple[int, int]]:
        """Who is heard now, loudest first: the person's number and their level in −dBov (0 is the loudest)."""
    def statistics(self) -> dict[str, int]:
        """Counts since the start, by name; those of one worker end in its number."""
    def audience(self, room: int, *, by: str, first: int, most: int) -> Audience:
        """A room's listeners: how many hear what, and at most so many of them from the `first` on.

        `by` is which come first: `lost`, `round_trip`, `jitter` or `newest`; another word is a `ValueError`.
        """
    def peer_statistics(self, peer: int) -> dict[str, int] | None:
        """Counts of one connection (packets, losses, times in ms), or none when it is not there.

        How well what it says arrives: `said_expected` packets there should be by their numbers, `said_arrived` came,
        `said_jitter_ms` is how unevenly (RFC 3550, A.8), `round_trip_ms` how long an answer takes. How it hears us:
        `fraction_lost_256` and `jitter_ms`, as its own reports say.
        """
    def stop(self) -> None:
        """End everybody's connection, close the port, and wait for the threads; safe to call twice."""

@final
class Crowd:
    """Honest listeners of this machine's own, to see how many it carries: they decrypt and count, and play nothing."""

    def __init__(self) -> None:
        """Nobody yet; a thread that waits for them."""
    def offer(self) -> tuple[int, str]:
        """One more, by a number, with the offer to listen (SDP); raises `OSError` where there are no sockets left."""
    def answer(self, number: int, answer: str) -> None:
        """They were answered and listen from now on; raises `EngineError` with `crowd.unfit` for what is no answer."""
    def figures(self) -> dict[str, int]:
        """`up` listen now, `gone` were lost; since the last asking `packets` came and `missing` did not.

        All but one in a hundred packets came within `gap_ms` after the one before.
        """
    def leave(self) -> None:
        """All go, and say so."""

@final
class Track:
    """One speaker's log of a take, looked through once. Times are nanoseconds of the Unix clock."""

    def __init__(self, path: str) -> None:
        """Raises `EngineError` with `take.unreadable` when there is no such log, or of another version.

        What is behind a torn or broken record is left out.
        """
    @property
    def came(self) -> tuple[int, int] | None:
        """When the first and the last packet came; none when nothing was ever said."""
    @property
    def packets(self) -> int:
        """How many packets of sound there are."""
    @property
    def lost(self) -> int:
        """How many records the disk did not take."""
    @property
    def torn(self) -> int | None:
        """Where the log is cut off, in bytes, when the program was killed while it wrote."""
    def spans(self) -> list[tuple[int, int]]:
        """When this person spoke: from the first voiced frame to the last, breaths included."""
    def sound(self, begins: int) -> Sound:
        """What was said from this moment on, on the room's clock."""

@final
class Sound:
    """A track that plays: 48 kHz, one channel, silence where nothing was said."""

    def read(self, samples: int) -> bytes:
        """The next samples as 32-bit floats, little endian, a minute at most; after the end, silence."""
