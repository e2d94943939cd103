"""What those who run the place have checked of somebody."""

from causerie.db.migrations.columns import ident, moment, table, text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    table(
        "checks",
        ident("id"),
        ident("person"),
        text("note"),
        ident("by"),
        moment("checked_at"),
        of={"person": "people"},
        found_by=("person",),
    )
