"""Notices: what is told to whom and on which ways, what people wish, whom they follow, how often plans were changed."""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import ident, moment, number, short, table, text, yes_or_no

revision = "0009"
down_revision = "0008"

OF_A_PERSON = {"person": "people"}
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    following()
    tellings()
    notices()
    deliveries()
    ways()
    wishes()


def following() -> None:
    """Whom people follow, of which rooms they want to be reminded, and how often a plan was changed."""
    table(
        "follows",
        short("kind", 8),
        ident("subject"),
        ident("person"),
        moment("since"),
        key=("kind", "subject", "person"),
        of=OF_A_PERSON,
        found_by=("person",),
    )
    table(
        "interests",
        ident("room"),
        ident("person"),
        moment("since"),
        number("times"),
        key=("room", "person"),
        of={"room": "rooms", "person": "people"},
        found_by=("person",),
    )
    table(
        "strangers",
        ident("room"),
        text("address"),
        ident("person"),
        key=("room", "address"),
        of={"room": "rooms", "person": "people"},
        unique=("person",),
    )
    for moment_ in ("starts_at", "started_at"):
        op.create_index(op.f(f"ix_rooms_{moment_}"), "rooms", [moment_])
    table(
        "changes",
        ident("room"),
        number("sequence"),
        moment("at"),
        moment("moved_at", null=True),
        key=("room",),
        found_by=("moved_at",),
    )


def tellings() -> None:
    """What many are told, and how far."""
    table(
        "tellings",
        short("key", 80),
        short("kind", 20),
        ident("subject"),
        text("said"),
        moment("at"),
        moment("good_until"),
        ident("cursor"),
        moment("done_at", null=True),
        key=("key",),
        of={},
        found_by=("done_at",),
    )


def notices() -> None:
    """The lines of everybody's inbox."""
    op.create_table(
        "notices",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        ident("person"),
        short("kind", 20),
        short("about", 80),
        text("said"),
        moment("at"),
        moment("read_at", null=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_notices_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("about", "person", name=op.f("uq_notices_about_person")),
    )
    op.create_index(op.f("ix_notices_person_read_at"), "notices", ["person", "read_at"])


def deliveries() -> None:
    """The ways that notices take."""
    op.create_table(
        "deliveries",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("notice", COUNTED, nullable=False),
        ident("person"),
        short("channel", 4),
        ident("target"),
        short("state", 8),
        number("tries"),
        moment("due_at"),
        moment("held_until"),
        moment("good_until"),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_deliveries_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("notice", "channel", "target", name=op.f("uq_deliveries_notice_channel_target")),
    )
    op.create_index(op.f("ix_deliveries_state_due_at"), "deliveries", ["state", "due_at"])


def ways() -> None:
    """Browsers that take push."""
    table(
        "devices",
        ident("id"),
        ident("person"),
        short("session", 64),
        text("endpoint"),
        short("p256dh", 100),
        short("auth", 40),
        moment("made_at"),
        of=OF_A_PERSON,
        unique=("endpoint",),
        found_by=("person",),
    )


def wishes() -> None:
    """How people want to be told, and what they do not want to hear of."""
    table(
        "wishes",
        ident("person"),
        short("zone", 64),
        short("language", 10),
        yes_or_no("quiet"),
        number("quiet_from"),
        number("quiet_until"),
        key=("person",),
        of=OF_A_PERSON,
    )
    table(
        "switched_off",
        ident("person"),
        short("topic", 10),
        short("channel", 4),
        key=("person", "topic", "channel"),
        of=OF_A_PERSON,
    )
