"""Any sample under the microscope: what a moment's parameters compute for it, as a batch of its own.

It is computed by the code that trains, phase by phase, on a data set of these samples alone. The update is never made:
a sample that is only looked at teaches nothing.
"""

from dataclasses import replace

import msgspec
import numpy as np

from backprop.arrays import Array
from backprop.datasets import Dataset, Samples
from backprop.experiment import Experiment
from backprop.snapshot import Snapshot
from backprop.stepper import Stepper


def examine(snapshot: Snapshot, x: Array, y: Array, *, phase: int | None = None) -> Snapshot:
    """Return the moment of ``snapshot`` with ``x`` (samples, inputs) and ``y`` (samples, outputs) as its batch.

    There may be as many samples as the training set has, which is the largest batch there is.

    ``phase`` says how many phases are computed, as in a cursor; None computes every one before the update. Experiment,
    epoch and batch stay those of ``snapshot``, and so do the parameters; ``rows`` count from 0. Raises ValueError for
    arrays of another size than that, and for a phase that does not exist or would change the parameters.
    """
    return Microscope().examine(snapshot, x, y, phase=phase)


class Microscope:
    """Examines one sample after another; what does not change between them is kept."""

    def __init__(self) -> None:
        self._experiment: Experiment | None = None
        self._stepper: Stepper | None = None

    def examine(self, snapshot: Snapshot, x: Array, y: Array, *, phase: int | None = None) -> Snapshot:
        """Do what the function of this name does."""
        last = len(snapshot.phases) - 1
        phase = last if phase is None else phase
        if not 0 <= phase <= last:
            raise ValueError(f"phase {phase} is not one of 0 to {last}: the update is not made for samples looked at")
        stepper = self._prepared(snapshot.experiment, *_checked(snapshot, x, y))
        for place in stepper.network.layout:
            stepper.network.vector[place.start : place.stop] = snapshot.parameters[place.name].ravel()
        # A run that diverges has moments whose numbers overflow; they can be looked at all the same.
        with np.errstate(all="ignore"):
            while stepper.phase < phase:
                stepper.step_phase()
        return replace(
            stepper.snapshot(),
            experiment=snapshot.experiment,
            cursor=replace(snapshot.cursor, phase=phase),
            learning_rate=snapshot.learning_rate,
            initial_parameters=snapshot.initial_parameters,
        )

    def _prepared(self, experiment: Experiment, x: Array, y: Array) -> Stepper:
        """Return a stepper that stands before its first phase, with these samples as its only batch."""
        dataset = Dataset(experiment.dataset, experiment.info, Samples(x, y, np.zeros(len(x), np.int64)))
        if self._stepper is None or self._experiment != experiment:
            # The parameters are those of the moment: to draw others would take longer than all the rest.
            layers = tuple(msgspec.structs.replace(layer, initializer="zeros") for layer in experiment.layers)
            alone = experiment.replace(layers=layers, batch_size=None, shuffle=False)
            self._experiment, self._stepper = experiment, Stepper(alone, dataset)
            return self._stepper
        self._stepper.dataset = dataset
        self._stepper.restart()
        return self._stepper


def _checked(snapshot: Snapshot, x: Array, y: Array) -> tuple[Array, Array]:
    dtype = snapshot.x.dtype
    # Copied: a snapshot shares its arrays with nothing that will change.
    x, y = np.array(x, dtype, order="C"), np.array(y, dtype, order="C")
    inputs, outputs = snapshot.x.shape[1], snapshot.y.shape[1]
    most = snapshot.experiment.info.samples
    if x.ndim != 2 or x.shape[1] != inputs or y.shape != (len(x), outputs) or not 1 <= len(x) <= most:
        raise ValueError(
            f"x {x.shape} and y {y.shape} are not samples of this network: (samples, {inputs}) and (samples, {outputs})"
            f" with 1 to {most} samples"
        )
    return x, y
