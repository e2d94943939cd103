"""What is stored of the queue besides questions and hands."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

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
