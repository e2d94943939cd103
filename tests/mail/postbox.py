"""A mail server for a test, on this machine: it keeps what it takes, and answers as the story says."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP

from causerie.mail.post import Post


@dataclass
class Postbox:
    """What came, in order; `answers`: what is said to the next letters instead of taking them."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    lines: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.raw.append(envelope.content)
        return "250 OK"

    def post(self) -> Post:
        return Post("127.0.0.1", self.port, "talk@talk.example.org", "none")


@contextlib.asynccontextmanager
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()

    def line() -> SMTP:
        box.lines += 1
        return SMTP(box, hostname="postbox.test", enable_SMTPUTF8=False)

    server = await asyncio.get_running_loop().create_server(line, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
