"""What `causerie doctor` says of a house of its own: who vouches for it, for which names, until when."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from causerie.app import given_addresses
from causerie.config import Settings
from causerie.errors import Refusal
from causerie.lan import authority, certificate, names_and_addresses
from causerie.lan.authority import Authority
from causerie.lan.files import is_private, kept

Check = tuple[str, str]


def lan_checks(chosen: Settings, *, now: datetime) -> list[Check]:
    try:
        return [*_looked_at(chosen, now)]
    except Refusal as refusal:
        return [("fault", f"{refusal.text} ({refusal.code})")]


def _looked_at(chosen: Settings, now: datetime) -> Iterator[Check]:
    names, addresses = names_and_addresses(given_addresses(chosen))
    yield "ok", f"people in the house reach {', '.join([*names, *map(str, addresses)])}"
    path = authority.file_of(chosen.data)
    text = kept(path)
    if text is None:
        yield "ok", "there is no authority yet: serve --lan makes it"
        return
    ours = authority.checked(path, text, now)
    ends = ours.certificate.not_valid_after_utc
    yield "ok", f"our authority “{ours.called}” is good until {ends:%Y-%m-%d}: {ours.fingerprint}"
    if not is_private(path):
        yield "warn", f"others on this machine can read {path}: chmod 600 {path}"
    yield _certificate(chosen.data, ours, certificate.wanted(ours, names, addresses), now)


def _certificate(data: Path, ours: Authority, wanted: certificate.Wanted, now: datetime) -> Check:
    path = certificate.file_of(data)
    text = kept(path)
    if text is None:
        return "ok", "there is no certificate yet: serve --lan makes it"
    there = certificate.read(text)
    if there is None:
        return "warn", f"{path} is damaged: the next start puts it aside and makes another"
    said = ", ".join(sorted(map(str, certificate.vouched_for(there))))
    if not certificate.is_good(there, ours, wanted, now=now):
        return (
            "warn",
            f"the certificate is for {said}, until {there.not_valid_after_utc:%Y-%m-%d}: made anew at the next start",
        )
    return "ok", f"the certificate is for {said}, until {there.not_valid_after_utc:%Y-%m-%d}"
