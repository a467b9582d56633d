"""Each initializer: the distribution it promises, drawn from the seed alone, in the order W1, W2 and so on."""

from collections.abc import Callable

import numpy as np
import pytest

import backprop
from backprop import Layer
from backprop.initializers import INITIALIZERS

SHAPE = (400, 300)


def drawn(name: str, shape: tuple[int, int] = SHAPE, seed: int = 0) -> np.ndarray:
    return INITIALIZERS[name](np.random.RandomState(seed), shape)


def test_the_table_has_the_five() -> None:
    assert sorted(INITIALIZERS) == ["he", "standard_normal", "uniform", "xavier", "zeros"]


@pytest.mark.parametrize("name", INITIALIZERS)
def test_shape_type_and_seed(name: str) -> None:
    weights = drawn(name)
    assert weights.shape == SHAPE
    assert weights.dtype == np.float64
    assert np.array_equal(weights, drawn(name))
    assert name == "zeros" or not np.array_equal(weights, drawn(name, seed=1))


# Of 120,000 draws the mean is known to about 0.003 of a standard deviation, the deviation to 0.2 %.
@pytest.mark.parametrize(
    ("name", "mean", "deviation", "smallest", "largest"),
    [
        ("uniform", 0.5, (1 / 12) ** 0.5, 0.0, 1.0),
        ("standard_normal", 0.0, 1.0, -6.0, 6.0),
        ("xavier", 0.0, (2 / 700) ** 0.5, -((6 / 700) ** 0.5), (6 / 700) ** 0.5),
        ("he", 0.0, (2 / 400) ** 0.5, -6 * (2 / 400) ** 0.5, 6 * (2 / 400) ** 0.5),
    ],
)
def test_distribution(name: str, mean: float, deviation: float, smallest: float, largest: float) -> None:
    weights = drawn(name)
    assert weights.mean() == pytest.approx(mean, abs=0.02 * deviation)
    assert weights.std() == pytest.approx(deviation, rel=0.02)
    assert smallest <= weights.min()
    assert weights.max() <= largest
    assert weights.max() - weights.min() > 3 * deviation


def test_uniform_and_xavier_reach_their_bounds() -> None:
    bound = (6 / 700) ** 0.5
    assert drawn("uniform").min() < 0.001
    assert 0.999 < drawn("uniform").max() < 1
    assert drawn("xavier").min() == pytest.approx(-bound, rel=0.001)
    assert drawn("xavier").max() == pytest.approx(bound, rel=0.001)


def test_he_depends_on_the_inputs_and_xavier_on_both_sides() -> None:
    assert drawn("he", (50, 1000)).std() == pytest.approx((2 / 50) ** 0.5, rel=0.02)
    assert drawn("xavier", (50, 1000)).std() == pytest.approx((2 / 1050) ** 0.5, rel=0.02)


def test_zeros() -> None:
    assert not drawn("zeros").any()


def test_layers_are_drawn_one_after_the_other_from_one_stream(small_dataset: Callable[..., backprop.Dataset]) -> None:
    dataset = small_dataset(5, 3, 2)
    layers = (
        Layer(4, "tanh", "standard_normal"),
        Layer(6, "tanh", "zeros", biases=False),
        Layer(2, "tanh", "uniform"),
    )
    trainer = backprop.Trainer(backprop.Experiment(dataset=dataset.name, layers=layers, seed=11), dataset)
    random = np.random.RandomState(11)
    first, last = random.standard_normal(size=(3, 4)), random.uniform(size=(6, 2))
    parameters = trainer.parameters
    assert list(parameters) == ["W1", "b1", "W2", "W3", "b3"]
    assert np.array_equal(parameters["W1"], first)
    assert not parameters["W2"].any()
    assert np.array_equal(parameters["W3"], last)
    assert not parameters["b1"].any()
    assert not parameters["b3"].any()


def test_float32_begins_with_the_same_draws_rounded(small_dataset: Callable[..., backprop.Dataset]) -> None:
    begun = {}
    for dtype in ("float32", "float64"):
        dataset = small_dataset(5, 3, 2, dtype)
        layers = (Layer(4, "tanh", "he"), Layer(2, "tanh", "xavier"))
        begun[dtype] = backprop.Trainer(
            backprop.Experiment(dataset=dataset.name, layers=layers, dtype=dtype, seed=5), dataset
        ).parameters
    for name, value in begun["float64"].items():
        assert begun["float32"][name].dtype == np.float32
        assert np.array_equal(begun["float32"][name], value.astype(np.float32))
