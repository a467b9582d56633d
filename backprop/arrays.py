"""The array types that every module speaks: real-valued NumPy arrays, float32 or float64."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

#: An array of float32 or float64; a run uses one of the two throughout.
Array = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]


Element = TypeVar("Element", bound=np.generic)


def frozen(array: NDArray[Element]) -> NDArray[Element]:
    """Return a read-only view of ``array``; the data is shared, not copied."""
    view = array.view()
    view.flags.writeable = False
    return view
