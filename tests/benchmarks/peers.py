"""The peers that the engine is measured beside, each written as its own users would."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from rounds import ROOT  # noqa: F401  (first of all, as it makes the project importable)

from backprop import Dataset
from backprop.arrays import Array, Integers

BATCH_SIZE = 64


class MatrixProducts:
    """The five products of a step and nothing else, on arrays of the run's own sizes, into memory made before.

    No engine on top of the same BLAS can be faster than this.
    """

    def __init__(self, x: Array, parameters: Mapping[str, Array]) -> None:
        self._x = x
        self._w1, self._w2 = parameters["W1"].copy(), parameters["W2"].copy()
        self._w1_gradient, self._w2_gradient = np.empty_like(self._w1), np.empty_like(self._w2)
        random = np.random.default_rng(0)
        # Numbers of the size they have in a run: what BLAS needs for them does not depend on more than that.
        self._a1 = random.random((BATCH_SIZE, self._w1.shape[1]), x.dtype.type)
        self._delta1 = random.random(self._a1.shape, x.dtype.type) - x.dtype.type(0.5)
        self._delta2 = random.random((BATCH_SIZE, self._w2.shape[1]), x.dtype.type) - x.dtype.type(0.5)
        self._z1, self._z2 = np.empty_like(self._a1), np.empty_like(self._delta2)
        self._back = np.empty_like(self._a1)

    def train(self, starts: Iterable[int]) -> None:
        """Multiply as often as training on the batches that begin at ``starts`` does."""
        x_all, a1_all, delta1_all, delta2_all = self._x, self._a1, self._delta1, self._delta2
        w1, w2, w2_transposed = self._w1, self._w2, self._w2.T
        for start in starts:
            x = x_all[start : start + BATCH_SIZE]
            size = len(x)
            a1, delta1, delta2 = a1_all[:size], delta1_all[:size], delta2_all[:size]
            x.dot(w1, self._z1[:size])
            a1.dot(w2, self._z2[:size])
            a1.T.dot(delta2, self._w2_gradient)
            delta2.dot(w2_transposed, self._back[:size])
            x.T.dot(delta1, self._w1_gradient)


class Arithmetic:
    """The MNIST lesson with nothing but its arithmetic, in the NumPy calls that the engine makes, in one loop."""

    def __init__(self, dataset: Dataset, parameters: Mapping[str, Array], learning_rate: float) -> None:
        self._x, self._y = dataset.train.x, dataset.train.y
        self._parameters = np.concatenate([parameters[name].ravel() for name in ("W1", "b1", "W2", "b2")])
        self._gradient, self._change = np.empty_like(self._parameters), np.empty_like(self._parameters)
        ends = np.cumsum([parameters[name].size for name in ("W1", "b1", "W2")])
        self._views = [
            [part.reshape(p.shape) for part, p in zip(np.split(vector, ends), parameters.values(), strict=True)]
            for vector in (self._parameters, self._gradient)
        ]
        self._learning_rate = np.array(learning_rate, self._x.dtype)
        hidden, outputs = len(parameters["b1"]), len(parameters["b2"])
        self._hidden, self._output = (np.empty((4, BATCH_SIZE, units), self._x.dtype) for units in (hidden, outputs))
        self._ones = np.ones(BATCH_SIZE, self._x.dtype)
        self.losses: list[float] = []

    def train(self, starts: Iterable[int]) -> None:
        """Train on the batches that begin at ``starts``."""
        (w1, b1, w2, b2), (w1_gradient, b1_gradient, w2_gradient, b2_gradient) = self._views
        one = np.ones((), self._x.dtype)
        # Numbers that overflow are not looked for here, so the exponential of a large one has to be let pass as well.
        with np.errstate(over="ignore"):
            for start in starts:
                x, y = self._x[start : start + BATCH_SIZE], self._y[start : start + BATCH_SIZE]
                z1, a1, delta1, scratch1 = self._hidden[:, : len(x)]
                z2, a2, delta2, scratch2 = self._output[:, : len(x)]
                ones = self._ones[: len(x)]

                for before, z, a, weights, biases in ((x, z1, a1, w1, b1), (a1, z2, a2, w2, b2)):
                    before.dot(weights, z)
                    np.add(z, biases, z)
                    np.negative(z, a)
                    np.exp(a, a)
                    np.add(a, one, a)
                    np.reciprocal(a, a)

                error = np.subtract(a2, y, delta2).ravel()
                self.losses.append(float(error.dot(error)) / error.size)

                np.subtract(one, a2, scratch2)
                np.multiply(scratch2, a2, scratch2)
                np.multiply(delta2, scratch2, delta2)
                a1.T.dot(delta2, w2_gradient)
                ones.dot(delta2, b2_gradient)

                delta2.dot(w2.T, delta1)
                np.subtract(one, a1, scratch1)
                np.multiply(scratch1, a1, scratch1)
                np.multiply(delta1, scratch1, delta1)
                x.T.dot(delta1, w1_gradient)
                ones.dot(delta1, b1_gradient)

                np.multiply(self._gradient, self._learning_rate, self._change)
                np.subtract(self._parameters, self._change, self._parameters)


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^-z), as every textbook writes it."""
    a: Array = 1 / (1 + np.exp(-z))
    return a


