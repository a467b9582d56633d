"""The thread that owns the trainer: it obeys commands, keeps the pace, and announces what it has computed.

The window's thread posts commands and receives moments. At most one moment is ever on its way: while the window is busy
drawing, the run goes on, and the next moment sent is the newest. Nothing is lost by that but redraws.
"""

import logging
import sys
import time
from collections import deque
from collections.abc import Callable
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from app.dataset_store import DatasetStore
from app.moment import Moment, RunStarted
from app.pace import FASTEST, Pace, Unit
from backprop import BackpropError, Experiment, Trainer
from backprop.timeline import Timeline

_log = logging.getLogger(__name__)

#: Seconds between two announcements of a run at full speed: 30 a second, as drawing holds up the training.
FRAME = 0.033
# Seconds of computing between two looks at the clock's other duties while a run is paced.
_SLICE = 0.016
# With the default of 5 ms a window waits up to that long for every turn of the interpreter lock.
_SWITCH_INTERVAL = 0.0005
# A small step holds the interpreter lock nearly always; every so many of them it offers the lock to the window.
_STEPS_BETWEEN_YIELDS = 64


class Worker(QThread):
    """Runs one trainer. Every public method may be called from the window's thread and returns at once."""

    run_started = Signal(object)  # RunStarted
    announced = Signal(object)  # Moment
    failed = Signal(object, int)  # the exception; the number of the last command
    loading = Signal()

    def __init__(self, datasets: DatasetStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainer")
        self._datasets = datasets
        self._wake = Condition()
        self._commands: deque[tuple[int, Callable[[], None]]] = deque()
        self._posted = 0
        # From here on, what only the worker's own thread touches.
        self._trainer: Trainer | None = None
        self._timeline: Timeline
        self._run = 0
        self._answers = 0
        self._playing = False
        self._quitting = False
        self._pace = FASTEST
        self._due_from = 0.0
        self._units_done = 0
        self._next_frame = 0.0
        self._steps_since_yield = 0
        # Written by both threads; each write is atomic, and a late one costs a frame.
        self._on_its_way = False

    # --- commands, from the window's thread

    def start_run(self, experiment: Experiment) -> int:
        """Discard the run, and make ready for one of ``experiment``. Every command returns its number."""
        return self._post(lambda: self._start_run(experiment))

    def play(self) -> int:
        """Go on at the pace set, to the last epoch."""
        return self._post(self._play)

    def pause(self) -> int:
        """Stop after the phase, batch or small epoch at hand."""
        return self._post(self._pause)

    def step(self, unit: Unit) -> int:
        """Pause, and compute one more unit."""
        return self._post(lambda: self._step(unit))

    def reset(self) -> int:
        """Go back to the same initial weights, before the first phase."""
        return self._post(self._reset)

    def set_pace(self, pace: Pace) -> int:
        """Play at another speed from now on."""
        return self._post(lambda: self._set_pace(pace))

    def set_learning_rate(self, learning_rate: float) -> int:
        """Use another learning rate from the next update on."""
        return self._post(lambda: self._set_learning_rate(learning_rate))

    def set_epochs(self, epochs: int) -> int:
        """Let the run end after ``epochs`` epochs."""
        return self._post(lambda: self._set_epochs(epochs))

    def ask(self, question: Callable[[Trainer], None]) -> int:
        """Call ``question`` with the trainer, on the worker's thread, between two steps."""
        return self._post(lambda: question(self._trainer) if self._trainer is not None else None)

    def acknowledge(self) -> None:
        """Tell that the last moment has been shown, so that the next may be sent."""
        self._on_its_way = False

    def stop(self) -> None:
        """End the thread as soon as the step at hand is done, and wait for it."""
        self._post(self._quit)
        self.wait()

    def _post(self, command: Callable[[], None]) -> int:
        with self._wake:
            self._posted += 1
            self._commands.append((self._posted, command))
            self._wake.notify()
            return self._posted

    # --- the thread

    def run(self) -> None:
        """Obey and compute until told to stop (called by Qt)."""
        sys.setswitchinterval(_SWITCH_INTERVAL)
        while not self._quitting:
            self._wait_for_work()
            while self._commands and not self._quitting:
                self._answers, command = self._commands.popleft()
                self._guard(command)
            if self._playing and not self._quitting:
                self._guard(self._advance)

    def _wait_for_work(self) -> None:
        with self._wake:
            while not self._commands:
                rest = self._time_to_next_unit()
                if rest is not None and rest <= 0:
                    return
                self._wake.wait(rest)

    def _guard(self, action: Callable[[], None]) -> None:
        try:
            action()
        except BackpropError as error:
            self._fail(error)
        except Exception as error:
            # A bug must not end the thread in silence: the run stays, and the window can tell.
            _log.exception("the trainer's thread met an error that nobody expected")
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._playing = False
        self._announce()  # first, so that the window shows the moment of which the error speaks
        self.failed.emit(error, self._answers)

    # --- what the commands do

    def _start_run(self, experiment: Experiment) -> None:
        self._playing = False
        self.loading.emit()
        dataset = self._datasets.get(experiment.dataset, experiment.dtype)
        self._trainer = Trainer(experiment, dataset)
        self._begin_timeline(self._trainer)
        self.run_started.emit(RunStarted(experiment, dataset, self._moment(self._trainer)))

    def _begin_timeline(self, trainer: Trainer) -> None:
        self._run += 1
        self._timeline = trainer.new_timeline()

    def _play(self) -> None:
        self._playing = self._trainer is not None and not self._trainer.finished
        self._keep_pace_from_now()
        self._announce()

    def _pause(self) -> None:
        self._playing = False
        self._announce()

    def _step(self, unit: Unit) -> None:
        self._playing = False
        if self._trainer is not None:
            _STEPS[unit](self._trainer)
        self._announce()

    def _reset(self) -> None:
        self._playing = False
        if self._trainer is not None:
            # What a person has changed during the run stays as the form shows it.
            learning_rate = self._trainer.learning_rate
            self._trainer.reset()
            self._trainer.learning_rate = learning_rate
            self._begin_timeline(self._trainer)
        self._announce()

    def _set_pace(self, pace: Pace) -> None:
        self._pace = pace
        self._keep_pace_from_now()

    def _set_learning_rate(self, learning_rate: float) -> None:
        if self._trainer is not None:
            self._trainer.learning_rate = learning_rate
        self._announce()

    def _set_epochs(self, epochs: int) -> None:
        if self._trainer is not None:
            self._trainer.epochs = epochs
            self._playing = self._playing and not self._trainer.finished
        self._announce()

    def _quit(self) -> None:
        self._quitting = True

    # --- the pace

    def _keep_pace_from_now(self) -> None:
        self._due_from = time.perf_counter()
        self._units_done = 0

    def _time_to_next_unit(self) -> float | None:
        """Seconds until there is something to compute; None while there is nothing."""
        if not self._playing:
            return None
        if self._pace.per_second is None:
            return 0.0
        next_due = self._due_from + (self._units_done + 1) / self._pace.per_second
        # Fast paces compute several units at a time rather than wake up for each.
        earliest = self._due_from + self._units_done / self._pace.per_second + _SLICE
        return max(next_due, earliest if self._pace.per_second > 1 / _SLICE else next_due) - time.perf_counter()

    def _units_due(self) -> float:
        if self._pace.per_second is None:
            return float("inf")
        return (time.perf_counter() - self._due_from) * self._pace.per_second - self._units_done

    def _advance(self) -> None:
        """Compute what is due, until a command or the end of the run comes."""
        trainer = self._trainer
        assert trainer is not None
        unlimited = self._pace.per_second is None
        step = _STEPS[self._pace.unit]
        due = self._units_due()
        if self._pace.per_second is not None and self._pace.per_second < 1 / _SLICE:
            due = min(due, 1)  # at a pace that an eye can follow, every single unit is shown
        until = time.perf_counter() + _SLICE
        while due >= 1 and not self._commands:
            step(trainer)
            due -= 1
            self._units_done += 1
            self._steps_since_yield += 1
            if self._steps_since_yield == _STEPS_BETWEEN_YIELDS:
                self._steps_since_yield = 0
                time.sleep(0)
            if trainer.finished:
                self._playing = False
                self._announce()
                return
            now = time.perf_counter()
            if now >= self._next_frame and not self._on_its_way:
                self._announce()
            if not unlimited and now > until:
                # The machine cannot keep this pace. Forget the debt, or a slower pace would start with a burst.
                self._keep_pace_from_now()
                return
        if not unlimited and not self._on_its_way:
            self._announce()

    # --- announcements

    def _announce(self) -> None:
        if self._trainer is None:
            return
        self._on_its_way = True
        self._next_frame = time.perf_counter() + FRAME
        self.announced.emit(self._moment(self._trainer))

    def _moment(self, trainer: Trainer) -> Moment:
        return Moment(
            run=self._run,
            answers=self._answers,
            snapshot=trainer.snapshot(),
            history=trainer.history.view(),
            epochs=trainer.epochs,
            playing=self._playing,
            finished=trainer.finished,
            timeline=self._timeline,
        )


_STEPS: dict[Unit, Callable[[Trainer], None]] = {
    Unit.PHASE: Trainer.step_phase,
    Unit.BATCH: Trainer.step_batch,
    Unit.EPOCH: Trainer.step_epoch,
}
