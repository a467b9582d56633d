"""A dense layer: the forward pass, and the backward pass with its derivation."""

from dataclasses import dataclass, field

import numpy as np

from backprop.activations import Activation
from backprop.arrays import Array


class LayerValues:
    """The numbers one layer computes for one batch, allocated once: z, a, delta, each (samples, units).

    ``scratch`` is room for more of them; ``ones``, (samples,), sums over a batch.
    """

    def __init__(self, samples: int, units: int, dtype: str) -> None:
        self.z = np.empty((samples, units), dtype)
        self.a = np.empty((samples, units), dtype)
        self.delta = np.empty((samples, units), dtype)
        self.scratch = np.empty((samples, units), dtype)
        self.ones = np.ones(samples, dtype)


@dataclass(eq=False)
class Dense:
    """a = f(z), z = x W + b: every unit sees every input.

    ``weights`` is (inputs, units), ``biases`` (units,) or None; ``weights_gradient`` and ``biases_gradient`` have the
    same shapes and are overwritten by each backward pass. All are views of a network's flat vectors.
    """

    activation: Activation
    weights: Array
    weights_gradient: Array
    biases: Array | None = None
    biases_gradient: Array | None = None
    _weights_transposed: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._weights_transposed = self.weights.T

    def forward(self, x: Array, values: LayerValues) -> None:
        """Compute z = x W + b and a = f(z) into ``values``; x is (samples, inputs), one sample a row.

        Call it inside ``np.errstate(over="ignore")``: what overflows on the way to ``a`` is meant to.
        """
        x.dot(self.weights, values.z)
        if self.biases is not None:
            np.add(values.z, self.biases, values.z)
        self.activation.compute(values.z, values.a)

    def backward_from_above(self, values: LayerValues, above: "Dense", delta_above: Array) -> None:
        """Compute delta = dL/dz of this layer from that of the layer above it.

        The layer above has z' = a W' + b', so dz'_j/da_i = W'_ij and, summing over every path from a_i to the loss,
        dL/da_i = sum_j dL/dz'_j W'_ij: in matrices dL/da = delta' W'^T, (samples, units') (units', units). From there
        a = f(z) gives delta = dL/dz = dL/da * f'(z).
        """
        delta_above.dot(above._weights_transposed, values.delta)
        self.activation.backward(values.delta, values.z, values.a, values.scratch)

    def compute_gradients(self, x: Array, values: LayerValues) -> None:
        """Compute dL/dW = x^T delta and dL/db = the sum over the batch of delta, which ``values`` has.

        z_nj = sum_i x_ni W_ij + b_j, so dz_nj/dW_ij = x_ni and dz_nj/db_j = 1. Summing over the samples n,
        dL/dW_ij = sum_n x_ni delta_nj, (inputs, samples) (samples, units), and dL/db_j = sum_n delta_nj.
        """
        x.T.dot(values.delta, self.weights_gradient)
        if self.biases_gradient is not None:
            # The sum as a product with ones, which NumPy has done four times as fast as np.add.reduce.
            values.ones.dot(values.delta, self.biases_gradient)
