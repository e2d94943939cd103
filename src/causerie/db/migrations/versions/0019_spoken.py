"""The language somebody is spoken to in is their account's; until now it was known of their notices alone."""

from alembic import op

from causerie.db.migrations.columns import add, short

revision = "0019"
down_revision = "0018"

SAID = "SELECT language FROM wishes WHERE wishes.person = people.id"


def upgrade() -> None:
    """What was wished stays where it is: the program before this one reads it there, as long as it serves."""
    add("people", short("language", 10, null=True))
    op.execute(f"UPDATE people SET language = ({SAID}) WHERE id IN (SELECT person FROM wishes)")
