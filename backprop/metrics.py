"""Metrics: numbers that describe a run and are not differentiated."""

import numpy as np

from backprop.arrays import Array, Integers


def mean_squared_error(a: Array, y: Array) -> float:
    """Return mean (a - y)^2 over samples and outputs; both arrays (samples, outputs)."""
    return sum_of_squares(a - y) / y.size


def sum_of_squares(array: Array) -> float:
    """Return the sum of all squares of a contiguous array of any shape."""
    flat = array.ravel()
    return float(flat.dot(flat))


def predicted_classes(outputs: Array) -> Integers:
    """Return one class a row of ``outputs`` (samples, outputs): the largest output, or one output's side of 0.5."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] >= 0.5).astype(np.int64)
    classes: Integers = np.argmax(outputs, axis=1)
    return classes


def accuracy_by_class(predicted: Integers, labels: Integers, classes: int) -> Array:
    """Return each class's share of rightly predicted samples, shape (classes,), NaN where a class has no sample.

    ``predicted`` and ``labels`` are (samples,) integers from 0 to ``classes`` - 1.
    """
    total = np.bincount(labels, minlength=classes)
    right = np.bincount(labels[predicted == labels], minlength=classes)
    share: Array = np.divide(right, total, out=np.full(classes, np.nan), where=total > 0)
    return share
