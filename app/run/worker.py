"""The thread that stands for the training: it takes the window's commands there and brings its moments back."""

import logging
from collections import deque
from dataclasses import replace
from threading import Lock, Thread

from PySide6.QtCore import QObject, QThread, Signal

from app.run.dataset_store import DatasetStore
from app.run.moment import Moment, RunStarted
from app.run.pace import FASTEST, Pace, Unit
from app.run.training.messages import Beginning, Command, Ended, Failure, Report, RunBegun
from app.run.training.process import TrainingProcess
from backprop import BackpropError, Experiment
from backprop.continuation import Continuation
from backprop.history import History
from backprop.replica import Replica
from backprop.session import Session

_log = logging.getLogger(__name__)

# Milliseconds that the training may take for the step at hand before it is ended by force; it has nothing to save.
_PATIENCE = 500


class TrainingEndedError(BackpropError):
    """The process that trains is gone: ended by the system or by a person."""


class Worker(QThread):
    """Trains in another process. Every public method may be called from the window's thread and returns at once."""

    run_started = Signal(object)  # RunStarted
    announced = Signal(object)  # Moment
    failed = Signal(object, int)  # the exception; the number of the last command

    def __init__(self, datasets: DatasetStore, training: TrainingProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("worker")
        self._datasets = datasets
        self._training = training
        self._posting = Lock()
        self._posted = 0
        self._newest = 0
        self._stopping = False
        self._pace = FASTEST
        #: The records, up to the moment to go on from, of runs that are to be resumed; with their commands' numbers.
        self._pasts: deque[tuple[int, History]] = deque()
        # From here on, what only the worker's own thread touches.
        self._run = 0
        self._replica: Replica | None = None
        self._begun: RunBegun | None = None
        self._last: Moment | None = None

    # --- commands, from the window's thread

    def start_run(self, experiment: Experiment) -> int:
        """Discard the run, and make ready for one of ``experiment``. Every command returns its number."""
        return self._begin_run(experiment, "start_run", (experiment,))

    def open_run(self, session: Session) -> int:
        """Discard the run, and make ready to go on with the one of ``session``; paused at first."""
        return self._begin_run(
            session.experiment, "open_run", (session.continuation, session.epochs), past=session.history
        )

    def _begin_run(
        self, experiment: Experiment, name: str, arguments: tuple[object, ...], past: History | None = None
    ) -> int:
        self._post("prefetch", experiment.dataset, experiment.dtype)  # both processes need the data
        with self._posting:
            self._posted += 1
            self._newest = self._posted
            command = Command(self._posted, name, arguments)
        Thread(target=self._load_and_begin, args=(experiment, command, past), name="load", daemon=True).start()
        return command.number

    def _load_and_begin(self, experiment: Experiment, command: Command, past: History | None) -> None:
        # Data that cannot be loaded are found out before the run at hand is discarded.
        try:
            self._datasets.get(experiment.dataset, experiment.dtype)
        except BackpropError as error:
            self.failed.emit(error, command.number)
            return
        with self._posting:
            if command.number == self._newest:  # or a person has asked for yet another run meanwhile
                if past is not None:
                    self._pasts.append((command.number, past))
                self._training.send(command)

    def prefetch(self, name: str, dtype: str) -> int:
        """Let both processes load a data set in the background."""
        self._datasets.prefetch(name, dtype)
        return self._post("prefetch", name, dtype)

    def play(self) -> int:
        """Go on at the pace set, to the last epoch."""
        return self._post("play")

    def pause(self) -> int:
        """Stop after the phase, batch or small epoch at hand."""
        return self._post("pause")

    def step(self, unit: Unit) -> int:
        """Pause, and compute one more unit."""
        return self._post("step", unit)

    def reset(self) -> int:
        """Go back to the same initial weights, before the first phase."""
        return self._post("reset")

    def resume(self, continuation: Continuation, past: History, epochs: int) -> int:
        """Go on from a moment whose record is ``past``, to the last of ``epochs`` epochs; paused at first."""
        with self._posting:
            self._posted += 1
            self._pasts.append((self._posted, past))
            self._training.send(Command(self._posted, "resume", (continuation, epochs)))
            return self._posted

    def set_pace(self, pace: Pace) -> int:
        """Play at another speed from now on."""
        self._pace = pace
        return self._post("set_pace", pace)

    def set_learning_rate(self, learning_rate: float) -> int:
        """Use another learning rate from the next update on."""
        return self._post("set_learning_rate", learning_rate)

    def set_epochs(self, epochs: int) -> int:
        """Let the run end after ``epochs`` epochs."""
        return self._post("set_epochs", epochs)

    def acknowledge(self) -> None:
        """Tell that the last moment has been shown, so that the next may be sent."""
        self._training.send(Command(self._posted, "acknowledge"))

    def stop(self) -> None:
        """End the training as soon as the step at hand is done, and wait for it."""
        self._stopping = True
        self._post("quit")
        if not self.wait(_PATIENCE):
            self._training.kill()
            self.wait()
        self._training.close()

    def _post(self, name: str, *arguments: object) -> int:
        with self._posting:
            self._posted += 1
            self._training.send(Command(self._posted, name, arguments))
            return self._posted

    # --- the thread

    def run(self) -> None:
        """Pass on what the training reports until it ends (called by Qt)."""
        while True:
            try:
                while not isinstance(message := self._training.receive(), Ended):
                    self._pass_on(message)
                return
            except (EOFError, OSError):
                if self._stopping or not self._start_again():
                    return

    def _pass_on(self, message: object) -> None:
        try:
            match message:
                case RunBegun():
                    self._begun = message
                case Report():
                    self._pass_report_on(message)
                case Failure(error, answers):
                    while self._pasts and self._pasts[0][0] <= answers:
                        self._pasts.popleft()  # of a run that has not begun, and never will
                    self.failed.emit(error, answers)
        except Exception as error:
            # A bug must not end the thread in silence: the run stays, and the window can tell.
            if not isinstance(error, BackpropError):
                _log.exception("a report could not be passed on")
            self.failed.emit(error, self._posted)

    def _pass_report_on(self, report: Report) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            goes_on = begun.beginning in (Beginning.RESUME, Beginning.OPEN)
            past = self._pasts.popleft()[1] if goes_on else None
            dataset = self._datasets.get(begun.experiment.dataset, begun.experiment.dtype)
            self._replica = Replica(begun.experiment, dataset, past)
        replica = self._replica
        assert replica is not None
        if begun is not None:
            self._run += 1
        snapshot, history = replica.follow(report.capture, report.part)
        moment = self._last = Moment(
            run=self._run,
            answers=report.answers,
            snapshot=snapshot,
            history=history,
            epochs=report.epochs,
            playing=report.playing,
            finished=report.finished,
            timeline=replica.timeline,
        )
        if begun is not None and begun.beginning in (Beginning.START, Beginning.OPEN):
            opened = begun.beginning is Beginning.OPEN
            self.run_started.emit(RunStarted(begun.experiment, replica.dataset, moment, opened))
        else:
            self.announced.emit(moment)

    # --- when the process is gone

    def _start_again(self) -> bool:
        """Let a new process go on from the last moment that is known; return whether there is one."""
        _log.error("the process that trains has ended")
        last, self._begun = self._last, None
        self._pasts.clear()
        try:
            training = TrainingProcess() if last is not None else None
        except OSError as error:
            _log.error("no other process can be started: %s", error)
            training = None
        if training is None or last is None:
            self.failed.emit(
                TrainingEndedError(
                    "The process that trains has ended, and no other can take over: close some programs, "
                    "then start Backscope again."
                ),
                self._posted,
            )
            return False
        self._last = None  # a process that reports nothing before it ends, too, has no successor
        with self._posting:
            self._training.close()
            self._training = training
        continuation, past = last.timeline.another().continuation(last.snapshot.cursor, last.snapshot.cursor)
        # A person may have changed it since the last update, for the next one.
        continuation = replace(continuation, next_learning_rate=last.next_learning_rate)
        self._post("set_pace", self._pace)
        self.resume(continuation, past, last.epochs)
        self.failed.emit(
            TrainingEndedError(
                "The process that trains was ended by the system, and another has taken over at the same moment: "
                "nothing is lost, press Play to go on."
            ),
            self._posted,
        )
        return True
