"""Our own certificate authority: made once, accepted on each device once, and good for the house alone.

Whoever steals its key can pose as machines in private networks, and as nothing else: it may vouch for no other name
and no other address (RFC 5280, 4.2.1.10), which browsers and systems check.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from causerie.lan.errors import AuthorityDamaged, AuthorityOver, ClockWrong
from causerie.lan.files import keep, kept
from causerie.lan.machine import PRIVATE, Address

YEARS = timedelta(days=3652)
# A device whose clock is a little behind takes it, too.
BEFORE = timedelta(days=1)
# No machine that runs this can be earlier: one that says so has lost its clock.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
# Names that mean nothing outside of a house (RFC 6762, RFC 6761).
DOMAINS = ("local", "localhost")


@dataclass(frozen=True)
class Authority:
    """What vouches for this machine."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def called(self) -> str:
        """Its name, as devices show it."""
        (said,) = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(said.value)

    @property
    def fingerprint(self) -> str:
        """SHA-256 in groups, as terminals and phones show it."""
        return fingerprint(self.certificate)

    def may_vouch_for(self, name: str | Address) -> bool:
        """Whether it is within the limits it was made with."""
        limits = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        inside = [
            one.value for one in limits.permitted_subtrees or () if isinstance(one, x509.DNSName | x509.IPAddress)
        ]
        if isinstance(name, str):
            return any(f".{name}".endswith(f".{domain}") for domain in inside if isinstance(domain, str))
        return any(name in network for network in inside if isinstance(network, IPv4Network | IPv6Network))


def fingerprint(certificate: x509.Certificate) -> str:
    said = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(said[at : at + 4] for at in range(0, len(said), 4))


def file_of(data: Path) -> Path:
    """Key and certificate in one file: both are there, or none."""
    return data / "keys" / "authority.pem"


def authority_in(data: Path, *, name: str | None, now: datetime) -> Authority:
    """The authority of this place, made at the first start. What is damaged is told, never written over."""
    if now < EARLIEST:
        raise ClockWrong(given={"now": f"{now:%Y-%m-%d %H:%M}"})
    path = file_of(data)
    text = kept(path)
    if text is None:
        made = _made(name, now)
        keep(path, private(made.key) + made.pem)
        return made
    return checked(path, text, now)


def checked(path: Path, text: bytes, now: datetime) -> Authority:
    """What lies there, where it is ours and good today."""
    found = _read(path, text)
    if now < found.certificate.not_valid_before_utc:
        raise ClockWrong(given={"now": f"{now:%Y-%m-%d %H:%M}"})
    if now >= found.certificate.not_valid_after_utc:
        raise AuthorityOver(given={"file": str(path), "day": f"{found.certificate.not_valid_after_utc:%Y-%m-%d}"})
    return found


def _read(path: Path, text: bytes) -> Authority:
    damaged = AuthorityDamaged(given={"file": str(path)})
    try:
        key = serialization.load_pem_private_key(text, None)
        certificate = x509.load_pem_x509_certificate(text)
        is_one = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        certificate.extensions.get_extension_for_class(x509.NameConstraints)
        certificate.verify_directly_issued_by(certificate)
    except Exception:  # whatever a library finds wrong with it
        raise damaged from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key() or not is_one:
        raise damaged
    return Authority(key, certificate)


def _made(name: str | None, now: datetime) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    # Each has a name of its own: two of one name and different keys are mixed up by what checks chains.
    mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:6]
    called = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "causerie"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"causerie on {name or 'this machine'} ({mark})"[:64]),
        ]
    )
    made = (
        x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now - BEFORE + YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_limits(name), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, made)


def _limits(name: str | None) -> x509.NameConstraints:
    names = [*DOMAINS, name] if name else [*DOMAINS]
    return x509.NameConstraints([*map(x509.DNSName, names), *map(x509.IPAddress, PRIVATE)], None)


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """An authority signs certificates, a server the handshake; neither does anything else."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
