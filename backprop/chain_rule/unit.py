"""One unit at one moment: the sum z that comes in, what f makes of it, and the delta that comes back.

    z_j = sum_i a_i W_ij + b_j,    a_j = f(z_j),    delta_j = dL/dz_j

Where f' is near zero, hardly any of the error gets through to the unit's weights: it is saturated. For a softmax, which
ties the units of its layer together, the row da_m/dz_j = a_j (1[m=j] - a_m) takes the place of f'.

Nothing is invented: what the step has not computed at the snapshot's moment is None.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from backprop.activations import ACTIVATIONS, Activation
from backprop.arrays import Array, frozen
from backprop.chain_rule.parameter import Explanation, Factor, Number, explain, parameters_before
from backprop.cursor import Phase
from backprop.errors import BackpropError
from backprop.snapshot import Snapshot

#: A slope of less than this share of the greatest that f has anywhere lets hardly any error pass.
SATURATED = 0.05
#: From this share on, most of the error passes.
AWAKE = 0.5

#: What a slope means for one sample. A ReLU is ``active`` or ``silent``, an identity ``linear``; all others
#: are ``awake``, ``drowsy`` or ``saturated``.
State = Literal["active", "silent", "linear", "awake", "drowsy", "saturated"]


class UnitError(BackpropError, LookupError):
    """A unit that this network does not have."""


@dataclass(frozen=True, eq=False)
class UnitExplanation:
    """What one unit does with every sample of the batch. Arrays are read-only.

    ``layer`` counts from 1, ``unit`` from 0. ``weights`` (inputs,) and ``bias`` are those that z was computed with.
    ``inputs`` (samples, inputs) is what comes in; ``outputs`` (samples, units) are the activations of the whole layer.
    ``z``, ``a``, ``slope`` and ``delta`` are (samples,); the product of ``factors`` is delta. ``first_weight`` explains
    a weight of this unit, with the same factors and the input behind them.
    """

    first_weight: Explanation
    layer: int
    unit: int
    weights: Array
    bias: Number | None
    inputs: Array | None
    outputs: Array | None
    z: Array | None
    a: Array | None
    slope: Array | None
    delta: Array | None
    factors: tuple[Factor, ...]

    @property
    def activation(self) -> Activation:
        """The function of the unit's layer."""
        return ACTIVATIONS[self.first_weight.experiment.layers[self.layer - 1].activation]

    @property
    def is_output(self) -> bool:
        """Whether the unit belongs to the last layer."""
        return self.layer == len(self.first_weight.experiment.layers)

    @property
    def samples(self) -> int:
        """The number of samples of the batch."""
        return self.first_weight.samples

    @property
    def slope_matters(self) -> bool:
        """Whether delta has the slope as a factor; with cross-entropy it cancels at the outputs."""
        return any(factor.kind in ("slope", "share") for factor in self.factors)

    @property
    def awaited(self) -> Phase | None:
        """The phase that computes what is not there yet, z first and delta later; None when all is there."""
        if self.z is None:
            return Phase("forward", self.layer)
        return Phase("backward", self.layer) if self.delta is None else None

    @property
    def next_phase(self) -> Phase | None:
        """The phase of this step that comes next, or None after the update."""
        return self.first_weight.next_phase

    def terms(self, row: int) -> Array | None:
        """Return what each input adds to z of a sample, weight times input, (inputs,); None before it comes in."""
        if self.inputs is None:
            return None
        with np.errstate(all="ignore"):
            terms: Array = self.inputs[row] * self.weights
        return terms

    def jacobian_row(self, row: int) -> Array | None:
        """Return how a softmax's outputs of a sample change with z, da_m/dz for each unit m of the layer; or None.

        It is None for all other activations, where no other unit's output changes, and before a is computed.
        """
        if self.activation.elementwise or self.outputs is None:
            return None
        outputs = self.outputs[row]
        with np.errstate(all="ignore"):
            changes: Array = -outputs[self.unit] * outputs
            changes[self.unit] = outputs[self.unit] * (1.0 - outputs[self.unit])
        return changes

    @cached_property
    def slope_shares(self) -> Array | None:
        """The slopes as shares of the greatest that the function has, (samples,); None before z is computed."""
        return None if self.slope is None else frozen(np.abs(self.slope) / self.activation.greatest_slope)

    @cached_property
    def quiet(self) -> NDArray[np.bool_] | None:
        """For which samples hardly any error passes, or none, (samples,); None before z is computed."""
        shares = self.slope_shares
        return None if shares is None else frozen(shares < SATURATED)

    def state(self, row: int) -> State | None:
        """Return what the slope of a sample means; None before z is computed, and where it is not a number."""
        shares = self.slope_shares
        if shares is None or not np.isfinite(shares[row]):
            return None
        if self.activation.name == "identity":
            return "linear"
        if self.activation.name == "relu":
            return "active" if shares[row] > 0 else "silent"
        if shares[row] < SATURATED:
            return "saturated"
        return "awake" if shares[row] >= AWAKE else "drowsy"


def explain_unit(snapshot: Snapshot, layer: int, unit: int, *, learning_rate: float | None = None) -> UnitExplanation:
    """Return what ``unit`` (from 0) of ``layer`` (from 1) does at a moment.

    ``learning_rate`` is that of ``chain_rule.explain``. Raises UnitError for a unit that does not exist.
    """
    _check(snapshot, layer, unit)
    weight = explain(snapshot, f"W{layer}", (0, unit), learning_rate=learning_rate)
    bias = None
    if f"b{layer}" in snapshot.parameters:
        bias = parameters_before(snapshot, f"b{layer}", (unit,), learning_rate).reshape(1)[0]
    z, a = snapshot.z[layer - 1], snapshot.a[layer - 1]
    slope = None
    if z is not None and a is not None:
        activation = ACTIVATIONS[snapshot.experiment.layers[layer - 1].activation]
        z_column, a_column = (np.ascontiguousarray(values[:, [unit]]) for values in (z, a))
        slope = np.empty_like(z_column)
        with np.errstate(all="ignore"):
            activation.derivative(z_column, a_column, slope)
    return UnitExplanation(
        first_weight=weight,
        layer=layer,
        unit=unit,
        weights=frozen(parameters_before(snapshot, f"W{layer}", (slice(None), unit), learning_rate)),
        bias=bias,
        inputs=snapshot.x if layer == 1 else snapshot.a[layer - 2],
        outputs=a,
        z=None if z is None else frozen(z[:, unit]),
        a=None if a is None else frozen(a[:, unit]),
        slope=None if slope is None else frozen(slope[:, 0]),
        delta=weight.delta,
        factors=weight.factors[:-1],
    )


def _check(snapshot: Snapshot, layer: int, unit: int) -> None:
    layers = snapshot.experiment.layers
    if not 1 <= layer <= len(layers):
        raise UnitError(
            "This network has no layer {layer}: its layers are 1 to {layers}. Choose a unit of one of them.",
            layer=layer,
            layers=len(layers),
        )
    units = layers[layer - 1].units
    if not 0 <= unit < units:
        raise UnitError(
            "Layer {layer} has no unit {unit}, for it has {units} units, counted from 1: choose another one.",
            layer=layer,
            unit=unit + 1,
            units=units,
        )
