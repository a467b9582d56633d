"""Cures: the changes of an experiment that findings propose. Each was tried on the runs of the tests."""

import math
from typing import Any

from backprop.diagnosis.finding import Case, Cure
from backprop.experiment import MAX_LEARNING_RATE, MAX_SEED, MAX_UNITS, Layer

#: The initial weights are too large where RMS(W) sqrt(inputs), by which a layer enlarges its signals, exceeds this.
#: 1 to 1.4 keeps signals as large as they are (Glorot and Bengio, 2010; He et al., 2015); standard normal weights give
#: 28 for MNIST's 784 inputs.
_LARGEST_GAIN = 3.0
#: The update-to-weight ratio that a larger learning rate aims at, in the layer that moves most: what the healthy runs
#: of the tests begin with (XOR lesson 0.08, MNIST lesson 0.07, ReLU with cross-entropy 0.015).
_BRISK_RATIO = 0.03
_ENOUGH_FOR_RELU = 8


def round_down(value: float) -> float:
    """Return the largest of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... that is not above ``value`` (> 0)."""
    decade = 10.0 ** math.floor(math.log10(value) + 1e-9)
    step = next(step for step in (5.0, 2.0, 1.0) if step * decade <= value * (1.0 + 1e-9))
    return float(f"{step * decade:.1g}")


def new_seed(case: Case) -> Cure:
    """Propose the same network with other initial weights: those of the next seed."""
    return Cure("new_seed", {"seed": (case.experiment.seed + 1) % (MAX_SEED + 1)})


def lower_rate(case: Case, *, during_run: bool, divisor: float = 10.0) -> Cure:
    """Propose a tenth (or less) of the learning rate, rounded down."""
    rate = round_down(case.snapshot.learning_rate / divisor)
    return Cure("learning_rate", {"learning_rate": rate}, during_run)


def double_rate(case: Case) -> Cure | None:
    """Propose twice the learning rate from here on, or nothing where it cannot be used."""
    rate = float(f"{2.0 * case.snapshot.learning_rate:.6g}")
    return Cure("learning_rate", {"learning_rate": rate}, during_run=True) if rate <= MAX_LEARNING_RATE else None


def brisk_rate(case: Case, largest_ratio: float) -> Cure:
    """Propose the learning rate, from here on, with which updates are brisk."""
    rate = case.snapshot.learning_rate * _BRISK_RATIO / largest_ratio
    return Cure("learning_rate", {"learning_rate": round_down(min(rate, MAX_LEARNING_RATE))}, during_run=True)


def better_initializer(case: Case) -> Cure | None:
    """Propose Xavier's initializer (for ReLU He's) where initial weights are too large; nothing where they are not.

    Small weights pass more gradient, so a learning rate that suits large ones can be too high for them: with the MNIST
    lesson's 0.1, Xavier's weights saturate all outputs in one step. With an objective that sums over the batch it is
    limited to 1 / samples, rounded down, which trains this network well.
    """
    if case.initial_gain <= _LARGEST_GAIN:
        return None
    changes: dict[str, Any] = {"layers": tuple(_scaled(layer) for layer in case.experiment.layers)}
    if not case.experiment.loss.startswith("mean_"):
        limit = round_down(1.0 / case.experiment.samples_per_step)
        changes["learning_rate"] = min(case.snapshot.learning_rate, limit)
    return Cure("initializer", changes)


def _scaled(layer: Layer) -> Layer:
    return _with(layer, initializer="he" if layer.activation == "relu" else "xavier")


def random_initializer(case: Case) -> Cure:
    """Propose initial weights that differ from unit to unit."""
    return Cure("initializer", {"layers": tuple(_scaled(layer) for layer in case.experiment.layers)})


def cross_entropy(case: Case) -> Cure:
    """Propose cross-entropy, under which a saturated wrong output keeps its gradient: delta = a - y.

    Several outputs become a softmax; a single one stays a sigmoid.
    """
    layers = case.experiment.layers
    mean = "mean_" if case.experiment.loss.startswith("mean_") else ""
    single = layers[-1].units == 1
    output = _with(layers[-1], activation="sigmoid" if single else "softmax")
    name = "binary_cross_entropy" if single else "cross_entropy"
    return Cure("loss", {"layers": (*layers[:-1], output), "loss": mean + name})


def hidden_activation(case: Case, activation: str) -> Cure | None:
    """Propose another activation for all hidden layers with the initializer made for it; nothing if it is theirs.

    Nor is ReLU proposed to narrow layers, in which all units can die: four layers of four did on XOR.
    """
    *hidden, output = case.experiment.layers
    if not hidden or all(layer.activation == activation for layer in hidden):
        return None
    if activation == "relu" and min(layer.units for layer in hidden) < _ENOUGH_FOR_RELU:
        return None
    others = tuple(_scaled(_with(layer, activation=activation)) for layer in hidden)
    return Cure("activation", {"layers": (*others, _scaled(output))})


def more_units(case: Case) -> Cure | None:
    """Propose twice as many units in every hidden layer."""
    *hidden, output = case.experiment.layers
    if not hidden or any(2 * layer.units > MAX_UNITS for layer in hidden):
        return None
    return Cure("units", {"layers": (*(_with(layer, units=2 * layer.units) for layer in hidden), output)})


def _with(layer: Layer, **changes: Any) -> Layer:
    fields = {name: getattr(layer, name) for name in layer.__struct_fields__}
    return Layer(**{**fields, **changes})


def those(*cures: Cure | None) -> tuple[Cure, ...]:
    """Return the cures that there are."""
    return tuple(cure for cure in cures if cure is not None)
