"""What lies in a folder whose files come and go meanwhile."""

import os
from pathlib import Path


def lying(folder: Path, ending: str = "") -> list[Path]:
    """The files in it with this ending, in order; a folder that goes while we look is as if it had gone before."""
    there = (Path(where, name) for where, _, names in os.walk(folder) for name in names if name.endswith(ending))
    return sorted(there)
