"""Optimizers: the rule that turns gradients into a change of the parameters.

An optimizer sees all parameters of a network as one flat vector, and so all gradients. Whatever it remembers between
steps lives in ``state``, shape (memory, parameters), so that a moment of a run can be kept and restored. To add one,
write a class and enter it in ``OPTIMIZERS``.
"""

from abc import ABC, abstractmethod

import numpy as np

from backprop.arrays import Array


class Optimizer(ABC):
    """An update rule for a flat vector of ``parameters`` numbers of type ``dtype``."""

    name: str
    #: How many numbers are remembered for each parameter.
    memory = 0

    def __init__(self, parameters: int, dtype: str) -> None:
        self.state = np.zeros((self.memory, parameters), dtype)

    @abstractmethod
    def update(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Change ``parameters`` in place, given dL/dparameters; both (parameters,)."""


class SGD(Optimizer):
    """W -= eta dL/dW: plain gradient descent on the batch at hand."""

    name = "sgd"

    def __init__(self, parameters: int, dtype: str) -> None:
        super().__init__(parameters, dtype)
        self._learning_rate = np.empty((), dtype)
        self._change = np.empty(parameters, dtype)

    def update(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        self._learning_rate[...] = learning_rate  # a ufunc would take longer to turn it into an array of its dtype
        np.multiply(gradient, self._learning_rate, self._change)
        np.subtract(parameters, self._change, parameters)


OPTIMIZERS: dict[str, type[Optimizer]] = {SGD.name: SGD}
