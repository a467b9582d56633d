"""Vital signs: how large gradients and updates are, and how many units pass no gradient, layer by layer, at a moment.

Sizes are root mean squares over a layer's weights, so that a layer with many weights does not look stronger than one
with few. Biases, of which there are few, are left out. Nothing is invented: what the step has not computed at the
snapshot's moment is None.
"""

import math
from dataclasses import dataclass

import numpy as np

from backprop.activations import ACTIVATIONS
from backprop.arrays import Array, Integers, frozen
from backprop.chain_rule.parameter import slope_cancels
from backprop.chain_rule.unit import SATURATED
from backprop.snapshot import Snapshot

#: Activations that flatten out. The others do not saturate; a ReLU can be dead instead.
SATURATING = frozenset({"sigmoid", "tanh", "softmax"})

#: Bars of a histogram; those of delta are half a power of ten wide, from 1e-10 to 1e2.
BARS = 24
DELTA_DECADES = (-10.0, 2.0)
# Of a larger batch, so many samples stand for all; more would not change what is seen, and cost a frame.
_MOST_SAMPLES = 1024
# Squares of such float32 numbers overflow or vanish.
_SAFE_SQUARES = (1e-25, 1e30)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many values fall into each of ``counts``, (bars,), equally wide from ``low`` to ``high``.

    A logarithmic one counts powers of ten of absolute values; ``zeros`` tells how many were exactly 0, which have none
    and are in no bar. Values beyond the ends are counted in the outermost bars, those that are not finite nowhere.
    """

    low: float
    high: float
    counts: Integers
    logarithmic: bool = False
    zeros: int = 0

    @property
    def total(self) -> int:
        """The number of finite values."""
        return int(self.counts.sum()) + self.zeros


@dataclass(frozen=True, eq=False)
class LayerSigns:
    """One layer at a moment; ``number`` counts from 1.

    ``weight_rms`` is of the weights as they are; ``update_ratio`` is the RMS of eta dL/dW by that of the weights
    before the update. ``gradient_rms`` and ``delta_rms`` are of dL/dW over all weights, and of delta over samples and
    units. ``saturated`` is the share of the values (sample, unit) whose f'(z) is below 5 % of its greatest
    (``SATURATED``: a sigmoid below 0.013 or above 0.987), ``dead`` the share of the units with z <= 0 for every sample
    of the batch; None also where an activation cannot be that, or f'(z) cancels with the objective.
    """

    number: int
    activation: str
    inputs: int
    units: int
    weight_rms: float
    gradient_rms: float | None
    update_ratio: float | None
    delta_rms: float | None
    saturated: float | None
    dead: float | None
    activations: Histogram | None
    deltas: Histogram | None


@dataclass(frozen=True, eq=False)
class VitalSigns:
    """All layers of a network at a moment, the first one first.

    ``steepness`` is |g| |w| / L, with the lengths of the whole gradient and of all weights and the objective of the
    batch: how much the objective would change, as a share of itself, if the weights changed by their own size straight
    down the slope. It does not depend on the learning rate; on a plateau it is small.
    """

    layers: tuple[LayerSigns, ...]
    steepness: float | None

    @property
    def complete(self) -> bool:
        """Whether this step has computed every gradient."""
        return all(layer.gradient_rms is not None for layer in self.layers)

    @property
    def largest_ratio(self) -> float | None:
        """The largest update-to-weight ratio of all layers; None before all gradients are known."""
        ratios = [layer.update_ratio for layer in self.layers if layer.update_ratio is not None]
        return max(ratios) if len(ratios) == len(self.layers) else None

    @property
    def finite(self) -> bool:
        """Whether every size that is known is a finite number."""
        sizes = [s for layer in self.layers for s in (layer.weight_rms, layer.gradient_rms) if s is not None]
        return all(map(math.isfinite, sizes))


def vital_signs(snapshot: Snapshot) -> VitalSigns:
    """Return the vital signs of the moment that ``snapshot`` shows."""
    with np.errstate(all="ignore"):
        layers = tuple(_layer_signs(snapshot, number) for number in range(1, len(snapshot.experiment.layers) + 1))
        return VitalSigns(layers, _steepness(snapshot, layers))


def root_mean_square(array: Array) -> float:
    """Return sqrt(mean x^2) of an array of any shape."""
    if not array.size:
        return 0.0
    flat = array.ravel()
    total = float(flat.dot(flat))
    low, high = _SAFE_SQUARES
    if not low < total < high:
        wide = flat.astype(np.float64)
        total = float(wide.dot(wide))
    return math.sqrt(total / flat.size)


def _layer_signs(snapshot: Snapshot, number: int) -> LayerSigns:
    layer = snapshot.experiment.layers[number - 1]
    name = f"W{number}"
    weights = snapshot.parameters[name]
    gradient = snapshot.gradients.get(name)
    z, a, delta = (part[number - 1] for part in (snapshot.z, snapshot.a, snapshot.delta))
    weight_rms = root_mean_square(weights)
    gradient_rms = None if gradient is None else root_mean_square(gradient)
    saturated: float | None = None
    if z is not None and a is not None and not slope_cancels(snapshot.experiment, number):
        saturated = _saturated(layer.activation, _some(z), _some(a))
    ratio: float | None = None
    if gradient is not None and gradient_rms is not None:
        made = snapshot.cursor.phase == len(snapshot.phases)
        before = root_mean_square(weights + snapshot.learning_rate * gradient) if made else weight_rms
        ratio = _quotient(snapshot.learning_rate * gradient_rms, before)
    return LayerSigns(
        number=number,
        activation=layer.activation,
        inputs=weights.shape[0],
        units=weights.shape[1],
        weight_rms=weight_rms,
        gradient_rms=gradient_rms,
        update_ratio=ratio,
        delta_rms=None if delta is None else root_mean_square(delta),
        saturated=saturated,
        dead=float((z <= 0).all(axis=0).mean()) if z is not None and layer.activation == "relu" else None,
        activations=None if a is None else _histogram(_some(a), *_range(layer.activation, _some(a))),
        deltas=None if delta is None else _decades(_some(delta)),
    )


def _quotient(size: float, of: float) -> float:
    return size / of if of else (math.inf if size else 0.0)


def _steepness(snapshot: Snapshot, layers: tuple[LayerSigns, ...]) -> float | None:
    objective = snapshot.objective
    if objective is None or any(layer.gradient_rms is None for layer in layers):
        return None
    sizes = [layer.inputs * layer.units for layer in layers]
    pairs = list(zip(sizes, layers, strict=True))
    gradient = math.sqrt(sum(size * (layer.gradient_rms or 0.0) ** 2 for size, layer in pairs))
    weights = math.sqrt(sum(size * layer.weight_rms**2 for size, layer in pairs))
    return _quotient(gradient * weights, abs(objective))


def slope_share(activation: str, z: Array, a: Array) -> Array | None:
    """Return f'(z) as a share of its greatest value, of the shape of ``z``; None where f does not saturate."""
    if activation not in SATURATING:
        return None
    slope = np.empty_like(z)
    ACTIVATIONS[activation].derivative(z, a, slope)
    return np.divide(slope, ACTIVATIONS[activation].greatest_slope, out=slope)


