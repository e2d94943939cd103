"""The desk's channel: one for those whom the host trusts with the desk, two for group and site admins, told less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from causerie.floor.rules import Desk
from causerie.live.channel import Channel
from causerie.live.pages import Page


@dataclass
class Desks:
    """Numbered channels; each page hears one of them and calls it `desk`."""

    hosts: Channel = field(default_factory=lambda: Channel("desk"))
    group: Channel = field(default_factory=lambda: Channel("desk"))
    site: Channel = field(default_factory=lambda: Channel("desk"))

    def of(self, desk: Desk) -> Channel:
        return {"hosts": self.hosts, "group": self.group, "site": self.site}[desk]

    def n(self, desk: Desk | None) -> int:
        """The number of the last event at this desk."""
        return self.of(desk).n if desk is not None else 0

    def say(
        self,
        pages: Iterable[Page],
        events: list[Any],
        now: int,
        *,
        site: list[Any] | None = None,
        group: list[Any] | None = None,
    ) -> None:
        """Number these events and send them; to site and group admins theirs, where they are told something else."""
        at_desk = [page for page in pages if page.desk is not None]
        _send([page for page in at_desk if page.desk == "hosts"], self.hosts.say(events, now))
        self._to_others("group", at_desk, events if group is None else group, now)
        self._to_others("site", at_desk, events if site is None else site, now)

    def _to_others(self, desk: Desk, at_desk: Iterable[Page], told: list[Any], now: int) -> None:
        theirs = [page for page in at_desk if page.desk == desk]
        if not theirs:
            self.of(desk).forget()  # hardly ever is one here: who comes back finds the desk as it is
        elif told:
            _send(theirs, self.of(desk).say(told, now))


def _send(pages: Iterable[Page], frame: str) -> None:
    for page in pages:
        page.frame(frame)
