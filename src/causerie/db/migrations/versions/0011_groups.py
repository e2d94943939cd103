"""Groups: their members, who asks to come in, invitations, bans, covers; and the rooms that are held in them."""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import Column, add, ident, moment, number, short, table, text, yes_or_no

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    groups()
    people_in_groups()
    for older in ("rooms", "audit"):
        add(older, ident("group_id", null=True))
        op.create_index(op.f(f"ix_{older}_group_id"), older, ["group_id"])


def groups() -> None:
    """What a group is, and its cover."""
    table(
        "groups",
        ident("id"),
        short("handle", 30),
        text("name"),
        text("description"),
        yes_or_no("private"),
        short("joining", 8),
        yes_or_no("hidden_list"),
        text("charter"),
        number("charter_version"),
        moment("created_at"),
        ident("cover", null=True),
        ident("heir", null=True),
        moment("goes_at", null=True),
        yes_or_no("goes_with_rooms", at_first="no"),
        moment("gone_at", null=True),
        of={},
        unique=("handle",),
        found_by=("goes_at",),
    )
    picture = Column("picture", sa.LargeBinary(), nullable=False)
    table("group_covers", ident("group_id"), picture, key=("group_id",), of={"group_id": "groups"})


def people_in_groups() -> None:
    """Who is in, who asks, who may not; and links that lead in."""
    _of_somebody("memberships", short("role", 9), number("rank"), moment("since"))
    _of_somebody("group_asks", text("line"), moment("at"), moment("declined_at", null=True))
    _of_somebody("group_bans", text("reason"), ident("by"), moment("at"))
    table(
        "group_invitations",
        ident("id"),
        short("hash", 64),
        ident("group_id"),
        ident("made_by"),
        moment("made_at"),
        moment("expires_at"),
        number("uses"),
        number("used"),
        of={"group_id": "groups", "made_by": "people"},
        unique=("hash",),
        found_by=("group_id",),
    )


def _of_somebody(name: str, *columns: Column) -> None:
    """A table with one row for each person in a group."""
    theirs = ident("group_id"), ident("person")
    of = {"group_id": "groups", "person": "people"}
    table(name, *theirs, *columns, key=("group_id", "person"), of=of, found_by=("person",))
