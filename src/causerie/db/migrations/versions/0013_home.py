"""What is on, what comes, what fell through and whose it is are found without going through every room there was."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

PLAIN = (("rooms", "host"), ("helpers", "person"))
SOME_ROOMS = {
    "ix_rooms_started_at": (["started_at"], "started_at IS NOT NULL"),
    "ix_rooms_ended_at": (["ended_at", "id"], "ended_at IS NOT NULL"),
    "ix_rooms_live": (["ended_at"], "started_at IS NOT NULL AND ended_at IS NULL"),
    "ix_rooms_to_come": (["starts_at", "id"], "started_at IS NULL AND ended_at IS NULL AND cancelled_at IS NULL"),
    "ix_rooms_fallen": (["starts_at"], "cancelled_at IS NOT NULL OR missed_at IS NOT NULL"),
    "ix_rooms_open_in_group": (["group_id", "ended_at"], "ended_at IS NULL AND cancelled_at IS NULL"),
}


def upgrade() -> None:
    op.drop_index("ix_rooms_started_at", "rooms")
    op.drop_index("ix_follows_person", "follows")
    op.create_index("ix_follows_of_person", "follows", ["person", "kind", "subject"])
    for table, column in PLAIN:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for name, (columns, where) in SOME_ROOMS.items():
        op.create_index(name, "rooms", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name in SOME_ROOMS:
        op.drop_index(name, "rooms")
    for table, column in PLAIN:
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_index("ix_follows_of_person", "follows")
    op.create_index("ix_follows_person", "follows", ["person"])
    op.create_index("ix_rooms_started_at", "rooms", ["started_at"])
