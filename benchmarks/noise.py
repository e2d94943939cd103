"""A bad neighbour, as a program of its own: enters a room, then sends garbage as fast as the socket takes it.

`python -m benchmarks.noise PORT ROOM COOKIE SECONDS`; shut out, it comes again at once. Says how many frames it sent.
"""

import contextlib
import json
import socket
import sys
import time

TOGETHER = 50
FRAMES = (b"\xff" * 100, b"{" * 500, json.dumps({"id": "1", "do": "nothing"}).encode(), b"x" * 4000)


def frame(payload: bytes) -> bytes:
    """One text frame, masked with zeros (RFC 6455, 5.2)."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else bytes([0xFE]) + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload


def hello(port: int, cookie: str) -> bytes:
    """The opening handshake (RFC 6455, 4.1)."""
    return (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Cookie: {cookie}\r\n\r\n"
    ).encode()


def come_and_shout(port: int, room: str, cookie: str, until: float) -> int:
    """One connection, for as long as it is borne; gives the frames that were sent."""
    noise, sent = b"".join(map(frame, FRAMES)) * TOGETHER, 0
    with socket.create_connection(("127.0.0.1", port), timeout=until - time.monotonic()) as line:
        line.sendall(hello(port, cookie))
        if b" 101 " not in line.recv(4096):
            return 0
        line.sendall(frame(json.dumps({"id": "0", "do": "room.enter", "room": room}).encode()))
        with contextlib.suppress(OSError):
            while time.monotonic() < until:
                line.sendall(noise)
                sent += TOGETHER * len(FRAMES)
    return sent


def main(port: int, room: str, cookie: str, seconds: float) -> None:
    until, sent, came = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        came += 1
        with contextlib.suppress(OSError, ValueError):
            sent += come_and_shout(port, room, cookie, until)
    print(json.dumps({"sent": sent, "came": came}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]))
