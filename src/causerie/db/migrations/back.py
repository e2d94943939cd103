"""The way back: what a migration brought is taken away again, by its own words read from the end."""

from collections.abc import Callable

from alembic import op
from alembic.operations import Operations
from alembic.operations.ops import AddColumnOp, AlterColumnOp, CreateIndexOp, CreateTableOp, MigrateOperation

Step = Callable[[], None]
BROUGHT = (AddColumnOp, CreateIndexOp, CreateTableOp)


def noted(upgrade: Step) -> list[MigrateOperation]:
    """Everything that a migration does, in order; nothing of it is done."""
    acting: Operations = op._proxy  # type: ignore[attr-defined]  # where Alembic keeps who does what `op` says
    steps = list[MigrateOperation]()
    acting.invoke = steps.append  # type: ignore[assignment, method-assign]  # for as long as it is read
    try:
        upgrade()
    finally:
        del acting.invoke
    return steps


def taken_back(upgrade: Step) -> Step:
    """A migration's `downgrade`: its tables, columns and indexes go. What rows say stays as it is.

    A column that took another's place keeps it: the program before writes into a wider one as well.
    """

    def downgrade() -> None:
        steps = noted(upgrade)
        renamed = {step.column_name for step in steps if isinstance(step, AlterColumnOp)}
        for step in reversed(steps):
            if isinstance(step, BROUGHT) and not (isinstance(step, AddColumnOp) and step.column.name in renamed):
                op.invoke(step.reverse())

    return downgrade
