"""Twenty thousand who follow a room's list behind one HTTP cache: how many of their requests reach causerie.

The cache is nginx as its package brings it, set up with the lines of docs/running/install.md.
"""

import asyncio
import contextlib
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.behind import Bell, talks
from benchmarks.host import live_room
from benchmarks.report import write
from tests.e2e.house import free_port, opened

CLIENTS, SECONDS, LINES, EACH = (200, 2_000, 20_000), 20.0, 100, 2.0
"""Clients share so many connections to the cache, and look at the list each two seconds, or as soon as they can."""

NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; user root;
events {{ worker_connections 4096; }}
http {{
  log_format reached "$upstream_status $request_uri";
  map $upstream_status $reached {{ "" 0; "-" 0; default 1; }}
  access_log {folder}/reached.log reached if=$reached;
  log_subrequest on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp; fastcgi_temp_path {folder}/fast;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  keepalive_requests 10000000;
  proxy_cache_path {folder}/cache keys_zone=causerie:10m max_size=512m inactive=2m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{origin};
      proxy_set_header Host $host;
      proxy_cache causerie;
      proxy_cache_lock on;
      proxy_cache_use_stale updating;
      proxy_cache_background_update on;
    }}
  }}
}}
"""


Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


class Lines:
    """Connections to the cache that all clients share."""

    def __init__(self, port: int) -> None:
        self.port, self.free, self.asked, self.failed = port, asyncio.Queue[tuple[Reader, Writer]](), 0, 0

    async def open(self) -> None:
        for _ in range(LINES):
            self.free.put_nowait(await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20))

    async def get(self, path: str) -> bytes:
        """What stands at an address; empty where it is not to be had."""
        reader, writer = line = await self.free.get()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: cache\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(size)
        finally:
            self.free.put_nowait(line)
        self.asked += 1
        self.failed += not head.startswith(b"http/1.1 200")
        return body if head.startswith(b"http/1.1 200") else b""


@dataclass
class Client:
    """One who follows the list, and takes each segment that is new to them."""

    room: str
    seen: set[str] = field(default_factory=set)

    async def look(self, lines: Lines) -> None:
        text = (await lines.get(f"/r/{self.room}/stream.m3u8")).decode()
        listed = [line for line in text.splitlines() if line and not line.startswith("#")]
        self.seen |= set() if self.seen else set(listed[:-3])
        for name in listed:
            if name not in self.seen:
                self.seen.add(name)
                await lines.get(f"/r/{self.room}/{name}")

    async def follow(self, lines: Lines, until: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(random.uniform(0, EACH))
        while loop.time() < until:
            began = loop.time()
            await self.look(lines)
            await asyncio.sleep(max(0.0, began + EACH - loop.time()))


@dataclass
class Crowd:
    """What became of so many clients."""

    clients: int
    asked: int
    failed: int
    reached: int
    seconds: float

    def row(self) -> str:
        each = self.reached / self.seconds
        return f"| {self.clients:,} | {self.asked:,} | {self.failed} | {self.reached} | **{each:.2f}** |"


def counted(log: Path) -> int:
    """Requests so far that no copy was there for."""
    return len(log.read_text(encoding="utf-8").splitlines())


async def crowd(room: str, port: int, log: Path, clients: int) -> Crowd:
    """So many follow for a while."""
    lines = Lines(port)
    await lines.open()
    before, loop = counted(log), asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(Client(room).follow(lines, began + SECONDS) for _ in range(clients)))
    took, after = loop.time() - began, counted(log)
    while not lines.free.empty():
        lines.free.get_nowait()[1].close()
    return Crowd(clients, lines.asked, lines.failed, after - before, took)


def crowds(room: str, port: int, log: Path) -> list[Crowd]:
    """One crowd after the other, in a loop of their own."""
    return [asyncio.run(crowd(room, port, log, clients)) for clients in CLIENTS]


@contextlib.contextmanager
def cached(nginx: str, folder: Path, origin: int) -> Iterator[int]:
    """A cache before causerie; its port."""
    port, conf = free_port(socket.SOCK_STREAM), folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, port=port, origin=origin), encoding="utf-8")
    cache = subprocess.Popen([nginx, "-c", str(conf), "-p", str(folder)])
    try:
        time.sleep(1)
        yield port
    finally:
        cache.terminate()
        cache.wait()


async def measure() -> None:
    if (nginx := shutil.which("nginx")) is None:
        raise SystemExit("nginx is not there: it comes with the package nginx-light.")
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, "Twenty thousand listen")
        talking = await talks(room, Bell())
        with cached(nginx, Path(folder), house.web) as port:
            found = await asyncio.to_thread(crowds, room.name, port, Path(folder) / "reached.log")
        await talking.close()
    write(
        "cache",
        "make bench ARGS=cache",
        [
            "Clients of HLS behind one nginx, which is set up as docs/running/install.md has it. Each looks at the",
            "list two seconds after it looked last, and takes what is new; where the client's one core is too slow for",
            "so many, they look later.",
            "",
            "| clients | requests at the cache | not answered with 200 | requests that reached us | a second |",
            "|---|---|---|---|---|",
            *(one.row() for one in found),
            "",
            "Must: what reaches us does not grow with the clients.",
        ],
    )
