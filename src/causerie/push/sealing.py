"""What only the browser that subscribed can read (RFC 8291 over RFC 8188)."""

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from causerie.push.keys import public_bytes, raw

RECORD = 4096
LONGEST = 3000
"""Bytes of a message; with what is around it, it stays in one record (RFC 8291, 4)."""


@dataclass(frozen=True)
class Receiver:
    """What a browser told us when it subscribed: its public key, and a secret of ours with it."""

    p256dh: str
    auth: str

    def key(self) -> ec.EllipticCurvePublicKey:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(self.p256dh))

    def usable(self) -> bool:
        """Whether something can be sealed for it."""
        try:
            self.key()
            return len(raw(self.auth)) == 16
        except ValueError:
            return False


def sealed(
    text: bytes, to: Receiver, *, ours: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The message as it goes through the push service."""
    if len(text) > LONGEST:
        raise ValueError("longer than one record")
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    theirs, public = to.key(), public_bytes(ours.public_key())
    info = b"WebPush: info\0" + public_bytes(theirs) + public
    secret = _derived(raw(to.auth), ours.exchange(ec.ECDH(), theirs), info, 32)
    key = _derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(public)]) + public
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
