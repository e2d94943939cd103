"""Groups as their pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from causerie.accounts.people import Person
from causerie.copies.state import Copy
from causerie.groups.charter import choices
from causerie.groups.links import calendar_key
from causerie.groups.rules import BY_ROLE, may, may_open, may_see_members
from causerie.groups.state import Group, Member, Standing
from causerie.ids import PersonId
from causerie.rooms.state import Room
from causerie.web.cards import card
from causerie.web.house import House

PAST = 20


def member_line(member: Member) -> dict[str, Any]:
    return {"person": member.person, "name": member.name, "portrait": member.portrait, "role": member.role}


def line(group: Group, members: dict[str, int], live: frozenset[str]) -> dict[str, Any]:
    """A group in a list."""
    return {
        "handle": group.handle,
        "name": group.name,
        "description": group.description,
        "private": group.private,
        "cover": cover_address(group),
        "members": members.get(group.id, 0),
        "live": group.id in live,
    }


def charter_view(group: Group) -> dict[str, Any]:
    """What it agreed on. `recordings`: between which ways to be recorded hosts of its rooms can choose."""
    charter = group.charter
    return {**asdict(charter), "version": group.charter_version, "recordings": choices(charter.records)}


def group_view(group: Group, standing: Standing, person: Person | None, *, asks: int) -> dict[str, Any]:
    """What the group is, and what this person may do with it. `asks`: how many wait to be let in."""
    inside = standing.role is not None
    concerned = person is not None and (standing.role == "owner" or group.heir == person.id)
    return {
        "handle": group.handle,
        "name": group.name,
        "description": group.description,
        "private": group.private,
        "joining": group.joining,
        "hidden_list": group.hidden_list,
        "created_at": group.created_at,
        "cover": cover_address(group),
        "charter": charter_view(group),
        "role": standing.role,
        "waits": standing.waits,
        "asks": asks if may(standing.role, "group.answer") else 0,
        "rights": [verb for verb in BY_ROLE if may(standing.role, verb)],
        "may_open": lets_open(group, standing, person),
        "sees_members": may_see_members(group, standing),
        "heir": group.heir if concerned else None,
        "goes_at": group.goes_at if inside else None,
        "goes_with_rooms": inside and group.goes_with_rooms,
    }


def lets_open(group: Group, standing: Standing, person: Person | None) -> bool:
    """Whether this person can open a room in it just now."""
    if person is None or person.guest or person.bot or group.goes_at is not None:
        return False
    return may_open(group, standing, person)


def rooms_of(home: House, rooms: list[Room]) -> dict[str, Any]:
    """Its rooms: what is on, what comes next first, what was last first."""
    cards = [card(home, room) for room in rooms]
    soon = [one for one in cards if one.phase in ("scheduled", "backstage")]
    past = [one for one in cards if one.phase == "ended"]
    return {
        "live": sorted((one for one in cards if one.phase == "live"), key=lambda one: -one.listeners),
        "soon": sorted(soon, key=lambda one: one.starts_at or 0),
        "past": sorted(past, key=lambda one: -(one.ended_at or 0))[:PAST],
    }


def feed_of(group: Group, copies: Iterable[Copy]) -> str | None:
    """Where its podcast is, where it has one: of a public group, once something of it is published."""
    published = not group.private and any(copy.visibility == "published" and copy.seen for copy in copies)
    return f"/g/{group.handle}/feed.xml" if published else None


def news_of(group: Group) -> str | None:
    """Where its rooms are for readers of news; of a private group nowhere, for a reader is nobody."""
    return None if group.private else f"/g/{group.handle}/rooms.atom"


def calendar_of(group: Group, key: bytes, since: Mapping[PersonId, int]) -> str | None:
    """Where its calendar is, for who asks; `since`: since when they are in a private group, where they are."""
    own = next((calendar_key(key, group.id, person, at) for person, at in since.items()), None)
    if group.private and own is None:
        return None
    return f"/g/{group.handle}/calendar.ics" + (f"?key={own}" if own else "")


def cover_address(group: Group) -> str | None:
    """Where its cover is; another one has another address."""
    return f"/api/v1/groups/{group.handle}/cover?{group.cover}" if group.cover else None
