"""What is stored of a stage, so that a killed server loses nobody's place."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from causerie.db.tables import metadata

seats = Table(
    "seats",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("role", String(10), nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("held_until", BigInteger),
    Column("portrait", Text),
    Column("bot", Boolean, nullable=False),
    Column("invited", Boolean, nullable=False, server_default=false()),
    Column("wished", Boolean, nullable=False, server_default=false()),
    Column("away", Boolean, nullable=False, server_default=false()),
)

hands = Table(
    "hands",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("note", Text),
    Column("raised_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
    Column("lost_seat", Boolean, nullable=False, server_default=false()),
)

invitations = Table(
    "invitations",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("question", String(26)),
)

# Who accepted while every seat was taken.
awaited_seats = Table(
    "awaited_seats",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("invited", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("left_at", BigInteger),
)

# Who waits backstage, and what the hosts are to know of them.
backstage = Table(
    "backstage",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("invited", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("left_at", BigInteger),
    Column("topic", Text),
    Column("note", Text),
    Column("ready", Boolean, nullable=False),
)

# Whom a host keeps muted, and when they asked to speak again.
kept_mutes = Table(
    "kept_mutes",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("asked_at", BigInteger),
)

# The rooms in which nobody but hosts speaks.
hushes = Table(
    "hushes",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
)

# Who has been on stage in this room, and how long they spoke: they are not "first time" any more.
spoken = Table(
    "spoken",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("milliseconds", BigInteger, nullable=False, server_default="0"),
)

# When people were on stage; whoever is there has not left. Programs are no people.
stays = Table(
    "stays",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("came_at", BigInteger, primary_key=True),
    Column("left_at", BigInteger),
)

# Who may speak through an encoder (WHIP): the hash of a token, bound to one person in one room.
encoders = Table(
    "encoders",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False),
    Column("person", String(26), ForeignKey("people.id"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
