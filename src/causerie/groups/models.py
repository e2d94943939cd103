"""What is stored about groups. A group that is gone stays as a row: its address is nobody else's."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, false

from causerie.db.tables import metadata

groups = Table(
    "groups",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("handle", String(30), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("joining", String(8), nullable=False),
    Column("hidden_list", Boolean, nullable=False),
    Column("charter", Text, nullable=False),
    Column("charter_version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # Which cover it has, where it has one: another cover has another mark.
    Column("cover", String(26)),
    # Who was asked to take it over and has not answered.
    Column("heir", String(26)),
    # When it goes, with its rooms or without them; and when it went.
    Column("goes_at", BigInteger, index=True),
    Column("goes_with_rooms", Boolean, nullable=False, server_default=false()),
    Column("gone_at", BigInteger),
    # Those who run the place have shut it: nobody finds it or comes into its rooms.
    Column("suspended_at", BigInteger),
    Index(None, "name", postgresql_ops={"name": "text_pattern_ops"}),
)

# `rank` is the role as a number, so that those who look after a group come first.
memberships = Table(
    "memberships",
    metadata,
    Column("group_id", String(26), ForeignKey("groups.id"), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), primary_key=True, index=True),
    Column("role", String(9), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
)

# Who asked to join. `declined_at`: they were told no, and may ask again later.
group_asks = Table(
    "group_asks",
    metadata,
    Column("group_id", String(26), ForeignKey("groups.id"), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), primary_key=True, index=True),
    Column("line", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("declined_at", BigInteger),
)

# A way into a group; only the hash of what opens it is kept.
group_invitations = Table(
    "group_invitations",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("group_id", String(26), ForeignKey("groups.id"), nullable=False, index=True),
    Column("made_by", String(26), ForeignKey("people.id"), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

group_bans = Table(
    "group_bans",
    metadata,
    Column("group_id", String(26), ForeignKey("groups.id"), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), primary_key=True, index=True),
    Column("reason", Text, nullable=False),
    Column("by", String(26), nullable=False),
    Column("at", BigInteger, nullable=False),
)

group_covers = Table(
    "group_covers",
    metadata,
    Column("group_id", String(26), ForeignKey("groups.id"), primary_key=True),
    Column("picture", LargeBinary, nullable=False),
)
