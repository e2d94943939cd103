"""What was answered is found without going through every copy: by when it was published, and how many wanted it."""

import sqlalchemy as sa
from alembic import op

from causerie.db.migrations.columns import add, number

revision = "0021"
down_revision = "0020"

PUBLISHED = "visibility = 'published' AND made > 0"
WISHED = "(SELECT count(*) FROM votes WHERE votes.question = answers.question AND votes.value > 0)"


def upgrade() -> None:
    where = sa.text(PUBLISHED)
    op.create_index("ix_copies_published", "copies", ["published_at", "id"], sqlite_where=where, postgresql_where=where)
    add("answers", number("wished", at_first="0"))
    op.execute(f"UPDATE answers SET wished = {WISHED} WHERE question IS NOT NULL")


def downgrade() -> None:
    op.drop_column("answers", "wished")
    op.drop_index("ix_copies_published", "copies")
