"""What people said yes to when they came in, and in which version."""

from causerie.db.migrations.columns import ident, moment, short, table

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    table(
        "acceptances",
        ident("person"),
        short("what", 10),
        short("version", 12),
        moment("accepted_at"),
        key=("person", "what", "version"),
        of={"person": "people"},
    )
