"""Where every domain's tables are known together, and the audit that belongs to all."""

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(26), nullable=False),
    Column("verb", String(40), nullable=False),
    Column("room", String(26), index=True),
    Column("subject", String(26)),
    Column("group_id", String(26), index=True),
    # Why, where those who run the place have to say so.
    Column("reason", Text),
)

# A creating command that came twice (sent again after a lost line) is done once: its answer is kept by (person, id).
commands = Table(
    "commands",
    metadata,
    Column("person", String(26), primary_key=True),
    Column("command", String(40), primary_key=True),
    Column("made", String(26), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)

# What closed something, by its mark: so that it is written once, whatever becomes of the connection meanwhile.
closings = Table("closings", metadata, Column("mark", String(26), primary_key=True))
