"""Parts of files are those samples, and no others."""

import numpy as np
import pytest

from causerie.copies.excerpts import excerpt
from tests.copies.conftest import Copy
from tests.copies.evening import sound_of


@pytest.mark.parametrize("name", ["sound/room.m4a", "sound/speakers/01.flac"])
@pytest.mark.parametrize("begins", [0, 1, 4_321, 300_007, 700_000])
def test_an_excerpt_is_what_lies_there_sample_for_sample(copy: Copy, name: str, begins: int):
    whole = sound_of(copy.folder / name)

    found = excerpt(copy.folder / name, begins, 50_001)

    # AAC fills what it left out with noise of the moment.
    assert np.abs(found - whole[begins : begins + 50_001]).max() < 1e-3


def test_behind_the_end_there_is_silence(copy: Copy):
    whole = sound_of(copy.folder / "sound/speakers/02.flac")

    found = excerpt(copy.folder / "sound/speakers/02.flac", len(whole) - 10, 100)

    assert len(found) == 100
    assert not found[10:].any()
