"""Each activation: its values, its derivative, and calm at any finite pre-activation."""

from math import log

import numpy as np
import pytest

from backprop.activations import ACTIVATIONS, Activation
from backprop.arrays import Array
from backprop.experiment import Layer
from backprop.network import forward

ELEMENTWISE = [activation for activation in ACTIVATIONS.values() if activation.elementwise]


def applied(activation: Activation, z: Array) -> Array:
    a = np.full_like(z, np.nan)
    activation.function(z, a)
    return a


def test_the_table_has_the_five_under_their_names() -> None:
    assert sorted(ACTIVATIONS) == ["identity", "relu", "sigmoid", "softmax", "tanh"]
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())
    assert [a.name for a in ACTIVATIONS.values() if not a.elementwise] == ["softmax"]


# Pre-activations chosen so that the answers are fractions: e^(ln 3) = 3, so sigmoid(ln 3) = 3 / 4, and
# tanh(ln 2) = (2 - 1/2) / (2 + 1/2) = 3 / 5.
@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", [[0.0, log(3), -log(3)], [log(9), -log(9), log(1)]], [[0.5, 0.75, 0.25], [0.9, 0.1, 0.5]]),
        ("tanh", [[0.0, log(2), -log(2)]], [[0.0, 0.6, -0.6]]),
        ("relu", [[-3.0, 0.0, 2.5]], [[0.0, 0.0, 2.5]]),
        ("softmax", [[0.0, log(2), log(5)], [7.0, 7.0, 7.0]], [[1 / 8, 2 / 8, 5 / 8], [1 / 3, 1 / 3, 1 / 3]]),
        ("identity", [[-3.0, 0.0, 2.5]], [[-3.0, 0.0, 2.5]]),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values(name: str, z: list[list[float]], expected: list[list[float]], dtype: str) -> None:
    before = np.array(z, dtype)
    given = before.copy()
    a = applied(ACTIVATIONS[name], given)
    assert a.dtype == dtype
    np.testing.assert_allclose(a, expected, rtol=4 * float(np.finfo(dtype).eps))
    assert np.array_equal(given, before), "z is left as it is"


# f' at the same points: a (1 - a) is 1/4, 3/16 and 9/100; 1 - a^2 is 1 and 16/25.
@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", [[0.0, log(3), -log(9)]], [[0.25, 0.1875, 0.09]]),
        ("tanh", [[0.0, log(2), -log(2)]], [[1.0, 0.64, 0.64]]),
        ("relu", [[-3.0, 0.0, 2.5]], [[0.0, 0.0, 1.0]]),
        ("softmax", [[0.0, log(2), log(5)]], [[7 / 64, 12 / 64, 15 / 64]]),
        ("identity", [[-3.0, 0.0, 2.5]], [[1.0, 1.0, 1.0]]),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_derivatives(name: str, z: list[list[float]], expected: list[list[float]], dtype: str) -> None:
    given = np.array(z, dtype)
    a = applied(ACTIVATIONS[name], given)
    out = np.full_like(given, np.nan)
    ACTIVATIONS[name].derivative(given, a, out)
    np.testing.assert_allclose(out, expected, rtol=8 * float(np.finfo(dtype).eps))
    assert np.array_equal(given, np.array(z, dtype))
    assert np.array_equal(a, applied(ACTIVATIONS[name], given))


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda activation: activation.name)
def test_derivative_is_the_slope(activation: Activation) -> None:
    z = np.linspace(-4.0, 4.0, 80).reshape(8, 10)  # an even count steps over the corner of ReLU
    step = 1e-6
    slope = (applied(activation, z + step) - applied(activation, z - step)) / (2 * step)
    out = np.empty_like(z)
    activation.derivative(z, applied(activation, z), out)
    np.testing.assert_allclose(out, slope, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda activation: activation.name)
