"""What is stored about bans and reports; what is over stays as a row, so that it can be told who did what."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, Text

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

# What was reported. `done_*`: at the room's desk; `settled_*`: by those who run this place.
reports = Table(
    "reports",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("about", String(8), nullable=False),
    Column("subject", String(26)),
    Column("name", Text),
    Column("text", Text),
    Column("grounds", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("on_stage", Text, nullable=False),
    Column("on_air", Text),
    Column("apart", Boolean, nullable=False),
    Column("reporter", String(26), nullable=False),
    Column("done_at", BigInteger),
    Column("done_by", String(26)),
    Column("settled_at", BigInteger, index=True),
    Column("settled_by", String(26)),
    # What came of it, and what who reported it is told.
    Column("outcome", String(8)),
    Column("answer", Text),
)
