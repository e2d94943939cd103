"""What is stored of captions."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from causerie.db.tables import metadata

captions = Table(
    "captions",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("speaker", Text),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(26), nullable=False),
)
