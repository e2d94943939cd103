"""What a plan says besides: what it is about in tags, and when it begins by the clocks of its own zone."""

from causerie.db.migrations.columns import add, ident, short, table, yes_or_no

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    add("rooms", short("zone", 64, null=True), short("local_start", 16, null=True))
    add("rooms", yes_or_no("local_again", at_first="no"))
    table("room_tags", ident("room"), short("tag", 30), key=("room", "tag"), found_by=("tag",))
