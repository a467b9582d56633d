"""The record of a run: the metrics of every step and epoch, and keyframes to go back to.

Metrics live in preallocated arrays that grow by doubling; what has been recorded is never moved or changed, so a view
taken earlier stays true while a run goes on in another thread.
"""

from bisect import bisect_right
from copy import copy
from dataclasses import dataclass
from typing import Self

import numpy as np

from backprop.arrays import Array, Integers, frozen
from backprop.keyframes import DEFAULT_BYTE_BUDGET, Keyframes, PassedOn

_FIRST_CAPACITY = 1024


class GrowingArray:
    """Rows of float64, appended one by one in amortized constant time."""

    def __init__(self, *row_shape: int) -> None:
        self._data = np.empty((_FIRST_CAPACITY, *row_shape))
        self._count = 0

    def append(self, row: float | Array) -> None:
        """Add one row."""
        if self._count == len(self._data):
            grown = np.empty((2 * self._count, *self._data.shape[1:]))
            grown[: self._count] = self._data
            self._data = grown
        self._data[self._count] = row
        self._count += 1

    def extend(self, rows: Array) -> None:
        """Add ``rows``, (rows, ...)."""
        needed = self._count + len(rows)
        if needed > len(self._data):
            grown = np.empty((max(needed, 2 * len(self._data)), *self._data.shape[1:]))
            grown[: self._count] = self._data[: self._count]
            self._data = grown
        self._data[self._count : needed] = rows
        self._count = needed

    def __len__(self) -> int:
        return self._count

    @classmethod
    def of(cls, rows: Array) -> "GrowingArray":
        """Return one that begins with ``rows``, which are not copied and belong to it from now on."""
        array = cls(*rows.shape[1:])
        if len(rows):
            array._data, array._count = np.asarray(rows, np.float64), len(rows)
        return array

    def until(self, rows: int) -> "GrowingArray":
        """Return a copy of the first ``rows`` rows."""
        first = GrowingArray(*self._data.shape[1:])
        first.extend(self._data[: min(rows, self._count)])
        return first

    def view(self) -> Array:
        """Return all rows so far, read-only, without copying."""
        return frozen(self._data[: self._count])


@dataclass(frozen=True, eq=False)
class HistoryView:
    """What was recorded up to a moment; arrays are read-only.

    ``step_mse`` and ``step_objective`` have one value a step, of its batch's forward pass before its update. ``loss``
    (the mean MSE over the epoch's samples), ``accuracy`` (a fraction, of the test set after the epoch; NaN without
    one) and ``class_accuracy`` (epochs, classes) have one value an epoch.
    """

    steps_per_epoch: int
    step_mse: Array
    step_objective: Array
    loss: Array
    accuracy: Array
    class_accuracy: Array

    @classmethod
    def of(cls, steps_per_epoch: int, step_mse: Array, step_objective: Array, loss: Array, accuracies: Array) -> Self:
        """Return a view of these arrays; ``accuracies`` has a row an epoch, or none of a run without a test set."""
        if not len(accuracies):
            accuracies = np.broadcast_to(np.nan, (len(loss), accuracies.shape[1]))
        return cls(
            steps_per_epoch,
            frozen(step_mse),
            frozen(step_objective),
            frozen(loss),
            frozen(accuracies[:, 0]),
            frozen(accuracies[:, 1:]),
        )

    def until(self, steps: int, compared: int | None = None) -> "HistoryView":
        """Return the record as it was after ``steps`` updates, ``compared`` batches having reached their loss."""
        compared = steps if compared is None else compared
        epochs = steps // self.steps_per_epoch
        return HistoryView(
            self.steps_per_epoch,
            self.step_mse[:compared],
            self.step_objective[:compared],
            self.loss[:epochs],
            self.accuracy[:epochs],
            self.class_accuracy[:epochs],
        )


@dataclass(frozen=True, eq=False)
class HistoryPart:
    """What a history has recorded between two moments, to be added to its copy in another process.

    ``accuracies`` has a row an epoch of a run with a test set; ``learning_rates`` are pairs of a step and the rate from
    there on; ``keyframes`` are (keyframes, size).
    """

    step_mse: Array
    step_objective: Array
    loss: Array
    accuracies: Array
    learning_rates: list[tuple[int, float]]
    keyframes: Array


@dataclass(frozen=True, eq=False)
class Record:
    """All that a history holds, as arrays: those of HistoryPart, and the keyframes in parts that follow one another.

    The learning rate is ``rates[n]`` from step ``rate_steps[n]`` on; the keyframes have been thinned to ``stride``.
    """

    step_mse: Array
    step_objective: Array
    loss: Array
    accuracies: Array
    rate_steps: Integers
    rates: Array
    keyframes: list[Array]
    stride: int


