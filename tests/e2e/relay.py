"""A line between a page and its house that a test can cut: a TCP relay with a switch."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from tests.e2e.house import House


@dataclass
class Relay:
    """Passes on every byte while it is whole; `cut` breaks all lines at once and takes no new one until `mend`."""

    house: House
    port: int = 0
    whole: bool = True
    lines: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        self.whole = False
        for line in self.lines:
            line.transport.abort()

    def mend(self) -> None:
        self.whole = True

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole:
            writer.transport.abort()
            return
        onward, back = await asyncio.open_connection("127.0.0.1", self.house.web)
        self.lines |= {writer, back}
        try:
            await asyncio.gather(_pour(reader, back), _pour(onward, writer))
        finally:
            self.lines -= {writer, back}


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    sink.close()


@contextlib.asynccontextmanager
async def relayed(house: House) -> AsyncIterator[Relay]:
    """A relay before a house; sound goes past it."""
    relay = Relay(house)
    server = await asyncio.start_server(relay.carry, "127.0.0.1", 0)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        relay.cut()
        server.close()
