"""A connectivity check as a listener's browser sends it, and its answer (RFC 8445, RFC 8489)."""

import hashlib
import hmac
import re
import secrets
import struct
import zlib
from dataclasses import dataclass

COOKIE = 0x2112A442
REQUEST, ANSWER = 0x0001, 0x0101
USERNAME, INTEGRITY, PRIORITY, CONTROLLING, FINGERPRINT = 0x0006, 0x0008, 0x0024, 0x802A, 0x8028
HEAD, WORD, TAG = 20, 4, 20
"""Bytes of a message before its attributes, of an attribute before its value, and of a proof."""
PEER_REFLEXIVE = 0x6E0000FF


@dataclass(frozen=True)
class Names:
    """What both sides of a connection call themselves, and the key of who is asked."""

    theirs: str
    ours: str
    key: str

    @classmethod
    def of(cls, offer: str, answer: str) -> "Names":
        """Those of an offer and its answer; raises `ValueError` where one names none."""
        return cls(_named("ice-ufrag", answer), _named("ice-ufrag", offer), _named("ice-pwd", answer))


@dataclass(frozen=True)
class Check:
    """One check; nobody answers it without the key."""

    names: Names
    number: bytes

    @classmethod
    def by(cls, names: Names) -> "Check":
        return cls(names, secrets.token_bytes(12))

    def message(self) -> bytes:
        """As it is sent."""
        said = b"".join(
            [
                _attribute(USERNAME, f"{self.names.theirs}:{self.names.ours}".encode()),
                _attribute(PRIORITY, struct.pack("!I", PEER_REFLEXIVE)),
                _attribute(CONTROLLING, secrets.token_bytes(8)),
            ]
        )
        head = _head(REQUEST, len(said) + WORD + TAG, self.number)
        said += _attribute(INTEGRITY, self._proof(head + said))
        whole = _head(REQUEST, len(said) + WORD + 4, self.number) + said
        return whole + _attribute(FINGERPRINT, struct.pack("!I", zlib.crc32(whole) ^ 0x5354554E))

    def is_answered_by(self, message: bytes) -> bool:
        """Whether this is the answer of who has the key."""
        if len(message) < HEAD or message[:HEAD] != _head(ANSWER, len(message) - HEAD, self.number):
            return False
        at = HEAD
        while at + WORD <= len(message):
            kind, length = struct.unpack_from("!HH", message, at)
            if kind == INTEGRITY:
                proven = _head(ANSWER, at + WORD + TAG - HEAD, self.number) + message[HEAD:at]
                return hmac.compare_digest(message[at + WORD : at + WORD + length], self._proof(proven))
            at += WORD + length + -length % 4
        return False

    def _proof(self, message: bytes) -> bytes:
        return hmac.new(self.names.key.encode(), message, hashlib.sha1).digest()


def _head(kind: int, length: int, number: bytes) -> bytes:
    return struct.pack("!HHI", kind, length, COOKIE) + number


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def _named(what: str, description: str) -> str:
    found = re.search(rf"^a={what}:(\S+)", description, re.MULTILINE)
    if found is None:
        raise ValueError(what)
    return found.group(1)
