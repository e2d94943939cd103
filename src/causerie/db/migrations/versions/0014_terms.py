"""What rooms, people and questions are found by: their words, and an index of these.

The tables begin empty: the program reads what is there as it starts (`discovery/keeping.py`), however long that takes,
and with the words it knows. Until then, and where an older program still writes, triggers see to it that no words are
kept of a text that stands no more.
"""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import Column, ident, text

revision = "0014"
down_revision = "0013"

OF = {"room": ("title", "description", "agenda", "tags"), "person": ("name", "handle", "bio"), "question": ("text",)}
TABLE = {"room": "rooms", "person": "people", "question": "questions"}
# Which words go when what they were read from changes: table, column, the row's column with the id.
READ_FROM = [
    ("room", "title", "rooms", "title", "id"),
    ("room", "description", "rooms", "description", "id"),
    ("room", "agenda", "rooms", "settings", "id"),
    ("room", "tags", "room_tags", None, "room"),
    ("question", "text", "questions", "text", "id"),
    ("person", "name", "people", "name", "id"),
    ("person", "bio", "profiles", "bio", "person"),
    ("person", "handle", "handles", "left_at", "person"),
]


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for kind, columns in OF.items():
        _terms(kind, columns)
        (_sqlite_index if on_sqlite else _postgres_index)(kind, columns)
    for kind, term, table, column, id_ in READ_FROM:
        (_sqlite_forget if on_sqlite else _postgres_forget)(kind, term, table, column, id_)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for _, term, table, column, _id in READ_FROM:
        for when in _whens(column):
            op.execute(f"DROP TRIGGER forget_{table}_{term}_{when}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION forget_{table}_{term}()")
    for kind in OF:
        if on_sqlite:
            op.execute(f"DROP TABLE {kind}_index")
        op.drop_table(f"{kind}_terms")


def _terms(kind: str, columns: tuple[str, ...]) -> None:
    name = f"{kind}_terms"
    op.create_table(
        name,
        sa.Column("number", sa.Integer(), nullable=False),
        ident(kind),
        *(_word(column) for column in columns),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint([kind], [f"{TABLE[kind]}.id"], name=op.f(f"fk_{name}_{kind}"), ondelete="CASCADE"),
        sa.UniqueConstraint(kind, name=op.f(f"uq_{name}_{kind}")),
    )


def _word(column: str) -> Column:
    return text(column, null=True)


# ---- SQLite: FTS5 beside the table that holds the words ----


def _sqlite_index(kind: str, columns: tuple[str, ...]) -> None:
    """Words are parted already, and plain: for this tokenizer whatever is no ASCII sign belongs to a word."""
    named, detail = ", ".join(columns), "none" if len(columns) == 1 else "column"
    index, terms = f"{kind}_index", f"{kind}_terms"
    options = f"content='{terms}', content_rowid='number', tokenize='ascii', prefix='2 3', columnsize=0"
    op.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({named}, {options}, detail={detail})")
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    put = f"INSERT INTO {index} (rowid, {named}) VALUES (new.number, {new});"
    take = f"INSERT INTO {index} ({index}, rowid, {named}) VALUES ('delete', old.number, {old});"
    for when, what in (("insert", put), ("delete", take), ("update", take + " " + put)):
        op.execute(f"CREATE TRIGGER {index}_{when} AFTER {when.upper()} ON {terms} BEGIN {what} END")


def _sqlite_forget(kind: str, term: str, table: str, column: str | None, id_: str) -> None:
    for when in _whens(column):
        row = "old" if when == "delete" else "new"
        changes = f"UPDATE {kind}_terms SET {term} = NULL WHERE {kind} = {row}.{id_} AND {term} IS NOT NULL"
        of = f"UPDATE OF {column}" if when == "update" and column else when.upper()
        only = f"WHEN new.{column} IS NOT old.{column}" if when == "update" and column else ""
        op.execute(f"CREATE TRIGGER forget_{table}_{term}_{when} AFTER {of} ON {table} {only} BEGIN {changes}; END")


# ---- PostgreSQL: a GIN index over the words as they are, without a parser of its own ----


def _postgres_index(kind: str, columns: tuple[str, ...]) -> None:
    words = " || ".join(f"string_to_array(coalesce({column}, ''), ' ')" for column in columns)
    op.execute(f"CREATE INDEX {kind}_index ON {kind}_terms USING gin (array_to_tsvector({words}))")


def _postgres_forget(kind: str, term: str, table: str, column: str | None, id_: str) -> None:
    forget = f"forget_{table}_{term}"
    changes = (
        f"UPDATE {kind}_terms SET {term} = NULL WHERE {kind} = (CASE TG_OP WHEN 'DELETE' THEN old ELSE new END).{id_}"
    )
    body = f"BEGIN {changes} AND {term} IS NOT NULL; RETURN NULL; END"
    op.execute(f"CREATE FUNCTION {forget}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    for when in _whens(column):
        of = f"UPDATE OF {column}" if when == "update" and column else when.upper()
        only = f"WHEN (new.{column} IS DISTINCT FROM old.{column})" if when == "update" and column else ""
        trigger = f"CREATE TRIGGER {forget}_{when} AFTER {of} ON {table} FOR EACH ROW {only}"
        op.execute(f"{trigger} EXECUTE FUNCTION {forget}()")


def _whens(column: str | None) -> tuple[str, ...]:
    """A row that comes or goes changes what is read from a table of many rows; of others only their text does."""
    return (
        ("insert", "delete") if column is None else ("insert", "update", "delete") if column in _MANY else ("update",)
    )


_MANY = ("bio", "left_at")
