"""Terms: every matrix of a step's equations at one moment, as far as the step has computed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from backprop import Experiment, Snapshot
from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.losses import LOSSES

#: ``A`` of layer 0 is X. ``slope`` is f'(Z). ``signal`` is what it is multiplied with: A - Y at the output, and the
#: deltas above times their weights below it. ``new_W`` and ``new_b`` are the parameters after the update.
Kind = Literal["A", "W", "b", "Z", "Y", "loss", "slope", "signal", "delta", "dW", "db", "new_W", "new_b"]

#: The kinds whose rows are samples.
BY_SAMPLE = frozenset(("A", "Z", "Y", "slope", "signal", "delta"))
#: The kinds that tell of a parameter: its letter and whether the kind is of weights.
PARAMETERS = {"W": "W", "b": "b", "dW": "W", "db": "b", "new_W": "W", "new_b": "b"}
FORWARD = frozenset(("A", "Z"))
BACKWARD = frozenset(("slope", "signal", "delta", "dW", "db"))


@dataclass(frozen=True)
class Key:
    """Which matrix: its kind, and its layer, counted from 1; 0 is the input."""

    kind: Kind
    layer: int


@dataclass(frozen=True)
class Cell:
    """One number of a matrix, at ``index`` as NumPy counts."""

    key: Key
    index: tuple[int, ...]


def softmax_couples(experiment: Experiment, layer: int) -> bool:
    """Return whether a softmax ties the deltas of ``layer`` together: f' is no number a unit then."""
    if layer == len(experiment.layers) and not has_slope(experiment, layer):
        return False
    return not ACTIVATIONS[experiment.layers[layer - 1].activation].elementwise


def has_slope(experiment: Experiment, layer: int) -> bool:
    """Return whether f'(Z) is a factor of delta; in an output layer under cross-entropy it cancels."""
    return layer < len(experiment.layers) or LOSSES[experiment.loss].name == "half_squared_error"


class Terms:
    """The matrices of ``snapshot``, each worked out when it is first asked for.

    The parameters called W and b are those that this step computes with, also after its update.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.experiment = snapshot.experiment
        self.last = len(snapshot.experiment.layers)
        self.updated = snapshot.cursor.phase == len(snapshot.phases)
        self.loss = LOSSES[self.experiment.loss]
        self._arrays: dict[Key, Array | None] = {}

    def array(self, key: Key) -> Array | None:
        """Return a matrix, (samples, units), or (inputs, units), (units,) or () by its kind; None if not computed."""
        if key not in self._arrays:
            with np.errstate(all="ignore"):
                self._arrays[key] = self._compute(key)
        return self._arrays[key]

    def known(self, key: Key) -> bool:
        """Return whether this step has computed a matrix."""
        if key.kind in ("slope", "delta", "dW", "db"):
            return self.snapshot.delta[key.layer - 1] is not None
        if key.kind == "signal":
            above = key.layer == self.last
            return self.snapshot.compared if above else self.snapshot.delta[key.layer - 1] is not None
        if key.kind in ("new_W", "new_b"):
            return self.updated
        return self.array(key) is not None

    def exists(self, key: Key) -> bool:
        """Return whether this network has such a matrix at all: not every layer has biases."""
        name = PARAMETERS.get(key.kind)
        if name is not None:
            return f"{name}{key.layer}" in self.snapshot.parameters
        return key.kind != "slope" or has_slope(self.experiment, key.layer)

    def value(self, cell: Cell) -> Any:
        """Return one number in its own precision, or None where it is not computed."""
        if cell.key.kind in ("W", "b"):
            return self.used(cell.key, cell.index)[()]
        array = self.array(cell.key)
        return None if array is None else array[cell.index]

    def used(self, key: Key, where: Any = ()) -> Array:
        """Return W or b as this step computes with it, at ``where`` of its array."""
        name = f"{key.kind}{key.layer}"
        now: Array = np.asarray(self.snapshot.parameters[name][where])
        if not self.updated:
            return now
        # The update took away eta times the gradient, in the run's precision; adding it exactly comes closest.
        change = self.snapshot.learning_rate * np.asarray(self.snapshot.gradients[name][where], np.float64)
        before: Array = (now.astype(np.float64) + change).astype(now.dtype)
        return before

    # --- what the snapshot does not hold as it is

    def _compute(self, key: Key) -> Array | None:
        snapshot, kind, place = self.snapshot, key.kind, key.layer - 1
        if kind == "A":
            return snapshot.x if key.layer == 0 else snapshot.a[place]
        if kind == "Z":
            return snapshot.z[place]
        if kind == "Y":
            return snapshot.y
        if kind == "loss":
            objective = snapshot.objective
            return None if objective is None else np.array(objective)
        if kind in ("W", "b"):
            return self.used(key, ...)
        if kind in ("new_W", "new_b"):
            return snapshot.parameters[f"{PARAMETERS[kind]}{key.layer}"] if self.updated else None
        if kind in ("dW", "db"):
            return snapshot.gradients.get(f"{kind[1:]}{key.layer}")
        if kind == "delta":
            return snapshot.delta[place]
        return self._slope(key.layer) if kind == "slope" else self._signal(key.layer)

    def _slope(self, layer: int) -> Array | None:
        z, a = self.snapshot.z[layer - 1], self.snapshot.a[layer - 1]
        if self.snapshot.delta[layer - 1] is None or z is None or a is None:
            return None
        if softmax_couples(self.experiment, layer):
            return a
        slope = np.empty_like(a)
        ACTIVATIONS[self.experiment.layers[layer - 1].activation].derivative(z, a, slope)
        return slope

    def _signal(self, layer: int) -> Array | None:
        a, y = self.snapshot.a[layer - 1], self.snapshot.y
        if a is None or not self.known(Key("signal", layer)):
            return None
        if layer == self.last:
            one_each = self.loss.name != "cross_entropy" or self.sums_to_one()
            signal = a - y if one_each else a * y.sum(axis=1, keepdims=True) - y
        else:
            above = self.snapshot.delta[layer]
            assert above is not None
            signal = above @ self.used(Key("W", layer + 1), ...).T
        if softmax_couples(self.experiment, layer):
            signal = signal - (signal * a).sum(axis=1, keepdims=True)
        return signal

    def sums_to_one(self) -> bool:
        """Return whether the targets of every sample sum to 1, as cross-entropy is mostly used with."""
        return bool((np.abs(self.snapshot.y.sum(axis=1) - 1.0) < 1e-5).all())

    @property
    def factor(self) -> float:
        """What the objective multiplies its sum over the batch with: 1, or 1 / samples."""
        return self.loss.factor(len(self.snapshot.rows))
