"""Going back in time: any cursor of a run becomes a snapshot again, from the nearest earlier keyframe and a replay."""

import numpy as np

from backprop.cursor import Clock, Cursor
from backprop.errors import CursorError
from backprop.history import History
from backprop.snapshot import Snapshot
from backprop.stepper import Stepper


class Timeline:
    """Computes earlier moments of the run that ``history`` records, on a stepper of its own.

    The stepper is made on first use. One thread at a time may ask, and it need not be the one that trains.
    """

    def __init__(self, run: Stepper, history: History) -> None:
        self._run = run
        self._clock = Clock(run.steps_per_epoch, run.last_phase)
        self._history = history
        self._stepper: Stepper | None = None

    def snapshot_at(self, cursor: Cursor, reached: Cursor) -> Snapshot:
        """Return the run at ``cursor``, exactly as it was; raises CursorError beyond the moment ``reached``."""
        run = self._run
        inside = (
            cursor.epoch >= 0
            and 0 <= cursor.batch < run.steps_per_epoch
            and 0 <= cursor.phase <= run.last_phase
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
        if self._stepper is None:
            self._stepper = Stepper(run.experiment, run.dataset)
        stepper = self._stepper
        with np.errstate(all="ignore"):
            self._go_to(stepper, cursor)
        return stepper.snapshot()

    def _go_to(self, stepper: Stepper, cursor: Cursor) -> None:
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
