"""The final parameters as a file that numpy.load opens, each under its name."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from app.export.atomic import atomic_files
from backprop.arrays import Array


def save_parameters(parameters: Mapping[str, Array], path: Path) -> Path:
    """Write ``parameters`` (W1, b1, W2, ...) to ``path``; an older file is replaced only when all is written.

    Raises OSError.
    """
    with atomic_files([path]) as (file,):
        np.savez(file, allow_pickle=False, **parameters)
    return path
