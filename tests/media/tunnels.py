"""Tunnels for the media core's tests: a client that knows UDP only reaches the engine by TCP and no other way."""

import asyncio
import re
import socket


class Tunnel(asyncio.DatagramProtocol):
    """One end takes datagrams on a port of its own, the other is one connection to the engine (RFC 4571).

    `reads` can be cleared: then nothing is read from the connection, as by a page that stands still.
    """

    transport: asyncio.DatagramTransport
    bringing: asyncio.Task[None]

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.reads = asyncio.Event()
        self.reads.set()
        self.client: tuple[str, int] | None = None

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
        transport, tunnel = await loop.create_datagram_endpoint(lambda: cls(writer), local_addr=("127.0.0.1", 0))
        tunnel.transport = transport
        tunnel.bringing = asyncio.ensure_future(tunnel._bring(reader))
        return tunnel

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.client = addr
        self.writer.write(len(data).to_bytes(2) + data)

    async def _bring(self, reader: asyncio.StreamReader) -> None:
        while True:
            await self.reads.wait()
            length = int.from_bytes(await reader.readexactly(2))
            self.transport.sendto(await reader.readexactly(length), self.client)

    def instead(self, answer: str) -> str:
        """An answer that names this tunnel where it named the engine's UDP port, and nothing else."""
        port = self.transport.get_extra_info("sockname")[1]
        lines = [line for line in answer.split("\r\n") if not (line.startswith("a=candidate") and " tcp " in line)]
        named = r"^(a=candidate:\S+ \d udp \d+ 127\.0\.0\.1) \d+"
        return re.sub(named, rf"\g<1> {port}", "\r\n".join(lines), flags=re.MULTILINE)

    async def close(self) -> None:
        """Both ends."""
        self.bringing.cancel()
        await asyncio.gather(self.bringing, return_exceptions=True)
        self.transport.close()
        self.writer.close()
