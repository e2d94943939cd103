"""What is stored about rooms, and which number a person has in one."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from causerie.db.tables import metadata

rooms = Table(
    "rooms",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("language", String(10), nullable=False),
    Column("host", String(26), ForeignKey("people.id"), nullable=False),
    Column("cover", Text),
    Column("starts_at", BigInteger, index=True),
    Column("started_at", BigInteger, index=True),
    Column("ended_at", BigInteger),
    Column("settings", Text, nullable=False, server_default="{}"),
    Column("backstage_at", BigInteger),
    Column("cancelled_at", BigInteger),
    Column("missed_at", BigInteger),
    # Until when a room that is live may go on, where hosts gave it more time.
    Column("extended_to", BigInteger),
    # Who was asked to be host and has not answered; and whose chair it is again when they come back.
    Column("heir", String(26)),
    Column("heir_by", String(26)),
    Column("lost_host", String(26)),
    # Seen by those who lead it, and nobody else yet.
    Column("draft", Boolean, nullable=False, server_default=false()),
    # The group it is held in.
    Column("group_id", String(26), index=True),
    # Where its host plans it, and what the clocks there show when it begins; `local_again`: for the second time.
    Column("zone", String(64)),
    Column("local_start", String(16)),
    Column("local_again", Boolean, nullable=False, server_default=false()),
)

# What it is about; each as `tags.plain` makes it.
room_tags = Table(
    "room_tags",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("tag", String(30), primary_key=True, index=True),
)

# Who has a part of the host's authority in a room.
helpers = Table(
    "helpers",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("portrait", Text),
)

# The speaker number that sound carries; given when somebody first needs one, and theirs for the life of the room.
numbers = Table(
    "numbers",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("person", String(26), primary_key=True),
    Column("number", Integer, nullable=False),
)

# A personal way onto the stage: whoever uses it first is the only one who can. Only the hash of what opens it is kept.
speaker_links = Table(
    "speaker_links",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("room", String(26), ForeignKey("rooms.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("person", String(26)),
)

# Until when this place is known to have been served, while rooms were live: one row.
served = Table(
    "served",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("until", BigInteger, nullable=False),
)

# How often a plan was changed, so that calendars take the later of two; and when it was last given another time.
changes = Table(
    "changes",
    metadata,
    Column("room", String(26), ForeignKey("rooms.id"), primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("moved_at", BigInteger, index=True),
)
