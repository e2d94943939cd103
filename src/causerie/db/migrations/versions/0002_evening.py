"""Settings of a room, and who has a part of its host's authority."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    leading()
    closings()
    op.create_table(
        "pins",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_pins_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
    )
    op.create_index(op.f("ix_pins_room"), "pins", ["room"])
    op.create_table(
        "bans",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("network", sa.String(length=50), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_bans_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bans")),
    )
    op.create_index(op.f("ix_bans_room"), "bans", ["room"])
    op.create_index(op.f("ix_bans_network"), "bans", ["network"])
    op.create_table(
        "banned",
        sa.Column("ban", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["ban"], ["bans.id"], name=op.f("fk_banned_ban")),
        sa.PrimaryKeyConstraint("ban", "person", name=op.f("pk_banned")),
    )
    op.create_index(op.f("ix_banned_person"), "banned", ["person"])
    stage()
    queue()
    questions()
    doors()
    links()
    captions()


def stage() -> None:
    """Who waits for a seat, whom a host keeps muted, whether it is hushed."""
    for column in ("invited", "wished", "away"):
        op.add_column("seats", sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("spoken", sa.Column("milliseconds", sa.BigInteger(), server_default="0", nullable=False))
    op.create_table(
        "awaited_seats",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_awaited_seats_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_awaited_seats")),
    )
    op.create_table(
        "backstage",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.Column("topic", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_backstage_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_backstage")),
    )
    op.create_table(
        "kept_mutes",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("asked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_kept_mutes_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_kept_mutes")),
    )
    op.create_table(
        "hushes",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_hushes_room")),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_hushes")),
    )


def queue() -> None:
    """What hosts have made of the queue."""
    op.create_table(
        "shortlist",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("entry", sa.String(length=26), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_shortlist_room")),
        sa.PrimaryKeyConstraint("room", "kind", "entry", name=op.f("pk_shortlist")),
    )
    op.create_table(
        "deck",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("entry", sa.String(length=26), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_deck_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_deck")),
    )
    op.create_table(
        "own_orders",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("placed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_own_orders_room")),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_own_orders")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on_air_at", sa.BigInteger(), nullable=False),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_topics_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    op.create_index(op.f("ix_topics_room"), "topics", ["room"])


def questions() -> None:
    """What those who lead do with a question, and votes that count apart."""
    for column in (
        sa.Column("hidden_from", sa.String(length=10), server_default="nobody", nullable=False),
        sa.Column("held", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("merged_into", sa.String(length=26), nullable=True),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
    ):
        op.add_column("questions", column)
    op.add_column("votes", sa.Column("value", sa.Integer(), server_default="1", nullable=False))
    op.add_column("votes", sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False))


def doors() -> None:
    """A lock, who may come in all the same, who knocks, and whom the raid button sent out."""
    op.create_table(
        "locks",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_locks_room")),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_locks")),
    )
    op.create_table(
        "inside",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_inside_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_inside")),
    )
    op.create_table(
        "knocks",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("turned_away", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_knocks_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_knocks")),
    )
    op.create_table(
        "raided",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_raided_room")),
        sa.PrimaryKeyConstraint("room", "id", name=op.f("pk_raided")),
    )


def links() -> None:
    op.create_table(
        "speaker_links",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_speaker_links_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_links")),
        sa.UniqueConstraint("hash", name=op.f("uq_speaker_links_hash")),
    )
    op.create_index(op.f("ix_speaker_links_room"), "speaker_links", ["room"])


def leading() -> None:
    op.add_column("rooms", sa.Column("settings", sa.Text(), server_default="{}", nullable=False))
    for moment in ("backstage_at", "cancelled_at", "missed_at", "extended_to"):
        op.add_column("rooms", sa.Column(moment, sa.BigInteger(), nullable=True))
    op.add_column("rooms", sa.Column("draft", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("rooms", sa.Column("heir", sa.String(length=26), nullable=True))
    op.add_column("rooms", sa.Column("lost_host", sa.String(length=26), nullable=True))
    op.create_table(
        "helpers",
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("person", sa.String(length=26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("portrait", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_helpers_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_helpers")),
    )


def captions() -> None:
    """What is said, typed along."""
    op.create_table(
        "captions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=26), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_captions_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captions")),
    )
    op.create_index(op.f("ix_captions_room"), "captions", ["room"])


def closings() -> None:
    op.create_table(
        "closings",
        sa.Column("mark", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_closings")),
    )
