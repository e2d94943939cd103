"""Of a letter to who was asked along it is known that somebody handed it over, and since when."""

from alembic import op

from causerie.db.migrations.columns import add, moment

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    add("asked_letters", moment("handed_at", null=True))


def downgrade() -> None:
    op.drop_column("asked_letters", "handed_at")
