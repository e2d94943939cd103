"""What is stored of recordings; the sound itself lies in files (`recordings/files.py`)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from causerie.db.tables import metadata

# `words`: which of the words people agree to were shown; `since`: when it came into its state.
takes = Table(
    "takes",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("rule", String(10), nullable=False),
    Column("words", Integer, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("requested_at", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("paused_by", String(10)),
)

# When a take ran: from its begin to a pause, the end, or the moment the program was back.
take_parts = Table(
    "take_parts",
    metadata,
    Column("take", String(26), ForeignKey("takes.id"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("began_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
)

# What one person said during a take; the name is the one they had when it was opened.
tracks = Table(
    "tracks",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("take", String(26), ForeignKey("takes.id"), nullable=False, index=True),
    Column("person", String(26), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    Column("erased_at", BigInteger),
)

# Who said what of their part, in which words, and when: lines are added, and never changed.
consents = Table(
    "consents",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("take", String(26), ForeignKey("takes.id"), nullable=False, index=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False),
    Column("person", String(26), nullable=False, index=True),
    Column("answer", String(10), nullable=False),
    Column("words", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
