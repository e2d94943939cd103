"""The rooms for which somebody holds a speaker link are found without going through every link there was."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_index("ix_speaker_links_person", "speaker_links", ["person"])


def downgrade() -> None:
    op.drop_index("ix_speaker_links_person", "speaker_links")