def test_backward_applies_the_whole_jacobian(activation: Activation) -> None:
    random = np.random.default_rng(0)
    z, gradient = random.normal(size=(4, 3)), random.normal(size=(4, 3))
    step = 1e-6
    expected = np.empty_like(z)
    for sample, unit in np.ndindex(z.shape):
        nudge = np.zeros_like(z)
        nudge[sample, unit] = step
        slope = (applied(activation, z + nudge) - applied(activation, z - nudge)) / (2 * step)
        expected[sample, unit] = (gradient * slope).sum()  # every output that this z reaches
    a = applied(activation, z)
    kept = z.copy(), a.copy()
    activation.backward(gradient, z, a, np.empty_like(z))
    np.testing.assert_allclose(gradient, expected, rtol=1e-7, atol=1e-9)
    assert np.array_equal(z, kept[0])
    assert np.array_equal(a, kept[1])


# Any warning fails a test, so running these is already half of what they say.
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda activation: activation.name)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e2, 1e4, 1e30, "largest"])
def test_extreme_pre_activations(activation: Activation, dtype: str, size: float | str) -> None:
    large = float(np.finfo(dtype).max) if size == "largest" else float(size)
    z = np.array([[large, -large, 0.0], [-large, -large, -large], [large, large, large], [large, 0.0, 1.0]], dtype)
    with np.errstate(over="warn", invalid="warn", divide="warn"):
        a = applied(activation, z)
        derivative = np.empty_like(z)
        activation.derivative(z, a, derivative)
        gradient = np.ones_like(z)
        activation.backward(gradient, z, a, np.empty_like(z))
    for array in (a, derivative, gradient):
        assert np.isfinite(array).all()
    expected = {
        "sigmoid": [[1, 0, 0.5], [0, 0, 0], [1, 1, 1], [1, 0.5, 0.7310586]],
        "tanh": [[1, -1, 0], [-1, -1, -1], [1, 1, 1], [1, 0, 0.7615942]],
        "relu": np.maximum(z, 0),
        "softmax": [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3], [1 / 3, 1 / 3, 1 / 3], [1, 0, 0]],
        "identity": z,
    }[activation.name]
    np.testing.assert_allclose(a, expected, rtol=1e-6, atol=1e-30)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda activation: activation.name)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_training_computes_the_same_bits_without_minding_overflow(activation: Activation, dtype: str) -> None:
    z = np.linspace(-1000.0, 1000.0, 2000).astype(dtype).reshape(200, 10)
    a = np.full_like(z, np.nan)
    with np.errstate(over="ignore", invalid="raise", divide="raise"):
        activation.compute(z, a)
    assert np.array_equal(a, applied(activation, z))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sigmoid_rises_all_the_way_and_never_leaves_zero_to_one(dtype: str) -> None:
    z = np.linspace(-1000.0, 1000.0, 20_001, dtype=dtype)[:, np.newaxis]
    a = applied(ACTIVATIONS["sigmoid"], z)
    assert (np.diff(a, axis=0) >= 0).all()
    assert a.min() >= 0
    assert a.max() == 1


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_of_softmax_sum_to_one_and_stay_apart(dtype: str) -> None:
    z = np.random.default_rng(1).normal(scale=20, size=(50, 10)).astype(dtype)
    a = applied(ACTIVATIONS["softmax"], z)
    np.testing.assert_allclose(a.sum(axis=1), 1, rtol=10 * float(np.finfo(dtype).eps))
    for row in range(len(z)):
        assert np.array_equal(applied(ACTIVATIONS["softmax"], z[row : row + 1])[0], a[row])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_forward_pass_through_saturated_layers_never_warns(dtype: str) -> None:
    layers = [Layer(3, name) for name in ACTIVATIONS]
    parameters = {f"W{number}": np.eye(3, dtype=dtype) * 1e4 for number in range(1, len(layers) + 1)}
    parameters |= {f"b{number}": np.array([1e4, -1e4, 0.0], dtype) for number in range(1, len(layers) + 1)}
    with np.errstate(over="warn", invalid="warn", divide="warn"):
        results = forward(layers, parameters, np.array([[-1.0, 0.0, 1.0]], dtype))
    assert results[0][1].tolist() == [[0.5, 0.0, 1.0]]
    assert all(np.isfinite(a).all() for _, a in results)
