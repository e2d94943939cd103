"""Our own authority: made once, good for the house alone, never written over."""

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from causerie.lan.authority import EARLIEST, authority_in, file_of
from causerie.lan.errors import AuthorityDamaged, AuthorityOver, ClockWrong, NotWritable

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path):
    first = authority_in(tmp_path, name="box", now=NOW)
    again = authority_in(tmp_path, name="another", now=NOW + timedelta(days=3000))

    assert first.certificate == again.certificate
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600
    assert [path.name for path in file_of(tmp_path).parent.iterdir()] == ["authority.pem"]


def test_it_is_what_devices_take(tmp_path: Path):
    made = authority_in(tmp_path, name="box", now=NOW).certificate

    said = {one.oid._name: (one.critical, one.value) for one in made.extensions}
    usage = said["keyUsage"][1]
    lasts = made.not_valid_after_utc - made.not_valid_before_utc
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert made.public_key().curve.name == "secp256r1"
    assert said["basicConstraints"] == (True, x509.BasicConstraints(ca=True, path_length=0))
    assert (said["keyUsage"][0], usage.key_cert_sign, usage.digital_signature) == (True, True, False)
    assert said["extendedKeyUsage"] == (False, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))
    assert lasts == timedelta(days=3652)


def test_it_may_vouch_for_the_house_and_for_nothing_else(tmp_path: Path):
    made = authority_in(tmp_path, name="box", now=NOW)

    limits = made.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    permitted = [one.value for one in limits.value.permitted_subtrees or ()]
    assert (limits.critical, limits.value.excluded_subtrees) == (True, None)
    assert {one for one in permitted if isinstance(one, str)} == {"local", "localhost", "box"}
    assert ip_network("192.168.0.0/16") in permitted
    for house in ("box", "box.local", "localhost", ip_address("10.1.2.3"), ip_address("fd12::1")):
        assert made.may_vouch_for(house)
    for world in ("example.org", "notlocal", "local.example", ip_address("8.8.8.8"), ip_address("2001:db8::1")):
        assert not made.may_vouch_for(world)


def test_each_has_a_name_of_its_own(tmp_path: Path):
    one, another = (authority_in(tmp_path / place, name="box", now=NOW) for place in ("a", "b"))

    assert one.called != another.called
    assert one.called.startswith("causerie on box (")


@pytest.mark.parametrize("damage", ["", "nonsense", "half", "key of another", "no authority"])
def test_a_damaged_one_is_told_and_left_as_it_is(tmp_path: Path, damage: str):
    whole = (authority_in(tmp_path, name="box", now=NOW), file_of(tmp_path).read_text())[1]
    key, _, certificate = whole.partition("-----BEGIN CERTIFICATE")
    other = (authority_in(tmp_path / "b", name="box", now=NOW), file_of(tmp_path / "b").read_text())[1]
    said = {
        "half": whole[: len(whole) // 2],
        "key of another": other.partition("-----BEGIN CERTIFICATE")[0] + f"-----BEGIN CERTIFICATE{certificate}",
        "no authority": key,
    }.get(damage, damage)
    file_of(tmp_path).write_text(said)

    with pytest.raises(AuthorityDamaged, match=r"authority\.pem is damaged"):
        authority_in(tmp_path, name="box", now=NOW)

    assert file_of(tmp_path).read_text() == said


def test_one_that_ran_out_is_told_with_its_day(tmp_path: Path):
    authority_in(tmp_path, name="box", now=NOW)

    with pytest.raises(AuthorityOver, match="2036-11-21"):
        authority_in(tmp_path, name="box", now=NOW + timedelta(days=3652))


@pytest.mark.parametrize("now", [EARLIEST - timedelta(days=1), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_clock_that_stands_makes_no_authority(tmp_path: Path, now: datetime):
    with pytest.raises(ClockWrong):
        authority_in(tmp_path, name="box", now=now)

    assert not file_of(tmp_path).exists()


def test_a_clock_before_its_own_authority_is_wrong(tmp_path: Path):
    authority_in(tmp_path, name="box", now=NOW)

    with pytest.raises(ClockWrong, match="2026-11-20"):
        authority_in(tmp_path, name="box", now=NOW - timedelta(days=3))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "keys").write_text("a file stands where the folder should be")

    with pytest.raises(NotWritable, match=r"authority\.pem cannot be read or written"):
        authority_in(tmp_path, name="box", now=NOW)
