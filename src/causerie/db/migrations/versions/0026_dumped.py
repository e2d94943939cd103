"""What hosts took out of a room before the audience heard it."""

from alembic import op

from causerie.db.migrations.columns import ident, moment, table

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    table("dumped", ident("room"), moment("begins"), moment("ends"), key=("room", "begins"))


def downgrade() -> None:
    op.drop_table("dumped")
