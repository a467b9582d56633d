"""Helpers of the engine's tests: figures of the reference runs, small data sets, and exact comparison of moments."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

import backprop
from backprop import Layer
from backprop.activations import ACTIVATIONS
from backprop.dataset_catalogue import CATALOGUE, DatasetInfo
from backprop.datasets import Samples
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES

MakeDataset = Callable[..., backprop.Dataset]


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """The figures that the two lessons must reproduce, and their tolerances."""
    figures: dict[str, Any] = json.loads((Path(__file__).parent / "reference" / "lessons.json").read_text("utf-8"))
    return figures


@pytest.fixture(scope="module")
def small_dataset() -> Iterator[MakeDataset]:
    """A function that makes a data set of random numbers, and enters it in the catalogue for the tests of one module.

    Targets are rows of positive numbers that sum to 1, so that every loss is defined for them.
    """
    with pytest.MonkeyPatch.context() as patch:

        def make(
            samples: int, inputs: int, outputs: int, dtype: str = "float64", test_samples: int = 0
        ) -> backprop.Dataset:
            name = f"small-{samples}-{inputs}-{outputs}-{test_samples}"
            classes = tuple(str(number) for number in range(max(outputs, 2)))
            info = DatasetInfo(inputs, outputs, samples, test_samples, class_names=classes)
            patch.setitem(CATALOGUE, name, info)
            random = np.random.default_rng((samples, inputs, outputs, test_samples))

            def part(count: int) -> Samples:
                x = random.normal(size=(count, inputs)).astype(dtype)
                y = random.uniform(0.05, 1.0, size=(count, outputs))
                y = (y / y.sum(axis=1, keepdims=True) if outputs > 1 else y).astype(dtype)
                labels = y.argmax(axis=1) if outputs > 1 else (y[:, 0] >= 0.5).astype(np.int64)
                for array in (x, y, labels):
                    array.flags.writeable = False
                return Samples(x, y, labels)

            return backprop.Dataset(name, info, part(samples), part(test_samples) if test_samples else None)

        yield make


@pytest.fixture(scope="module")
def any_run(small_dataset: MakeDataset) -> st.SearchStrategy[tuple[backprop.Experiment, backprop.Dataset]]:
    """A strategy for experiments of any architecture, with their data sets; small learning rates keep most finite."""

    @st.composite
    def runs(draw: st.DrawFn) -> tuple[backprop.Experiment, backprop.Dataset]:
        samples, inputs = draw(st.integers(1, 12)), draw(st.integers(1, 5))
        loss = draw(st.sampled_from(list(LOSSES)))
        output = draw(st.sampled_from(LOSSES[loss].output_activations or tuple(ACTIVATIONS)))
        outputs = draw(st.integers(1, 4))
        initializer, biases = st.sampled_from(list(INITIALIZERS)), st.booleans()
        hidden = st.builds(Layer, st.integers(1, 6), st.sampled_from(list(ACTIVATIONS)), initializer, biases)
        dtype = draw(st.sampled_from(["float32", "float64"]))
        dataset = small_dataset(samples, inputs, outputs, dtype, draw(st.sampled_from([0, 1, 5])))
        experiment = backprop.Experiment(
            dataset=dataset.name,
            layers=(*draw(st.lists(hidden, max_size=3)), Layer(outputs, output, draw(initializer), draw(biases))),
            loss=loss,
            learning_rate=draw(st.floats(1e-4, 0.05)),
            batch_size=draw(st.none() | st.integers(1, samples)),
            epochs=draw(st.integers(1, 4)),
            shuffle=draw(st.booleans()),
            seed=draw(st.integers(0, 2**32 - 1)),
            dtype=dtype,
        )
        return experiment, dataset

    return runs()


def _same_bits(first: Any, second: Any) -> bool:
    if first is None or second is None:
        return first is second
    return bool(first.shape == second.shape and first.dtype == second.dtype and first.tobytes() == second.tobytes())


@pytest.fixture(scope="session")
def assert_same_moment() -> Callable[[backprop.Snapshot, backprop.Snapshot], None]:
    """A function that fails unless two snapshots hold the same bits in every array, and name the same moment."""

    def check(first: backprop.Snapshot, second: backprop.Snapshot) -> None:
        assert first.cursor == second.cursor
        assert first.experiment == second.experiment
        for field in ("x", "y", "rows"):
            assert _same_bits(getattr(first, field), getattr(second, field)), f"{field} at {first.cursor}"
        for field in ("z", "a", "delta"):
            ours, theirs = getattr(first, field), getattr(second, field)
            assert len(ours) == len(theirs)
            for layer, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
                assert _same_bits(one, other), f"{field} of layer {layer} at {first.cursor}"
        for field in ("parameters", "initial_parameters", "gradients"):
            ours, theirs = getattr(first, field), getattr(second, field)
            assert list(ours) == list(theirs), f"{field} at {first.cursor}"
            for name in ours:
                assert _same_bits(ours[name], theirs[name]), f"{field}[{name}] at {first.cursor}"

    return check
