"""Objectives: the number that training makes small, together with its gradient. And MSE, the number that is plotted.

An objective L compares activations a of the output layer with targets y, both (samples, outputs). Sums run over samples
and outputs; the mean variants divide by the number of samples of the batch and by nothing else, so that a learner can
turn one into the other in the head. To add an objective, write a class and enter it in ``LOSSES``.
"""

from abc import ABC, abstractmethod

import numpy as np

from backprop.activations import Activation, shift_rows
from backprop.arrays import Array
from backprop.metrics import sum_of_squares


class Loss(ABC):
    """An objective's value and its gradient dL/dz at the output layer."""

    name: str
    #: Names of the output activations this objective is defined for; empty means any.
    output_activations: tuple[str, ...] = ()

    def __init__(self, *, mean: bool = False) -> None:
        self.mean = mean

    def factor(self, samples: int) -> float:
        """What the sum over the batch is multiplied with: 1, or 1 / samples for a mean variant."""
        return 1.0 / samples if self.mean else 1.0

    def value(self, z: Array, a: Array, y: Array, squared_error: float | None = None) -> float:
        """Return L for pre-activations z, activations a and targets y, all (samples, outputs).

        ``squared_error``, sum (a - y)^2, may be given where it is known already.
        """
        value = self._sum(z, a, y, squared_error)
        return value / len(y) if self.mean else value

    def delta(self, activation: Activation, z: Array, a: Array, y: Array, out: Array, scratch: Array) -> None:
        """Write delta = dL/dz at the output layer into ``out``; all arrays are (samples, outputs).

        ``scratch`` is overwritten.
        """
        self._delta_of_sum(activation, z, a, y, out, scratch)
        if self.mean:
            np.multiply(out, self.factor(len(y)), out)

    @abstractmethod
    def _sum(self, z: Array, a: Array, y: Array, squared_error: float | None) -> float: ...

    @abstractmethod
    def _delta_of_sum(
        self, activation: Activation, z: Array, a: Array, y: Array, out: Array, scratch: Array
    ) -> None: ...


class HalfSquaredError(Loss):
    """L = 1/2 sum (a - y)^2, so dL/da = a - y: the half cancels the 2 of the square (Rumelhart et al., 1986)."""

    name = "half_squared_error"

    def _sum(self, z: Array, a: Array, y: Array, squared_error: float | None) -> float:
        return 0.5 * (sum_of_squares(a - y) if squared_error is None else squared_error)

    def _delta_of_sum(self, activation: Activation, z: Array, a: Array, y: Array, out: Array, scratch: Array) -> None:
        np.subtract(a, y, out)
        activation.backward(out, z, a, scratch)


class CrossEntropy(Loss):
    """L = -sum y ln a over softmax outputs, where delta = a sum(y) - y, which is a - y when each row of y sums to 1.

    The value is computed from z, as y (ln sum_j e^z_j - z), so an output that rounds to 0 still has a finite loss
    (Goodfellow, Bengio, Courville, Deep Learning, 6.2.2.3).
    """

    name = "cross_entropy"
    output_activations = ("softmax",)

    def _sum(self, z: Array, a: Array, y: Array, squared_error: float | None) -> float:
        shifted = np.empty_like(z)
        shift_rows(z, shifted)
        log_partition = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return float(np.vdot(y, log_partition - shifted))

    def _delta_of_sum(self, activation: Activation, z: Array, a: Array, y: Array, out: Array, scratch: Array) -> None:
        np.multiply(a, y.sum(axis=1, keepdims=True), out)
        np.subtract(out, y, out)


class BinaryCrossEntropy(Loss):
    """L = -sum (y ln a + (1 - y) ln(1 - a)) over sigmoid outputs, where delta = a - y.

    The value is computed from z, as max(z, 0) - z y + ln(1 + e^-|z|), which no z can overflow.
    """

    name = "binary_cross_entropy"
    output_activations = ("sigmoid",)

    def _sum(self, z: Array, a: Array, y: Array, squared_error: float | None) -> float:
        terms = np.maximum(z, 0.0) - z * y + np.log1p(np.exp(-np.abs(z)))
        return float(terms.sum())

    def _delta_of_sum(self, activation: Activation, z: Array, a: Array, y: Array, out: Array, scratch: Array) -> None:
        np.subtract(a, y, out)


LOSSES: dict[str, Loss] = {
    ("mean_" if mean else "") + kind.name: kind(mean=mean)
    for kind in (HalfSquaredError, CrossEntropy, BinaryCrossEntropy)
    for mean in (False, True)
}
