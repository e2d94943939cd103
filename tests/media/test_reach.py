"""Which addresses browsers are told, wherever this place stands."""

import socket
import time

import pytest

from causerie.config import Faulty, Settings, read
from causerie.media.reach import OWN_ONLY, Reach, Resolved, reach_of, resolved

PRIVATE, PUBLIC = "10.0.0.5", "203.0.113.7"
MINE = {PRIVATE, "127.0.0.1"}


def told(
    url: str = "https://talk.example.org",
    leads_to: Resolved | None = None,
    *,
    host: str = "127.0.0.1",
    media: dict[str, str] | None = None,
    facing: str | None = PRIVATE,
    mine: set[str] = MINE,
) -> Reach:
    """What is told where the name leads there; without an answer nobody may ask."""

    def resolve(name: str) -> Resolved:
        assert leads_to is not None, f"asked where {name} leads"
        assert name == "talk.example.org"
        return leads_to

    settings = Settings(web={"public_url": url, "host": host}, media=media or {})
    return reach_of(settings, resolve=resolve, own=mine.__contains__, facing=lambda: facing)


def test_at_ones_own_desk_the_loopback_comes_first():
    assert told("") == Reach(("127.0.0.1", PRIVATE))
    assert told("", facing=None) == Reach(("127.0.0.1",))


def test_in_the_house_the_machines_own_address_comes_first():
    assert told("", host="0.0.0.0") == Reach((PRIVATE, "127.0.0.1"))


def test_a_public_address_of_the_machine_itself_is_told_as_it_is():
    reach = told(leads_to=Resolved((PUBLIC,), ("2001:db8::7",)), facing=PUBLIC, mine={PUBLIC})

    assert reach == Reach((PUBLIC, "127.0.0.1"))


def test_behind_a_nat_the_public_address_comes_first_with_the_one_behind_it():
    reach = told(leads_to=Resolved((PUBLIC,)))

    assert reach == Reach((f"{PUBLIC}={PRIVATE}", PRIVATE, "127.0.0.1"))
    assert reach.told == (PUBLIC, PRIVATE, "127.0.0.1")


def test_a_port_bound_to_one_address_leads_nowhere_else():
    bound = told(leads_to=Resolved((PUBLIC,)), media={"host": "192.168.1.9"})

    assert bound == Reach((PUBLIC, PRIVATE, "127.0.0.1"))


def test_of_a_name_of_several_machines_only_ours_is_told():
    assert told(leads_to=Resolved(("203.0.113.8", PRIVATE))) == Reach((PRIVATE, "127.0.0.1"))


def test_of_two_addresses_of_a_router_the_first_has_ours_behind_it():
    reach = told(leads_to=Resolved((PUBLIC, "203.0.113.8")))

    assert reach == Reach((f"{PUBLIC}={PRIVATE}", "203.0.113.8", PRIVATE, "127.0.0.1"))


@pytest.mark.parametrize("nowhere", ["127.0.1.1", "0.0.0.0", "224.0.0.1", "169.254.169.254", "255.255.255.255"])
def test_what_leads_nobody_here_is_not_told(nowhere: str):
    assert told(leads_to=Resolved((nowhere,))) == Reach((PRIVATE, "127.0.0.1"))


@pytest.mark.parametrize("url", ["http://localhost:8420", "http://talk.localhost", "nonsense"])
def test_names_that_mean_this_machine_are_not_asked_for(url: str):
    assert told(url) == Reach((PRIVATE, "127.0.0.1"))


def test_what_keeps_the_name_from_being_used_is_said():
    own = (PRIVATE, "127.0.0.1")

    unknown = told(leads_to=Resolved(fault="Name or service not known"))
    six = told(leads_to=Resolved((), ("2001:db8::7",)))
    crowd = told(leads_to=Resolved(tuple(f"203.0.113.{n}" for n in range(1, 6))))

    why = "Where talk.example.org leads cannot be found out (Name or service not known)."
    assert unknown == Reach(own, (f"{why} {OWN_ONLY}",))
    only_six = "talk.example.org leads to IPv6 addresses only, and sound goes by IPv4: give the name an A record."
    assert six == Reach(own, (f"{only_six} {OWN_ONLY}",))
    assert crowd == Reach(own, (f"talk.example.org leads to 5 addresses. {OWN_ONLY}",))


def test_what_was_set_is_told_and_nothing_else():
    chosen = told(media={"public_address": f" {PUBLIC}, 203.0.113.8={PRIVATE} "})

    assert chosen == Reach((PUBLIC, f"203.0.113.8={PRIVATE}"))


def test_behind_an_address_can_only_stand_one_of_this_machine():
    chosen = told(media={"public_address": f"{PUBLIC}=10.9.9.9"})

    assert chosen == Reach((PUBLIC,), ("media.public_address: 10.9.9.9 is no address of this machine.",))


@pytest.mark.parametrize("text", ["", ",", "talk.example.org", "2001:db8::7", "203.0.113.7=", "203.0.113.256"])
def test_what_is_no_address_is_said_at_the_start(tmp_path, text: str):
    with pytest.raises(Faulty) as faulty:
        read(tmp_path / "none.toml", {"CAUSERIE_MEDIA_PUBLIC_ADDRESS": text})

    (fault,) = faulty.value.faults
    assert fault.startswith("media.public_address: ")
    assert "203.0.113.7" in fault


def test_the_system_knows_where_an_address_leads():
    assert resolved("127.0.0.7") == Resolved(("127.0.0.7",))
    assert resolved(f"{64 * 'a'}.invalid").fault is not None


def test_a_name_that_nobody_answers_for_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(30) or [])

    assert resolved("talk.example.org", within=0.05) == Resolved(fault="no answer within 0.05 seconds")
