"""What only the browser that subscribed can read: the example of RFC 8291, and back again."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from causerie.push.keys import plain, raw, vapid_in
from causerie.push.sealing import Receiver, sealed
from tests.push.service import browser, opened

# RFC 8291, appendix A.
RECEIVER = Receiver(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
)
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard():
    ours = ec.derive_private_key(int.from_bytes(raw(OURS), "big"), ec.SECP256R1())

    body = sealed(b"When I grow up, I want to be a watermelon", RECEIVER, ours=ours, salt=raw(SALT))

    assert plain(body) == SEALED


def test_the_browser_that_subscribed_reads_it():
    key, receiver = browser()

    assert opened(sealed("Sparrows – live".encode(), receiver), key, receiver) == "Sparrows – live".encode()


@pytest.mark.parametrize(
    "wrong",
    [
        Receiver("", ""),
        Receiver(RECEIVER.p256dh, "short"),
        Receiver(RECEIVER.p256dh[:-4], RECEIVER.auth),
        Receiver("B" + "A" * 86, RECEIVER.auth),  # no point of the curve
    ],
)
def test_keys_that_nothing_can_be_sealed_for(wrong: Receiver):
    assert not wrong.usable()


def test_the_key_of_a_place_is_made_once_and_signs_for_the_push_service(tmp_path):
    first, again = (vapid_in(tmp_path, contact="mailto:ada@talk.example.org") for _ in range(2))

    said = again.authorization("https://push.example.org", now=1_800_000_000_000)

    token = said.removeprefix("vapid t=").partition(",")[0]
    head, claims, signature = token.split(".")
    both = [raw(signature)[:32], raw(signature)[32:]]
    proof = encode_dss_signature(*(int.from_bytes(half, "big") for half in both))
    first.key.public_key().verify(proof, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert said.endswith(f"k={first.public}")
    assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {
        "aud": "https://push.example.org",
        "exp": 1_800_043_200,
        "sub": "mailto:ada@talk.example.org",
    }
    assert (tmp_path / "keys" / "push.pem").stat().st_mode & 0o777 == 0o600
