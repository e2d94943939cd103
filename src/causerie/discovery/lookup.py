"""Words in the index of one kind: the same rows in the same order from SQLite (FTS5) and PostgreSQL (GIN)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Integer, Table, Text, and_, cast, column, literal_column, not_, select
from sqlalchemy import table as named
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.terms import Sought


@dataclass(frozen=True)
class Lookup:
    """Where rows come from, with the table of words in it; by which number they are ordered; which of them match.

    `by_first`: those that match by the columns alone that count before others.
    """

    source: FromClause
    number: ColumnElement[int]
    by_any: ColumnElement[bool]
    by_first: ColumnElement[bool]
    only_by_first: ColumnElement[bool]
    only_by_others: ColumnElement[bool]

    def in_rank(self, rank: int) -> ColumnElement[bool]:
        """What matches by the first columns alone (0), or not without the others (1)."""
        return self.only_by_others if rank else self.only_by_first


def lookup(connection: AsyncConnection, terms: Table, words: Sought, *, first: Collection[str]) -> Lookup:
    """These words among the words of one kind."""
    make = _in_sqlite if connection.dialect.name == "sqlite" else _in_postgres
    return make(terms, words, first)


# ---- SQLite: rows come in the order of FTS5, the newest first, and no more are read than are wanted ----


def _in_sqlite(terms: Table, words: Sought, first: Collection[str]) -> Lookup:
    name = terms.name.replace("_terms", "_index")
    index = named(name, column("rowid", Integer), column(name, Text))
    beside = index.alias("beside")
    all_ = " AND ".join([*(f'"{word}"' for word in words.words), *([f'"{words.begun}" *'] if words.begun else [])])
    by_first = f"{{{' '.join(first)}}} : ({all_})"
    match = index.c[name].op("MATCH", is_comparison=True)
    return Lookup(
        index.join(terms, terms.c.number == index.c.rowid),
        index.c.rowid,
        match(all_),
        index.c.rowid.in_(select(beside.c.rowid).where(beside.c[name].op("MATCH", is_comparison=True)(by_first))),
        match(by_first),
        match(f"({all_}) NOT ({by_first})"),
    )


# ---- PostgreSQL: the same words as lexemes, without a parser ----


def _in_postgres(terms: Table, words: Sought, first: Collection[str]) -> Lookup:
    said = " & ".join([*(f"'{word}'" for word in words.words), *([f"'{words.begun}':*"] if words.begun else [])])
    wanted = cast(cast(said, Text), TSQUERY)
    texts = [one.name for one in terms.columns if one.name != "number" and not one.foreign_keys]
    by_any, by_first = (_vector(terms, some).op("@@", is_comparison=True)(wanted) for some in (texts, first))
    return Lookup(terms, terms.c.number, by_any, by_first, and_(by_any, by_first), and_(by_any, not_(by_first)))


def _vector(terms: Table, texts: Collection[str]) -> ColumnElement[str]:
    """As the index of the migration has it, to the letter."""
    words = " || ".join(f"string_to_array(coalesce({terms.name}.{text}, ''), ' ')" for text in texts)
    return literal_column(f"array_to_tsvector({words})")
