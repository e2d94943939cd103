"""Tunnels for the media core's tests: a client that knows UDP only reaches the engine by TCP and no other way."""

import asyncio
import re
import socket
from typing import cast


class Tunnel(asyncio.DatagramProtocol):
    """One end takes datagrams on a port of its own, the other is one connection to the engine (RFC 4571).

    `reads` can be cleared: then nothing is read from the connection, as by a page that stands still.
    """

    def __init__(self) -> None:
        self.reads = asyncio.Event()
        self.reads.set()
        self.client: tuple[str, int] | None = None
        self.transport: asyncio.DatagramTransport | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.bringing: asyncio.Task[None] | None = None

    @classmethod
    async def to(cls, port: int, *, buffer: int = 0) -> "Tunnel":
        """Open both ends; a small buffer fills soon when nothing is read."""
        own = socket.socket()
        if buffer:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        own.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(own, ("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=own, limit=buffer or 1 << 16)
        _, tunnel = await loop.create_datagram_endpoint(cls, local_addr=("127.0.0.1", 0))
        tunnel.writer = writer
        tunnel.bringing = asyncio.ensure_future(tunnel._bring(reader))
        return tunnel

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self.writer is not None
        self.client = addr
        self.writer.write(len(data).to_bytes(2) + data)

    async def _bring(self, reader: asyncio.StreamReader) -> None:
        assert self.transport is not None
        while True:
            await self.reads.wait()
            length = int.from_bytes(await reader.readexactly(2))
            self.transport.sendto(await reader.readexactly(length), self.client)

    def instead(self, answer: str) -> str:
        """An answer that names this tunnel where it named the engine's UDP port, and nothing else."""
        assert self.transport is not None
        port = self.transport.get_extra_info("sockname")[1]
        lines = [line for line in answer.split("\r\n") if not (line.startswith("a=candidate") and " tcp " in line)]
        named = r"^(a=candidate:\S+ \d udp \d+ 127\.0\.0\.1) \d+"
        return re.sub(named, rf"\g<1> {port}", "\r\n".join(lines), flags=re.MULTILINE)

    async def close(self) -> None:
        """Both ends."""
        assert self.transport is not None and self.writer is not None and self.bringing is not None
        self.bringing.cancel()
        await asyncio.gather(self.bringing, return_exceptions=True)
        self.transport.close()
        self.writer.close()
