"""A mail server of our own, as far as a place needs one."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.place import HOST, Place, opened


def text_of(letter: EmailMessage) -> str:
    """What a letter says to a program without HTML."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@dataclass
class Box:
    """Every letter that came, for whom it came."""

    place: Place
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # aiosmtpd asks by this name
        self.letters.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"

    async def tokens(self) -> list[str]:
        """The links of all letters, as far as they open something."""
        await self.place.causerie.house.mail.sent()
        found = (re.search(rf"http://{HOST}/in/([\w-]+)", text_of(letter)) for letter in self.letters)
        return [match[1] for match in found if match]


@contextlib.asynccontextmanager
async def with_mail(data: Path, *, url: str = "", **more: Any) -> AsyncIterator[tuple[Place, Box]]:
    """A place with a mail server, which is a box."""
    box = Box(None)  # type: ignore[arg-type]  # the place is made with the server's port
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, hostname="mail.test"), "127.0.0.1", 0)
    mail = {"host": "127.0.0.1", "port": server.sockets[0].getsockname()[1], "security": "none"}
    async with (
        server,
        opened(data, url=url, mail=mail, **{"web": {"public_url": f"http://{HOST}"}, **more}) as box.place,
    ):
        yield box.place, box
