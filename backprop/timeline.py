"""Going back in time: any cursor of a run becomes a snapshot again, from the nearest earlier keyframe and a replay."""

import numpy as np

from backprop.arrays import frozen
from backprop.continuation import Continuation
from backprop.cursor import Clock, Cursor, phases
from backprop.datasets import Dataset
from backprop.errors import CursorError
from backprop.experiment import Experiment
from backprop.history import History
from backprop.keyframes import Keyframes
from backprop.snapshot import Snapshot
from backprop.stepper import Stepper


class Timeline:
    """Computes earlier moments of the run of ``experiment`` that ``history`` records, on a stepper of its own.

    The stepper is made on first use. One thread at a time may ask, and it need not be the one that trains.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset, history: History) -> None:
        self._experiment = experiment
        self._dataset = dataset
        self._clock = Clock(experiment.steps_per_epoch, len(phases(len(experiment.layers))))
        self._history = history
        self._stepper: Stepper | None = None

    def another(self) -> "Timeline":
        """Return another way back into the same run, for another thread."""
        return Timeline(self._experiment, self._dataset, self._history)

    @property
    def keyframes(self) -> Keyframes:
        """The parameters that were kept; they may be read while the run goes on."""
        return self._history.keyframes

    def learning_rate(self, step: int) -> float:
        """Return the learning rate that the update of ``step`` used, or will use."""
        return self._history.learning_rate(step)

    def snapshot_at(self, cursor: Cursor, reached: Cursor) -> Snapshot:
        """Return the run at ``cursor``, exactly as it was; raises CursorError beyond the moment ``reached``."""
        self._check(cursor, reached)
        stepper = self._go_to(cursor)
        return stepper.snapshot()

    def continuation(self, cursor: Cursor, reached: Cursor) -> tuple[Continuation, History]:
        """Return what a trainer needs to go on from ``cursor``, and a copy of the record up to there.

        Raises CursorError beyond the moment ``reached``.
        """
        self._check(cursor, reached)
        steps_per_epoch = self._clock.steps_per_epoch
        step = cursor.epoch * steps_per_epoch + cursor.batch
        history = self._history.until(step)
        stepper = self._go_to(Cursor(cursor.epoch, cursor.batch))
        continuation = Continuation(
            experiment=self._experiment,
            learning_rate=history.learning_rate(step),
            step=step,
            phase=cursor.phase,
            parameters=frozen(stepper.network.vector.copy()),
            optimizer_state=frozen(stepper.optimizer.state.copy()),
            squared_error=history.squared_error(self._experiment.samples_per_step * self._dataset.info.outputs),
            keyframes=len(history.keyframes),
            stride=history.keyframes.stride,
        )
        return continuation, history

    def _check(self, cursor: Cursor, reached: Cursor) -> None:
        inside = (
            cursor.epoch >= 0
            and 0 <= cursor.batch < self._clock.steps_per_epoch
            and 0 <= cursor.phase <= self._clock.phases_per_step
            and self._clock.position(cursor) <= self._clock.position(reached)
        )
        if not inside:
            raise CursorError(
                "The moment epoch {epoch}, batch {batch}, phase {phase} is not part of this run, "
                "which has reached epoch {last_epoch}, batch {last_batch}, phase {last_phase}: choose an earlier one.",
                epoch=cursor.epoch,
                batch=cursor.batch,
                phase=cursor.phase,
                last_epoch=reached.epoch,
                last_batch=reached.batch,
                last_phase=reached.phase,
            )

    def _go_to(self, cursor: Cursor) -> Stepper:
        if self._stepper is None:
            self._stepper = Stepper(self._experiment, self._dataset)
        with np.errstate(all="ignore"):
            self._replay(self._stepper, cursor)
        return self._stepper

    def _replay(self, stepper: Stepper, cursor: Cursor) -> None:
        target = cursor.epoch * stepper.steps_per_epoch + cursor.batch
        step, vector = self._history.keyframes.before(target)
        size = stepper.network.vector.size
        stepper.restore(step, vector[:size], vector[size:].reshape(stepper.optimizer.state.shape))
        for number in range(step, target + 1):
            stepper.learning_rate = self._history.learning_rate(number)
            for _ in range(cursor.phase if number == target else stepper.last_phase):
                stepper.step_phase()
        if cursor.phase == 0 and stepper.cursor != cursor:
            # The replay ended with the update of the batch before: the same parameters, one batch earlier.
            stepper.restore(target, stepper.network.vector, stepper.optimizer.state)
