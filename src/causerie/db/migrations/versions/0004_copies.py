"""Copies of rooms: their editions, chapters, clips, covers, who wants to be left out, and how often they are heard."""

import sqlalchemy as sa

from causerie.db.migrations.columns import Column, ident, moment, number, short, table, text, yes_or_no

revision = "0004"
down_revision = "0003"

OF_A_COPY = {"copy": "copies"}


def upgrade() -> None:
    copies()
    answers()
    clips()
    withdrawals()
    counts()


def copies() -> None:
    """One for each room that was recorded, each time it was made, and the host's own cover."""
    table(
        "copies",
        ident("id"),
        short("name", 22),
        ident("room"),
        short("state", 10),
        short("visibility", 10),
        number("generation"),
        number("wanted"),
        number("made"),
        text("edits"),
        moment("created_at"),
        moment("made_at", null=True),
        moment("published_at", null=True),
        moment("deleted_at", null=True),
        short("failed_code", 40, null=True),
        text("failed_text", null=True),
        unique=("name", "room"),
        found_by=("state", "deleted_at"),
    )
    table(
        "editions",
        ident("copy"),
        number("number"),
        text("edits"),
        moment("wanted_at"),
        moment("made_at", null=True),
        text("contents", null=True),
        key=("copy", "number"),
        of=OF_A_COPY,
    )
    table("covers", ident("copy"), Column("picture", sa.LargeBinary(), nullable=False), key=("copy",), of=OF_A_COPY)


def answers() -> None:
    """The chapters."""
    table(
        "answers",
        ident("id"),
        short("name", 22),
        ident("copy"),
        short("kind", 8),
        ident("question", null=True),
        ident("topic", null=True),
        text("title"),
        moment("begins"),
        moment("ends"),
        number("at", null=True),
        number("until", null=True),
        yes_or_no("hidden", at_first="no"),
        text("text", null=True),
        text("sound", null=True),
        ident("person", null=True),
        text("who", null=True),
        of=OF_A_COPY,
        unique=("name",),
        found_by=("copy", "question"),
    )


def clips() -> None:
    """Pieces of a copy by themselves."""
    table(
        "clips",
        ident("id"),
        short("name", 22),
        ident("copy"),
        text("title"),
        moment("begins"),
        moment("ends"),
        short("state", 10),
        number("edition"),
        ident("by"),
        moment("created_at"),
        moment("made_at", null=True),
        text("sound", null=True),
        text("video", null=True),
        short("failed_code", 40, null=True),
        of=OF_A_COPY,
        unique=("name",),
        found_by=("copy", "state"),
    )


def withdrawals() -> None:
    """Who wants to be left out of what is published."""
    table(
        "withdrawals",
        ident("id"),
        ident("copy"),
        ident("person"),
        text("name"),
        short("state", 10),
        moment("asked_at"),
        moment("due_at"),
        moment("answered_at", null=True),
        ident("answered_by", null=True),
        of=OF_A_COPY,
        found_by=("copy", "state"),
    )


def counts() -> None:
    """Plays and downloads, day by day."""
    table(
        "copy_counts",
        ident("copy"),
        short("what", 10),
        short("kind", 10),
        number("day"),
        number("count"),
        key=("copy", "what", "kind", "day"),
        of=OF_A_COPY,
    )
