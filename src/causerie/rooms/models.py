"""What is stored about rooms, and which number a person has in one."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    false,
    or_,
)

from causerie.db.tables import metadata

rooms = Table(
    "rooms",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("language", String(10), nullable=False),
    Column("host", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("cover", Text),
    Column("starts_at", BigInteger, index=True),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("settings", Text, nullable=False, server_default="{}"),
    Column("backstage_at", BigInteger),
    Column("cancelled_at", BigInteger),
    Column("missed_at", BigInteger),
    # Until when a room that is live may go on, where hosts gave it more time.
    Column("extended_to", BigInteger),
    # Who was asked to be host and has not answered; and whose chair it is again when they come back.
    Column("heir", String(26)),
    Column("heir_by", String(26)),
    Column("lost_host", String(26)),
    # Seen by those who lead it, and nobody else yet.
    Column("draft", Boolean, nullable=False, server_default=false()),
    # The group it is held in.
    Column("group_id", String(26), index=True),
    # Where its host plans it, and what the clocks there show when it begins; `local_again`: for the second time.
    Column("zone", String(64)),
    Column("local_start", String(16)),
    Column("local_again", Boolean, nullable=False, server_default=false()),
    Index(None, "title", postgresql_ops={"title": "text_pattern_ops"}),
)

# What it is about; each as `tags.plain` makes it.
room_tags = Table(
    "room_tags",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("tag", String(30), primary_key=True, index=True),
)


def _found(name: str, *by: Column[Any], where: ColumnElement[bool]) -> None:
    """An index over some of the rooms: most were long ago, and lists of what is on or comes do not go through them.

    None has the rooms of which something is not so yet: SQLite takes these for few, and they are most.
    """
    Index(name, *by, sqlite_where=where, postgresql_where=where)


_C = rooms.c
_found("ix_rooms_started_at", _C.started_at, where=_C.started_at.is_not(None))
_found("ix_rooms_ended_at", _C.ended_at, _C.id, where=_C.ended_at.is_not(None))
# SQLite prefers the index it can look most up in: hence a column that is empty in every one of these rooms.
_found("ix_rooms_live", _C.ended_at, where=and_(_C.started_at.is_not(None), _C.ended_at.is_(None)))
_found(
    "ix_rooms_to_come",
    _C.starts_at,
    _C.id,
    where=and_(_C.started_at.is_(None), _C.ended_at.is_(None), _C.cancelled_at.is_(None)),
)
_found(
    "ix_rooms_fallen",
    _C.starts_at,
    where=or_(_C.cancelled_at.is_not(None), _C.missed_at.is_not(None)),
)
_found(
    "ix_rooms_open_in_group",
    _C.group_id,
    _C.ended_at,
    where=and_(_C.ended_at.is_(None), _C.cancelled_at.is_(None)),
)

# What hosts took out before the audience heard it: it is in no copy of the room.
dumped = Table(
    "dumped",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("begins", BigInteger, primary_key=True),
    Column("ends", BigInteger, nullable=False),
)

# Who has a part of the host's authority in a room.
helpers = Table(
    "helpers",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True, index=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("portrait", Text),
)

# The speaker number that sound carries; given when somebody first needs one, and theirs for the life of the room.
numbers = Table(
    "numbers",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("number", Integer, nullable=False),
)

# A personal way onto the stage: whoever uses it first is the only one who can. Only the hash of what opens it is kept.
speaker_links = Table(
    "speaker_links",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("person", String(26), index=True),
)

# Who was asked to speak or to lead along, by account, address or a link that is handed over; and what they said.
# `shown`: their name may stand at the door once they have said yes; `told`: they may be told of it unasked.
asked_along = Table(
    "asked_along",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("role", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("person", String(26), index=True),
    Column("address", Text),
    Column("hash", String(64), unique=True),
    Column("shown", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("accepted_at", BigInteger),
    Column("declined_at", BigInteger),
)

# A letter to who was asked by e-mail, until it is sent; of a draft it waits until the room is announced.
# `held_until`: it is on its way until then, and 0 where it waits; `handed_at`: somebody handed it over instead.
asked_letters = Table(
    "asked_letters",
    metadata,
    Column("asked", String(26), ForeignKey("asked_along.id", ondelete="CASCADE"), primary_key=True),
    Column("due_at", BigInteger, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("held_until", BigInteger, nullable=False, server_default="0"),
    Column("handed_at", BigInteger),
)

# Until when this place is known to have been served, while rooms were live: one row.
served = Table(
    "served",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("until", BigInteger, nullable=False),
)

# How often a plan was changed, so that calendars take the later of two; and when it was last given another time.
changes = Table(
    "changes",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("moved_at", BigInteger, index=True),
)

# What a room is found by (`terms.py`). A text whose words nobody kept when it was written has none, and is read again.
room_terms = Table(
    "room_terms",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("title", Text),
    Column("description", Text),
    Column("agenda", Text),
    Column("tags", Text),
    info={"key": ("room",)},
)
