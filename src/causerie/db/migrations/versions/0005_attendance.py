"""How many heard a room and how long they stayed, in counts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_attendance_room")),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_attendance")),
    )
