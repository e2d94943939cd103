"""The desk's channel: one for those whom the host trusts with the desk, one for site admins, who are told less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from causerie.floor.rules import Desk
from causerie.live.channel import Channel
from causerie.live.pages import Page


@dataclass
class Desks:
    """Two numbered channels; each page hears one of them and calls it `desk`."""

    hosts: Channel = field(default_factory=lambda: Channel("desk"))
    site: Channel = field(default_factory=lambda: Channel("desk"))

    def of(self, desk: Desk) -> Channel:
        return self.hosts if desk == "hosts" else self.site

    def n(self, desk: Desk | None) -> int:
        """The number of the last event at this desk."""
        return self.of(desk).n if desk is not None else 0

    def say(self, pages: Iterable[Page], events: list[Any], now: int, *, site: list[Any] | None = None) -> None:
        """Number these events and send them; to site admins `site` instead, where they are told something else."""
        at_desk = [page for page in pages if page.desk is not None]
        _send([page for page in at_desk if page.desk == "hosts"], self.hosts.say(events, now))
        theirs = [page for page in at_desk if page.desk == "site"]
        if not theirs:
            self.site.forget()  # hardly ever is one here: who comes back finds the desk as it is
        elif told := events if site is None else site:
            _send(theirs, self.site.say(told, now))


def _send(pages: Iterable[Page], frame: str) -> None:
    for page in pages:
        page.frame(frame)
