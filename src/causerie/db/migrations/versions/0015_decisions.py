"""What those who run the place decide about somebody, why, and what the other side says to it."""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import add, ident, moment, short, table, text, yes_or_no

revision = "0015"
down_revision = "0014"

ADDED = (("reports", "outcome"), ("reports", "answer"), ("groups", "suspended_at"), ("audit", "reason"))
FOUND_BY_ITS_BEGINNING = (("people", "name"), ("rooms", "title"), ("groups", "name"))


def upgrade() -> None:
    add("audit", text("reason", null=True))
    add("groups", moment("suspended_at", null=True))
    add("reports", short("outcome", 8, null=True), text("answer", null=True))
    op.create_index(op.f("ix_reports_settled_at"), "reports", ["settled_at"])
    for older, column in FOUND_BY_ITS_BEGINNING:
        op.create_index(op.f(f"ix_{older}_{column}"), older, [column], postgresql_ops={column: "text_pattern_ops"})
    decisions()


def decisions() -> None:
    """Decisions, and appeals against them: one at a time."""
    table(
        "decisions",
        ident("id"),
        short("kind", 20),
        ident("person"),
        ident("about", null=True),
        text("title"),
        text("path"),
        text("reason"),
        ident("by"),
        moment("at"),
        moment("until", null=True),
        moment("undone_at", null=True),
        ident("undone_by", null=True),
        text("undone_reason", null=True),
        of={},
        found_by=("person", "about", "at", "undone_at"),
    )
    table(
        "appeals",
        ident("id"),
        ident("decision"),
        ident("person"),
        text("text"),
        moment("at"),
        yes_or_no("granted", null=True),
        text("answer", null=True),
        moment("answered_at", null=True),
        ident("answered_by", null=True),
        of={"decision": "decisions"},
        found_by=("at", "answered_at"),
    )
    waiting = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_appeals_open", "appeals", ["decision"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(op.f("ix_appeals_decision"), "appeals", ["decision"])


def downgrade() -> None:
    op.drop_table("appeals")
    op.drop_table("decisions")
    for older, column in FOUND_BY_ITS_BEGINNING:
        op.drop_index(op.f(f"ix_{older}_{column}"), older)
    op.drop_index(op.f("ix_reports_settled_at"), "reports")
    for older, column in (
        ("reports", "outcome"),
        ("reports", "answer"),
        ("groups", "suspended_at"),
        ("audit", "reason"),
    ):
        op.drop_column(older, column)
