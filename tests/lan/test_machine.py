"""By what names and addresses people in the house reach this machine."""

import socket
import struct
from ipaddress import ip_address

import pytest

from causerie.lan import machine
from causerie.lan.machine import ABOUT, ATTRIBUTE, DONE, HEAD, IFA_ADDRESS, IFA_FLAGS, IFA_LOCAL, NEW_ADDRESS


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("box", "box"),
        ("Salon-2.example.org", "salon-2"),
        ("localhost", None),
        ("localhost.localdomain", None),
        ("my_box", None),
        ("-box", None),
        ("é", None),
        ("12", None),
        ("", None),
        ("x" * 64, None),
    ],
)
def test_a_name_that_stands_in_an_address(monkeypatch: pytest.MonkeyPatch, called: str, name: str | None):
    monkeypatch.setattr(machine.socket, "gethostname", lambda: called)

    assert machine.own_name() == name


def attribute(kind: int, value: bytes) -> bytes:
    return ATTRIBUTE.pack(ATTRIBUTE.size + len(value), kind) + value + bytes(-len(value) % 4)


def message(address: str, *, flags: int = 0x80, peer: str | None = None) -> bytes:
    """As the kernel tells of one address."""
    own = ip_address(address)
    said = attribute(IFA_LOCAL, own.packed) if own.version == 4 else b""
    said += attribute(IFA_ADDRESS, ip_address(peer or address).packed) + attribute(IFA_FLAGS, struct.pack("=I", flags))
    body = ABOUT.pack(socket.AF_INET if own.version == 4 else socket.AF_INET6, 24, flags & 0xFF, 0, 2) + said
    return HEAD.pack(HEAD.size + len(body), NEW_ADDRESS, 2, 1, 0) + body


class Kernel:
    """Answers in two parts."""

    def __init__(self, *messages: bytes) -> None:
        self.parts = [b"".join(messages), HEAD.pack(HEAD.size, DONE, 2, 1, 0)]

    def __enter__(self) -> "Kernel":
        return self

    def __exit__(self, *_: object) -> None: ...

    def send(self, asked: bytes) -> None:
        assert len(asked) == HEAD.size + ABOUT.size

    def recv(self, _: int) -> bytes:
        return self.parts.pop(0)


def told(monkeypatch: pytest.MonkeyPatch, *messages: bytes, facing: str | None = None) -> list[str]:
    monkeypatch.setattr(machine.socket, "socket", lambda *_: Kernel(*messages))
    monkeypatch.setattr(machine, "_facing", lambda: ip_address(facing) if facing else None)
    return [str(one) for one in machine.own_addresses()]


def test_the_address_that_faces_the_world_comes_first(monkeypatch: pytest.MonkeyPatch):
    every = [message(one) for one in ("127.0.0.1", "::1", "172.17.0.1", "fd00::5", "192.168.7.5", "10.0.0.2")]

    assert told(monkeypatch, *every, facing="192.168.7.5") == ["192.168.7.5", "10.0.0.2", "172.17.0.1", "fd00::5"]


def test_public_addresses_and_those_that_will_not_stay_are_left_out(monkeypatch: pytest.MonkeyPatch):
    public = [message(one) for one in ("203.0.113.7", "2001:db8::1", "fe80::1")]
    passing = [message(f"fd00::{n}", flags=flag) for n, flag in enumerate((0x01, 0x08, 0x20, 0x40), 1)]

    assert told(monkeypatch, *public, *passing, message("fd00::9"), message("10.8.0.2", peer="10.8.0.1")) == [
        "10.8.0.2",
        "fd00::9",
    ]


def test_this_machine_tells_its_own():
    assert all(machine.is_private(one) and not one.is_loopback for one in machine.own_addresses())
    assert ip_address("127.0.0.1") in machine._every()
