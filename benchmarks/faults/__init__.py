"""What goes wrong, a hundred times: what each time costs."""

from benchmarks.faults.kills import measure

__all__ = ["measure"]
