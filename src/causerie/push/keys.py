"""The key pair by which push services know this place (VAPID, RFC 8292)."""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

LASTS = 12 * 3600
"""Seconds; a push service takes none that is good for more than a day."""


def plain(data: bytes) -> str:
    """Bytes as push writes them: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class Vapid:
    """Our key, and whom a push service may write to about us."""

    key: ec.EllipticCurvePrivateKey
    contact: str

    @property
    def public(self) -> str:
        """As a browser wants it before it subscribes."""
        return plain(public_bytes(self.key.public_key()))

    def authorization(self, origin: str, *, now: int) -> str:
        """What proves to the push service at `origin` that it is us. `now` in milliseconds."""
        claims = {"aud": origin, "exp": now // 1000 + LASTS, "sub": self.contact}
        parts = ({"typ": "JWT", "alg": "ES256"}, claims)
        said = ".".join(plain(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        r, s = decode_dss_signature(self.key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return f"vapid t={said}.{plain(signature)}, k={self.public}"


def vapid_in(folder: Path, *, contact: str) -> Vapid:
    """The pair of this place, made at the first start and readable by its owner only."""
    path = folder / "keys" / "push.pem"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _made(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Vapid(key, contact)


def _made(path: Path) -> None:
    """Written beside and then named, so that a kill leaves no half key."""
    kind, sealed = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    text = ec.generate_private_key(ec.SECP256R1()).private_bytes(serialization.Encoding.PEM, kind, sealed)
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
