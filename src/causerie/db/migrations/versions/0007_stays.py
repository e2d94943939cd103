"""When people were on stage."""

from causerie.db.migrations.columns import ident, moment, table

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    table(
        "stays",
        ident("room"),
        ident("person"),
        moment("came_at"),
        moment("left_at", null=True),
        key=("room", "person", "came_at"),
    )
