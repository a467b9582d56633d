"""A network: dense layers in order, whose parameters are named views of one flat vector.

One vector instead of many matrices makes an update, a copy and a keyframe a single operation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.experiment import Layer
from backprop.initializers import INITIALIZERS
from backprop.layers import Dense, LayerValues

# A forward pass over a whole test set runs in parts of this many samples, which stay in the processor's cache.
_FORWARD_SAMPLES = 1000


@dataclass(frozen=True)
class Parameter:
    """Where one named parameter, such as W1, lies in the flat vector."""

    name: str
    shape: tuple[int, ...]
    start: int
    stop: int


def parameter_layout(inputs: int, layers: Sequence[Layer]) -> tuple[Parameter, ...]:
    """Return the parameters W1, b1, W2, b2 ... of ``layers`` over ``inputs`` numbers, in the order of the vector."""
    layout = []
    start = 0
    sizes = [inputs, *(layer.units for layer in layers)]
    for number, ((rows, columns), layer) in enumerate(zip(pairwise(sizes), layers, strict=True), 1):
        shapes: list[tuple[str, tuple[int, ...]]] = [(f"W{number}", (rows, columns))]
        if layer.biases:
            shapes.append((f"b{number}", (columns,)))
        for name, shape in shapes:
            stop = start + int(np.prod(shape))
            layout.append(Parameter(name, shape, start, stop))
            start = stop
    return tuple(layout)


def named_views(vector: Array, layout: Sequence[Parameter]) -> dict[str, Array]:
    """Return ``{"W1": ..., "b1": ...}``, each a view of the flat ``vector`` in its own shape."""
    return {p.name: vector[p.start : p.stop].reshape(p.shape) for p in layout}


class Network:
    """Dense layers from ``inputs`` numbers to the units of the last of ``layers``, all of type ``dtype``.

    ``vector`` and ``gradient_vector`` hold every parameter and its gradient, each (number of parameters,);
    ``parameters`` and ``gradients`` are named views of them.
    """

    def __init__(self, inputs: int, layers: Sequence[Layer], dtype: str) -> None:
        self.layout = parameter_layout(inputs, layers)
        self.dtype = dtype
        self.vector: Array = np.zeros(self.layout[-1].stop, dtype)
        self.gradient_vector: Array = np.zeros_like(self.vector)
        self.parameters = named_views(self.vector, self.layout)
        self.gradients = named_views(self.gradient_vector, self.layout)
        self.layers = tuple(self._dense(number, layer) for number, layer in enumerate(layers, 1))
        self._initializers = tuple(layer.initializer for layer in layers)

    def _dense(self, number: int, layer: Layer) -> Dense:
        weights, biases = f"W{number}", f"b{number}"
        return Dense(
            ACTIVATIONS[layer.activation],
            self.parameters[weights],
            self.gradients[weights],
            self.parameters.get(biases),
            self.gradients.get(biases),
        )

    def initialize(self, seed: int) -> None:
        """Draw W1, then W2 and so on, from one ``RandomState(seed)``; set the biases to zero."""
        random = np.random.RandomState(seed)
        self.vector.fill(0.0)
        for layer, initializer in zip(self.layers, self._initializers, strict=True):
            rows, columns = layer.weights.shape
            layer.weights[...] = INITIALIZERS[initializer](random, (rows, columns))

    def values(self, samples: int) -> tuple[LayerValues, ...]:
        """Return room for what the layers compute for a batch of ``samples``."""
        return tuple(LayerValues(samples, layer.weights.shape[1], self.dtype) for layer in self.layers)


def forward(layers: Sequence[Layer], parameters: Mapping[str, Array], x: Array) -> list[tuple[Array, Array]]:
    """Return (z, a) of every layer for ``x`` (samples, inputs), by the same layers that train."""
    results = []
    for number, layer in enumerate(layers, 1):
        weights = parameters[f"W{number}"]
        dense = Dense(ACTIVATIONS[layer.activation], weights, weights, parameters.get(f"b{number}"))
        values = LayerValues(len(x), weights.shape[1], weights.dtype.name)
        with np.errstate(over="ignore"):
            dense.forward(x, values)
        results.append((values.z, values.a))
        x = values.a
    return results


def predict(layers: Sequence[Layer], parameters: Mapping[str, Array], x: Array) -> Array:
    """Return the output activations (samples, outputs) for ``x`` (samples, inputs)."""
    x = np.ascontiguousarray(x, dtype=parameters["W1"].dtype)
    return np.concatenate([forward(layers, parameters, part)[-1][1] for part in _parts(x)])


def _parts(x: Array) -> Iterator[Array]:
    for start in range(0, max(len(x), 1), _FORWARD_SAMPLES):
        yield x[start : start + _FORWARD_SAMPLES]
