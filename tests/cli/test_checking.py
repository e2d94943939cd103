"""A listener's check beside the example of RFC 5769 and an independent client's own."""

import pytest
from aioice import stun

from causerie.cli.checking import Check, Names

NAMES = Names("theirs", "ours", "a key that only they have")


def answered(check: Check, key: str, *, method: stun.Class = stun.Class.RESPONSE, number: bytes = b"") -> bytes:
    """An answer as aioice makes it."""
    message = stun.Message(stun.Method.BINDING, method, transaction_id=number or check.number)
    message.attributes["XOR-MAPPED-ADDRESS"] = ("198.51.100.9", 5000)
    message.attributes["SOFTWARE"] = "odd"
    message.add_message_integrity(key.encode())
    return bytes(message)


def test_an_independent_client_reads_a_check_as_ours():
    check = Check.by(NAMES)

    read = stun.parse_message(check.message())
    read.check_message_integrity(NAMES.key.encode())

    assert (read.message_method, read.message_class) == (stun.Method.BINDING, stun.Class.REQUEST)
    assert read.attributes["USERNAME"] == "theirs:ours"
    assert {"PRIORITY", "ICE-CONTROLLING", "MESSAGE-INTEGRITY", "FINGERPRINT"} <= set(read.attributes)
    assert read.transaction_id == check.number != Check.by(NAMES).number


def test_only_the_answer_of_who_has_the_key_counts():
    check = Check.by(NAMES)
    good = answered(check, NAMES.key)

    told = [
        check.is_answered_by(one)
        for one in (
            good,
            answered(check, "another key"),
            answered(check, NAMES.key, number=b"another....."),
            answered(check, NAMES.key, method=stun.Class.ERROR),
            good[:30],
            good[:-1],
            check.message(),
            b"",
            b"\x01\x01" + bytes(200),
        )
    ]

    assert told == [True, *[False] * 8]


def test_names_stand_in_offer_and_answer():
    offer, answer = "v=0\r\na=ice-ufrag:us\r\na=ice-pwd:mine\r\n", "v=0\r\na=ice-ufrag:them\r\na=ice-pwd:secret\r\n"

    assert Names.of(offer, answer) == Names("them", "us", "secret")
    with pytest.raises(ValueError, match="ice-ufrag"):
        Names.of(offer, "<html>")
