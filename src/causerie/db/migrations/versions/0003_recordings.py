"""Takes of a room, who is in them, and what they said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("people", sa.Column("minor", sa.Boolean(), server_default=sa.false(), nullable=False))
    takes()
    tracks()
    consents()


def takes() -> None:
    """Each recording from its request to its copy, and when it ran."""
    op.create_table(
        "takes",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_by", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_takes_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takes")),
    )
    op.create_index(op.f("ix_takes_room"), "takes", ["room"])
    op.create_index(op.f("ix_takes_state"), "takes", ["state"])
    op.create_table(
        "take_parts",
        sa.Column("take", sa.String(length=26), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["take"], ["takes.id"], name=op.f("fk_take_parts_take")),
        sa.PrimaryKeyConstraint("take", "part", name=op.f("pk_take_parts")),
    )


def tracks() -> None:
    """What one person said during a take."""
    op.create_table(
        "tracks",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("take", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["take"], ["takes.id"], name=op.f("fk_tracks_take")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracks")),
    )
    op.create_index(op.f("ix_tracks_take"), "tracks", ["take"])
    op.create_index(op.f("ix_tracks_person"), "tracks", ["person"])


def consents() -> None:
    """The ledger."""
    op.create_table(
        "consents",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("take", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["take"], ["takes.id"], name=op.f("fk_consents_take")),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_consents_room")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_take"), "consents", ["take"])
    op.create_index(op.f("ix_consents_person"), "consents", ["person"])
