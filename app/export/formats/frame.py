"""A frame: one picture of an animation as an array."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Frame: TypeAlias = NDArray[np.uint8]
"""Shape (height, width, 3), uint8, red first."""


def check_frame(frame: Frame, shape: tuple[int, ...] | None = None) -> None:
    """Raise ValueError unless ``frame`` is one, and of the same ``shape`` as those before it."""
    if frame.dtype != np.uint8 or frame.ndim != 3 or frame.shape[2] != 3 or frame.size == 0:
        raise ValueError(f"not an RGB picture of uint8: {frame.dtype}, shape {frame.shape}")
    if shape is not None and frame.shape != shape:
        raise ValueError(f"a frame of shape {frame.shape} among frames of shape {shape}")