class History:
    """Records a run of ``steps_per_epoch`` steps an epoch, whose test set has ``classes`` classes (0 without one).

    ``keyframes`` makes the store of the parameters.
    """

    def __init__(
        self,
        steps_per_epoch: int,
        learning_rate: float,
        keyframe_size: int,
        dtype: str,
        classes: int = 0,
        byte_budget: int = DEFAULT_BYTE_BUDGET,
        keyframes: type[Keyframes] = Keyframes,
    ) -> None:
        self._steps_per_epoch = steps_per_epoch
        self._step_mse = GrowingArray()
        self._step_objective = GrowingArray()
        self._loss = GrowingArray()
        # One row an epoch of a run with a test set: the accuracy, then that of each class.
        self._accuracies = GrowingArray(1 + classes)
        self._classes = classes
        self.steps = 0
        self._learning_rates: list[tuple[int, float]] = [(0, learning_rate)]
        self.keyframes = keyframes(keyframe_size, dtype, steps_per_epoch, byte_budget)
        self._taken = (0, 0, 0)

    # --- recording

    def record_step(self, mse: float, objective: float) -> None:
        """Record one step's metrics, of its forward pass before its update."""
        self._step_mse.append(mse)
        self._step_objective.append(objective)
        self.steps += 1

    def record_accuracy(self, accuracy: float, class_accuracy: Array) -> None:
        """Record the accuracies on the test set after an epoch, fractions; before that epoch itself."""
        self._accuracies.append(np.concatenate(([accuracy], class_accuracy)))

    def record_epoch(self, loss: float) -> None:
        """Record the mean MSE of one epoch."""
        self._loss.append(loss)

    def record_learning_rate(self, step: int, learning_rate: float) -> None:
        """Record that updates from ``step`` on use ``learning_rate``."""
        if self._learning_rates[-1][0] == step:
            self._learning_rates[-1] = (step, learning_rate)
        else:
            self._learning_rates.append((step, learning_rate))

    # --- from process to process

    def take(self) -> HistoryPart:
        """Return what has been recorded since the last call, copied. The keyframes must be PassedOn."""
        assert isinstance(self.keyframes, PassedOn)
        steps, epochs, rates = self._taken
        self._taken = (len(self._step_mse), len(self._loss), len(self._learning_rates))
        return HistoryPart(
            self.step_mse[steps:].copy(),
            self.step_objective[steps:].copy(),
            self.loss[epochs:].copy(),
            self._accuracies.view()[epochs:].copy(),
            # The last one taken may have been replaced since, before its first step.
            self._learning_rates[max(0, rates - 1) :],
            self.keyframes.take(),
        )

    def add(self, part: HistoryPart) -> None:
        """Add what the history of the same run in another process has recorded."""
        for step, rate in part.learning_rates:
            self.record_learning_rate(step, rate)
        self.keyframes.extend(part.keyframes)
        self._step_mse.extend(part.step_mse)
        self._step_objective.extend(part.step_objective)
        self._accuracies.extend(part.accuracies)
        self._loss.extend(part.loss)
        self.steps += len(part.step_mse)

    def until(self, step: int) -> "History":
        """Return a copy of the record as it was before ``step``."""
        history = copy(self)
        epochs = step // self._steps_per_epoch
        for name, rows in (("_step_mse", step), ("_step_objective", step), ("_loss", epochs), ("_accuracies", epochs)):
            setattr(history, name, getattr(self, name).until(rows))
        history.steps = step
        history._learning_rates = [pair for pair in self._learning_rates if pair[0] <= step]
        history.keyframes = self.keyframes.until(step)
        return history

    def arrays(self) -> "Record":
        """Return everything as arrays, of which none is copied."""
        steps, rates = zip(*self._learning_rates, strict=True)
        return Record(
            self.step_mse,
            self.step_objective,
            self.loss,
            self._accuracies.view(),
            np.array(steps, np.int64),
            np.array(rates, np.float64),
            self.keyframes.parts(),
            self.keyframes.stride,
        )

    def adopt(self, record: "Record") -> None:
        """Begin with ``record``, which an equal history has left; its arrays belong to this one from now on."""
        self._step_mse = GrowingArray.of(record.step_mse)
        self._step_objective = GrowingArray.of(record.step_objective)
        self._loss = GrowingArray.of(record.loss)
        self._accuracies = GrowingArray.of(record.accuracies)
        self._learning_rates = list(zip(record.rate_steps.tolist(), record.rates.tolist(), strict=True))
        (vectors,) = record.keyframes
        self.keyframes.adopt(vectors, record.stride)
        self.steps = len(record.step_mse)

    def squared_error(self, targets: int) -> float:
        """Return the sum that the steps of the epoch at hand have come to; each has ``targets`` targets.

        That is true of all batches of an epoch but the last one, with which the epoch is over.
        """
        begun = self.steps // self._steps_per_epoch * self._steps_per_epoch
        # One after another, as the trainer adds them; np.sum would round differently.
        return float(np.add.accumulate(np.append(0.0, self.step_mse[begun:] * targets))[-1])

    def resume(self, step: int, keyframes: int, stride: int) -> None:
        """Go on after ``step`` steps that are recorded elsewhere, with this many ``keyframes``."""
        self.steps = step
        self._learning_rates = [(step, self._learning_rates[-1][1])]
        self.keyframes.resume(keyframes, stride)

    # --- reading

    def learning_rate(self, step: int) -> float:
        """Return the learning rate that the update of ``step`` used."""
        return self._learning_rates[bisect_right(self._learning_rates, (step, np.inf)) - 1][1]

    def view(self) -> HistoryView:
        """Return everything recorded so far, frozen, without copying."""
        return HistoryView(
            self._steps_per_epoch,
            self.step_mse,
            self.step_objective,
            self.loss,
            self.accuracy,
            self.class_accuracy,
        )

    @property
    def loss(self) -> Array:
        """The mean MSE of each epoch, (epochs,)."""
        return self._loss.view()

    @property
    def accuracy(self) -> Array:
        """The accuracy on the test set after each epoch, a fraction, (epochs,); NaN without a test set."""
        return self._epoch_accuracies()[:, 0]

    @property
    def class_accuracy(self) -> Array:
        """The same for each class, (epochs, classes)."""
        return self._epoch_accuracies()[:, 1:]

    def _epoch_accuracies(self) -> Array:
        epochs = len(self._loss)
        if not self._classes:
            return np.broadcast_to(np.nan, (epochs, 1))
        return self._accuracies.view()[:epochs]

    @property
    def step_mse(self) -> Array:
        """The MSE of each step's batch, (steps,)."""
        return self._step_mse.view()

    @property
    def step_objective(self) -> Array:
        """The objective's value for each step's batch, (steps,)."""
        return self._step_objective.view()
