"""Who was asked to speak in a room or to lead it along, and what they said."""

from causerie.db.migrations.columns import ident, moment, short, table, text, yes_or_no

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    table(
        "asked_along",
        ident("id"),
        ident("room"),
        short("role", 10),
        text("name"),
        ident("person", null=True),
        text("address", null=True),
        short("hash", 64, null=True),
        yes_or_no("shown"),
        yes_or_no("told"),
        moment("asked_at"),
        moment("accepted_at", null=True),
        moment("declined_at", null=True),
        unique=("hash",),
        found_by=("room", "person"),
    )
