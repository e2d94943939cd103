"""Of a letter to who was asked along it is known that it is on its way, and not only that it waits."""

from alembic import op

from causerie.db.migrations.columns import add, moment

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    add("asked_letters", moment("held_until", at_first="0"))


def downgrade() -> None:
    op.drop_column("asked_letters", "held_until")
