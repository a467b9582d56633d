"""The chain rule of one parameter: the factors behind its gradient, sample by sample, and the update they lead to.

A weight W_ij of layer k joins the activation a_i below it to z_j = sum_i a_i W_ij + b_j, so

    dL/dW_ij = sum over the samples of delta_j * a_i,    dL/db_j = sum over the samples of delta_j * 1.

The delta of an output unit is the objective's factor, times the error, times f'(z). A unit below has a delta from every
path that leads from it to the loss: delta_j = (sum_m delta_m W'_jm) * f'(z), with delta_m and W' of the layer above. A
softmax ties the units of its layer together, and has a_j times what exceeds the mean sum_i a_i dL/da_i instead.

Nothing is invented: what the step has not computed at the snapshot's moment is None.
"""

from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import Any, Literal

import numpy as np

from backprop.activations import ACTIVATIONS
from backprop.arrays import Array, Integers, frozen
from backprop.cursor import Cursor, Phase, phases
from backprop.errors import BackpropError
from backprop.experiment import Experiment
from backprop.losses import LOSSES
from backprop.snapshot import Snapshot

Number = np.floating[Any]

#: What a factor is. ``objective``: 1, or 1 / samples. ``error``: a - y; ``scaled_error`` for targets that do not sum to
#: 1; ``centred_error``, ``centred_signal``: minus its mean under a softmax, whose own factor is ``share``: a.
#: ``signal``: the sum over the units above of delta w; for a single unit above it is ``delta_above`` and ``weight``.
#: ``slope``: f'(z). ``input``: the activation below, or 1 for a bias.
Kind = Literal[
    "objective",
    "error",
    "scaled_error",
    "centred_error",
    "delta_above",
    "weight",
    "signal",
    "centred_signal",
    "slope",
    "share",
    "input",
]


def slope_cancels(experiment: Experiment, layer: int) -> bool:
    """Whether f'(z) is no factor of the delta of ``layer``, which counts from 1: then none of its units can saturate.

    At the outputs, a cross-entropy's logarithm has a slope against which f'(z) cancels.
    """
    return layer == len(experiment.layers) and LOSSES[experiment.loss].name != "half_squared_error"


class ParameterError(BackpropError, LookupError):
    """A parameter that this network does not have."""


@dataclass(frozen=True, eq=False)
class Factor:
    """One factor: its value for each sample of the batch, (samples,), or None where it is not computed yet."""

    kind: Kind
    values: Array | None


