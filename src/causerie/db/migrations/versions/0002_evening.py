"""What an evening needs: who leads it, who waits, who is shut out, what is made of the queue."""

from alembic import op

from causerie.db.migrations.back import taken_back
from causerie.db.migrations.columns import add, ident, large, moment, number, short, table, text, widen, yes_or_no

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    leading()
    closings()
    audience()
    safety()
    stage()
    queue()
    questions()
    doors()
    links()
    captions()
    absence()


def downgrade() -> None:
    """The program before knows nothing of questions that are carried over: there they are open again."""
    op.execute("UPDATE questions SET state = 'open' WHERE state IN ('pending', 'on_air', 'carried_over')")
    taken_back(upgrade)()


def leading() -> None:
    """Settings of a room, what becomes of its plan, and who has a part of its host's authority."""
    add(
        "rooms",
        text("settings", at_first="{}"),
        moment("backstage_at", null=True),
        moment("cancelled_at", null=True),
        moment("missed_at", null=True),
        moment("extended_to", null=True),
        yes_or_no("draft", at_first="no"),
        ident("heir", null=True),
        ident("heir_by", null=True),
        ident("lost_host", null=True),
    )
    table(
        "helpers",
        ident("room"),
        ident("person"),
        text("name"),
        short("role", 10),
        moment("since"),
        text("portrait", null=True),
        key=("room", "person"),
    )


def closings() -> None:
    """Which closings, kept in the file while the database was away, are written."""
    table("closings", ident("mark"), key=("mark",), of={})


def audience() -> None:
    """The line that is pinned."""
    table(
        "pins",
        ident("id"),
        ident("room"),
        text("text"),
        text("link", null=True),
        moment("at"),
        ident("by"),
        moment("until", null=True),
        found_by=("room",),
    )


def safety() -> None:
    """Who is banned from a room, under every name they had; what was reported there."""
    table(
        "bans",
        ident("id"),
        ident("room"),
        ident("person"),
        text("name", null=True),
        short("network", 50, null=True),
        text("reason"),
        ident("by"),
        moment("at"),
        moment("until", null=True),
        moment("lifted_at", null=True),
        ident("lifted_by", null=True),
        found_by=("room", "network"),
    )
    table("banned", ident("ban"), ident("person"), key=("ban", "person"), of={"ban": "bans"}, found_by=("person",))
    table(
        "reports",
        ident("id"),
        ident("room"),
        short("about", 8),
        ident("subject", null=True),
        text("name", null=True),
        text("text", null=True),
        short("grounds", 10),
        text("note"),
        moment("at"),
        text("on_stage"),
        text("on_air", null=True),
        yes_or_no("apart"),
        ident("reporter"),
        moment("done_at", null=True),
        ident("done_by", null=True),
        moment("settled_at", null=True),
        ident("settled_by", null=True),
        found_by=("room",),
    )


def stage() -> None:
    """Who waits for a seat, who is backstage, whom a host keeps muted, whether it is hushed."""
    add(
        "seats",
        yes_or_no("invited", at_first="no"),
        yes_or_no("wished", at_first="no"),
        yes_or_no("away", at_first="no"),
    )
    add("hands", yes_or_no("lost_seat", at_first="no"))
    add("spoken", large("milliseconds", at_first="0"))
    table(
        "awaited_seats",
        ident("room"),
        ident("person"),
        text("name"),
        number("number"),
        yes_or_no("invited"),
        moment("since"),
        moment("left_at", null=True),
        key=("room", "person"),
    )
    table(
        "backstage",
        ident("room"),
        ident("person"),
        text("name"),
        number("number"),
        yes_or_no("invited"),
        moment("since"),
        yes_or_no("muted"),
        moment("left_at", null=True),
        text("topic", null=True),
        text("note", null=True),
        yes_or_no("ready"),
        key=("room", "person"),
    )
    table("kept_mutes", ident("room"), ident("person"), moment("asked_at", null=True), key=("room", "person"))
    table("hushes", ident("room"), key=("room",))


def queue() -> None:
    """What hosts have made of the queue."""
    table(
        "shortlist",
        ident("room"),
        short("kind", 8),
        ident("entry"),
        moment("since"),
        number("place"),
        key=("room", "kind", "entry"),
    )
    table(
        "deck",
        ident("room"),
        ident("person"),
        short("kind", 8),
        ident("entry"),
        moment("since"),
        text("after"),
        moment("at"),
        key=("room", "person"),
    )
    table("own_orders", ident("room"), text("placed"), key=("room",))
    table(
        "topics",
        ident("id"),
        ident("room"),
        text("text"),
        moment("on_air_at"),
        moment("over_at", null=True),
        found_by=("room",),
    )


def questions() -> None:
    """What those who lead do with a question, and votes that count apart."""
    add(
        "questions",
        short("hidden_from", 10, at_first="nobody"),
        short("held", 10, null=True),
        short("reason", 20, null=True),
        ident("merged_into", null=True),
        moment("edited_at", null=True),
        moment("called_at", null=True),
    )
    add("votes", number("value", at_first="1"), yes_or_no("guest", at_first="no"))
    widen("questions", short("state", 12, at_first="open"))
    still_open = "state IN ('open', 'next') AND room IN (SELECT id FROM rooms WHERE ended_at IS NOT NULL)"
    op.execute(f"UPDATE questions SET state = 'carried_over' WHERE {still_open}")


def doors() -> None:
    """A lock, who may come in all the same, who knocks, and whom the raid button sent out."""
    table("locks", ident("room"), moment("at"), ident("by"), key=("room",))
    table("inside", ident("room"), ident("person"), key=("room", "person"))
    table(
        "knocks",
        ident("room"),
        ident("person"),
        text("name"),
        text("note", null=True),
        moment("at"),
        yes_or_no("turned_away"),
        key=("room", "person"),
    )
    table(
        "raided", ident("room"), ident("id"), ident("person"), text("name", null=True), moment("at"), key=("room", "id")
    )


def links() -> None:
    """Personal ways onto the stage."""
    table(
        "speaker_links",
        ident("id"),
        short("hash", 64),
        ident("room"),
        text("name"),
        moment("made_at"),
        ident("person", null=True),
        unique=("hash",),
        found_by=("room",),
    )


def captions() -> None:
    """What is said, typed along."""
    table(
        "captions",
        ident("id"),
        ident("room"),
        text("speaker", null=True),
        text("text"),
        moment("at"),
        ident("by"),
        found_by=("room",),
    )


def absence() -> None:
    """Until when this place was served."""
    table("served", ident("id"), moment("until"), of={})
