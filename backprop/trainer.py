"""Plays an experiment phase by phase and records what happens."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import numpy as np

from backprop.arrays import Array, Integers
from backprop.continuation import Continuation
from backprop.cursor import Cursor
from backprop.datasets import Dataset, load
from backprop.errors import DivergedError
from backprop.experiment import Experiment
from backprop.history import History, HistoryPart
from backprop.keyframes import DEFAULT_BYTE_BUDGET, Keyframes
from backprop.metrics import accuracy_by_class, predicted_classes
from backprop.microscope import examine
from backprop.network import predict
from backprop.snapshot import Capture, Snapshot
from backprop.stepper import Stepper
from backprop.timeline import Timeline


class Trainer:
    """One run of an experiment: ``step_phase``, ``step_batch``, ``step_epoch`` and ``run`` move it forward.

    ``dataset`` is loaded when it is not given. With ``evaluate`` the test set, where there is one, is predicted after
    every epoch. ``byte_budget`` bounds the memory of the keyframes, in bytes, and ``keyframes`` makes their store. All
    steps stop at the last epoch of the experiment, where they do nothing, and raise DivergedError as soon as the loss
    or a parameter is not finite.
    """

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset | None = None,
        *,
        evaluate: bool = True,
        byte_budget: int = DEFAULT_BYTE_BUDGET,
        keyframes: type[Keyframes] = Keyframes,
    ) -> None:
        self.dataset = dataset or load(experiment.dataset, experiment.dtype)
        self._stepper = Stepper(experiment, self.dataset, self)
        self._test = self.dataset.test if evaluate else None
        self._classes = len(self.dataset.info.class_names) if self._test else 0
        self._targets = self.dataset.train.y.size
        self._byte_budget = byte_budget
        self._keyframes = keyframes
        self._epochs = experiment.epochs
        self._start_recording()

    def reset(self) -> None:
        """Begin again with the same initial parameters and an empty history."""
        self._stepper.restart()
        self._stepper.learning_rate = self.experiment.learning_rate
        self._start_recording()

    def resume(self, continuation: Continuation) -> None:
        """Go on from a moment that this or another trainer of the same experiment has come to.

        The history begins at that moment's step: what was before is recorded elsewhere.
        """
        stepper = self._stepper
        stepper.restore(continuation.step, continuation.parameters, continuation.optimizer_state)
        stepper.learning_rate = continuation.learning_rate
        self._start_recording()
        self.history.resume(continuation.step, continuation.keyframes, continuation.stride)
        self._squared_error = continuation.squared_error
        with self._running():
            for _ in range(continuation.phase):
                stepper.step_phase()
        if continuation.next_learning_rate not in (None, self.learning_rate):
            self.learning_rate = continuation.next_learning_rate

    def _start_recording(self) -> None:
        stepper = self._stepper
        self.diverged: DivergedError | None = None
        self.history = new_history(stepper, self._classes, self._byte_budget, self._keyframes)
        self._timeline = self.new_timeline()
        self._squared_error = 0.0
        self._record_keyframe()

    # --- the run

    @property
    def experiment(self) -> Experiment:
        """The recipe this run began with; learning rate and epochs may have been changed since."""
        return self._stepper.experiment

    @property
    def cursor(self) -> Cursor:
        """The moment reached."""
        return self._stepper.cursor

    @property
    def epochs(self) -> int:
        """The number of epochs after which the run ends. It may be set while the run goes on; ExperimentError."""
        return self._epochs

    @epochs.setter
    def epochs(self, value: int) -> None:
        self._epochs = self.experiment.replace(epochs=value).epochs

    @property
    def finished(self) -> bool:
        """Whether the last epoch is complete."""
        return self._steps_left() <= 0

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next update. Setting it takes effect there, and is recorded."""
        return self._stepper.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        checked = self.experiment.replace(learning_rate=value).learning_rate  # or ExperimentError
        self._stepper.learning_rate = checked
        self.history.record_learning_rate(self._stepper.steps_done, checked)

    def step_phase(self) -> None:
        """Compute one phase: the forward pass of a layer, the loss, the backward pass of a layer, or the update."""
        with self._running():
            if not self.finished:
                self._stepper.step_phase()

    def step_batch(self) -> None:
        """Compute up to the end of the current batch, or all of the next one."""
        self.step_batches(1)

    def step_epoch(self) -> None:
        """Compute up to the end of the current epoch, or all of the next one."""
        self.step_batches(self._stepper.steps_per_epoch - self._stepper.steps_done % self._stepper.steps_per_epoch)

    def run(self) -> None:
        """Compute to the last epoch."""
        self.step_batches(self._steps_left())

    def step_batches(self, count: int, go_on: Callable[[], bool] | None = None) -> None:
        """Compute up to the end of the current batch, or all of the next one, ``count`` times.

        ``go_on`` is asked after every batch whether there shall be another; it must not change this run.
        A call takes almost half as long as one of XOR's batches does: many small ones are faster in one call.
        """
        with self._running():
            for _ in range(min(count, self._steps_left())):
                self._stepper.step_batch()
                if go_on is not None and not go_on():
                    break

    def _steps_left(self) -> int:
        return self._epochs * self._stepper.steps_per_epoch - self._stepper.steps_done

    @contextmanager
    def _running(self) -> Iterator[None]:
        if self.diverged is not None:
            raise self.diverged
        # A number that overflows is found when it is recorded, which can say at which step; no warning is needed.
        with np.errstate(all="ignore"):
            yield

    # --- the record

    def record_loss(self) -> None:
        """Record the loss of the step at hand (called by the stepper)."""
        stepper = self._stepper
        mse, objective = stepper.mse(), stepper.objective()
        if not (math.isfinite(mse) and math.isfinite(objective)):
            self._stop(
                DivergedError(
                    "The loss is no longer a finite number at step {step} (epoch {epoch}), so the run has stopped; "
                    "everything before is kept. Reset, and try a smaller learning rate.",
                    **self._place(),
                )
            )
        self.history.record_step(mse, objective)
        # From the number recorded: a run that goes on from its record comes to the same sum, bit for bit.
        self._squared_error += mse * stepper.targets

    def record_update(self) -> None:
        """Record the parameters after an update, and what is known at the end of an epoch (called by the stepper)."""
        stepper = self._stepper
        vector = stepper.network.vector
        # The dot product costs a tenth of isfinite(); it is never finite where a parameter is not.
        if not math.isfinite(vector.dot(vector)) and not np.isfinite(vector).all():
            self._stop(
                DivergedError(
                    "A parameter is no longer a finite number after step {step} (epoch {epoch}), so the run has "
                    "stopped; everything before is kept. Reset, and try a smaller learning rate.",
                    **self._place(),
                )
            )
        if self.history.steps == self.history.keyframes.next_step:
            self._record_keyframe()
        if stepper.batch == stepper.steps_per_epoch - 1:
            self._record_epoch()

    def _record_keyframe(self) -> None:
        stepper = self._stepper
        state = stepper.optimizer.state
        vector = stepper.network.vector
        self.history.keyframes.record(np.concatenate((vector, state.ravel())) if state.size else vector)

    def _record_epoch(self) -> None:
        if self._test is not None:
            predicted = self.predicted_test_classes()
            by_class = accuracy_by_class(predicted, self._test.labels, self._classes)
            self.history.record_accuracy(float(np.mean(predicted == self._test.labels)), by_class)
        self.history.record_epoch(self._squared_error / self._targets)
        self._squared_error = 0.0

    def _stop(self, error: DivergedError) -> NoReturn:
        self.diverged = error
        raise error

    def _place(self) -> dict[str, int]:
        stepper = self._stepper
        return {"step": stepper.epoch * stepper.steps_per_epoch + stepper.batch, "epoch": stepper.epoch}

    # --- questions, which change nothing

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the parameters by name: ``{"W1": (inputs, units), "b1": (units,), ...}``."""
        return {name: value.copy() for name, value in self._stepper.network.parameters.items()}

    def predict(self, x: Array) -> Array:
        """Return the outputs (samples, outputs) for ``x`` (samples, inputs) with the parameters as they are."""
        with np.errstate(all="ignore"):
            return predict(self.experiment.layers, self._stepper.network.parameters, np.asarray(x))

    def predicted_test_classes(self) -> Integers:
        """Return the class predicted for each test sample, (samples,); raises ValueError without a test set."""
        if self.dataset.test is None:
            raise ValueError(f"the data set {self.dataset.name} has no test set")
        return predicted_classes(self.predict(self.dataset.test.x))

    def loss_and_gradients(self, x: Array, y: Array) -> tuple[float, dict[str, Array]]:
        """Return the objective and its gradients by name, for ``x`` (samples, inputs) and ``y`` (samples, outputs).

        There may be as many samples as the training set has; raises ValueError for more, or for other shapes.
        """
        looked_at = examine(self.snapshot(), x, y)
        assert looked_at.objective is not None
        return looked_at.objective, {name: gradient.copy() for name, gradient in looked_at.gradients.items()}

    def snapshot(self) -> Snapshot:
        """Return the moment reached, frozen."""
        return self._stepper.snapshot()

    def capture(self) -> tuple[Capture, HistoryPart]:
        """Return the moment reached and what was recorded since the last call, for a replica in another process."""
        return self._stepper.capture(), self.history.take()

    def new_timeline(self) -> Timeline:
        """Return another way back into this run, for another thread to ask while this one trains."""
        return Timeline(self.experiment, self.dataset, self.history)

    def snapshot_at(self, cursor: Cursor) -> Snapshot:
        """Return an earlier moment of this run, exactly as it was; raises CursorError for one not reached."""
        return self._timeline.snapshot_at(cursor, self.cursor)


def new_history(stepper: Stepper, classes: int, byte_budget: int, keyframes: type[Keyframes] = Keyframes) -> History:
    """Return an empty history for the run that ``stepper`` computes, with ``classes`` classes in its test set."""
    return History(
        stepper.steps_per_epoch,
        stepper.learning_rate,
        stepper.network.vector.size + stepper.optimizer.state.size,
        stepper.experiment.dtype,
        classes,
        byte_budget,
        keyframes,
    )