def _saturated(activation: str, z: Array, a: Array) -> float | None:
    share = slope_share(activation, z, a)
    return None if share is None else float(np.count_nonzero(share < SATURATED) / share.size)


# --- histograms


def _some(array: Array) -> Array:
    """Return ``array`` (samples, units), or of very many samples some, evenly spaced."""
    step = -(-len(array) // _MOST_SAMPLES)
    return np.ascontiguousarray(array[::step]) if step > 1 else array


def _range(activation: str, a: Array) -> tuple[float, float]:
    """Return the range that a layer's activations are counted over."""
    if activation in ("sigmoid", "softmax"):
        return 0.0, 1.0
    if activation == "tanh":
        return -1.0, 1.0
    largest = float(np.abs(a).max(initial=0.0))
    largest = largest if 0.0 < largest < math.inf else 1.0
    return (0.0 if activation == "relu" else -largest), largest


def _histogram(values: Array, low: float, high: float) -> Histogram:
    return Histogram(low, high, _counts(values.ravel(), low, high))


def _decades(values: Array) -> Histogram:
    sizes = np.abs(values).ravel()
    zeros = int(np.count_nonzero(sizes == 0))
    low, high = DELTA_DECADES
    return Histogram(low, high, _counts(np.log10(sizes), low, high, zeros), True, zeros)


def _counts(values: Array, low: float, high: float, zeros: int = 0) -> Integers:
    """Count finite ``values`` (values,) in bars; ``zeros`` of them are minus infinity, the logarithm of 0."""
    if zeros or not math.isfinite(float(values.sum())):
        values = values[np.isfinite(values)]
    place = (values - low) * (BARS / (high - low))
    np.clip(place, 0, BARS - 1, out=place)
    return frozen(np.bincount(place.astype(np.intp), minlength=BARS))
