"""What is stored of the audience's side of a room."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, Text

from causerie.db.tables import metadata

# Every line that was pinned, and until when: the notes of an evening tell them.
pins = Table(
    "pins",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("link", Text),
    Column("at", BigInteger, nullable=False),
    Column("by", String(26), nullable=False),
    Column("until", BigInteger),
)

# A room that is locked, and by whom.
locks = Table(
    "locks",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", String(26), nullable=False),
)

# Every id that may come into a locked room.
inside = Table(
    "inside",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
)

knocks = Table(
    "knocks",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("note", Text),
    Column("at", BigInteger, nullable=False),
    Column("turned_away", Boolean, nullable=False),
)

# Whom the raid button sent out, a row for every id they had.
raided = Table(
    "raided",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("id", String(26), primary_key=True),
    Column("person", String(26), nullable=False),
    Column("name", Text),
    Column("at", BigInteger, nullable=False),
)

# How many heard a room and how long they stayed, in counts (JSON): of nobody is it known whether they did.
attendance = Table(
    "attendance",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("counted", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
