"""What a browser and we say to each other about a passkey (WebAuthn). Pure: who asks, and when, is the caller's."""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from causerie.accounts.errors import PasskeyRefused
from causerie.accounts.people import Person

SIGNED_WITHIN = 120
"""Seconds: long enough to look for a phone, short enough that nobody comes back to it."""


@dataclass(frozen=True)
class Site:
    """Where passkeys of this place are good: the origin of its page, and the host as their RP id."""

    name: str
    origin: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def has_passkeys(self) -> bool:
        """Browsers have them on https, and on localhost; never for an address of numbers."""
        try:
            ip_address(self.host)
        except ValueError:
            return self.origin.startswith("https://") or self.host == "localhost" or self.host.endswith(".localhost")
        return False


@dataclass(frozen=True)
class Made:
    """A passkey that was just made, as it is kept."""

    credential: str
    public_key: str
    signed: int


def to_make(site: Site, person: Person, name: str, *, challenge: bytes, has: Sequence[str]) -> dict[str, Any]:
    """What the browser makes a passkey by; a device that `has` one already makes no second."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=person.id.encode(),
        user_name=name,
        challenge=challenge,
        timeout=SIGNED_WITHIN * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in has],
    )
    return _plain(options_to_json(options))


def to_sign(site: Site, *, challenge: bytes) -> dict[str, Any]:
    """What the browser signs in by: any passkey of this place, whosever it is."""
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=SIGNED_WITHIN * 1000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options_to_json(options))


def made(site: Site, said: dict[str, Any], *, challenge: bytes) -> Made:
    """The passkey a browser says it has made; or `PasskeyRefused`."""
    try:
        found = verify_registration_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as fault:  # parsers of what anybody may send; why it was refused helps nobody who means well
        raise PasskeyRefused from fault
    return Made(
        bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key), found.sign_count
    )


def signed(site: Site, said: dict[str, Any], *, challenge: bytes, public_key: str, before: int) -> int:
    """How often this passkey has signed, now that it did so rightly; or `PasskeyRefused`."""
    try:
        found = verify_authentication_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=before,
            require_user_verification=True,
        )
    except Exception as fault:  # as above
        raise PasskeyRefused from fault
    return int(found.new_sign_count)


def challenge_in(said: dict[str, Any]) -> bytes:
    """Which challenge an answer is to, before anything of it is believed."""
    try:
        client = json.loads(_bytes(said["response"]["clientDataJSON"]))
        return _bytes(client["challenge"])
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error) as fault:
        raise PasskeyRefused from fault


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _plain(options: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(options)
    return plain
