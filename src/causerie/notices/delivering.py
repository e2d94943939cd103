"""One delivery, done: a letter or a push message in the words of who is told, and what became of it written down."""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog

from causerie.clock import SECOND, Clock
from causerie.db import Database
from causerie.errors import Away
from causerie.i18n import ours, t
from causerie.mail.letters import Letter, written
from causerie.mail.post import MailAway, MailRefused, Post
from causerie.notices import deliveries as rows
from causerie.notices import words
from causerie.notices.deliveries import Delivery
from causerie.notices.devices import forget_device
from causerie.notices.kinds import TOPIC_OF
from causerie.notices.links import LetterLinks
from causerie.push.sealing import Receiver
from causerie.push.sending import Pusher, Sent

AT_ONCE = 16
AGAIN_AFTER = 1.0
SPARE = 30 * SECOND
"""What is held for no longer than this is not begun any more: it would be another's before it is done."""
log = structlog.get_logger()


@dataclass
class Delivering:
    """The ways out of here. Without a mail server letters stay where they are, for whoever runs this place to see."""

    database: Database
    clock: Clock
    pusher: Pusher
    links: LetterLinks
    name: str
    post: Post | None = None
    language: str = "en"
    """Of this place: in it is told whose own is not known."""

    async def deliver_some(self) -> int:
        """Deliver the next that are due; gives how many were taken up."""
        claimed, _ = await self.database.write(partial(rows.claim, mail=self.post is not None))
        letters = [one for one in claimed if one.channel == "mail"]
        pushed = [one for one in claimed if one.channel == "push"]
        room = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(self._letters(letters), *(self._in(room, one) for one in pushed))
        return len(claimed)

    async def _in(self, room: asyncio.Semaphore, one: Delivery) -> None:
        async with room:
            if not await self._too_late(one):
                await self._safely(one, self._push(one))

    async def _letters(self, letters: list[Delivery]) -> None:
        """One after another over one line; where there is none, the rest waits with the first."""
        if self.post is None or not letters:
            return
        away = False
        for one in letters:
            if await self._too_late(one):
                continue
            if away:
                await self.write(rows.not_tried, one)
            else:
                away = await self._safely(one, self._mail(self.post, one)) is False
        await self.post.close()

    async def _safely(self, one: Delivery, work: Coroutine[Any, Any, bool | None]) -> bool | None:
        """One that goes wrong in a way nobody thought of keeps no other waiting."""
        try:
            return await work
        except Exception:
            log.exception("notices.delivery", delivery=one.id)
            await self.write(rows.try_later, one)
            return None

    async def _too_late(self, one: Delivery) -> bool:
        if self.clock.now() < one.held_until - SPARE:
            return False
        await self.write(rows.not_tried, one)
        return True

    async def _mail(self, post: Post, one: Delivery) -> bool:
        """Whether the mail server is there at all."""
        message = written(self.letter(one), sender=post.sender, name=self.name, at=self.clock.now())
        try:
            await post.send(message)
        except MailAway as fault:
            log.warning("notices.mail_away", why=str(fault))
            await self.write(rows.try_later, one)
            return False
        except MailRefused as fault:
            log.warning("notices.mail_refused", why=str(fault))
            await self.write(rows.settle, one.id, "failed")
            return True
        await self.write(rows.settle, one.id, "sent")
        return True

    async def _push(self, one: Delivery) -> None:
        now = self.clock.now()
        lasts = max(0, one.good_until - now) // SECOND
        message = json.dumps(self.message(one), ensure_ascii=False).encode()
        to, topic = Receiver(one.p256dh, one.auth), f"notice-{one.notice}"
        told = await self.pusher.send(one.to or "", to, message, topic=topic, lasts=lasts, now=now)
        await self._pushed(one, told)

    async def _pushed(self, one: Delivery, told: Sent) -> None:
        match told.outcome:
            case "sent":
                await self.write(rows.settle, one.id, "sent")
            case "gone":
                await self.write(forget_device, one.target)
            case "later":
                await self.write(rows.try_later, one, wait=told.wait * SECOND)
            case "refused":
                await self.write(rows.settle, one.id, "failed")

    async def write(self, work: Any, *given: Any, **named: Any) -> None:
        """What was sent is written down as soon as it can be: while the database is away nothing else is sent."""
        while True:
            try:
                await self.database.write(lambda tx: work(tx, *given, **named))
                return
            except Away:
                await asyncio.sleep(AGAIN_AFTER)

    def letter(self, one: Delivery) -> Letter:
        """A notice as a letter. It is called the same however often it is sent."""
        speaks = self._speaks(one)
        said = words.worded(one.kind, one.said, wanted=speaks, zone=one.wishes.zone)
        host = urlsplit(self.links.base).hostname or "localhost"
        told = {"id": f"<notice-{one.notice}@{host}>", "to": one.to or "", "subject": said.title, "text": said.text}
        leave = self.links.leave(one.person, TOPIC_OF[one.kind])
        links = {"link": self.links.base + one.said.path, "link_says": t(speaks, "Open")}
        return Letter(**told, **links, language=speaks, leave=leave, leave_says=t(speaks, "No such letters any more"))

    def message(self, one: Delivery) -> dict[str, str]:
        """A notice as the service worker reads it."""
        speaks = self._speaks(one)
        said = words.worded(one.kind, one.said, wanted=speaks, zone=one.wishes.zone)
        shown = {"title": said.title, "text": said.text, "path": one.said.path}
        return {**shown, "tag": f"notice-{one.notice}", "language": speaks}

    def _speaks(self, one: Delivery) -> str:
        return ours(one.language or self.language)
