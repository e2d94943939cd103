"""What is stored of copies; their files lie in the storage, the sound they are made of in recordings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    and_,
    false,
    func,
    literal_column,
)

from causerie.db.tables import metadata

# One for each room that was recorded. `name` stands in its address; links to files carry `generation`, and die with it.
# `edits` is what the host wants of it (JSON); edition `wanted` is made next, edition `made` is what people see, if any.
copies = Table(
    "copies",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(22), nullable=False, unique=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, unique=True),
    Column("state", String(10), nullable=False, index=True),
    Column("visibility", String(10), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("made", Integer, nullable=False),
    Column("edits", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("made_at", BigInteger),
    Column("published_at", BigInteger),
    # A copy that is deleted keeps its row: the room is never copied again.
    Column("deleted_at", BigInteger, index=True),
    Column("failed_code", String(40)),
    Column("failed_text", Text),
)

# Written out, not bound: only so does a database see that the index over them has all that is looked for.
_SHOWN = and_(copies.c.visibility == literal_column("'published'"), copies.c.made > literal_column("0"))
Index("ix_copies_published", copies.c.published_at, copies.c.id, sqlite_where=_SHOWN, postgresql_where=_SHOWN)
# In this form, since SQLite would rather look up those that are not deleted, which are nearly all.
PUBLISHED = and_(_SHOWN, func.coalesce(copies.c.deleted_at, literal_column("0")) == literal_column("0"))
"""What everybody may find, as far as they may know of its room."""

# Each time a copy was made. `contents` (JSON): what its files hold, once they are there.
editions = Table(
    "editions",
    metadata,
    Column("copy", String(26), ForeignKey("copies.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("edits", Text, nullable=False),
    Column("wanted_at", BigInteger, nullable=False),
    Column("made_at", BigInteger),
    Column("contents", Text),
)

# The chapters of a copy. `name` stands in the address of an answer's page and stays theirs over all editions.
# `begins`, `ends`: the room's clock; `at`, `until`: milliseconds of the made edition, none where it has none of it.
# Of a later answer `text` says it in words, `sound` is the key of its file; `person` gave it,
# called `who` then. `wished`: how many wanted to hear it when the chapters were last written.
answers = Table(
    "answers",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(22), nullable=False, unique=True),
    Column("copy", String(26), ForeignKey("copies.id"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("question", String(26), index=True),
    Column("topic", String(26)),
    Column("title", Text, nullable=False),
    Column("begins", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("at", Integer),
    Column("until", Integer),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    Column("text", Text),
    Column("sound", Text),
    Column("person", String(26)),
    Column("who", Text),
    Column("wished", Integer, nullable=False, server_default="0"),
)

# A piece of a copy by itself, on the room's clock, so that it stays the same whatever is trimmed.
clips = Table(
    "clips",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(22), nullable=False, unique=True),
    Column("copy", String(26), ForeignKey("copies.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("begins", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("by", String(26), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("made_at", BigInteger),
    Column("sound", Text),
    Column("video", Text),
    Column("failed_code", String(40)),
)

# The host's own cover, drawn anew.
covers = Table(
    "covers",
    metadata,
    Column("copy", String(26), ForeignKey("copies.id"), primary_key=True),
    Column("picture", LargeBinary, nullable=False),
)

# Who wants to be left out of a copy that is published, where the room was recorded on condition of their yes.
withdrawals = Table(
    "withdrawals",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("copy", String(26), ForeignKey("copies.id"), nullable=False, index=True),
    Column("person", String(26), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("asked_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("answered_by", String(26)),
)

# How often a copy was heard and its files were taken, day by day (days since 1970, UTC); never by whom.
copy_counts = Table(
    "copy_counts",
    metadata,
    Column("copy", String(26), ForeignKey("copies.id"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
)
