"""Each objective: its value, its gradient, its mean variant, and calm at any output. And the metrics."""

from itertools import product
from math import log

import numpy as np
import pytest

from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.losses import LOSSES
from backprop.metrics import accuracy_by_class, mean_squared_error, predicted_classes

# Each loss with every output activation it is defined for.
DEFINED = [
    (name, activation)
    for name, activation in product(LOSSES, ACTIVATIONS)
    if not LOSSES[name].output_activations or activation in LOSSES[name].output_activations
]


def activated(activation: str, z: Array) -> Array:
    a = np.empty_like(z)
    ACTIVATIONS[activation].function(z, a)
    return a


def delta_of(loss: str, activation: str, z: Array, y: Array) -> Array:
    out, scratch = np.full_like(z, np.nan), np.full_like(z, np.nan)
    LOSSES[loss].delta(ACTIVATIONS[activation], z, activated(activation, z), y, out, scratch)
    return out


def test_the_table_has_the_three_and_their_means_under_their_names() -> None:
    assert sorted(LOSSES) == [
        "binary_cross_entropy",
        "cross_entropy",
        "half_squared_error",
        "mean_binary_cross_entropy",
        "mean_cross_entropy",
        "mean_half_squared_error",
    ]
    assert all(loss.mean == name.startswith("mean_") for name, loss in LOSSES.items())


