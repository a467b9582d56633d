"""SGD subtracts the learning rate times the gradient, whatever the size of the vector."""

import numpy as np
import pytest

from backprop.optimizers import OPTIMIZERS


@pytest.mark.parametrize("size", [1, 5, 8193, 101_770])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sgd(size: int, dtype: str) -> None:
    random = np.random.default_rng(size)
    parameters, gradient = random.normal(size=(2, size)).astype(dtype)
    expected = parameters - gradient * np.dtype(dtype).type(0.3)
    kept = gradient.copy()
    optimizer = OPTIMIZERS["sgd"](size, dtype)
    optimizer.update(parameters, gradient, 0.3)
    assert parameters.dtype == dtype
    assert np.array_equal(parameters, expected)
    assert np.array_equal(gradient, kept)
    assert optimizer.state.shape == (0, size)
