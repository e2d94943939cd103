"""A domain is proved by what stands there; looked at each week, and gone three days after it went, with a word."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from causerie.clock import DAY
from causerie.egress import Unreachable, is_public
from tests.egress.test_guard import looking_up, ok, said
from tests.letters import Box, with_mail
from tests.place import Place, opened

PROOFS = "/api/v1/me/proofs"
LOST = "example.org is not shown on your profile any more"


@dataclass
class Domains:
    """What stands where: the records and files of the whole internet."""

    records: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    looked: int = 0

    async def texts(self, name: str) -> list[str]:
        self.looked += 1
        return self.records.get(name, [])

    async def fetch(self, url: str, *, most: int) -> bytes:
        if url not in self.files:
            raise Unreachable("missing")
        return self.files[url][:most]

    def of(self, place: Place) -> "Domains":
        place.causerie.house.proving.texts = self.texts
        place.causerie.house.proving.guard = self  # type: ignore[assignment]  # as far as it is asked
        return self


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def asked(browser, domain: str = "example.org") -> dict:
    return (await browser.post(PROOFS, json={"domain": domain})).json()


async def shown_once(domains: Domains, browser) -> dict:
    """A proof that is there, and was looked at."""
    proof = await asked(browser)
    domains.records[proof["where"]["record"]] = [proof["where"]["says"]]
    await browser.post(f"{PROOFS}/{proof['id']}/look", json={})
    return proof


@pytest.mark.parametrize("way", ["record", "file"])
async def test_shown_as_what_was_proved_and_when(place: Place, way: str):
    domains = Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        await browser.put("/api/v1/me/profile", json={"name": "Ada", "handle": "ada"})
        proof = await asked(browser)
        where = proof["where"]
        too_early = await browser.post(f"{PROOFS}/{proof['id']}/look", json={})
        if way == "record":
            domains.records[where["record"]] = ["v=spf1 -all", where["says"]]
        else:
            domains.files[where["file"]] = b"\n" + where["says"].encode() + b"\n"
        found = await browser.post(f"{PROOFS}/{proof['id']}/look", json={})
        shown = (await browser.get("/api/v1/profiles/ada")).json()["proofs"]

    now = place.clock.now()
    assert (where["record"], where["file"]) == ("_causerie.example.org", "https://example.org/.well-known/causerie")
    assert (too_early.status_code, too_early.json()["code"]) == (409, "proof.not_found")
    assert (found.status_code, found.json()["way"]) == (200, way)
    assert shown == [{"domain": "example.org", "way": way, "proved_at": now, "looked_at": now}]


async def test_what_another_put_there_proves_nothing_of_mine(place: Place):
    domains = Domains().of(place)
    _, ada = await place.person("Ada")
    _, eve = await place.person("Eve")
    async with place.browser(ada) as hers, place.browser(eve) as browser:
        domains.records["_causerie.example.org"] = [(await asked(hers))["where"]["says"]]
        mine = await asked(browser)
        answer = await browser.post(f"{PROOFS}/{mine['id']}/look", json={})
        stolen = await browser.post(f"{PROOFS}/{(await asked(hers))['id']}/look", json={})

    assert [a.json()["code"] for a in (answer, stolen)] == ["proof.not_found", "sign_in.unknown"]


async def test_a_proof_that_is_lost_falls_away_after_three_days_with_a_letter(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box):
        domains, notices = Domains().of(place), place.causerie.notices
        sweep = place.causerie.house.proving.sweep
        async with place.browser() as browser:
            proof = await proved(box, browser, domains)
            place.clock.turn(6 * DAY)
            await sweep()
            looked_early = domains.looked
            domains.records.clear()
            held = []
            for days in (1, 1, 1, 1):
                place.clock.turn(days * DAY)
                await sweep()
                held.append(len((await browser.get("/api/v1/profiles/ada")).json()["proofs"]))
            (own,) = (await browser.get("/api/v1/me/profile")).json()["proofs"]
            for again in (notices, notices):
                await again.sweep()
                await again.deliver()
            told = (await browser.get("/api/v1/inbox")).json()["notices"]

    assert (looked_early, held) == (1, [1, 1, 1, 0])
    assert (own["id"], own["lost_at"]) == (proof["id"], place.clock.now())
    assert [(one["title"], one["path"]) for one in told] == [(LOST, "/settings")]
    assert [letter["subject"] for letter in box.letters].count(LOST) == 1


async def test_who_has_no_address_hears_of_a_lost_proof_too_whenever_the_program_is_killed(place: Place):
    domains = Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        await shown_once(domains, browser)
        domains.records.clear()
        for days in (7, 1, 1, 1):
            place.clock.turn(days * DAY)
            await place.causerie.house.proving.sweep()  # a kill right after it: all there is are rows
        await place.causerie.notices.sweep()
        told = (await browser.get("/api/v1/inbox")).json()["notices"]

    assert [one["title"] for one in told] == [LOST]


async def proved(box: Box, browser, domains: Domains) -> dict:
    """Ada, by e-mail, with a handle and a domain of hers."""
    await browser.post("/api/v1/email-links", json={"address": "ada@example.org"})
    token = (await box.tokens())[0]
    await browser.post(f"/api/v1/sign-in/{token}", json={"token": token, "name": "Ada"})
    await browser.put("/api/v1/me/profile", json={"name": "Ada", "handle": "ada"})
    return await shown_once(domains, browser)


async def test_what_is_there_again_within_three_days_was_never_lost(place: Place):
    domains = Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        await browser.put("/api/v1/me/profile", json={"name": "Ada", "handle": "ada"})
        proof = await asked(browser)
        kept = {proof["where"]["record"]: [proof["where"]["says"]]}
        domains.records = kept
        first = (await browser.post(f"{PROOFS}/{proof['id']}/look", json={})).json()
        for records, days in (({}, 7), ({}, 1), (kept, 1)):
            domains.records = records
            place.clock.turn(days * DAY)
            await place.causerie.house.proving.sweep()
        (own,) = (await browser.get("/api/v1/me/profile")).json()["proofs"]

    assert own == {**first, "looked_at": place.clock.now()}


async def test_a_name_that_something_was_proved_of_stays(place: Place):
    domains = Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        proof = await shown_once(domains, browser)
        refused = await browser.put("/api/v1/me/profile", json={"name": "Aurélie Sandoz"})
        await browser.delete(f"{PROOFS}/{proof['id']}")
        renamed = await browser.put("/api/v1/me/profile", json={"name": "Aurélie Sandoz"})

    assert (refused.status_code, refused.json()["code"], renamed.status_code) == (409, "name.proved", 204)


@pytest.mark.parametrize(
    "domain",
    ["", "example", "127.0.0.1", "localhost", "a b.org", "example.org:8420", "me@example.org", "-a.org", "x" * 300],
)
async def test_what_is_no_domain(place: Place, domain: str):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        refused = await browser.post(PROOFS, json={"domain": domain})

    assert (refused.status_code, refused.json()["code"]) == (422, "proof.domain")


async def test_so_many_and_so_often(place: Place):
    Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        named = [(await browser.post(PROOFS, json={"domain": f"{n}.example.org"})).status_code for n in range(6)]
        again = await asked(browser, "0.example.org")
        looked = [(await browser.post(f"{PROOFS}/{again['id']}/look", json={})).status_code for _ in range(11)]

    assert (named, looked) == ([201] * 5 + [409], [409] * 10 + [429])


REDIRECTS = b"HTTP/1.1 302 Found\r\nlocation: https://10.0.0.1/\r\ncontent-length: 0\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "hangs", "addresses"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n", True, ["127.0.0.1"], id="hangs"),
        pytest.param(REDIRECTS, False, ["127.0.0.1"], id="redirects inside"),
        pytest.param(ok(b"causerie=1"), False, ["10.0.0.1"], id="lies inside"),
    ],
)
async def test_an_address_that_hangs_or_leads_inside_proves_nothing(
    place: Place, tmp_path: Path, answer: bytes, hangs: bool, addresses: list[str]
):
    _, cookie = await place.person("Ada")
    async with said(tmp_path, answer, hangs=hangs) as (canary, guard), place.browser(cookie) as browser:
        Domains().of(place)
        proving = place.causerie.house.proving
        public = is_public if addresses != ["127.0.0.1"] else guard.public
        proving.guard = replace(guard, resolve=looking_up({"talk.test": addresses}), public=public)
        proof = await asked(browser, "talk.test")
        commits = place.causerie.database.commits
        refused = await browser.post(f"{PROOFS}/{proof['id']}/look", json={})

    assert (refused.status_code, refused.json()["code"]) == (409, "proof.not_found")
    assert place.causerie.database.commits == commits
    assert canary.knocked == (addresses == ["127.0.0.1"])
