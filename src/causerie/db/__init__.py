"""The truth: SQLite beside one node, PostgreSQL under many; rows, events and audit lines of one turn together."""

from causerie.db.database import Database
from causerie.db.tables import metadata
from causerie.db.tx import Tx

__all__ = ["Database", "Tx", "metadata"]
