"""What is stored of the queue besides questions and hands."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from causerie.db.tables import metadata

shortlist = Table(
    "shortlist",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("entry", String(26), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),
)

# The hosts' own order of the line (JSON): what of a room is put by hand is put as a whole.
own_orders = Table(
    "own_orders",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("placed", Text, nullable=False),
)

# What was spoken of without a question: a chapter each, like the questions that were on air.
topics = Table(
    "topics",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("on_air_at", BigInteger, nullable=False),
    Column("over_at", BigInteger),
)

# Who was asked ahead, and what stood before them then (JSON). A *Ready* is not kept: they are asked again.
deck = Table(
    "deck",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("entry", String(26), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