# Half squared error: (1 + 4 + 9 + 16) / 2 = 15 over two samples.
# Cross-entropy: softmax of (0, ln 3) is (1/4, 3/4), and of (ln 3, 0) is (3/4, 1/4); -ln 3/4 - ln 1/4 = ln 16/3.
# Binary: sigmoid(ln 3) = 3/4 and sigmoid(0) = 1/2, so -ln 3/4 - ln 1/2 - ln 1/2 - ln(1 - 3/4) = ln(4/3 * 2 * 2 * 4).
@pytest.mark.parametrize(
    ("name", "activation", "z", "y", "total"),
    [
        ("half_squared_error", "identity", [[1.0, 2.0], [3.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]], 15.0),
        ("cross_entropy", "softmax", [[0.0, log(3)], [log(3), 0.0]], [[0.0, 1.0], [0.0, 1.0]], log(16 / 3)),
        ("binary_cross_entropy", "sigmoid", [[log(3), 0.0], [0.0, log(3)]], [[1.0, 1.0], [0.0, 0.0]], log(64 / 3)),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values(
    name: str, activation: str, z: list[list[float]], y: list[list[float]], total: float, dtype: str
) -> None:
    outputs, targets = np.array(z, dtype), np.array(y, dtype)
    a = activated(activation, outputs)
    tolerance = 8 * float(np.finfo(dtype).eps)
    assert LOSSES[name].value(outputs, a, targets) == pytest.approx(total, rel=tolerance)
    assert LOSSES["mean_" + name].value(outputs, a, targets) == pytest.approx(total / 2, rel=tolerance)


# delta by hand: a - y where the derivative of the activation cancels, (a - y) a (1 - a) where it does not.
@pytest.mark.parametrize(
    ("name", "activation", "z", "y", "expected"),
    [
        ("half_squared_error", "identity", [[1.0, 2.0]], [[3.0, 0.5]], [[-2.0, 1.5]]),
        ("half_squared_error", "sigmoid", [[0.0, log(3)]], [[1.0, 0.0]], [[-0.125, 0.140625]]),
        ("cross_entropy", "softmax", [[0.0, log(3)]], [[1.0, 0.0]], [[-0.75, 0.75]]),
        ("binary_cross_entropy", "sigmoid", [[0.0, log(3)]], [[1.0, 0.0]], [[-0.5, 0.75]]),
    ],
)
def test_deltas_by_hand(
    name: str, activation: str, z: list[list[float]], y: list[list[float]], expected: list[list[float]]
) -> None:
    np.testing.assert_allclose(delta_of(name, activation, np.array(z), np.array(y)), expected, rtol=1e-14)


@pytest.mark.parametrize(("name", "activation"), DEFINED)
def test_delta_is_the_slope_of_the_value(name: str, activation: str) -> None:
    random = np.random.default_rng(2)
    z = random.normal(size=(3, 4))
    y = random.uniform(size=(3, 4))  # rows that do not sum to 1: soft targets of any kind
    step = 1e-6
    slope = np.empty_like(z)
    for index in np.ndindex(z.shape):
        nudge = np.zeros_like(z)
        nudge[index] = step
        above, below = (LOSSES[name].value(moved, activated(activation, moved), y) for moved in (z + nudge, z - nudge))
        slope[index] = (above - below) / (2 * step)
    np.testing.assert_allclose(delta_of(name, activation, z, y), slope, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize(("name", "activation"), [(n, a) for n, a in DEFINED if not n.startswith("mean_")])
def test_the_mean_divides_by_the_samples_and_by_nothing_else(name: str, activation: str) -> None:
    random = np.random.default_rng(3)
    z, y = random.normal(size=(5, 3)), random.uniform(size=(5, 3))
    a = activated(activation, z)
    mean = "mean_" + name
    assert LOSSES[mean].value(z, a, y) == pytest.approx(LOSSES[name].value(z, a, y) / 5, rel=1e-14)
    total = delta_of(name, activation, z, y)
    np.testing.assert_allclose(delta_of(mean, activation, z, y), total / 5, rtol=1e-14)


@pytest.mark.parametrize(("name", "activation"), [("cross_entropy", "softmax"), ("binary_cross_entropy", "sigmoid")])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e2, 1e4, 1e30])
def test_cross_entropy_at_extreme_outputs(name: str, activation: str, dtype: str, size: float) -> None:
    # Right and certain costs nothing; wrong and certain costs as much as z is off. Neither may be NaN or infinite.
    z = np.array([[size, -size], [-size, size]], dtype)
    right = np.array([[1.0, 0.0], [0.0, 1.0]], dtype)
    a = activated(activation, z)
    with np.errstate(over="warn", invalid="warn", divide="warn"):
        for variant in (name, "mean_" + name):
            assert LOSSES[variant].value(z, a, right) == pytest.approx(0, abs=1e-30)
            assert np.abs(delta_of(variant, activation, z, right)).max() <= 1e-30
        assert LOSSES[name].value(z, a, 1 - right) == pytest.approx(4 * size, rel=1e-6)
        np.testing.assert_allclose(delta_of(name, activation, z, 1 - right), [[1, -1], [-1, 1]], atol=1e-30)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softmax"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_half_squared_error_at_saturated_outputs(activation: str, dtype: str) -> None:
    z = np.array([[1e30, -1e30], [-1e4, 1e4]], dtype)
    y = np.zeros((2, 2), dtype)
    with np.errstate(over="warn", invalid="warn", divide="warn"):
        value = LOSSES["half_squared_error"].value(z, activated(activation, z), y)
        delta = delta_of("half_squared_error", activation, z, y)
    assert value == pytest.approx(2.0 if activation == "tanh" else 1.0)
    assert np.abs(delta).max() <= 1e-30, "a saturated unit gets no gradient"


def test_mean_squared_error_averages_over_samples_and_outputs() -> None:
    assert mean_squared_error(np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros((2, 2))) == 7.5
    assert mean_squared_error(np.array([[0.25]]), np.array([[1.0]])) == 0.5625


def test_predicted_classes() -> None:
    assert predicted_classes(np.array([[0.1, 0.7, 0.2], [0.9, 0.0, 0.1]])).tolist() == [1, 0]
    assert predicted_classes(np.array([[0.49], [0.5], [0.51]])).tolist() == [0, 1, 1]


def test_accuracy_by_class() -> None:
    # Class 0: one of two right. Class 1: none of one. Class 2: two of two. Class 3: no sample, so no share.
    predicted, labels = np.array([0, 1, 0, 2, 2]), np.array([0, 0, 1, 2, 2])
    np.testing.assert_array_equal(accuracy_by_class(predicted, labels, 4), [0.5, 0.0, 1.0, np.nan])
