"""Letters that leave this place, where it has a mail server. Nobody waits for one, and none is sent twice knowingly."""

import asyncio
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from urllib.parse import urlsplit

import aiosmtplib
import structlog

from causerie.config import Settings

WAITING, AT_ONCE = 1000, 4
AGAIN_AFTER = (2.0, 20.0)
ANSWER_WITHIN = 20.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Letter:
    """One letter to one person."""

    to: str
    subject: str
    text: str


@dataclass
class Mail:
    """Hands letters to the mail server one after another; some at a time, so that one that is slow delays few."""

    settings: Settings
    refused_full: int = 0
    _waiting: asyncio.Queue[EmailMessage] = field(default_factory=lambda: asyncio.Queue(WAITING))
    _senders: "list[asyncio.Task[None]]" = field(default_factory=list)

    @property
    def there(self) -> bool:
        """Links in letters lead to the public address alone: who asks says nothing about where they lead."""
        return bool(self.settings.mail.host and self.settings.web.public_url)

    def post(self, letter: Letter) -> None:
        """Have a letter sent; where too many wait, or what it says fits into no letter, it is not."""
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
        while True:
            message = await self._waiting.get()
            try:
                await self._send(message)
            finally:
                self._waiting.task_done()

    async def _send(self, message: EmailMessage) -> None:
        """Try, and try again; it is the same letter to whoever has it already, by its Message-ID."""
        for pause in (*AGAIN_AFTER, None):
            try:
                await self._hand_over(message)
                return
            except (aiosmtplib.SMTPException, OSError) as fault:
                log.warning("mail.unsent", fault=type(fault).__name__, last=pause is None)
            if pause is not None:
                await asyncio.sleep(pause)

    async def _hand_over(self, message: EmailMessage) -> None:
        server = self.settings.mail
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.username or None,
            password=server.password or None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=ANSWER_WITHIN,
        )

    def _written(self, letter: Letter) -> EmailMessage:
        host = urlsplit(self.settings.web.public_url).hostname or "localhost"
        message = EmailMessage(policy=SMTP)
        message["From"] = self.settings.mail.sender or f"causerie@{host}"
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(domain=host)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message
