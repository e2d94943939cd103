"""What groups go by, without a database: handles, charters, rights, and whom they let into their rooms."""

import re
from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.errors import Refusal
from causerie.groups.charter import Charter, agreed, read, written
from causerie.groups.handles import handle_of
from causerie.groups.rules import BY_ROLE, Circle, above, lets_in, may, may_know, may_open, may_see_members
from causerie.groups.state import RANK, Group, Standing
from causerie.ids import PersonId
from tests.hall import ADA, BEN, CHO, NOW, ada, ben
from tests.house.papers import ROOT

LOIRE = Group("g", "loire", "Les Amis", "", False, "open", False, Charter(), 1, NOW)
SECRET = replace(LOIRE, private=True, joining="invited")
ROLES = ("stranger", "member", "moderator", "admin", "owner")
STANDINGS = {name: Standing(None if name == "stranger" else name) for name in ROLES}
PAGE = (ROOT / "docs" / "building" / "rights.md").read_text(encoding="utf-8")


def refused(what, *said) -> str:
    with pytest.raises(Refusal) as told:
        what(*said)
    return told.value.code


@pytest.mark.parametrize("handle", ["loire", "les-amis-2", "a1b", "x" * 30])
def test_a_handle_is_kept_as_it_is(handle: str):
    assert handle_of(handle) == handle


@pytest.mark.parametrize(
    "handle",
    ["", "ab", "x" * 31, "Loire", "lоire", "-loire", "loire-", "les--amis", "les amis", "loire\n", "löire", "a/b"],
)
def test_what_could_be_taken_for_another_handle_is_none(handle: str):
    assert refused(handle_of, handle) == "group.handle"


@pytest.mark.parametrize("handle", ["admin", "causerie", "groups", "sign-in", "null"])
def test_reserved_handles_are_nobodys(handle: str):
    assert refused(handle_of, handle) == "group.reserved"


def test_a_charter_is_read_back_as_it_was_agreed_on():
    charter = agreed(Charter("members", "condition", "22:30", "07:00", "Europe/Paris", "  We talk\non Thursdays.\0 "))

    assert charter == Charter("members", "condition", "22:30", "07:00", "Europe/Paris", "We talk\non Thursdays.")
    assert read(written(charter)) == charter


def test_what_was_not_known_then_has_its_default():
    assert read('{"opens": "members", "dance": true}') == Charter("members")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x" * 2001},
        {"quiet_from": "22:30"},
        {"quiet_from": "24:00", "quiet_to": "07:00"},
        {"quiet_from": "7:00", "quiet_to": "08:00"},
        {"quiet_from": "07:00", "quiet_to": "07:00"},
        {"zone": "Europe/Loire"},
        {"zone": "../../etc/passwd"},
    ],
)
def test_what_is_no_charter(wrong: dict[str, str]):
    assert refused(agreed, Charter(**wrong)) == "group.charter"


def test_the_page_on_rights_says_what_the_table_says():
    lines = re.findall(r"^\| `(group\.\w+)` \|(.*)\|$", PAGE, re.MULTILINE)
    by_page = {
        right: dict(zip(ROLES, (cell.strip() for cell in cells.split("|")[1:]), strict=True)) for right, cells in lines
    }

    by_table = {
        right: {name: "Y" if may(standing.role, right) else "N" for name, standing in STANDINGS.items()}
        for right in BY_ROLE
    }
    assert by_page == by_table


def test_nobody_stands_above_their_like():
    pairs = [(one, other) for one in RANK for other in RANK if above(one, other)]

    assert pairs == [
        ("owner", "admin"),
        ("owner", "moderator"),
        ("owner", "member"),
        ("admin", "moderator"),
        ("admin", "member"),
        ("moderator", "member"),
    ]


def test_who_may_know_of_a_group():
    banned, gone = Standing(banned=True), replace(LOIRE, gone_at=NOW)

    assert [may_know(LOIRE, STANDINGS["stranger"]), may_know(LOIRE, banned), may_know(gone, STANDINGS["owner"])] == [
        True,
        False,
        False,
    ]
    assert {name: may_know(SECRET, standing) for name, standing in STANDINGS.items()} == {
        "stranger": False,
        **dict.fromkeys(ROLES[1:], True),
    }


def test_a_hidden_list_is_for_members():
    seen = [
        may_see_members(group, STANDINGS["stranger"]) for group in (LOIRE, replace(LOIRE, hidden_list=True), SECRET)
    ]

    assert seen == [True, False, False]
    assert may_see_members(replace(LOIRE, hidden_list=True), STANDINGS["member"])


@pytest.mark.parametrize(
    ("opens", "may_do"),
    [
        ("admins", ["admin", "owner"]),
        ("moderators", ["moderator", "admin", "owner"]),
        ("members", ["member", "moderator", "admin", "owner"]),
        ("everybody", ["member", "moderator", "admin", "owner"]),
    ],
)
def test_the_charter_says_who_opens_a_room(opens, may_do: list[str]):
    group = replace(LOIRE, charter=Charter(opens))

    assert [name for name, standing in STANDINGS.items() if may_open(group, standing, ben)] == may_do


def test_a_stranger_opens_a_room_where_everybody_may_and_this_place_lets_them():
    open_to_all, stranger = Charter("everybody"), STANDINGS["stranger"]

    told = [
        may_open(replace(group, charter=open_to_all), stranger, who) for group in (LOIRE, SECRET) for who in (ada, ben)
    ]
    assert told == [True, False, False, False]


@pytest.mark.parametrize(
    ("circle", "let_in"),
    [
        (None, [True, True, True]),
        (Circle(private=False), [True, True, True]),
        (Circle(private=False, banned=frozenset({BEN})), [True, False, True]),
        (Circle(private=True, members=frozenset({ADA, BEN})), [True, True, False]),
        (Circle(private=True, members=frozenset({ADA, BEN}), banned=frozenset({BEN})), [True, False, False]),
        (Circle(private=True), [False, False, False]),
    ],
)
def test_whom_a_group_lets_into_its_rooms(circle: Circle | None, let_in: list[bool]):
    assert [lets_in(circle, {person}) for person in (ADA, BEN, CHO)] == let_in


def test_a_ban_knows_somebody_by_any_of_their_ids():
    assert not lets_in(Circle(private=False, banned=frozenset({BEN})), {PersonId("browser"), BEN})


def test_an_admin_of_this_place_is_a_stranger_to_a_private_group():
    site = Person(CHO, "Cho", guest=False, admin=True)

    assert not may_open(replace(SECRET, charter=Charter("everybody")), Standing(), site)
