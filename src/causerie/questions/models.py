"""What is stored of questions and votes."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from causerie.db.tables import metadata

questions = Table(
    "questions",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("person", String(26), nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("myself", Boolean, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("state", String(12), nullable=False, server_default="open"),
    Column("on_air_at", BigInteger),
    Column("answered_at", BigInteger),
    Column("hidden_from", String(10), nullable=False, server_default="nobody"),
    Column("held", String(10)),
    Column("reason", String(20)),
    Column("merged_into", String(26)),
    Column("edited_at", BigInteger),
    Column("called_at", BigInteger),
)

votes = Table(
    "votes",
    metadata,
    Column("question", String(26), ForeignKey("questions.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("value", Integer, nullable=False, server_default="1"),
    Column("guest", Boolean, nullable=False, server_default=false()),
)

# What a question is found by, as of rooms.
question_terms = Table(
    "question_terms",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question", String(26), ForeignKey("questions.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("text", Text),
    info={"key": ("question",)},
)
