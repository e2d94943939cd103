"""The first tables."""

from causerie.db.migrations.columns import ident, moment, number, short, table, text, yes_or_no

revision = "0001"
down_revision = None


def upgrade() -> None:
    book()
    people()
    rooms()
    stage()
    questions()


def book() -> None:
    """What is written down of what people did, and which commands made something."""
    table(
        "audit",
        ident("id"),
        moment("at"),
        ident("actor"),
        short("verb", 40),
        ident("room", null=True),
        ident("subject", null=True),
        of={},
        found_by=("room",),
    )
    table(
        "commands",
        ident("person"),
        short("command", 40),
        ident("made"),
        moment("at"),
        key=("person", "command"),
        of={},
        found_by=("at",),
    )


def people() -> None:
    """Who is here, and how they sign in."""
    table(
        "people",
        ident("id"),
        text("name"),
        yes_or_no("guest"),
        yes_or_no("admin"),
        yes_or_no("may_open_rooms"),
        yes_or_no("bot"),
        text("portrait", null=True),
        moment("created_at"),
        of={},
    )
    table(
        "links",
        short("hash", 64),
        short("kind", 10),
        ident("person", null=True),
        moment("expires_at"),
        moment("used_at", null=True),
        key=("hash",),
        of={"person": "people"},
    )
    table(
        "sessions",
        short("hash", 64),
        ident("person"),
        moment("created_at"),
        moment("expires_at"),
        key=("hash",),
        of={"person": "people"},
        found_by=("person",),
    )


def rooms() -> None:
    """The plan of a room, the programs that speak into it, and the numbers its speakers have."""
    table(
        "rooms",
        ident("id"),
        short("name", 80),
        text("title"),
        text("description"),
        short("visibility", 10),
        short("language", 10),
        ident("host"),
        text("cover", null=True),
        moment("starts_at", null=True),
        moment("started_at", null=True),
        moment("ended_at", null=True),
        of={"host": "people"},
        unique=("name",),
    )
    table(
        "encoders",
        short("hash", 64),
        ident("room"),
        ident("person"),
        moment("expires_at"),
        key=("hash",),
        of={"person": "people", "room": "rooms"},
    )
    table("numbers", ident("room"), ident("person"), number("number"), key=("room", "person"))


def stage() -> None:
    """Who wants to speak, who is asked to, who does and who did."""
    table(
        "hands",
        ident("room"),
        ident("person"),
        text("name"),
        text("note", null=True),
        moment("raised_at"),
        moment("left_at", null=True),
        key=("room", "person"),
    )
    table(
        "invitations",
        ident("room"),
        ident("person"),
        text("name"),
        moment("until"),
        ident("question", null=True),
        key=("room", "person"),
    )
    table(
        "seats",
        ident("room"),
        ident("person"),
        text("name"),
        number("number"),
        short("role", 10),
        yes_or_no("muted"),
        moment("since"),
        moment("held_until", null=True),
        text("portrait", null=True),
        yes_or_no("bot"),
        key=("room", "person"),
    )
    table("spoken", ident("room"), ident("person"), key=("room", "person"))


def questions() -> None:
    """What is asked, and who wants to hear of it."""
    table(
        "questions",
        ident("id"),
        ident("room"),
        ident("person"),
        text("name"),
        text("text"),
        yes_or_no("myself"),
        moment("asked_at"),
        short("state", 10),
        moment("on_air_at", null=True),
        moment("answered_at", null=True),
        found_by=("room",),
    )
    table("votes", ident("question"), ident("person"), key=("question", "person"), of={"question": "questions"})
