"""A message on its way to a browser, over HTTPS to a push service on this machine."""

from dataclasses import replace

import pytest

from causerie.egress import is_public
from causerie.push.keys import vapid_in
from causerie.push.sending import Pusher, Sent
from tests.push.service import browser, opened, push_service

NOW = 1_800_000_000_000


async def test_a_message_comes_sealed_and_signed_under_its_topic(tmp_path):
    key, receiver = browser()
    async with push_service(tmp_path) as service:
        pusher = Pusher(vapid_in(tmp_path, contact="mailto:ada@talk.example.org"), service.guard)

        told = await pusher.send(service.endpoint("ben"), receiver, b"live", topic="notice-7", lasts=900, now=NOW)

    assert told == Sent("sent")
    (sent,) = service.sent
    assert opened(sent.body, key, receiver) == b"live"
    authorization = sent.headers.pop("authorization")
    assert authorization.startswith("vapid t=")
    assert sent.headers == {
        "host": "push.test",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": "900",
        "topic": "notice-7",
        "urgency": "high",
        "content-length": str(len(sent.body)),
        "connection": "close",
    }


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("410 Gone", Sent("gone")),
        ("404 Not Found", Sent("gone")),
        ("429 Too Many Requests\r\nRetry-After: 120", Sent("later", 120)),
        ("503 Away\r\nRetry-After: 999999", Sent("later", 3600)),
        ("500 Oops\r\nRetry-After: tomorrow", Sent("later")),
        ("403 Forbidden", Sent("refused")),
        ("302 Found\r\nLocation: https://127.0.0.1/", Sent("refused")),
        ("nonsense", Sent("later")),
    ],
)
async def test_what_the_push_service_says(tmp_path, answer: str, outcome: Sent):
    _, receiver = browser()
    async with push_service(tmp_path) as service:
        service.answers["/ben"] = answer
        pusher = Pusher(vapid_in(tmp_path, contact="mailto:ada@talk.example.org"), service.guard)

        told = await pusher.send(service.endpoint("ben"), receiver, b"live", topic="notice-7", lasts=900, now=NOW)

    assert told == outcome
    assert len(service.sent) == 1  # no redirect is followed


async def test_a_name_that_leads_inside_since_it_was_said_is_sent_nothing(tmp_path):
    """DNS rebinding: it lay outside when the browser told of it, and lies inside when it is sent to."""
    _, receiver = browser()
    async with push_service(tmp_path) as service:
        answers = [["93.184.215.14"], ["127.0.0.1"]]

        async def resolve(_host: str) -> list[str]:
            return answers.pop(0)

        guard = replace(service.guard, resolve=resolve, public=is_public)
        first = await guard.target(service.endpoint("ben"))
        pusher = Pusher(vapid_in(tmp_path, contact="mailto:ada@talk.example.org"), guard)
        told = await pusher.send(service.endpoint("ben"), receiver, b"live", topic="notice-7", lasts=900, now=NOW)

    assert (first.address, told, service.sent, answers) == ("93.184.215.14", Sent("later"), [], [])
