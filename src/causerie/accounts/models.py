"""What is stored about people. Links and sessions keep only the hash of what opens them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false, text

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
    # In which they are spoken to, by the page and in all they are told; empty until they came in by a page.
    Column("language", String(10)),
    Index(None, "name", postgresql_ops={"name": "text_pattern_ops"}),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("person", String(26), ForeignKey("people.id")),
    # Where it was sent, of links by e-mail.
    Column("address", Text),
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
    # "Firefox on Linux": enough to know one's own devices again.
    Column("device", Text),
)

# A passkey: what a device proves itself with. Of the secret in it we know nothing.
passkeys = Table(
    "passkeys",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("credential", Text, nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("signed", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

# What a browser was given to sign, for two minutes and once. `browser`: its session or visitor, as a hash.
challenges = Table(
    "challenges",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("browser", String(64), nullable=False, index=True),
    Column("person", String(26)),
    Column("name", Text),
    Column("expires_at", BigInteger, nullable=False),
)

# An address that somebody has shown to be theirs.
emails = Table(
    "emails",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("confirmed_at", BigInteger, nullable=False),
)

passwords = Table(
    "passwords",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("set_at", BigInteger, nullable=False),
)

# Each handle is somebody's for good: the one they go by now (`left_at` empty) and those they went by before.
handles = Table(
    "handles",
    metadata,
    Column("handle", String(30), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("taken_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
)

# What people say of themselves. `links` and `languages` are lists (JSON); `picture` is the key of a file.
profiles = Table(
    "profiles",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("bio", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("picture", Text),
)

# That somebody controls a domain. `failing_since`: it could not be shown any more; `lost_at`: so it has fallen away.
proofs = Table(
    "proofs",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("domain", Text, nullable=False),
    Column("token", String(30), nullable=False),
    Column("way", String(10)),
    Column("asked_at", BigInteger, nullable=False),
    Column("proved_at", BigInteger),
    Column("looked_at", BigInteger, index=True),
    Column("failing_since", BigInteger),
    Column("lost_at", BigInteger),
)

# What those who run the place have checked of somebody, in their words.
checks = Table(
    "checks",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("note", Text, nullable=False),
    Column("by", String(26), nullable=False),
    Column("checked_at", BigInteger, nullable=False),
)

# Who asks to be checked, and with what; one each. `reason`: why not, where they were declined.
check_requests = Table(
    "check_requests",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True, unique=True),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("declined_at", BigInteger, index=True),
    Column("reason", Text, nullable=False),
)

# What somebody said yes to by coming in: their age, privacy and rules, each in its version.
acceptances = Table(
    "acceptances",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("version", String(12), primary_key=True),
    Column("accepted_at", BigInteger, nullable=False),
)

# A guest who came in by an account they had: both are one person. `joined_at`: so they are in every room.
aliases = Table(
    "aliases",
    metadata,
    Column("guest", String(26), primary_key=True),
    Column("account", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("since", BigInteger, nullable=False),
    Column("joined_at", BigInteger),
)

# Who wants to hear of whom: `kind` says of what `subject` is the id.
follows = Table(
    "follows",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("subject", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("since", BigInteger, nullable=False),
)
Index("ix_follows_of_person", follows.c.person, follows.c.kind, follows.c.subject)

# What somebody with an account is found by, as of rooms.
person_terms = Table(
    "person_terms",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person", String(26), ForeignKey("people.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("name", Text),
    Column("handle", Text),
    Column("bio", Text),
    info={"key": ("person",)},
)

# What those who run the place decided about somebody; also of who is gone. `about`: their room, copy or group, which
# was called `title` then and stood at `path`.
decisions = Table(
    "decisions",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("person", String(26), nullable=False, index=True),
    Column("about", String(26), index=True),
    Column("title", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(26), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("until", BigInteger),
    Column("undone_at", BigInteger, index=True),
    Column("undone_by", String(26)),
    Column("undone_reason", Text),
)

# What somebody says to a decision about them, and what is answered. One waits for an answer at a time.
appeals = Table(
    "appeals",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("decision", String(26), ForeignKey("decisions.id"), nullable=False, index=True),
    Column("person", String(26), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("granted", Boolean),
    Column("answer", Text),
    Column("answered_at", BigInteger, index=True),
    Column("answered_by", String(26)),
)
_WAITING = text("answered_at IS NULL")
Index("ix_appeals_open", appeals.c.decision, unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING)

# Whom somebody wants nothing to do with; who is blocked is not told.
blocks = Table(
    "blocks",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("blocked", String(26), ForeignKey("people.id"), primary_key=True, index=True),
    Column("since", BigInteger, nullable=False),
)

# All that is kept of somebody, as a file for them alone. `file`: its key, once it is made; `until`: when it goes.
exports = Table(
    "exports",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("person", String(26), ForeignKey("people.id"), nullable=False, index=True),
    Column("asked_at", BigInteger, nullable=False),
    Column("made_at", BigInteger, index=True),
    Column("until", BigInteger),
    Column("file", Text),
    Column("bytes", BigInteger),
)

# Who has deleted their account. `name` and `picture` are known until everything of theirs is found (`done_at`).
departures = Table(
    "departures",
    metadata,
    Column("person", String(26), ForeignKey("people.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("picture", Text),
    Column("at", BigInteger, nullable=False),
    Column("done_at", BigInteger, index=True),
)
