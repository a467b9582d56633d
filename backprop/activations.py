"""Activation functions, each together with its derivative.

An activation maps pre-activations z, shape (samples, units), to activations a of the same shape and dtype. All of them
are safe for any finite z: what they return is finite, and they never warn. To add one, write a class and enter it in
``ACTIVATIONS``.
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from backprop.arrays import Array

# A ufunc takes an array of its own dtype about 0.6 us faster than a Python number; XOR's steps have few other costs.
_ONE: dict[np.dtype[Any], Array] = {np.dtype(dtype): np.ones((), dtype) for dtype in (np.float32, np.float64)}


class Activation(ABC):
    """A function a = f(z) and its derivative f'(z), applied to each unit by itself."""

    name: str
    #: Whether f acts on each unit alone, so that f' is one number per unit.
    elementwise = True
    #: The largest f'(z) of all z, against which a slope is small or not; for a softmax, of the derivative's diagonal.
    greatest_slope = 1.0

    def function(self, z: Array, a: Array) -> None:
        """Write f(z) into ``a``; both (samples, units), same dtype. ``z`` is left as it is."""
        with np.errstate(over="ignore"):
            self.compute(z, a)

    @abstractmethod
    def compute(self, z: Array, a: Array) -> None:
        """Do what ``function`` does, for a caller that ignores overflow already, once for all the steps it computes."""

    @abstractmethod
    def derivative(self, z: Array, a: Array, out: Array) -> None:
        """Write f'(z) into ``out``, given z and a = f(z), all (samples, units). ``out`` may not alias either."""

    def backward(self, gradient: Array, z: Array, a: Array, scratch: Array) -> None:
        """Turn dL/da into dL/dz in place: dL/dz = dL/da * f'(z) by the chain rule. All (samples, units)."""
        self.derivative(z, a, scratch)
        np.multiply(gradient, scratch, gradient)


class Identity(Activation):
    """f(z) = z, f'(z) = 1: a linear unit."""

    name = "identity"

    def compute(self, z: Array, a: Array) -> None:
        a[...] = z

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        out.fill(1.0)

    def backward(self, gradient: Array, z: Array, a: Array, scratch: Array) -> None:
        """Nothing to do: dL/dz = dL/da."""


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e^-z), f'(z) = a (1 - a)."""

    name = "sigmoid"
    greatest_slope = 0.25

    def compute(self, z: Array, a: Array) -> None:
        # Where e^-z overflows to infinity its reciprocal is 0, which is what the sigmoid rounds to there.
        np.negative(z, a)
        np.exp(a, a)
        np.add(a, _ONE[a.dtype], a)
        np.reciprocal(a, a)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        np.subtract(_ONE[a.dtype], a, out)
        np.multiply(out, a, out)


class Tanh(Activation):
    """f(z) = tanh z, f'(z) = 1 - a^2."""

    name = "tanh"

    def compute(self, z: Array, a: Array) -> None:
        np.tanh(z, a)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        np.multiply(a, a, out)
        np.subtract(1.0, out, out)


class ReLU(Activation):
    """f(z) = max(0, z), f'(z) = 1 where z > 0 and 0 elsewhere (the usual choice at the corner z = 0)."""

    name = "relu"

    def compute(self, z: Array, a: Array) -> None:
        np.maximum(z, 0.0, out=a)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        np.greater(z, 0.0, out)


class Softmax(Activation):
    """f(z)_i = e^z_i / sum_j e^z_j over the units of one sample; each row sums to 1.

    Every output depends on every z of its row, so the derivative is a matrix, da_i/dz_j = a_i (1[i=j] - a_j).
    ``derivative`` gives its diagonal, a (1 - a); ``backward`` applies all of it.
    """

    name = "softmax"
    elementwise = False
    greatest_slope = 0.25

    def compute(self, z: Array, a: Array) -> None:
        shift_rows(z, a)
        np.exp(a, a)
        np.divide(a, a.sum(axis=1, keepdims=True), a)

    def derivative(self, z: Array, a: Array, out: Array) -> None:
        np.subtract(1.0, a, out)
        np.multiply(out, a, out)

    def backward(self, gradient: Array, z: Array, a: Array, scratch: Array) -> None:
        """dL/dz_j = sum_i dL/da_i a_i (1[i=j] - a_j) = a_j (dL/da_j - sum_i dL/da_i a_i), row by row."""
        np.multiply(gradient, a, scratch)
        np.subtract(gradient, scratch.sum(axis=1, keepdims=True), gradient)
        np.multiply(gradient, a, gradient)


def shift_rows(z: Array, out: Array) -> None:
    """Write z minus the maximum of its row into ``out``; both (samples, units).

    That changes no quotient of exponentials, and leaves no exponent above 0. A difference too large for the dtype stays
    finite.
    """
    with np.errstate(over="ignore"):
        np.subtract(z, z.max(axis=1, keepdims=True), out)
    np.maximum(out, np.finfo(out.dtype).min, out=out)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation for activation in (Sigmoid(), Tanh(), ReLU(), Softmax(), Identity())
}
