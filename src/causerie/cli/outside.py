"""What `causerie doctor` sees from where people come: the public address, its certificate, its live door."""

import base64
import secrets
import socket
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from causerie.config import Settings
from causerie.media.reach import Reach

Check = tuple[str, str]
WITHIN = 5.0
LONGEST = 64 * 1024
DAYS_LEFT = 14
A_DAY = 86_400
MANUAL = "docs/running/install.md"


@dataclass(frozen=True)
class Outside:
    """The address that people type; `trusted` is whose certificates count, the system's unless said otherwise."""

    url: SplitResult
    trusted: ssl.SSLContext | None = None

    def line(self) -> socket.socket:
        """A line to it as a browser makes one; raises `OSError` in all its kinds."""
        host, port = self.url.hostname or "", self.url.port or (443 if self.secure else 80)
        plain = socket.create_connection((host, port), WITHIN)
        if not self.secure:
            return plain
        return (self.trusted or ssl.create_default_context()).wrap_socket(plain, server_hostname=host)

    @property
    def secure(self) -> bool:
        return self.url.scheme == "https"


def outside(chosen: Settings, reach: Reach, trusted: ssl.SSLContext | None = None) -> list[Check]:
    """Everything a listener would meet before they hear, one line each."""
    told = f"browsers are told {', '.join(reach.told)} for sound"
    places: list[Check] = [*(("warn", warning) for warning in reach.warnings), ("ok", told)]
    if not chosen.web.public_url:
        return [*places, ("warn", "web.public_url is not set: people on other machines have no address to come to")]
    return [*places, *reached(Outside(urlsplit(chosen.web.public_url.rstrip("/")), trusted))]


def reached(there: Outside) -> list[Check]:
    """The page, and the live connection behind it."""
    page = _page(there)
    return [page, *([_live_door(there)] if page[0] != "fault" else [])]


def _page(there: Outside) -> Check:
    """Whether the address answers, by a certificate that browsers take."""
    address = there.url.geturl()
    try:
        with there.line() as line:
            return _certificate(line, address) if isinstance(line, ssl.SSLSocket) else _plain(there)
    except ssl.SSLCertVerificationError as fault:
        return "fault", f"{address}: browsers refuse its certificate ({fault.verify_message}); see {MANUAL}, 4"
    except OSError as fault:
        why = fault.strerror or fault
        return "fault", f"{address} does not answer ({why}): is the proxy there, and its port open in the firewall?"


def _plain(there: Outside) -> Check:
    if there.url.hostname in ("localhost", "127.0.0.1"):
        return "ok", f"{there.url.geturl()} answers"
    return "warn", f"{there.url.geturl()} is no https: people can listen, and browsers give them no microphone"


def _certificate(line: ssl.SSLSocket, address: str) -> Check:
    until = ssl.cert_time_to_seconds(str((line.getpeercert() or {})["notAfter"]))
    days = int((until - time.time()) // A_DAY)
    if days < DAYS_LEFT:
        return "warn", f"the certificate of {address} is good for {days} days only: is it renewed by itself?"
    return "ok", f"{address} answers, its certificate is good for {days} days"


def _live_door(there: Outside) -> Check:
    """Whether a page's live connection gets through to us."""
    try:
        greeting = _answer(there, _asks(there, "/"))
        status = _status(_answer(there, _asks(there, "/live", *_upgrade(there, _cookie(greeting)))))
    except OSError as fault:
        return "fault", f"the live connection ends before an answer ({fault.strerror or fault}): see {MANUAL}, 4"
    if status == HTTPStatus.SWITCHING_PROTOCOLS:
        return "ok", "the live connection (WebSocket) gets through"
    if status == HTTPStatus.FORBIDDEN:
        return "fault", "the live connection is refused: is web.public_url exactly what people type?"
    return "fault", f"the live connection (WebSocket) does not get through (status {status}): see {MANUAL}, 4"


def _answer(there: Outside, asked: bytes) -> bytes:
    """The head of what is answered; all of it, where no head ends."""
    answer = b""
    with there.line() as line:
        line.settimeout(WITHIN)
        line.sendall(asked)
        while b"\r\n\r\n" not in answer and len(answer) < LONGEST and (more := line.recv(4096)):
            answer += more
    return answer.split(b"\r\n\r\n", 1)[0]


def _status(head: bytes) -> int | None:
    """The number in the first line of an answer."""
    words = head.split(b"\r\n", 1)[0].split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else None


def _cookie(head: bytes) -> str:
    """What a visitor is given at the first page, as they bring it along."""
    lines = [line.partition(b":") for line in head.split(b"\r\n")]
    given = [value.split(b";")[0].strip() for name, _, value in lines if name.lower() == b"set-cookie"]
    return b"; ".join(given).decode("latin-1")


def _asks(there: Outside, path: str, *more: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {there.url.netloc}", *more, "", ""]).encode("latin-1")


def _upgrade(there: Outside, cookie: str) -> list[str]:
    return [
        f"Origin: {there.url.geturl()}",
        f"Cookie: {cookie}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        f"Sec-WebSocket-Key: {base64.b64encode(secrets.token_bytes(16)).decode()}",
        "Sec-WebSocket-Version: 13",
    ]
