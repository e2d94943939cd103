"""One message to an address that passed the guard: no redirect is followed, little is read, and not for long."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from causerie.egress import Guard, Target, Unreachable

LARGEST_HEAD = 16 * 1024


@dataclass(frozen=True)
class Reply:
    """What was answered; what else was said is not read."""

    status: int
    headers: Mapping[str, str]


async def post(guard: Guard, target: Target, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Send this; or `Unreachable`."""
    try:
        async with asyncio.timeout(guard.within):
            return await _posted(guard, target, body, headers)
    except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as fault:
        raise Unreachable(type(fault).__name__) from fault


async def _posted(guard: Guard, target: Target, body: bytes, headers: Mapping[str, str]) -> Reply:
    reader, writer = await asyncio.open_connection(
        target.address, guard.port, ssl=guard.secure, server_hostname=target.host, limit=LARGEST_HEAD
    )
    try:
        writer.write(_request(target, len(body), headers) + body)
        await writer.drain()
        return _read(await reader.readuntil(b"\r\n\r\n"))
    finally:
        writer.transport.abort()  # whatever else comes is not waited for


def _request(target: Target, length: int, headers: Mapping[str, str]) -> bytes:
    said = {"host": target.host, **headers, "content-length": str(length), "connection": "close"}
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _read(head: bytes) -> Reply:
    first, *rest = head.decode("latin-1").split("\r\n")
    version, _, status = first.partition(" ")
    if not version.startswith("HTTP/1.") or not status[:3].isdigit():
        raise ValueError(first)
    pairs = (line.partition(":") for line in rest if line)
    return Reply(int(status[:3]), {name.strip().lower(): value.strip() for name, _, value in pairs})
