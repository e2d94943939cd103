"""What is stored about people. Links and sessions keep only the hash of what opens them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, Text, false

from causerie.db.tables import metadata

people = Table(
    "people",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("may_open_rooms", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("portrait", Text),
    Column("created_at", BigInteger, nullable=False),
    # Never recorded.
    Column("minor", Boolean, nullable=False, server_default=false()),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("person", String(26), ForeignKey("people.id")),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
