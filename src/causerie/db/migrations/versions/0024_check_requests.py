"""People can ask to be checked by those who run the place."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "check_requests",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("person", sa.String(26), sa.ForeignKey("people.id"), nullable=False, index=True, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("declined_at", sa.BigInteger, index=True),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("check_requests")
