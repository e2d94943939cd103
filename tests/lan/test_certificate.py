"""The server's certificate: what browsers accept, for just the names and addresses of the machine."""

import asyncio
import contextlib
import ssl
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import DNSName, IPAddress
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from causerie.lan import Lan, lan_in
from causerie.lan.authority import authority_in
from causerie.lan.certificate import LASTS, file_of, read, vouched_for
from causerie.lan.errors import NoNetwork

NOW = datetime.now(UTC)
ADDRESSES = ["127.0.0.1", "127.0.0.9", "192.168.7.5", "fd00::5"]


@pytest.fixture(autouse=True)
def box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("causerie.lan.machine.socket.gethostname", lambda: "Box.example.org")


def made(data: Path, *, addresses: list[str] | None = None, now: datetime = NOW) -> Lan:
    return lan_in(data, addresses or ADDRESSES, port=8420, plain=8480, now=now)


def test_it_is_for_every_name_and_address_and_lasts_as_long_as_browsers_allow(tmp_path: Path):
    served = made(tmp_path).served

    lasts = served.certificate.not_valid_after_utc - served.certificate.not_valid_before_utc
    assert vouched_for(served.certificate) == {
        "box.local",
        "box",
        "localhost",
        *(ip_address(one) for one in [*ADDRESSES, "::1"]),
    }
    assert timedelta(days=390) < lasts <= timedelta(days=397)
    assert stat.S_IMODE(served.file.stat().st_mode) == 0o600


@pytest.mark.parametrize("subject", ["box.local", "box", "localhost", *ADDRESSES, "::1"])
def test_what_checks_chains_accepts_it(tmp_path: Path, subject: str):
    lan = made(tmp_path)
    who = IPAddress(ip_address(subject)) if subject[-1].isdigit() else DNSName(subject)

    check = PolicyBuilder().store(Store([lan.authority.certificate])).time(NOW).build_server_verifier(who)
    chain = check.verify(lan.served.certificate, [])

    assert chain == [lan.served.certificate, lan.authority.certificate]


@pytest.mark.parametrize("subject", ["example.org", "other.local", "192.168.7.6"])
def test_for_others_it_is_not_accepted(tmp_path: Path, subject: str):
    lan = made(tmp_path)
    who = IPAddress(ip_address(subject)) if subject[-1].isdigit() else DNSName(subject)
    check = PolicyBuilder().store(Store([lan.authority.certificate])).time(NOW).build_server_verifier(who)

    with pytest.raises(VerificationError):
        check.verify(lan.served.certificate, [])


