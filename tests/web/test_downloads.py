"""A file of two hundred megabytes, out of a real server: it is never whole in the memory of the process."""

import asyncio
import os
import socket
import time
import urllib.request
from pathlib import Path

from causerie.copies import keys
from causerie.web.files import lasting_link
from tests.copies.shelf import NAME, shelved
from tests.e2e import house
from tests.place import opened

SIZE = 200 * 1000 * 1000
MORE = 32 * 1024
"""Kilobytes the process may grow by while it gives the file."""
SOUND = "sound/room.mp3"


async def large(data: Path) -> str:
    """A published copy whose sound is that large; gives where it is had."""
    async with opened(data) as place:
        shelf = await shelved(place)
        key = keys.of_edition(NAME, 1) + SOUND
        os.truncate(data / "files" / key, SIZE)
        return lasting_link(place.causerie.house, await shelf.copy(), key)


def held(process: int, what: str) -> int:
    """Kilobytes in memory: now (`VmRSS`), or at most since it was last asked to forget (`VmHWM`)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def loaded(address: str, *, parts: str) -> int:
    """What somebody gets who keeps nothing of it; gives its length."""
    wanted = urllib.request.Request(address, headers={"range": parts})
    with urllib.request.urlopen(wanted, timeout=30) as answer:
        return sum(iter(lambda: len(answer.read(1024 * 1024)), 0))


def asked(port: int, path: str) -> socket.socket:
    """Somebody who wants it, and reads nothing of it."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    assert line.recv(12) == b"HTTP/1.1 200"
    return line


def test_a_large_file_costs_the_process_little(tmp_path: Path) -> None:
    link = asyncio.run(large(tmp_path / "data"))
    with house.opened(tmp_path / "data") as running:
        assert running.process is not None
        process, address = running.process.pid, running.address + link
        loaded(address, parts="bytes=0-999999")
        before = held(process, "VmRSS")
        Path(f"/proc/{process}/clear_refs").write_text("5")

        slow = [asked(running.web, link) for _ in range(3)]
        length = loaded(address, parts="bytes=0-")
        time.sleep(0.5)
        most = held(process, "VmHWM")
        for line in slow:
            line.close()

    assert length == SIZE
    assert most - before <= MORE
