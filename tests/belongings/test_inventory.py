"""No table of this place is forgotten: each column with an id in it names people, and is listed, or names none."""

from sqlalchemy import String

import causerie.app  # noqa: F401  every domain's tables are known from here on
from causerie.belongings.fates import Stays
from causerie.belongings.inventory import EVERYTHING
from causerie.db import metadata

# What a column with an id in it is the id of, where it is nobody's.
NOT_PEOPLE = {
    "answers": {"id", "copy", "question", "topic"},
    "appeals": {"id", "decision"},
    "audit": {"id", "room", "group_id"},
    "backstage": {"room"},
    "awaited_seats": {"room"},
    "attendance": {"room"},
    "banned": {"ban"},
    "bans": {"id", "room"},
    "asked_along": {"id", "room"},
    "asked_letters": {"asked"},
    "captions": {"id", "room"},
    "changes": {"room"},
    "check_requests": {"id"},
    "checks": {"id"},
    "clips": {"id", "copy"},
    "closings": {"mark"},
    "commands": {"made"},
    "consents": {"take", "room"},
    "copies": {"id", "room"},
    "copy_counts": {"copy"},
    "covers": {"copy"},
    "decisions": {"id", "about"},
    "deck": {"room", "entry"},
    "deliveries": {"target"},
    "devices": {"id"},
    "dumped": {"room"},
    "editions": {"copy"},
    "emails": {"id"},
    "encoders": {"room"},
    "exports": {"id"},
    "group_asks": {"group_id"},
    "group_bans": {"group_id"},
    "group_covers": {"group_id"},
    "group_invitations": {"id", "group_id"},
    "groups": {"id", "cover"},
    "hands": {"room"},
    "helpers": {"room"},
    "hushes": {"room"},
    "inside": {"room"},
    "interests": {"room"},
    "invitations": {"room", "question"},
    "kept_mutes": {"room"},
    "knocks": {"room"},
    "locks": {"room"},
    "memberships": {"group_id"},
    "numbers": {"room"},
    "own_orders": {"room"},
    "passkeys": {"id"},
    "pins": {"id", "room"},
    "proofs": {"id"},
    "question_terms": {"question"},
    "questions": {"id", "room", "merged_into"},
    "raided": {"room"},
    "reports": {"id", "room", "on_air"},
    "room_tags": {"room"},
    "room_terms": {"room"},
    "rooms": {"id", "group_id"},
    "seats": {"room"},
    "served": {"id"},
    "shortlist": {"room"},
    "speaker_links": {"id", "room"},
    "spoken": {"room"},
    "stays": {"room"},
    "strangers": {"room"},
    "take_parts": {"take"},
    "takes": {"id", "room"},
    "topics": {"id", "room"},
    "tracks": {"id", "take"},
    "votes": {"question"},
    "withdrawals": {"id", "copy"},
}


def ids_in(table) -> set[str]:
    return {column.name for column in table.columns if isinstance(column.type, String) and column.type.length == 26}


def test_each_column_with_an_id_is_somebodys_or_nobodys():
    listed = {one.table.name: set(one.people) for one in EVERYTHING}

    said = {name: (listed.get(name, set()), NOT_PEOPLE.get(name, set())) for name in metadata.tables}
    unsaid = {name: ids_in(metadata.tables[name]) - theirs - others for name, (theirs, others) in said.items()}
    twice = {name: theirs & others for name, (theirs, others) in said.items()}

    assert {name: left for name, left in unsaid.items() if left} == {}
    assert {name: both for name, both in twice.items() if both} == {}
    assert {*listed, *NOT_PEOPLE} <= {*metadata.tables}


def test_every_column_that_points_at_people_is_listed():
    pointing = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
    }

    assert pointing <= {(one.table.name, name) for one in EVERYTHING for name in one.people}


def test_each_table_is_given_to_its_person_or_says_why_not():
    assert [one.table.name for one in EVERYTHING if bool(one.told) == bool(one.untold)] == []


def test_what_stays_says_why_and_what_waits_says_until_when():
    whys = [fate.why for one in EVERYTHING for fate in one.people.values() if isinstance(fate, Stays)]

    assert all(len(why) > 20 for why in whys)
    assert [one.table.name for one in EVERYTHING if (one.only is not None) != bool(one.until)] == []


def test_headings_are_each_for_one_table_and_listed_once():
    headings = [one.told for one in EVERYTHING if one.told]
    names = [one.table.name for one in EVERYTHING]

    assert (len(headings), len(names)) == (len(set(headings)), len(set(names)))
