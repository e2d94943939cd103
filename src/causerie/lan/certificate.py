"""The certificate of the server: for this machine's names and addresses, made anew when they change or it runs out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from causerie.lan.authority import BEFORE, Authority, private, usage
from causerie.lan.files import keep, kept, put_aside
from causerie.lan.machine import Address

# Browsers take none that is good for more than 398 days.
LASTS = timedelta(days=396)
RENEWED_BEFORE = timedelta(days=30)


ITSELF = (ip_address("127.0.0.1"), ip_address("::1"))


@dataclass(frozen=True)
class Wanted:
    """For what a certificate is to be good."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]


def wanted(authority: Authority, names: list[str], addresses: list[Address]) -> Wanted:
    """All by which this machine is reached, by itself, too, as far as its authority may vouch for it."""
    every = dict.fromkeys((*addresses, *ITSELF))
    called = tuple(name for name in (*names, "localhost") if authority.may_vouch_for(name))
    return Wanted(called, tuple(one for one in every if authority.may_vouch_for(one)))


@dataclass(frozen=True)
class Served:
    """The certificate as it lies in its file, and where one that could not be read was put."""

    file: Path
    certificate: x509.Certificate
    aside: Path | None = None


def file_of(data: Path) -> Path:
    """Key, certificate and the authority's: what a server loads."""
    return data / "keys" / "house.pem"


def served_in(data: Path, authority: Authority, wanted: Wanted, *, now: datetime) -> Served:
    """A certificate that is good for these names and addresses, the one that is there where it is."""
    path = file_of(data)
    text, aside = kept(path), None
    there = None
    if text is not None and (there := read(text)) is None:
        aside = put_aside(path)
    if there is None or not is_good(there, authority, wanted, now=now):
        key = ec.generate_private_key(ec.SECP256R1())
        there = _made(key, authority, wanted, now)
        keep(path, private(key) + _pem(there) + authority.pem, over=True)
    return Served(path, there, aside)


def read(text: bytes) -> x509.Certificate | None:
    """The certificate of a file, where its key belongs to it."""
    try:
        key, found = load_pem_private_key(text, None), x509.load_pem_x509_certificate(text)
        vouched_for(found)
    except Exception:  # whatever a library finds wrong with it
        return None
    return found if key.public_key() == found.public_key() else None


def is_good(found: x509.Certificate, authority: Authority, wanted: Wanted, *, now: datetime) -> bool:
    """Whether it is of this authority, for just these, and lasts."""
    try:
        found.verify_directly_issued_by(authority.certificate)
    except Exception:  # of another authority, or none
        return False
    lasts = found.not_valid_after_utc - now >= RENEWED_BEFORE or found.not_valid_after_utc >= _ends(authority, now)
    begun = found.not_valid_before_utc <= now
    return begun and lasts and vouched_for(found) == {*wanted.names, *wanted.addresses}


def vouched_for(found: x509.Certificate) -> set[str | Address]:
    """The names and addresses that it is for."""
    said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [one for one in said.get_values_for_type(x509.IPAddress) if isinstance(one, Address)]
    return {*said.get_values_for_type(x509.DNSName), *addresses}


def _ends(authority: Authority, now: datetime) -> datetime:
    return min(now - BEFORE + LASTS, authority.certificate.not_valid_after_utc)


def _made(key: ec.EllipticCurvePrivateKey, authority: Authority, wanted: Wanted, now: datetime) -> x509.Certificate:
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, wanted.names[0][:64])])
    public = key.public_key()
    over = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    others = [*map(x509.DNSName, wanted.names), *map(x509.IPAddress, wanted.addresses)]
    return (
        x509.CertificateBuilder(authority.certificate.subject, called, public, x509.random_serial_number())
        .not_valid_before(max(now - BEFORE, authority.certificate.not_valid_before_utc))
        .not_valid_after(_ends(authority, now))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(over), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