class TextbookNetwork:
    """The MNIST lesson as a plain NumPy script has it: readable, in float64, a new array for every result."""

    def __init__(self, dataset: Dataset, parameters: Mapping[str, Array], learning_rate: float) -> None:
        self.x, self.y = dataset.train.x, dataset.train.y
        self.w1, self.b1, self.w2, self.b2 = (parameters[n].astype("float64") for n in ("W1", "b1", "W2", "b2"))
        self.learning_rate = learning_rate
        self.losses: list[float] = []

    def train(self, starts: Iterable[int]) -> None:
        """Train on the batches that begin at ``starts``."""
        for start in starts:
            x = self.x[start : start + BATCH_SIZE]
            y = self.y[start : start + BATCH_SIZE]

            a1 = sigmoid(x @ self.w1 + self.b1)
            a2 = sigmoid(a1 @ self.w2 + self.b2)
            self.losses.append(float(np.mean((a2 - y) ** 2)))

            delta2 = (a2 - y) * a2 * (1 - a2)
            delta1 = (delta2 @ self.w2.T) * a1 * (1 - a1)

            self.w2 -= self.learning_rate * (a1.T @ delta2)
            self.b2 -= self.learning_rate * delta2.sum(axis=0)
            self.w1 -= self.learning_rate * (x.T @ delta1)
            self.b1 -= self.learning_rate * delta1.sum(axis=0)


class TextbookXor:
    """The XOR lesson as a plain NumPy script has it, with a list of losses for its record."""

    def __init__(self, dataset: Dataset, parameters: Mapping[str, Array], learning_rate: float) -> None:
        self.x, self.y = dataset.train.x, dataset.train.y
        self.w1, self.w2 = parameters["W1"].copy(), parameters["W2"].copy()
        self.learning_rate = learning_rate
        self.losses: list[float] = []

    def run(self, epochs: int) -> None:
        """Train for so many epochs."""
        for _ in range(epochs):
            a1 = sigmoid(self.x @ self.w1)
            a2 = sigmoid(a1 @ self.w2)
            self.losses.append(float(np.mean((a2 - self.y) ** 2)))

            delta2 = (a2 - self.y) * a2 * (1 - a2)
            delta1 = (delta2 @ self.w2.T) * a1 * (1 - a1)

            self.w2 -= self.learning_rate * (a1.T @ delta2)
            self.w1 -= self.learning_rate * (self.x.T @ delta1)


def keras_epoch(x: Array, y: Array) -> Callable[[], Any]:
    """Return what trains a Keras model of the lesson's kind for one epoch, with one thread for its arithmetic."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential(
        [
            tf.keras.Input((x.shape[1],)),
            tf.keras.layers.Dense(128, "sigmoid"),
            tf.keras.layers.Dense(y.shape[1], "sigmoid"),
        ]
    )
    model.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss="mse")
    return lambda: model.fit(x, y, batch_size=BATCH_SIZE, epochs=1, shuffle=False, verbose=0)


def sklearn_epoch(x: Array, labels: Integers) -> Callable[[], Any]:
    """Return what trains scikit-learn's network of the same size for one more epoch."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (128,),
        activation="logistic",
        solver="sgd",
        alpha=0.0,
        batch_size=BATCH_SIZE,
        learning_rate_init=0.1,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
        max_iter=1,
        warm_start=True,
        random_state=0,
    )
    return lambda: model.fit(x, labels)
