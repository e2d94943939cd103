"""What is stored of a stage, so that a killed server loses nobody's place."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

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

# Who has been on stage in this room: they are not "first time" any more.
spoken = Table(
    "spoken",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
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
