"""A gradient check in the background of the window, with progress and Cancel; TensorFlow is asked in a process."""

import logging
import multiprocessing
import os
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Event, Thread

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.gradients.report import GradientReport, tensorflow_installed
from app.wording import sentence
from backprop import BackpropError, Snapshot
from backprop.arrays import Array
from backprop.gradient_check import (
    MOST_SAMPLES,
    CheckPoint,
    CheckStopped,
    ParameterCheck,
    check_differences,
    compare_gradients,
)
from backprop.tensorflow_gradients import tensorflow_gradients

_LOOK_MS = 30
_POLL_SECONDS = 0.05
_MOST_NUMBERS = 200
_LEAST_NUMBERS = 20
# So much work, in multiplications and additions, may one forward pass be, and so much all of them.
_PASS = 2e9
_ALL_PASSES = 4e11

log = logging.getLogger(__name__)


class GradientJob(QObject):
    """Checks the gradients at one moment while the window stays alive.

    Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted, after start, when nothing of the job is
    running any more.
    """

    progress = Signal(int, int)  # numbers checked against central differences, numbers in all
    differences_known = Signal(object)  # GradientReport without TensorFlow's opinion, which is being waited for
    finished = Signal(object)  # GradientReport
    failed = Signal(str)  # a translated sentence
    cancelled = Signal()

    def __init__(self, snapshot: Snapshot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        #: How many samples of the batch are checked, and how many numbers of each parameter at most.
        self.samples, self._numbers = affordable(snapshot)
        self._given_up = Event()
        self._thread = Thread(target=self._run, name="gradient-check")
        self._done = (0, 0)
        self._announced = (-1, -1)
        self._differences: list[ParameterCheck] | None = None
        self._told_differences = False
        self._report: GradientReport | None = None
        self._error: Exception | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether the job has been started and has not yet announced its end."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin; may be called once."""
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give the check up; ``cancelled`` follows soon, or ``finished`` if that came first."""
        self._given_up.set()

    def stop(self, timeout: float = 1.8) -> bool:
        """Cancel, wait at most ``timeout`` seconds, and return whether nothing is running any more."""
        if self.is_running:
            self.cancel()
            self._thread.join(timeout)
            if not self._thread.is_alive():
                self._end()
        return not self.is_running

    # --- in the thread

    def _run(self) -> None:
        try:
            self._report = self._check()
        except Exception as error:  # whatever it is ends the check, not the program
            self._error = error

    def _check(self) -> GradientReport:
        point = CheckPoint.at(self._snapshot, self.samples)
        # TensorFlow takes seconds to load: meanwhile the differences are taken.
        opinion = _Opinion(point) if tensorflow_installed() and not self._given_up.is_set() else None
        try:
            differences = check_differences(point, at_most=self._numbers, proceed=self._proceed)
            self._differences = differences
            if opinion is None:
                return GradientReport(differences, None)
            theirs = opinion.wait(self._given_up)
        finally:
            if opinion is not None:
                opinion.end()
        if isinstance(theirs, str):
            return GradientReport(differences, None, theirs)
        return GradientReport(differences, compare_gradients(point, theirs))

    def _proceed(self, done: int, total: int) -> bool:
        self._done = (done, total)
        time.sleep(0)  # the window's thread first
        return not self._given_up.is_set()

    # --- in the window's thread

    def _look(self) -> None:
        if not self._thread.is_alive():
            self._end()
            return
        self._announce()

    def _announce(self) -> None:
        if self._done != self._announced:
            self._announced = self._done
            self.progress.emit(*self._done)
        if self._differences is not None and not self._told_differences:
            self._told_differences = True
            self.differences_known.emit(GradientReport(self._differences, None))

    def _end(self) -> None:
        self._timer.stop()
        if self._report is not None:
            self._announce()
            self.finished.emit(self._report)
        elif self._error is None or isinstance(self._error, CheckStopped):
            self.cancelled.emit()
        elif isinstance(self._error, BackpropError):
            self.failed.emit(sentence(self._error))
        else:
            log.error("the gradient check failed", exc_info=self._error)
            self.failed.emit(_unexpected(self._error))


def affordable(snapshot: Snapshot) -> tuple[int, int]:
    """Return how many samples, and how many numbers of each parameter, can be checked in a bearable time."""
    size = sum(value.size for value in snapshot.parameters.values())
    samples = max(1, min(MOST_SAMPLES, len(snapshot.rows), int(_PASS / (2 * size))))
    numbers = int(_ALL_PASSES / (4 * size * samples * len(snapshot.parameters)))
    return samples, max(_LEAST_NUMBERS, min(_MOST_NUMBERS, numbers))


class _Opinion:
    """TensorFlow in a process of its own: loading it would hold up the window, and cannot be cancelled."""

    def __init__(self, point: CheckPoint) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        question = (point.experiment.layers, point.experiment.loss, dict(point.parameters), point.x, point.y)
        self._process = context.Process(target=_answer, args=(theirs, *question), name="tensorflow", daemon=True)
        self._process.start()
        theirs.close()

    def wait(self, given_up: Event) -> dict[str, Array] | str:
        """Return the gradients, or a sentence on why there are none; raises CheckStopped when given up."""
        try:
            while not self._connection.poll(_POLL_SECONDS):
                if given_up.is_set():
                    raise CheckStopped
            answer: dict[str, Array] | str = self._connection.recv()
        except (EOFError, OSError):
            answer = "the process ended without an answer"
        if isinstance(answer, str):
            log.error("TensorFlow could not be asked: %s", answer)
            text = QCoreApplication.translate("GradientCheck", "could not be asked ({reason}); the log has the details")
            return text.format(reason=answer)
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()


def _answer(connection: Connection, *question: object) -> None:
    """Send the gradients, or what went wrong."""
    # TensorFlow has much to say to a terminal.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    answer: object
    try:
        answer = tensorflow_gradients(*question)  # type: ignore[arg-type]
    except Exception as error:  # a broken installation can raise anything
        answer = f"{type(error).__name__}: {error}"
    with suppress(OSError):
        connection.send(answer)


def _unexpected(error: Exception) -> str:
    text = QCoreApplication.translate(
        "GradientCheck",
        "The check has stopped for a reason that should not exist ({reason}); the run is untouched, and the log file "
        "has the details.",
    )
    return text.format(reason=f"{type(error).__name__}: {error}")
