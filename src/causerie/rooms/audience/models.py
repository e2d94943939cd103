"""What is stored of the audience's side of a room."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

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
