"""The gradient check agrees with gradients that are right, and finds one that is wrong."""

import numpy as np
import pytest

import backprop
from backprop import Dataset
from backprop.arrays import Array
from backprop.gradient_check import TOLERANCE, check_differences
from backprop.layers import Dense


def test_xor_every_number_is_checked_and_right(xor: Dataset) -> None:
    checks = check_differences(backprop.LESSONS["xor"].experiment, xor)
    assert [(check.name, check.checked, check.total) for check in checks] == [("W1", 4, 4), ("W2", 2, 2)]
    assert all(check.passed and check.relative_error < 1e-7 for check in checks)


def test_mnist_a_sample_of_a_large_layer_is_checked(mnist: Dataset) -> None:
    checks = {c.name: c for c in check_differences(backprop.LESSONS["mnist"].experiment, mnist, at_most=50)}
    assert checks.keys() == {"W1", "b1", "W2", "b2"}
    assert (checks["W1"].checked, checks["W1"].total) == (50, 784 * 128)
    assert all(check.passed for check in checks.values())


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_cross_entropy", "mean_half_squared_error"])
def test_other_objectives_are_right_too(mnist: Dataset, loss: str) -> None:
    layers = (backprop.Layer(8, "tanh"), backprop.Layer(10, "softmax"))
    experiment = backprop.LESSONS["mnist"].experiment.replace(layers=layers, loss=loss)
    assert all(check.passed for check in check_differences(experiment, mnist, at_most=40))


def test_a_wrong_gradient_is_found_and_placed(xor: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Dense.compute_gradients

    def wrong(self: Dense, x: Array, delta: Array) -> None:
        right(self, x, delta)
        if self.weights.shape == (2, 2):
            self.weights_gradient[1, 0] *= 1.01

    monkeypatch.setattr(Dense, "compute_gradients", wrong)
    first, second = check_differences(backprop.LESSONS["xor"].experiment, xor)
    assert not first.passed
    assert first.relative_error > 100 * TOLERANCE
    assert first.index == (1, 0)
    assert first.ours == pytest.approx(1.01 * first.theirs, rel=1e-6)
    assert second.passed


def test_a_gradient_of_zero_is_right(xor: Dataset) -> None:
    layers = (backprop.Layer(2, "relu", "zeros"), backprop.Layer(1, "identity", "zeros", biases=False))
    experiment = backprop.LESSONS["xor"].experiment.replace(layers=layers)
    checks = check_differences(experiment, xor)
    assert all(check.passed for check in checks)
    assert all(np.isfinite(check.relative_error) for check in checks)
