"""What is stored about bans; one that is over stays as a row, so that it can be told who did what."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from causerie.db.tables import metadata

bans = Table(
    "bans",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("person", String(26), nullable=False),
    Column("name", Text),
    Column("network", String(50), index=True),
    Column("reason", Text, nullable=False),
    Column("by", String(26), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("lifted_at", BigInteger),
    Column("lifted_by", String(26)),
)

# Every id a banned person was here with: their account or guest session, and the visitor's id of their browsers.
banned = Table(
    "banned",
    metadata,
    Column("ban", String(26), ForeignKey("bans.id"), primary_key=True),
    Column("person", String(26), primary_key=True, index=True),
)
