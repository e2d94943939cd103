"""Two machines that meet only by way of a router with 1:1 NAT: each a network namespace of its own, the router is here.

It needs neither `ip` nor a packet filter: each namespace has one tunnel device (`/dev/net/tun`), whose other end this
process holds; packets are handed from one to the other with the addresses written anew.
"""

import array
import asyncio
import contextlib
import fcntl
import ipaddress
import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

PUBLIC, PRIVATE, CLIENT = "203.0.113.7", "192.168.7.5", "198.51.100.9"
HALF_OF_THE_WORLD = "128.0.0.0"
"""The mask of both devices: all three addresses are within, so no route has to be set."""
UNSHARED = ["unshare", "--user", "--map-root-user", "--net"]
TUNSETIFF, IFF_TUN, IFF_NO_PI, UP = 0x400454CA, 0x0001, 0x1000, 0x1
SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C
IP_HEADER, TCP, UDP = 20, 6, 17


def tunnel(address: str) -> int:
    """A device with this address in the namespace of who asks; what is sent by it is read from the file given."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"out", IFF_TUN | IFF_NO_PI))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for name in (b"lo", b"out"):
            if name == b"out":
                _set(any_socket, SIOCSIFADDR, address)
                _set(any_socket, SIOCSIFNETMASK, HALF_OF_THE_WORLD)
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH22x", name, UP))
    return device


def _set(any_socket: socket.socket, what: int, address: str) -> None:
    form = struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))
    fcntl.ioctl(any_socket, what, struct.pack("16s16s8x", b"out", form))


def why_not() -> str | None:
    """Why no namespaces with devices can be made here; None where they can."""
    probe = [*UNSHARED, sys.executable, "-c", f"from tests.media.nat import tunnel; tunnel({CLIENT!r})"]
    try:
        done = subprocess.run(probe, capture_output=True, text=True, timeout=30, check=False)
    except FileNotFoundError:
        return "there is no unshare here"
    if done.returncode == 0:
        return None
    return f"no network namespace with a tunnel can be made: {done.stderr.strip().splitlines()[-1]}"


def lend(door: int, device: int) -> None:
    """Hand a device to the router, over the socket that it left open for us."""
    with socket.socket(fileno=door) as way:
        way.sendmsg([b"d"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [device]))])


@dataclass
class Machine:
    """One process in a namespace of its own; it is told things in lines, and tells them."""

    process: asyncio.subprocess.Process
    device: int

    async def says(self) -> Any:
        """The next thing it tells."""
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            line = await self.process.stdout.readline()
        assert line, "the machine has fallen silent"
        return json.loads(line)

    def hears(self, what: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what).encode() + b"\n")


@dataclass
class Router:
    """Whatever comes for the public address goes to the private one, and back."""

    machines: dict[str, Machine] = field(default_factory=dict)
    led_to: set[str] = field(default_factory=set)
    """Addresses people sent to, as they wrote them."""
    closed: set[tuple[int, int]] = field(default_factory=set)
    """Protocols and ports that a firewall before the public address lets nothing through to, and says nothing."""

    async def plug_in(self, address: str, *command: str) -> Machine:
        """Start a machine with this address; its command gets the number of a socket to lend its device by."""
        here, there = socket.socketpair()
        with here, there:
            process = await asyncio.create_subprocess_exec(
                *UNSHARED,
                sys.executable,
                *command,
                str(there.fileno()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                pass_fds=[there.fileno()],
                limit=1 << 20,
            )
            there.close()
            here.settimeout(20)
            _, rights, _, _ = await asyncio.to_thread(here.recvmsg, 1, socket.CMSG_SPACE(4))
        (device,) = array.array("i", rights[0][2])
        os.set_blocking(device, False)
        machine = self.machines[address] = Machine(process, device)
        asyncio.get_running_loop().add_reader(device, self._carry, machine)
        return machine

    def _carry(self, machine: Machine) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                self._pass_on(bytearray(os.read(machine.device, 2048)))

    def _pass_on(self, packet: bytearray) -> None:
        if packet[0] != 0x45 or packet[9] not in (UDP, TCP):
            return
        source, target = (str(ipaddress.IPv4Address(bytes(packet[at : at + 4]))) for at in (12, 16))
        if target == PUBLIC and (packet[9], int.from_bytes(packet[IP_HEADER + 2 : IP_HEADER + 4])) in self.closed:
            return
        if target == PUBLIC:
            packet[16:20] = socket.inet_aton(PRIVATE)
        elif source == PRIVATE:
            packet[12:16] = socket.inet_aton(PUBLIC)
        else:
            return  # nobody out there knows the way to a private address
        to = self.machines.get(PRIVATE if target == PUBLIC else target)
        if to is not None:
            self.led_to.add(target)
            with contextlib.suppress(BlockingIOError):
                os.write(to.device, summed(packet))

    async def unplug(self) -> None:
        for machine in self.machines.values():
            asyncio.get_running_loop().remove_reader(machine.device)
            os.close(machine.device)
            with contextlib.suppress(ProcessLookupError):
                machine.process.kill()
            await machine.process.wait()


def summed(packet: bytearray) -> bytes:
    """With the sums made anew: that of the header, and none for what is in it (RFC 768 allows that), but for TCP's."""
    packet[10:12] = b"\0\0"
    packet[10:12] = _sum(packet[:IP_HEADER])
    at = IP_HEADER + (16 if packet[9] == TCP else 6)
    packet[at : at + 2] = b"\0\0"
    if packet[9] == TCP:
        before = packet[12:IP_HEADER] + struct.pack("!BBH", 0, TCP, len(packet) - IP_HEADER)
        packet[at : at + 2] = _sum(before + packet[IP_HEADER:])
    return bytes(packet)


def _sum(bytes_: bytearray) -> bytes:
    """RFC 1071."""
    even = bytes_ + b"\0" * (len(bytes_) % 2)
    total = sum(struct.unpack(f"!{len(even) // 2}H", even))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!H", ~total & 0xFFFF)


@contextlib.asynccontextmanager
async def router() -> AsyncIterator[Router]:
    running = Router()
    try:
        yield running
    finally:
        await running.unplug()
