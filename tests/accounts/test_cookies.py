"""Who somebody is, told by their cookies; what is not ours is nobody's."""

import stat
from pathlib import Path

import pytest

from causerie.accounts.cookies import SESSION, VISITOR, Cookies, key_in

ours = Cookies(b"k" * 32)


def test_a_visitor_is_known_again():
    id, value = ours.new_visitor()

    assert ours.visitor(f"theme=dark; causerie_visitor={value}; lang=ar") == id


def test_no_two_visitors_have_one_id():
    assert len({ours.new_visitor()[0] for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "header",
    [
        "",
        "causerie_visitor=",
        "causerie_visitor=.",
        "causerie_visitor=somebody",
        "causerie_visitor=somebody.",
        "causerie_visitor=somebody.0123456789abcdef0123456789abcdef",
        pytest.param(f"causerie_visitor={Cookies(b'x' * 32).new_visitor()[1]}", id="another place's key"),
        pytest.param(f"causerie_visitor=x{ours.new_visitor()[1]}", id="a letter before"),
        pytest.param(f"causerie_visitor={ours.new_visitor()[1]}0", id="a digit after"),
        pytest.param(f"__Host-causerie_visitor={ours.new_visitor()[1]}", id="a cookie of https"),
        "causerie_visitor=somebody.\u00e9\u00ff",
        "causerie_visitor=\u0000.\u0000",
        "=;;;=",
    ],
)
def test_a_visitor_of_another_place_or_of_nobodys_making_is_nobody(header: str):
    assert ours.visitor(header) is None


def test_on_https_cookies_are_bound_to_it():
    secure = Cookies(ours.key, secure=True)
    id, value = secure.new_visitor()

    assert secure.written(VISITOR, value, lasts=60) == (
        f"__Host-causerie_visitor={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
    )
    assert (secure.visitor(f"__Host-causerie_visitor={value}"), secure.visitor(f"causerie_visitor={value}")) == (
        id,
        None,
    )


def test_a_cookie_is_forgotten():
    assert ours.written(SESSION, "", lasts=0) == "causerie_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path):
    made = key_in(tmp_path)

    assert (len(made), key_in(tmp_path)) == (32, made)
    assert stat.S_IMODE((tmp_path / "keys" / "visitors.key").stat().st_mode) == 0o600
