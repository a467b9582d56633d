"""What a run needed is not kept when another has taken its place."""

import sys
from pathlib import Path

import numpy as np
import pytest

from app.run.training.memory import give_memory_back

MEGABYTE = 1024 * 1024


def resident() -> int:
    """Return this process's own memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_goes_back_to_the_system() -> None:
    give_memory_back()
    before = resident()
    # Too small to be mapped one by one: the C library keeps them when they are free, as one stays at their end.
    arrays = [np.ones(8_000) for _ in range(1_600)]
    last = arrays[-1]
    assert resident() - before > 90 * MEGABYTE
    del arrays
    give_memory_back()
    assert resident() - before < 10 * MEGABYTE
    assert last.all()
