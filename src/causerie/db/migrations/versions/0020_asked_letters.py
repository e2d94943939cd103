"""Letters to who was asked along by e-mail wait in rows: for a draft to be announced, and for a mail server."""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import ident, moment, number

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "asked_letters",
        ident("asked"),
        moment("due_at"),
        number("tries"),
        sa.PrimaryKeyConstraint("asked", name=op.f("pk_asked_letters")),
        sa.ForeignKeyConstraint(["asked"], ["asked_along.id"], name=op.f("fk_asked_letters_asked"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_asked_letters_due_at"), "asked_letters", ["due_at"])