@dataclass(frozen=True)
class Update:
    """w <- w - eta dL/dw. ``after`` is None before the gradient is known; ``made`` tells whether it has happened.

    Until it has, ``after`` is what the update will give. Once it has, ``before`` is worked out from ``after``, and can
    differ from the weight as it was in the last bit.
    """

    before: Number
    learning_rate: float
    after: Number | None
    made: bool


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why one parameter has its gradient, at one moment. Arrays are read-only, (samples,).

    ``layer`` counts from 1; ``unit`` and ``source`` from 0, as ``index`` does; ``source`` is None for a bias.
    ``delta`` and ``inputs`` are the two numbers of each sample whose product is its share of the gradient.
    ``gradient`` is the trainer's own.
    """

    experiment: Experiment
    cursor: Cursor
    name: str
    index: tuple[int, ...]
    rows: Integers
    factors: tuple[Factor, ...]
    delta: Array | None
    inputs: Array | None
    gradient: Number | None
    update: Update
    one_hot_sums: bool

    @property
    def layer(self) -> int:
        """The layer that the parameter belongs to."""
        return int(self.name[1:])

    @property
    def unit(self) -> int:
        """The unit that the parameter feeds."""
        return self.index[-1]

    @property
    def source(self) -> int | None:
        """The unit below, or the input, that a weight comes from."""
        return self.index[0] if self.name.startswith("W") else None

    @property
    def samples(self) -> int:
        """The number of samples of the batch."""
        return len(self.rows)

    @cached_property
    def shares(self) -> Array | None:
        """What each sample adds to the gradient, delta times input; None until delta is computed."""
        if self.delta is None or self.inputs is None:
            return None
        with np.errstate(all="ignore"):
            return frozen(self.delta * self.inputs)

    @property
    def awaited(self) -> Phase | None:
        """The phase that computes the gradient, or None when it is there."""
        return Phase("backward", self.layer) if self.gradient is None else None

    @property
    def next_phase(self) -> Phase | None:
        """The phase of this step that comes next, or None after the update."""
        every = phases(len(self.experiment.layers))
        return every[self.cursor.phase] if self.cursor.phase < len(every) else None


def explain(
    snapshot: Snapshot, name: str, index: tuple[int, ...], *, learning_rate: float | None = None
) -> Explanation:
    """Return why the parameter ``name``, such as "W2" or "b1", has its gradient at ``index`` of its array.

    ``learning_rate`` is that of this step's update; give it where it has been changed since, for a snapshot holds the
    rate of the next update. Raises ParameterError for a parameter that does not exist.
    """
    index = _checked(snapshot, name, index)
    eta = snapshot.learning_rate if learning_rate is None else learning_rate
    with np.errstate(all="ignore"):
        return _Inquiry(snapshot, name, index, eta).answer()


def parameters_before(
    snapshot: Snapshot, name: str, where: tuple[Any, ...], learning_rate: float | None = None
) -> Array:
    """Return a parameter array at ``where`` as it was when this step's gradients were computed.

    ``learning_rate`` is that of ``explain``. After the update the numbers can differ from what they were in the last
    bit. Raises KeyError for a parameter that does not exist.
    """
    now: Array = np.asarray(snapshot.parameters[name][where])
    if snapshot.cursor.phase < len(snapshot.phases):
        return now
    eta = snapshot.learning_rate if learning_rate is None else learning_rate
    # The update took away eta times the gradient, in the run's precision; adding it exactly comes closest.
    with np.errstate(all="ignore"):
        change = eta * np.asarray(snapshot.gradients[name][where], np.float64)
        before: Array = (now.astype(np.float64) + change).astype(now.dtype)
    return before


def _checked(snapshot: Snapshot, name: str, index: tuple[int, ...]) -> tuple[int, ...]:
    array = snapshot.parameters.get(name)
    if array is None:
        raise ParameterError(
            "This network has no parameter named {name}: choose one of {choices}.",
            name=name,
            choices=", ".join(snapshot.parameters),
        )
    if len(index) != array.ndim or not all(map(_is_place, index, array.shape)):
        raise ParameterError(
            "The parameter {name} has no element {index}, for its shape is {shape}: choose another one.",
            name=name,
            index=list(index),
            shape=" × ".join(str(size) for size in array.shape),
        )
    return tuple(int(place) for place in index)


def _is_place(place: object, size: int) -> bool:
    return isinstance(place, Integral) and 0 <= int(place) < size


class _Inquiry:
    """Collects the factors of one parameter from a snapshot."""

    def __init__(self, snapshot: Snapshot, name: str, index: tuple[int, ...], learning_rate: float) -> None:
        self.snapshot = snapshot
        self.name = name
        self.index = index
        self.unit = index[-1]
        self.layer = int(name[1:])
        self.learning_rate = learning_rate
        self.made = snapshot.cursor.phase == len(snapshot.phases)
        #: Of this layer, all units: (samples, units).
        self.delta = snapshot.delta[self.layer - 1]
        self.is_output = self.layer == len(snapshot.experiment.layers)
        self.activation = ACTIVATIONS[snapshot.experiment.layers[self.layer - 1].activation]
        self.one_hot_sums = bool((np.abs(snapshot.y.sum(axis=1) - 1.0) < 1e-5).all())

    def answer(self) -> Explanation:
        snapshot = self.snapshot
        inputs = self._inputs()
        factors = [*(self._output_factors() if self.is_output else self._hidden_factors()), Factor("input", inputs)]
        gradient = snapshot.gradients.get(self.name)
        return Explanation(
            snapshot.experiment,
            snapshot.cursor,
            self.name,
            self.index,
            snapshot.rows,
            tuple(Factor(f.kind, None if f.values is None else frozen(f.values)) for f in factors),
            None if self.delta is None else frozen(self.delta[:, self.unit]),
            None if inputs is None else frozen(inputs),
            None if gradient is None else gradient[self.index],
            self._update(),
            self.one_hot_sums,
        )

    def _inputs(self) -> Array | None:
        if self.name.startswith("b"):
            return np.ones(len(self.snapshot.rows), self.snapshot.x.dtype)
        below = self.snapshot.x if self.layer == 1 else self.snapshot.a[self.layer - 2]
        return None if below is None else below[:, self.index[0]]

    def _output_factors(self) -> list[Factor]:
        snapshot = self.snapshot
        loss = LOSSES[snapshot.experiment.loss]
        a, y = snapshot.a[-1], snapshot.y
        factor = np.full(len(y), loss.factor(len(y)), y.dtype)
        known = a is not None and snapshot.compared
        kind: Kind = "error"
        if loss.name == "cross_entropy" and not self.one_hot_sums:
            kind = "scaled_error"
        elif loss.name == "half_squared_error" and not self.activation.elementwise:
            kind = "centred_error"
        error: Array | None = None
        if known and a is not None:
            if loss.name == "cross_entropy":
                error = a[:, self.unit] * y.sum(axis=1) - y[:, self.unit]
            else:
                error = a[:, self.unit] - y[:, self.unit]
            if kind == "centred_error":
                error = error - ((a - y) * a).sum(axis=1)
        factors = [Factor("objective", factor), Factor(kind, error)]
        return factors if slope_cancels(snapshot.experiment, self.layer) else [*factors, self._slope()]

    def _hidden_factors(self) -> list[Factor]:
        above = self.layer + 1
        delta_above = self.snapshot.delta[above - 1]
        name = f"W{above}"
        if not self.activation.elementwise:
            centred: Array | None = None
            a = self.snapshot.a[self.layer - 1]
            if self.delta is not None and delta_above is not None and a is not None:
                signal = delta_above @ self._before(name, (slice(None),)).T
                centred = signal[:, self.unit] - (signal * a).sum(axis=1)
            return [Factor("centred_signal", centred), self._slope()]
        weights = self._before(name, (self.unit,))
        if len(weights) == 1:
            first = None if delta_above is None else delta_above[:, 0]
            weight = np.full(len(self.snapshot.rows), weights[0])
            return [Factor("delta_above", first), Factor("weight", weight), self._slope()]
        known = self.delta is not None and delta_above is not None
        return [Factor("signal", delta_above @ weights if known and delta_above is not None else None), self._slope()]

    def _slope(self) -> Factor:
        """f'(z), which the backward phase of the layer computes; a softmax has its own activation in its place."""
        kind: Kind = "slope" if self.activation.elementwise else "share"
        z, a = self.snapshot.z[self.layer - 1], self.snapshot.a[self.layer - 1]
        if self.delta is None or z is None or a is None:
            return Factor(kind, None)
        if kind == "share":
            return Factor(kind, a[:, self.unit])
        column = np.ascontiguousarray(a[:, [self.unit]])
        slope = np.empty_like(column)
        self.activation.derivative(np.ascontiguousarray(z[:, [self.unit]]), column, slope)
        return Factor(kind, slope[:, 0])

    def _before(self, name: str, where: tuple[Any, ...]) -> Array:
        return parameters_before(self.snapshot, name, where, self.learning_rate)

    def _update(self) -> Update:
        now: Number = self.snapshot.parameters[self.name][self.index]
        gradient = self.snapshot.gradients.get(self.name)
        if self.made:
            before: Number = self._before(self.name, self.index).reshape(1)[0]
            return Update(before, self.learning_rate, now, True)
        after = None if gradient is None else now - gradient[self.index] * self.learning_rate
        return Update(now, self.learning_rate, after, False)
