"""Whom somebody wants nothing to do with."""

from causerie.db.migrations.columns import ident, moment, table

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    table(
        "blocks",
        ident("person"),
        ident("blocked"),
        moment("since"),
        key=("person", "blocked"),
        of={"person": "people", "blocked": "people"},
        found_by=("blocked",),
    )
