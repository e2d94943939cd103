"""The real program from outside: the ports of the manual are open and no others, and knocking costs little."""

import contextlib
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from tests.test_cli import free_port, serving, told

HALF = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"x" * 200
LISTENS, UNCONNECTED = "0A", "07"  # the kernel's words in /proc/net
EVERYWHERE = "0.0.0.0"


def open_ports(program: int) -> set[tuple[str, str, int]]:
    """What a program can be reached at: (kind, address, port), as `ss -lntup` shows it.

    Where a port is open on all addresses, a socket for one of them opens nothing more.
    """
    own = set()
    for handle in Path(f"/proc/{program}/fd").iterdir():
        with contextlib.suppress(OSError):
            own |= set(re.findall(r"^socket:\[(\d+)\]$", str(handle.readlink())))
    tables = {name: Path(f"/proc/{program}/net/{name}") for name in ("tcp", "tcp6", "udp", "udp6")}
    lines = [(kind, line.split()) for kind, table in tables.items() for line in table.read_text().splitlines()[1:]]
    found = {
        (kind, address_of(said[1].partition(":")[0]), int(said[1].partition(":")[2], 16))
        for kind, said in lines
        if said[9] in own and said[3] in (LISTENS, UNCONNECTED)
    }
    return {one for one in found if one[1] == EVERYWHERE or (one[0], EVERYWHERE, one[2]) not in found}


def address_of(word: str) -> str:
    """An address as the kernel writes it: the four bytes of IPv4 backwards."""
    return socket.inet_ntoa(bytes.fromhex(word)[::-1]) if len(word) == 8 else word


def memory(program: int) -> int:
    """Bytes that a program holds."""
    (kibibytes,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{program}/status").read_text())
    return int(kibibytes) * 1024


def sound_port() -> int:
    """A number that is free by UDP and by TCP."""
    while True:
        number = free_port()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
            probe.bind(("0.0.0.0", number))
            return number


@contextlib.contextmanager
def knocking(port: int, count: int) -> Iterator[list[socket.socket]]:
    """So many who connect and never finish what they began."""
    with contextlib.ExitStack() as doors:
        yield [doors.enter_context(knock(port)) for _ in range(count)]


def knock(port: int) -> socket.socket:
    door = socket.create_connection(("127.0.0.1", port), timeout=10)
    door.sendall(HALF)
    return door


def test_only_the_ports_of_the_manual_are_open(tmp_path: Path):
    web, sound, metrics = free_port(), sound_port(), free_port()
    manual = {("tcp", "127.0.0.1", web), ("udp", "0.0.0.0", sound), ("tcp", "0.0.0.0", sound)}

    with serving(tmp_path, CAUSERIE_WEB_PORT=str(web), CAUSERIE_MEDIA_PORT=str(sound)) as (program, _):
        assert open_ports(program.pid) == manual

    given = {"CAUSERIE_WEB_PORT": str(web), "CAUSERIE_MEDIA_PORT": str(sound), "CAUSERIE_METRICS_PORT": str(metrics)}
    with serving(tmp_path, **given) as (program, _):
        assert open_ports(program.pid) == {*manual, ("tcp", "127.0.0.1", metrics)}


def test_where_another_program_has_the_sound_port_by_tcp_it_is_said_and_sound_goes_by_udp(tmp_path: Path):
    with socket.create_server(("0.0.0.0", sound_port())) as other:
        web, sound = free_port(), other.getsockname()[1]
        given = {"CAUSERIE_WEB_PORT": str(web), "CAUSERIE_MEDIA_PORT": str(sound)}

        with serving(tmp_path, **given) as (program, said):
            assert open_ports(program.pid) == {("tcp", "127.0.0.1", web), ("udp", "0.0.0.0", sound)}

        assert "media.no_tcp" in "\n".join(said)


def test_thousands_who_knock_and_say_nothing_cost_little(tmp_path: Path):
    port = free_port()
    with serving(tmp_path, CAUSERIE_WEB_PORT=str(port)) as (program, _), knocking(port, 1_100):
        before = memory(program.pid)

        with knocking(port, 4_000):
            answers = [told(f"http://127.0.0.1:{port}/healthz")[0] for _ in range(20)]
            time.sleep(0.5)  # what it holds then it holds on to
            after = memory(program.pid)

        assert answers == [200] * 20
        assert after - before < 10 << 20
