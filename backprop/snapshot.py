"""What the network looks like at a cursor, frozen, so that it can be handed to another thread."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from backprop.arrays import Array, Integers
from backprop.cursor import Cursor, Phase, phases
from backprop.experiment import Experiment
from backprop.losses import LOSSES
from backprop.metrics import mean_squared_error
from backprop.network import predict


@dataclass(frozen=True, eq=False)
class Capture:
    """The numbers of a moment alone: with the experiment and its data they become a snapshot, in any process.

    ``parameters`` and ``gradients`` are the network's flat vectors; ``z``, ``a`` and ``delta`` are those of Snapshot.
    """

    cursor: Cursor
    learning_rate: float
    parameters: Array
    gradients: Array
    z: tuple[Array | None, ...]
    a: tuple[Array | None, ...]
    delta: tuple[Array | None, ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A moment of a run. Every array is read-only and shared with nothing that will change.

    ``learning_rate`` is that of this step's update, made or yet to come.
    ``z``, ``a`` and ``delta`` have one entry a layer, each (samples of the batch, units), or None where this step has
    not computed it yet; ``gradients`` likewise holds only what this step has computed. ``x``, ``y`` and ``rows``
    are the batch: inputs, targets, and each sample's row in the training set.
    """

    experiment: Experiment
    cursor: Cursor
    learning_rate: float
    parameters: Mapping[str, Array]
    initial_parameters: Mapping[str, Array]
    x: Array
    y: Array
    rows: Integers
    z: tuple[Array | None, ...]
    a: tuple[Array | None, ...]
    delta: tuple[Array | None, ...]
    gradients: Mapping[str, Array]

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of one step of this network."""
        return phases(len(self.experiment.layers))

    @property
    def phase(self) -> Phase | None:
        """The phase just computed; None before the first."""
        return self.phases[self.cursor.phase - 1] if self.cursor.phase else None

    @property
    def step(self) -> int:
        """The number of the step this moment belongs to, counted from 0 over the whole run."""
        return self.cursor.epoch * self.experiment.steps_per_epoch + self.cursor.batch

    @property
    def steps_done(self) -> int:
        """How many updates led to these parameters."""
        return self.step + (self.cursor.phase == len(self.phases))

    @property
    def epochs_done(self) -> int:
        """How many epochs are complete at this moment."""
        return self.steps_done // self.experiment.steps_per_epoch

    @property
    def compared(self) -> bool:
        """Whether this step has reached its loss phase."""
        return self.cursor.phase > len(self.experiment.layers)

    @property
    def mse(self) -> float | None:
        """The mean squared error of this batch's forward pass; None before the loss phase."""
        if not self.compared:
            return None
        with np.errstate(all="ignore"):
            return mean_squared_error(self._output(self.a), self.y)

    @property
    def objective(self) -> float | None:
        """The value that is differentiated, for this batch; None before the loss phase."""
        if not self.compared:
            return None
        with np.errstate(all="ignore"):
            return LOSSES[self.experiment.loss].value(self._output(self.z), self._output(self.a), self.y)

    def predict(self, x: Array) -> Array:
        """Return the outputs (samples, outputs) that this moment's parameters give for ``x`` (samples, inputs)."""
        # A run that diverges has moments whose numbers overflow; they can be looked at all the same.
        with np.errstate(all="ignore"):
            return predict(self.experiment.layers, self.parameters, x)

    def _output(self, values: tuple[Array | None, ...]) -> Array:
        last = values[-1]
        assert last is not None
        return last
