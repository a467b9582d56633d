"""The training itself: it obeys commands, keeps the pace, and reports what it has computed.

At most one report of a playing run is ever on its way: while the window is busy drawing, the run goes on, and the next
report sent is the newest. Nothing is lost by that but redraws.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Condition

from app.run.dataset_store import DatasetStore
from app.run.pace import FASTEST, Pace, Unit
from app.run.training.memory import give_memory_back
from app.run.training.messages import Beginning, Command, Ended, Failure, Report, RunBegun
from backprop import BackpropError, Experiment, Trainer
from backprop.continuation import Continuation
from backprop.keyframes import PassedOn

_log = logging.getLogger(__name__)

#: Seconds between two reports of a run at full speed: a little over 30 a second.
FRAME = 0.03
# Seconds of computing between two looks at the clock's other duties while a run is paced.
_SLICE = 0.016
# More batches than anyone waits for: a command or a report comes in between.
_MANY = 1_000_000


class TrainingLoop:
    """Runs one trainer in the thread that calls ``run``; commands may be posted by another.

    ``send`` is given every message to the window, and must return at once.
    """

    def __init__(self, send: Callable[[object], None]) -> None:
        self._send = send
        self._datasets = DatasetStore()
        self._wake = Condition()
        self._commands: deque[Command] = deque()
        self._trainer: Trainer | None = None
        self._answers = 0
        self._playing = False
        self._quitting = False
        self._pace = FASTEST
        self._due_from = 0.0
        self._units_done = 0
        self._next_frame = 0.0
        # Written by both threads; each write is atomic, and a late one costs a frame.
        self._on_its_way = False

    def post(self, command: Command) -> None:
        """Let ``command`` be obeyed after the step at hand (called by the thread that listens)."""
        if command.name == "acknowledge":
            self._on_its_way = False
            return
        with self._wake:
            self._commands.append(command)
            self._wake.notify()

    def run(self) -> None:
        """Obey and compute until told to quit."""
        while not self._quitting:
            self._wait_for_work()
            while self._commands and not self._quitting:
                command = self._commands.popleft()
                self._answers = max(self._answers, command.number)
                self._guard(partial(_COMMANDS[command.name], self, *command.arguments))
            if self._playing and not self._quitting:
                self._guard(self._advance)
        self._send(Ended())

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
            # A bug must not end the process in silence: the run stays, and the window can tell.
            _log.exception("the training met an error that nobody expected")
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._playing = False
        self._report()  # first, so that the window shows the moment of which the error speaks
        self._send(Failure(error, self._answers))

    # --- the commands

    def start_run(self, experiment: Experiment) -> None:
        """Discard the run, and make ready for one of ``experiment``."""
        self._playing = False
        dataset = self._datasets.get(experiment.dataset, experiment.dtype)
        self._trainer = Trainer(experiment, dataset, keyframes=PassedOn)
        self._begin(Beginning.START)
        self._report()
        give_memory_back()  # what the run before needed

    def resume(self, continuation: Continuation, epochs: int) -> None:
        """Pause, and make ready to go on from a moment of this run's past, to the last of ``epochs`` epochs."""
        self._go_on(continuation, epochs, Beginning.RESUME)

    def open_run(self, continuation: Continuation, epochs: int) -> None:
        """Discard the run, and make ready to go on with one from a file."""
        self._go_on(continuation, epochs, Beginning.OPEN)

    def _go_on(self, continuation: Continuation, epochs: int, beginning: Beginning) -> None:
        self._playing = False
        experiment = continuation.experiment
        if self._trainer is None or self._trainer.experiment != experiment:
            dataset = self._datasets.get(experiment.dataset, experiment.dtype)
            self._trainer = Trainer(experiment, dataset, keyframes=PassedOn)
        self._begin(beginning)  # first: where it fails, the report about that is one of the new run
        self._trainer.epochs = epochs
        self._trainer.resume(continuation)
        self._report()

    def _begin(self, beginning: Beginning) -> None:
        assert self._trainer is not None
        self._send(RunBegun(self._trainer.experiment, beginning))

    def prefetch(self, name: str, dtype: str) -> None:
        """Load a data set in the background, so that it is there when a person asks for it."""
        self._datasets.prefetch(name, dtype)

    def play(self) -> None:
        """Go on at the pace set, to the last epoch."""
        self._playing = self._trainer is not None and not self._trainer.finished
        self._keep_pace_from_now()
        self._report()

    def pause(self) -> None:
        """Stop after the phase, batch or small epoch at hand."""
        self._playing = False
        self._report()

    def step(self, unit: Unit) -> None:
        """Pause, and compute one more unit."""
        self._playing = False
        if self._trainer is not None:
            _STEPS[unit](self._trainer)
        self._report()

    def reset(self) -> None:
        """Go back to the same initial weights, before the first phase."""
        self._playing = False
        if self._trainer is not None:
            # What a person has changed during the run stays as the form shows it.
            learning_rate = self._trainer.learning_rate
            self._trainer.reset()
            self._trainer.learning_rate = learning_rate
            self._begin(Beginning.RESET)
        self._report()

    def set_pace(self, pace: Pace) -> None:
        """Play at another speed from now on."""
        self._pace = pace
        self._keep_pace_from_now()

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another learning rate from the next update on."""
        if self._trainer is not None:
            self._trainer.learning_rate = learning_rate
        self._report()

    def set_epochs(self, epochs: int) -> None:
        """Let the run end after ``epochs`` epochs."""
        if self._trainer is not None:
            self._trainer.epochs = epochs
            self._playing = self._playing and not self._trainer.finished
        self._report()

    def quit(self) -> None:
        """End as soon as the step at hand is done."""
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
        due = self._units_due()
        if self._pace.per_second is not None and self._pace.per_second < 1 / _SLICE:
            due = min(due, 1)  # at a pace that an eye can follow, every single unit is shown
        until = time.perf_counter() + _SLICE

        def go_on() -> bool:
            """Note that a unit is done; return whether another is due now."""
            nonlocal due
            due -= 1
            self._units_done += 1
            now = time.perf_counter()
            if now >= self._next_frame and not self._on_its_way and not trainer.finished:
                self._report()
            if not unlimited and now > until and due >= 1:
                # The machine cannot keep this pace. Forget the debt, or a slower pace would start with a burst.
                self._keep_pace_from_now()
                due = 0
            return due >= 1 and not self._commands and not trainer.finished

        if due >= 1 and not self._commands:
            if self._pace.unit is Unit.BATCH:
                trainer.step_batches(_MANY, go_on)
            else:
                _STEPS[self._pace.unit](trainer)
                while go_on():
                    _STEPS[self._pace.unit](trainer)
        if trainer.finished:
            self._playing = False
            self._report()
        elif not unlimited and not self._on_its_way:
            self._report()

    # --- reports

    def _report(self) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        self._on_its_way = True
        self._next_frame = time.perf_counter() + FRAME
        capture, part = trainer.capture()
        report = Report(self._answers, capture, part, trainer.epochs, self._playing, trainer.finished)
        self._send(report)


_STEPS: dict[Unit, Callable[[Trainer], None]] = {
    Unit.PHASE: Trainer.step_phase,
    Unit.BATCH: Trainer.step_batch,
    Unit.EPOCH: Trainer.step_epoch,
}

_COMMANDS: dict[str, Callable[..., None]] = {
    method.__name__: method
    for method in (
        TrainingLoop.start_run,
        TrainingLoop.prefetch,
        TrainingLoop.play,
        TrainingLoop.pause,
        TrainingLoop.step,
        TrainingLoop.resume,
        TrainingLoop.open_run,
        TrainingLoop.reset,
        TrainingLoop.set_pace,
        TrainingLoop.set_learning_rate,
        TrainingLoop.set_epochs,
        TrainingLoop.quit,
    )
}