@contextlib.asynccontextmanager
async def spoken_at(lan: Lan, address: str) -> AsyncIterator[int]:
    """A server that says its certificate and no more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(lan.served.file)
    server = await asyncio.start_server(lambda _, out: out.close(), address, 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9"])
async def test_a_client_that_accepts_the_authority_comes_in_by_each_address(tmp_path: Path, address: str):
    lan = made(tmp_path)
    client = ssl.create_default_context(cadata=lan.authority.der)

    async with spoken_at(lan, address) as port:
        _, out = await asyncio.open_connection(address, port, ssl=client)
        told = out.get_extra_info("ssl_object").getpeercert(binary_form=True)
        out.close()

    assert x509.load_der_x509_certificate(told) == lan.served.certificate


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.8"])
async def test_without_the_authority_or_by_another_address_a_client_goes_away(tmp_path: Path, address: str):
    lan = made(tmp_path)
    accepted = {"cadata": lan.authority.der} if address == "127.0.0.8" else {}

    async with spoken_at(lan, address) as port:
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection(address, port, ssl=ssl.create_default_context(**accepted))


def test_a_stolen_authority_passes_for_no_site_of_the_web(tmp_path: Path):
    lan = made(tmp_path)
    forged = (
        x509.CertificateBuilder(lan.authority.certificate.subject)
        .subject_name(x509.Name([]))
        .public_key(lan.authority.key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(hours=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([DNSName("bank.example")]), critical=True)
    )
    for one in lan.served.certificate.extensions:
        if not isinstance(one.value, x509.SubjectAlternativeName):
            forged = forged.add_extension(one.value, one.critical)
    signed = forged.sign(lan.authority.key, lan.served.certificate.signature_hash_algorithm)
    check = PolicyBuilder().store(Store([lan.authority.certificate])).time(NOW)

    with pytest.raises(VerificationError, match="name constraint"):
        check.build_server_verifier(DNSName("bank.example")).verify(signed, [])


def test_it_stays_while_nothing_changes(tmp_path: Path):
    first = made(tmp_path)

    assert made(tmp_path, now=NOW + timedelta(days=300)).served.certificate == first.served.certificate


@pytest.mark.parametrize("addresses", [["192.168.7.6"], ADDRESSES[:2], [*ADDRESSES, "10.0.0.1"]])
def test_other_addresses_bring_another(tmp_path: Path, addresses: list[str]):
    first, second = made(tmp_path), made(tmp_path, addresses=addresses)

    assert first.served.certificate != second.served.certificate
    assert first.authority.certificate == second.authority.certificate
    assert {ip_address(one) for one in addresses} <= vouched_for(second.served.certificate)


def test_it_is_renewed_a_month_before_it_runs_out(tmp_path: Path):
    first = made(tmp_path)
    runs_out = first.served.certificate.not_valid_after_utc

    kept = made(tmp_path, now=runs_out - timedelta(days=30, seconds=1))
    renewed = made(tmp_path, now=runs_out - timedelta(days=29))

    assert kept.served.certificate == first.served.certificate
    assert renewed.served.certificate.not_valid_after_utc - runs_out == LASTS - timedelta(days=30)


def test_it_does_not_outlive_its_authority(tmp_path: Path):
    ends = made(tmp_path).authority.certificate.not_valid_after_utc

    last = made(tmp_path, now=ends - timedelta(days=10))
    again = made(tmp_path, now=ends - timedelta(days=9))

    assert last.served.certificate.not_valid_after_utc == ends
    assert again.served.certificate == last.served.certificate


def test_one_of_another_authority_is_replaced(tmp_path: Path):
    first = made(tmp_path)
    first.served.file.with_name("authority.pem").unlink()

    second = made(tmp_path)

    second.served.certificate.verify_directly_issued_by(second.authority.certificate)
    assert second.served.certificate != first.served.certificate


def test_a_damaged_one_is_put_aside_and_told(tmp_path: Path):
    made(tmp_path)
    for damage in ("damaged", "damaged again"):
        file_of(tmp_path).write_text(damage)
        lan = made(tmp_path)

    assert lan.served.aside == tmp_path / "keys" / "house.pem.damaged1"
    assert (tmp_path / "keys" / "house.pem.damaged").read_text() == "damaged"
    assert lan.served.aside.read_text() == "damaged again"
    assert read(file_of(tmp_path).read_bytes()) == lan.served.certificate


def test_names_that_the_authority_may_not_vouch_for_are_left_out(tmp_path: Path):
    authority_in(tmp_path, name="before", now=NOW)

    lan = made(tmp_path)

    assert lan.names == ("box.local", "localhost")


@pytest.mark.parametrize("given", [["203.0.113.7"], ["2001:db8::1"], ["nonsense"], ["talk.example.org", ""]])
def test_without_an_address_in_a_private_network_there_is_no_house(tmp_path: Path, given: list[str]):
    with pytest.raises(NoNetwork):
        made(tmp_path, addresses=given)

    assert not (tmp_path / "keys").exists()


def test_public_addresses_beside_private_ones_are_left_out(tmp_path: Path):
    lan = made(tmp_path, addresses=["203.0.113.7", "10.0.0.7"])

    assert lan.hosts == {"box.local", "box", "localhost", "10.0.0.7", "127.0.0.1", "::1"}
    assert lan.trust == "http://10.0.0.7:8480/trust"
    assert (lan.safe("box"), lan.safe("::1"), lan.safe("evil")) == (
        "https://box:8420",
        "https://[::1]:8420",
        "https://10.0.0.7:8420",
    )


def test_by_name_first_where_somebody_answers_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    by_address, by_name = "https://10.0.0.7:8420", "https://box.local:8420"
    lan = made(tmp_path, addresses=["10.0.0.7"])

    monkeypatch.setattr("causerie.lan.ANSWERS_FOR_NAMES", tmp_path / "nobody")
    alone = lan.origins
    monkeypatch.setattr("causerie.lan.ANSWERS_FOR_NAMES", tmp_path)

    assert (alone, lan.origins) == ([by_address, by_name], [by_name, by_address])
