"""Initializers: how the weights of a layer are drawn before training. Biases always begin at zero.

An initializer takes a generator and the shape (inputs, units) of a weight matrix and returns float64 values of that
shape. Draws come from NumPy's legacy ``RandomState``, whose streams are guaranteed never to change, so the same seed
gives the same weights for good. To add one, write a function and enter it in ``INITIALIZERS``.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Initializer = Callable[[np.random.RandomState, tuple[int, int]], NDArray[np.float64]]


def uniform(random: np.random.RandomState, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Draw uniformly from [0, 1)."""
    return random.uniform(size=shape)


def standard_normal(random: np.random.RandomState, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Draw from the normal distribution with mean 0 and variance 1."""
    return random.standard_normal(size=shape)


def xavier(random: np.random.RandomState, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Draw uniformly from +-sqrt(6 / (inputs + units)), variance 2 / (inputs + units) (Glorot and Bengio, 2010)."""
    bound = float(np.sqrt(6.0 / sum(shape)))
    return random.uniform(-bound, bound, size=shape)


def he(random: np.random.RandomState, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Draw from the normal distribution with variance 2 / inputs, meant for ReLU (He et al., 2015)."""
    return random.standard_normal(size=shape) * float(np.sqrt(2.0 / shape[0]))


def zeros(random: np.random.RandomState, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return zeros. All units of a layer then stay equal for ever, which is worth seeing once."""
    return np.zeros(shape)


INITIALIZERS: dict[str, Initializer] = {
    "uniform": uniform,
    "standard_normal": standard_normal,
    "xavier": xavier,
    "he": he,
    "zeros": zeros,
}
