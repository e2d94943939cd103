"""`/trust`: the authority, and how a device accepts it; there only in a house of its own."""

import plistlib
import re

import pytest
from cryptography import x509

from causerie.web.trust.devices import DEVICES, of_agent
from tests.place import Place
from tests.web.test_plain_line import HTTP, HTTPS, box, browser, place  # noqa: F401  fixtures

FILES = ("/trust", "/trust/ca.crt", "/trust/ca.mobileconfig", "/trust/works")


async def test_the_authority_is_handed_out_as_devices_take_it(place: Place):  # noqa: F811
    ours = place.causerie.house.lan.authority
    async with browser(place, HTTP) as person:
        certificate, profile = [await person.get(path) for path in FILES[1:3]]

    assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(certificate.content) == ours.certificate
    assert profile.headers["content-type"] == "application/x-apple-aspen-config"
    assert "content-disposition" not in profile.headers
    assert plistlib.loads(profile.content)["PayloadContent"][0]["PayloadContent"] == ours.der
    assert b"PRIVATE" not in certificate.content + profile.content


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
async def test_the_page_says_it_for_each_device_in_each_language(place: Place, language: str, direction: str):  # noqa: F811
    async with browser(place, HTTP) as person:
        answer = await person.get("/trust", headers={"accept-language": language})

    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
    assert f'<html lang="{language}" dir="{direction}">' in answer.text
    assert place.causerie.house.lan.authority.fingerprint.replace(" ", "") in page.replace(" ", "")
    assert answer.text.count("<details") == len(DEVICES)
    assert answer.text.count("<li>") == sum(len(device.steps) for device in DEVICES)
    assert "{" not in page
    assert ("Always Trust" in page) == (language == "en")


async def test_it_may_ask_whether_https_works_and_nothing_else(place: Place):  # noqa: F811
    async with browser(place, HTTP) as person:
        answer = await person.get("/trust")

    origins = ["https://box.local:8420", HTTPS]
    assert f"connect-src {' '.join(origins)};" in answer.headers["content-security-policy"]
    assert f'data-origins="{" ".join(origins)}"' in answer.text
    assert f'href="{HTTPS}"' in answer.text


async def test_what_tells_that_it_works_is_empty_and_kept_by_nobody(place: Place):  # noqa: F811
    async with browser(place, HTTPS) as person:
        answer = await person.get("/trust/works")

    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (204, b"", "no-store")


async def test_elsewhere_there_is_no_such_page(tmp_path):
    from tests.place import opened  # noqa: PLC0415  the fixture of this name is a house

    async with opened(tmp_path / "other") as other, other.browser() as person:
        told = [(await person.get(path)).status_code for path in FILES]
        me = (await person.get("/api/v1/me")).json()

    assert told == [404] * 4
    assert (me["trust_page"], me["https_address"]) == (None, None)


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "apple"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140.0 Mobile Safari/537.36", "android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "mac"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "linux"),
        ("", ""),
    ],
)
def test_the_steps_of_the_device_that_asks_are_open(agent: str, kind: str):
    assert of_agent(agent) == kind
