"""The four stages of a step, phase by phase: the only place where a run is computed.

A stepper knows where it is and how to go one phase further. It keeps no history; trainer and timeline both drive one,
so what is replayed is computed by the code that computed it first.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np

from backprop.arrays import Array, Integers, frozen
from backprop.blas import warm_up
from backprop.cursor import Cursor, phases
from backprop.datasets import Dataset
from backprop.errors import ExperimentError
from backprop.experiment import Experiment
from backprop.layers import LayerValues
from backprop.losses import LOSSES
from backprop.metrics import sum_of_squares
from backprop.network import Network, named_views
from backprop.optimizers import OPTIMIZERS
from backprop.snapshot import Capture, Snapshot

# Randomness comes from generators keyed by (seed, purpose, epoch); this is the purpose of the batches' order.
_SHUFFLE = 1


class Recorder(Protocol):
    """Who wants to know when a step has reached its loss, and when it is complete."""

    def record_loss(self) -> None:
        """Take note of the loss just computed."""

    def record_update(self) -> None:
        """Take note of the parameters just updated."""


class Stepper:
    """A network on its way through an experiment; ``learning_rate`` may be set at any time.

    ``epoch``, ``batch`` and ``phase`` are the cursor. ``squared_error``, the sum over batch and outputs, is that of the
    last loss phase. ``recorder`` is told of every loss and every update.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset, recorder: Recorder | None = None) -> None:
        if dataset.name != experiment.dataset or dataset.train.x.dtype != experiment.dtype:
            raise ExperimentError(
                "dataset",
                "This run needs the data set {wanted} as {dtype}, but was given {given} as {other}: load it anew.",
                wanted=experiment.dataset,
                dtype=experiment.dtype,
                given=dataset.name,
                other=dataset.train.x.dtype.name,
            )
        warm_up()
        self.experiment = experiment
        self.dataset = dataset
        self.network = Network(dataset.info.inputs, experiment.layers, experiment.dtype)
        self.optimizer = OPTIMIZERS[experiment.optimizer](self.network.vector.size, experiment.dtype)
        self.loss = LOSSES[experiment.loss]
        self.learning_rate = experiment.learning_rate
        self._learning_rate_used = experiment.learning_rate
        self.network.initialize(experiment.seed)
        self.initial_vector = frozen(self.network.vector.copy())
        self.steps_per_epoch = experiment.steps_per_epoch
        self._batch_size = experiment.samples_per_step

        layers = range(len(self.network.layers))
        self._phases: tuple[Callable[[], None], ...] = (
            *(partial(self._forward, layer) for layer in layers),
            self._compare,
            self._backward_output,
            *(partial(self._backward, layer) for layer in reversed(layers[:-1])),
            self._update,
        )
        self.last_phase = len(self._phases)
        self._values_by_size: dict[int, tuple[LayerValues, ...]] = {}
        self._order: tuple[int, Integers] | None = None
        self.squared_error = 0.0
        self._recorder = recorder
        self.epoch = self.batch = self.phase = 0
        self.restart()

    # --- where we are

    @property
    def cursor(self) -> Cursor:
        """The moment reached."""
        return Cursor(self.epoch, self.batch, self.phase)

    @property
    def steps_done(self) -> int:
        """The number of updates made."""
        return self.epoch * self.steps_per_epoch + self.batch + int(self.phase == self.last_phase)

    def restart(self) -> None:
        """Go back to the initial parameters, before the first phase."""
        self.optimizer.state.fill(0.0)
        self.restore(0, self.initial_vector, self.optimizer.state)

    def restore(self, step: int, parameters: Array, optimizer_state: Array) -> None:
        """Go to the moment before ``step`` (counted from 0), given both vectors as they were then."""
        self.network.vector[...] = parameters
        self.optimizer.state[...] = optimizer_state
        self.epoch, self.batch = divmod(step, self.steps_per_epoch)
        self._begin_batch()

    # --- the phases

    def step_phase(self) -> None:
        """Compute one phase; after the last one of a batch, the first of the next."""
        if self.phase == self.last_phase:
            self._next_batch()
        self._phases[self.phase]()

    def step_batch(self) -> None:
        """Compute the phases up to the end of this batch, or all of the next one."""
        if self.phase == self.last_phase:
            self._next_batch()
        for phase in self._phases[self.phase :]:
            phase()

    def _forward(self, layer: int) -> None:
        self.network.layers[layer].forward(self._inputs[layer], self.values[layer])
        self.phase += 1

    def _compare(self) -> None:
        output = self.values[-1]
        self.squared_error = sum_of_squares(np.subtract(output.a, self._y, output.scratch))
        self.phase += 1
        if self._recorder is not None:
            self._recorder.record_loss()

    def _backward_output(self) -> None:
        output, layer = self.values[-1], self.network.layers[-1]
        self.loss.delta(layer.activation, output.z, output.a, self._y, output.delta, output.scratch)
        layer.compute_gradients(self._inputs[-1], output)
        self.phase += 1

    def _backward(self, layer: int) -> None:
        dense, above, values = self.network.layers[layer], self.network.layers[layer + 1], self.values[layer]
        dense.backward_from_above(values, above, self.values[layer + 1].delta)
        dense.compute_gradients(self._inputs[layer], values)
        self.phase += 1

    def _update(self) -> None:
        self._learning_rate_used = self.learning_rate
        self.optimizer.update(self.network.vector, self.network.gradient_vector, self.learning_rate)
        self.phase += 1
        if self._recorder is not None:
            self._recorder.record_update()

    @property
    def targets(self) -> int:
        """The number of targets of this batch, samples times outputs."""
        return self._y.size

    def objective(self) -> float:
        """Return the objective's value for this batch, from its loss phase on."""
        output = self.values[-1]
        return self.loss.value(output.z, output.a, self._y, self.squared_error)

    def mse(self) -> float:
        """Return the mean squared error of this batch, from its loss phase on."""
        return self.squared_error / self._y.size

    # --- the batches

    def _next_batch(self) -> None:
        self.batch += 1
        if self.batch == self.steps_per_epoch:
            self.batch = 0
            self.epoch += 1
        if self.steps_per_epoch > 1 or self.experiment.shuffle:
            self._begin_batch()
        else:
            self.phase = 0

    def _begin_batch(self) -> None:
        train = self.dataset.train
        rows = self._rows(self.epoch, self.batch)
        x, self._y = train.x[rows], train.y[rows]
        if len(x) not in self._values_by_size:
            self._values_by_size[len(x)] = self.network.values(len(x))
        self.values = self._values_by_size[len(x)]
        self._inputs: list[Array] = [x, *(values.a for values in self.values[:-1])]
        self.phase = 0

    def _rows(self, epoch: int, batch: int) -> slice | Integers:
        """Where in the training set the samples of a batch are."""
        start = batch * self._batch_size
        stop = min(start + self._batch_size, len(self.dataset.train))
        return self._shuffled(epoch)[start:stop] if self.experiment.shuffle else slice(start, stop)

    def _shuffled(self, epoch: int) -> Integers:
        if self._order is None or self._order[0] != epoch:
            generator = np.random.default_rng((self.experiment.seed, _SHUFFLE, epoch))
            self._order = (epoch, generator.permutation(len(self.dataset.train)))
        return self._order[1]

    # --- what it looks like

    def snapshot(self) -> Snapshot:
        """Return this moment, copied and frozen."""
        return self.snapshot_of(self.capture())

    def capture(self) -> Capture:
        """Return the numbers of this moment, copied and frozen."""
        done = phases(len(self.network.layers))[: self.phase]
        forward = {phase.layer for phase in done if phase.kind == "forward"}
        backward = {phase.layer for phase in done if phase.kind == "backward"}
        numbered = list(enumerate(self.values, 1))
        return Capture(
            cursor=self.cursor,
            learning_rate=self._learning_rate_used if self.phase == self.last_phase else self.learning_rate,
            parameters=frozen(self.network.vector.copy()),
            gradients=frozen(self.network.gradient_vector.copy()),
            z=tuple(frozen(v.z.copy()) if number in forward else None for number, v in numbered),
            a=tuple(frozen(v.a.copy()) if number in forward else None for number, v in numbered),
            delta=tuple(frozen(v.delta.copy()) if number in backward else None for number, v in numbered),
        )

    def snapshot_of(self, capture: Capture) -> Snapshot:
        """Return the moment whose numbers another stepper of the same experiment has captured."""
        cursor, train = capture.cursor, self.dataset.train
        rows = self._rows(cursor.epoch, cursor.batch)
        gradients = named_views(frozen(capture.gradients), self.network.layout)
        backward = {number for number, delta in enumerate(capture.delta, 1) if delta is not None}
        return Snapshot(
            experiment=self.experiment,
            cursor=cursor,
            learning_rate=capture.learning_rate,
            parameters=named_views(frozen(capture.parameters), self.network.layout),
            initial_parameters=named_views(self.initial_vector, self.network.layout),
            x=frozen(train.x[rows]),
            y=frozen(train.y[rows]),
            rows=frozen(np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows.copy()),
            z=capture.z,
            a=capture.a,
            delta=capture.delta,
            gradients={name: g for name, g in gradients.items() if int(name[1:]) in backward},
        )
