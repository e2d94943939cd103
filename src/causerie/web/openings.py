"""The sockets people come in by."""

import asyncio
import contextlib
import socket

import uvicorn

BACKLOG = 4096
# A connection whose other end takes nothing for so long is cut by the kernel (RFC 5482); closing it alone would wait.
UNREAD_FOR = 20_000
EVERYWHERE = "0.0.0.0"


def doors(host: str, port: int, *, both: bool = False) -> list[socket.socket]:
    """A door at this address; for every address of both kinds one of IPv6 beside it, where the machine has that.

    Each kind has its own: with one for both, IPv4 people would come under IPv6 addresses that nobody knows.
    """
    first = door(host, port)
    if not both or host != EVERYWHERE:
        return [first]
    with contextlib.suppress(OSError):
        return [first, door("::", first.getsockname()[1])]
    return [first]


def door(host: str, port: int) -> socket.socket:
    """One that is bound; or `OSError`."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_FOR)
        if made.family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


async def open_plain(server: uvicorn.Server, spoken: uvicorn.Config, at: list[socket.socket]) -> None:
    """More doors of a running server, at which something else is spoken; they close when it does, with all inside."""
    spoken.load()
    loop = asyncio.get_running_loop()

    def comes() -> asyncio.Protocol:
        return spoken.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn itself does it
            config=spoken, server_state=server.server_state, app_state={}, _loop=loop
        )

    server.servers += [await loop.create_server(comes, sock=one, backlog=BACKLOG) for one in at]
