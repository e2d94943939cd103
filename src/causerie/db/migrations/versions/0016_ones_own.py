"""One's own: what somebody takes along, and who has gone."""

from causerie.db.migrations.columns import ident, large, moment, table, text

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    table(
        "exports",
        ident("id"),
        ident("person"),
        moment("asked_at"),
        moment("made_at", null=True),
        moment("until", null=True),
        text("file", null=True),
        large("bytes", null=True),
        of={"person": "people"},
        found_by=("person", "made_at"),
    )
    table(
        "departures",
        ident("person"),
        text("name"),
        text("picture", null=True),
        moment("at"),
        moment("done_at", null=True),
        key=("person",),
        of={"person": "people"},
        found_by=("done_at",),
    )
