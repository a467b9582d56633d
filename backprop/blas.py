"""A peculiarity of OpenBLAS, and the one line that avoids it."""

from functools import cache

import numpy as np


@cache
def warm_up() -> None:
    """Let the calling process multiply float32 matrices at full speed from now on; takes about 2 ms, once.

    In a fresh process OpenBLAS 0.3 multiplies matrices of MNIST's shapes at half its speed, until one larger product
    has touched all of the buffer it packs operands into (measured: 820 us against 385 us for (64, 784) times
    (784, 128)). Call this under the limit of threads that the training will have. No result depends on it.
    """
    np.ones((64, 384), np.float32).dot(np.ones((384, 512), np.float32))
