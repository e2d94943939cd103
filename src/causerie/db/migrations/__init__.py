"""How the tables came to be what they are. They run at start; each can run while the version before still serves."""

import functools
from collections.abc import Callable
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from causerie.db.migrations.back import taken_back


@functools.cache
def scripts() -> ScriptDirectory:
    """Every migration, read once; one that says no way back of its own takes away what it brought."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    found = ScriptDirectory.from_config(config)
    for script in found.walk_revisions():
        if not hasattr(script.module, "downgrade"):
            back = taken_back(script.module.upgrade)
            script.module.downgrade = back  # type: ignore[attr-defined]  # by this name Alembic looks for it
    return found


async def upgrade(engine: AsyncEngine, *, backup: Callable[[str], None] | None) -> None:
    """Bring the tables up to date; where something is to be done, `backup(version)` is called before."""
    steps = scripts()
    async with engine.connect() as connection:
        stands = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    if stands == steps.get_current_head():
        return
    if stands is not None and backup is not None:
        backup(stands)
    async with engine.connect() as connection, connection.begin():
        await connection.run_sync(_run, steps)


def _run(connection: Connection, steps: ScriptDirectory) -> None:
    def to_head(stands: object, _context: object) -> object:
        return steps._upgrade_revs("head", stands)  # type: ignore[arg-type]  # what Alembic's own `upgrade` does

    environment = EnvironmentContext(Config(), steps, fn=to_head)
    environment.configure(connection=connection, fn=to_head)
    with environment.begin_transaction():
        environment.run_migrations()
