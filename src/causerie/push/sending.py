"""One message on its way to one browser, and what its push service said."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from causerie.egress import Guard, Unreachable
from causerie.egress.posting import post
from causerie.push.keys import Vapid
from causerie.push.sealing import Receiver, sealed

Outcome = Literal["sent", "gone", "later", "refused"]
LONGEST_WAIT = 3600
"""Seconds: however long a push service wants us to wait, we ask again within the hour."""


@dataclass(frozen=True)
class Sent:
    """What became of it. `gone`: this browser will never take another one. `wait`: seconds until it may be tried."""

    outcome: Outcome
    wait: int = 0


@dataclass(frozen=True)
class Pusher:
    """Sends by Web Push."""

    vapid: Vapid
    guard: Guard

    async def send(self, endpoint: str, to: Receiver, text: bytes, *, topic: str, lasts: int, now: int) -> Sent:
        """`topic`: of two of the same the later takes the earlier's place. `lasts`: seconds it is worth keeping."""
        try:
            target = await self.guard.target(endpoint)
            body = await asyncio.to_thread(sealed, text, to)
            reply = await post(self.guard, target, body, self._headers(f"https://{target.host}", topic, lasts, now))
        except Unreachable:
            return Sent("later")  # also where its name leads nowhere just now; what stays so is given up
        return _read(reply.status, reply.headers.get("retry-after", ""))

    def _headers(self, origin: str, topic: str, lasts: int, now: int) -> dict[str, str]:
        return {
            "authorization": self.vapid.authorization(origin, now=now),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(max(lasts, 0)),
            "topic": topic,
            "urgency": "high",
        }


def _read(status: int, wait: str) -> Sent:
    if 200 <= status < 300:
        return Sent("sent")
    if status in (404, 410):
        return Sent("gone")
    if status == 429 or status >= 500:
        return Sent("later", min(int(wait), LONGEST_WAIT) if wait.isascii() and wait.isdigit() else 0)
    return Sent("refused")
