"""A small evening, written from what people are promised and not from the code that keeps it."""

from dataclasses import dataclass

from tests.model.doors import Doors
from tests.model.questions import Box


@dataclass
class Evening(Doors, Box):
    """One live room: who is here, who leads, who speaks, who is kept out, what is asked."""

    def tick(self, now: int) -> None:
        """What time alone brings about."""
        self.now = now
        self.forget()
        self.run_out()
        self.chair_is_due()
        self.doors_run_out()

    def restart(self) -> None:
        """The program died and is back: everybody's line is lost, everybody has their full span to come back."""
        here_before = self.inside if self.locked else set()
        self.pages, self.sound, self.microphone, self.aside, self.at_door = set(), set(), {}, set(), set()
        self.missed = {}
        self.left = dict.fromkeys(here_before, (self.now, False))
        self.met = set()
        self.all_lines_lost()
        self.away = dict.fromkeys(self.leaders, self.now)
        self.empty_since = None
