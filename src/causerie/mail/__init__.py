"""Letters that leave this place, where it has a mail server. Nobody waits for one, and none is sent twice knowingly."""

import asyncio
import time
from dataclasses import dataclass, field
from email.message import EmailMessage

import structlog

from causerie.config import Settings
from causerie.mail.letters import Letter, written
from causerie.mail.post import MailAway, MailRefused, Post, post_of

__all__ = ["Letter", "Mail"]

WAITING, AT_ONCE = 1000, 4
AGAIN_AFTER = (2.0, 20.0)

log = structlog.get_logger()


@dataclass
class Mail:
    """Letters that somebody asked for just now: sent on from here, some at a time, so that one that is slow delays few.

    What has to outlive a restart stands in the rows of notices instead, and goes by the same `Post`.
    """

    settings: Settings
    refused_full: int = 0
    _waiting: asyncio.Queue[EmailMessage] = field(default_factory=lambda: asyncio.Queue(WAITING))
    _senders: "list[asyncio.Task[None]]" = field(default_factory=list)

    @property
    def there(self) -> bool:
        """Links in letters lead to the public address alone: who asks says nothing about where they lead."""
        return bool(self.settings.mail.host and self.settings.web.public_url)

    def post(self, letter: Letter) -> None:
        """Have a letter sent; where too many wait it is not."""
        if not self.there:
            return
        try:
            self._waiting.put_nowait(self._written(letter))
        except asyncio.QueueFull:
            self.refused_full += 1
            log.error("mail.full", waiting=WAITING)
            return
        if not self._senders:
            self._senders = [asyncio.create_task(self._send_on(), name=f"mail {n}") for n in range(AT_ONCE)]

    async def sent(self) -> None:
        """Wait until nothing waits."""
        await self._waiting.join()

    async def close(self) -> None:
        """Letters that still wait are not sent. A cancellation that is swallowed on its way is said again."""
        while going := [sender for sender in self._senders if not sender.done()]:
            for sender in going:
                sender.cancel()
            await asyncio.wait(going, timeout=0.1)
        self._senders = []

    async def _send_on(self) -> None:
        post = post_of(self.settings)
        while True:
            message = await self._waiting.get()
            try:
                await _send(post, message)
            finally:
                self._waiting.task_done()

    def _written(self, letter: Letter) -> EmailMessage:
        post = post_of(self.settings)
        return written(letter, sender=post.sender, name=self.settings.instance.name, at=int(time.time() * 1000))


async def _send(post: Post, message: EmailMessage) -> None:
    """Try, and try again; it is the same letter to whoever has it already, by its Message-ID."""
    for pause in (*AGAIN_AFTER, None):
        try:
            await post.send(message)
            await post.close()
            return
        except MailRefused as refused:
            log.warning("mail.refused", why=str(refused))
            return
        except MailAway as fault:
            log.warning("mail.unsent", fault=str(fault), last=pause is None)
        if pause is not None:
            await asyncio.sleep(pause)
