"""Passkeys, links by e-mail, passwords; what people say of themselves, and what they have proved."""

from causerie.db.migrations.columns import add, ident, large, moment, short, table, text

revision = "0006"
down_revision = "0005"

OF_A_PERSON = {"person": "people"}


def upgrade() -> None:
    add("sessions", text("device", null=True))
    add("links", text("address", null=True))
    ways_in()
    aliases()
    profiles()
    proofs()


def ways_in() -> None:
    """What shows that somebody is who they were."""
    table(
        "passkeys",
        ident("id"),
        ident("person"),
        text("credential"),
        text("public_key"),
        large("signed"),
        text("name"),
        moment("made_at"),
        moment("used_at", null=True),
        of=OF_A_PERSON,
        unique=("credential",),
        found_by=("person",),
    )
    table(
        "challenges",
        short("hash", 64),
        short("browser", 64),
        ident("person", null=True),
        text("name", null=True),
        moment("expires_at"),
        key=("hash",),
        of={},
        found_by=("browser",),
    )
    table(
        "emails",
        ident("id"),
        text("address"),
        ident("person"),
        moment("confirmed_at"),
        of=OF_A_PERSON,
        unique=("address",),
        found_by=("person",),
    )
    table("passwords", ident("person"), text("hash"), moment("set_at"), key=("person",), of=OF_A_PERSON)


def aliases() -> None:
    """Which guest is which account."""
    table(
        "aliases",
        ident("guest"),
        ident("account"),
        moment("since"),
        moment("joined_at", null=True),
        key=("guest",),
        of={"account": "people"},
        found_by=("account",),
    )


def profiles() -> None:
    """Handles, each somebody's for good, and the rest of a profile."""
    table(
        "handles",
        short("handle", 30),
        ident("person"),
        moment("taken_at"),
        moment("left_at", null=True),
        key=("handle",),
        of=OF_A_PERSON,
        found_by=("person",),
    )
    table(
        "profiles",
        ident("person"),
        text("bio"),
        text("links"),
        text("languages"),
        text("picture", null=True),
        key=("person",),
        of=OF_A_PERSON,
    )


def proofs() -> None:
    """Which domain somebody controls, and when it was looked at."""
    table(
        "proofs",
        ident("id"),
        ident("person"),
        text("domain"),
        short("token", 30),
        short("way", 10, null=True),
        moment("asked_at"),
        moment("proved_at", null=True),
        moment("looked_at", null=True),
        moment("failing_since", null=True),
        moment("lost_at", null=True),
        of=OF_A_PERSON,
        found_by=("person", "looked_at"),
    )
