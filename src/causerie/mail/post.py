"""Hands letters to the mail server, one after another over one line."""

import asyncio
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

import aiosmtplib

from causerie.config import Settings

WITHIN = 20.0
Security = Literal["starttls", "tls", "none"]


class MailAway(Exception):
    """The mail server cannot be reached, or wants us to come again: this letter may be tried later."""


class MailRefused(Exception):
    """The mail server will never take this letter."""


@dataclass
class Post:
    """A line to the mail server, opened when there is something to send."""

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    _line: aiosmtplib.SMTP | None = None

    async def send(self, message: EmailMessage) -> None:
        """Sent when this returns; or `MailAway`, `MailRefused`."""
        try:
            line = await self._opened()
            # As bytes: aiosmtplib folds a message of its own accord, at 78 (`mail/letters.py:POLICY`).
            to = message["To"].addresses[0].addr_spec
            await line.sendmail(self.sender, to, message.as_bytes())
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _told(max(one.code for one in refused.recipients)) from refused
        except aiosmtplib.SMTPSenderRefused as refused:
            raise MailAway("sender") from refused  # the server does not know us: no letter is at fault
        except aiosmtplib.SMTPResponseException as refused:
            if refused.code == 421:
                self._drop()
            raise _told(refused.code) from refused
        except (aiosmtplib.SMTPException, OSError, TimeoutError, asyncio.IncompleteReadError) as fault:
            self._drop()
            raise MailAway(type(fault).__name__) from fault

    async def close(self) -> None:
        """Hang up; the next letter opens a new line."""
        line, self._line = self._line, None
        if line is not None and line.is_connected:
            try:
                await line.quit()
            except (aiosmtplib.SMTPException, OSError, TimeoutError):
                line.close()

    async def _opened(self) -> aiosmtplib.SMTP:
        if self._line is not None and self._line.is_connected:
            return self._line
        line = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            timeout=WITHIN,
        )
        try:
            await line.connect()
            if self.user:
                await line.login(self.user, self.password)
        except aiosmtplib.SMTPException as fault:
            line.close()
            raise MailAway(type(fault).__name__) from fault  # whatever is wrong with the line, letters wait
        self._line = line
        return line

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def post_of(settings: Settings) -> Post:
    """The line to the mail server of this place."""
    mail = settings.mail
    sender = parseaddr(mail.sender)[1] or f"causerie@{urlsplit(settings.web.public_url).hostname}"
    return Post(mail.host, mail.port, sender, mail.security, mail.username, mail.password)


def _told(code: int) -> MailAway | MailRefused:
    """4xx: come again; 5xx: never (RFC 5321, 4.2.1)."""
    return MailAway(str(code)) if code < 500 else MailRefused(str(code))
