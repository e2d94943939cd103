"""What an evening of chance must come to, without its rules: who sounds, who waits, what is asked."""

from dataclasses import dataclass, field

from tests.hall import ADA


@dataclass
class Model:
    """What matters to people, and nothing else."""

    sounds: dict[str, bool] = field(default_factory=dict)
    away: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    hushed: bool = False
    invited_by_host: set[str] = field(default_factory=set)
    hands: dict[str, int | None] = field(default_factory=dict)
    invited: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    askers: dict[str, str] = field(default_factory=dict)
    votes: dict[str, set[str]] = field(default_factory=dict)
    shortlist: list[str] = field(default_factory=list)

    @property
    def on_air(self) -> str | None:
        return next((id for id, state in self.states.items() if state == "on_air"), None)

    @property
    def next(self) -> str | None:
        return next((id for id, state in self.states.items() if state == "next"), None)

    def invitation_ended(self, person: str) -> None:
        """Nobody comes up with it: a question that was next for it is open again."""
        self.invited.pop(person)
        if (called := self.next) is not None and self.askers[called] == person:
            self.states[called] = "open"

    def comes_up(self, person: str) -> None:
        """Hand and invitation have done their work; the question one was called for is on air."""
        self.invited.pop(person, None)
        self.hands.pop(person, None)
        if (called := self.next) is not None and self.askers[called] == person:
            self.states[called] = "on_air"

    def makes_way(self, question: str) -> None:
        """What is on air is answered, and another that was next is open again, its asker not called any more."""
        if (before := self.on_air) is not None and before != question:
            self.states[before] = "answered"
        if (called := self.next) is not None and called != question:
            self.states[called] = "open"
            self.invited = {p: given for p, given in self.invited.items() if given[1] != called}

    def must_be_quiet(self, person: str) -> bool:
        return person in self.kept or (self.hushed and person != ADA)

    def leaves_stage(self, person: str) -> None:
        self.invited_by_host.discard(person)
        self.sounds.pop(person, None)
        self.away.pop(person, None)
