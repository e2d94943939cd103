"""What is stored of notices: what is told, to whom, by which ways, and what people want to hear of."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from causerie.db.tables import metadata

COUNTED = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives: SQLite counts plain integers only."""

# Something that many are told. `cursor`: everybody up to this person has been; `good_until`: nobody is told later.
tellings = Table(
    "tellings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(26), nullable=False),
    Column("said", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("good_until", BigInteger, nullable=False),
    Column("cursor", String(26), nullable=False),
    Column("done_at", BigInteger, index=True),
)

# One line of somebody's inbox. The same is told nobody twice, however often it is begun.
notices = Table(
    "notices",
    metadata,
    Column("id", COUNTED, primary_key=True, autoincrement=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", String(80), nullable=False),
    Column("said", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("read_at", BigInteger),
    UniqueConstraint("about", "person"),
    Index(None, "person", "read_at"),
)

# One way that a notice takes. `target`: the device, nothing for mail. Whoever holds it until `held_until` delivers it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", COUNTED, primary_key=True, autoincrement=True),
    Column("notice", COUNTED, ForeignKey("notices.id"), nullable=False),
    Column("person", String(26), nullable=False),
    Column("channel", String(4), nullable=False),
    Column("target", String(26), nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("held_until", BigInteger, nullable=False),
    Column("good_until", BigInteger, nullable=False),
    UniqueConstraint("notice", "channel", "target"),
    Index(None, "state", "due_at"),
)

# A browser that takes push, as long as the session lasts in which it said so.
devices = Table(
    "devices",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("session", String(64), nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", String(100), nullable=False),
    Column("auth", String(40), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

# When somebody wants to be left alone, in minutes of their own day. `language` is read by an older program alone: in
# which one somebody is told says their account.
wishes = Table(
    "wishes",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("zone", String(64), nullable=False),
    Column("language", String(10), nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("quiet_from", Integer, nullable=False),
    Column("quiet_until", Integer, nullable=False),
)

# What somebody does not want to be told by this way; everything is on at first.
switched_off = Table(
    "switched_off",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("topic", String(10), primary_key=True),
    Column("channel", String(4), primary_key=True),
)

# Who wants to be reminded of a room; `times`: each moment they chose is a bit (`kinds.py:TIMES`).
interests = Table(
    "interests",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), primary_key=True, index=True),
    Column("since", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),
)

# An address that somebody without an account gave for one room. Its person is nobody else, and goes with it.
strangers = Table(
    "strangers",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, unique=True),
)
