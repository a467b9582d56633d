"""Play, pause, step, reset: what a person asks for, turned into commands; and the only owner of the worker."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.dataset_store import DatasetStore
from app.messages import explain
from app.moment import Moment, RunStarted
from app.pace import FASTEST, STARTING_PACES, Pace, Unit
from app.worker import Worker
from backprop import Experiment, Trainer

# New seeds are drawn below this, so that a person can read one out and another can type it.
_SEEDS = 10_000


class Controller(QObject):
    """Drives one worker. Signals carry what the window has to show; the window decides nothing about training."""

    run_started = Signal(object)  # RunStarted, followed at once by its first moment
    moment_changed = Signal(object)  # Moment
    playing_changed = Signal(bool)
    pace_changed = Signal(object)  # Pace
    busy_changed = Signal(bool)  # a run is being made ready
    failed = Signal(str)  # a sentence for a person

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.datasets = DatasetStore()
        self.moment: Moment | None = None
        self.run: RunStarted | None = None
        self.pace = FASTEST
        self._playing = False
        self._busy = False
        self._last_command = 0
        self._worker = Worker(self.datasets, self)
        self._worker.run_started.connect(self._show_run)
        self._worker.announced.connect(self._show_moment)
        self._worker.failed.connect(self._show_failure)
        self._worker.start()

    # --- what a person can ask for

    @property
    def playing(self) -> bool:
        """Whether the run goes on by itself, or will as soon as the worker gets to it."""
        return self._playing

    @property
    def busy(self) -> bool:
        """Whether a run is being made ready."""
        return self._busy

    def start_run(self, experiment: Experiment) -> None:
        """Discard the run and begin one of ``experiment``, paused before its first phase."""
        self._set_playing(False)
        self._set_busy(True)
        self._last_command = self._worker.start_run(experiment)

    def play(self) -> None:
        """Go on at the pace set; does nothing at the end of a run."""
        if self.moment is not None and not self.moment.finished and not self._busy:
            self._last_command = self._worker.play()
            self._set_playing(True)

    def pause(self) -> None:
        """Stop where the run is."""
        self._last_command = self._worker.pause()
        self._set_playing(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def step(self, unit: Unit) -> None:
        """Pause, and go one phase, batch or epoch further."""
        if not self._busy:
            self._last_command = self._worker.step(unit)
            self._set_playing(False)

    def reset(self) -> None:
        """Go back to the same initial weights."""
        self._last_command = self._worker.reset()
        self._set_playing(False)

    def new_random(self, experiment: Experiment) -> None:
        """Begin ``experiment`` with another seed, and so with other initial weights."""
        self.start_run(experiment.replace(seed=secrets.randbelow(_SEEDS)))

    def set_pace(self, pace: Pace) -> None:
        """Play at another speed."""
        self.pace = pace
        self._worker.set_pace(pace)
        self.pace_changed.emit(pace)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another learning rate from the next update on."""
        self._last_command = self._worker.set_learning_rate(learning_rate)

    def set_epochs(self, epochs: int) -> None:
        """Let the run end after ``epochs`` epochs."""
        self._last_command = self._worker.set_epochs(epochs)

    def ask(self, question: Callable[[Trainer], None]) -> None:
        """Call ``question`` with the trainer, in the thread that trains, between two steps."""
        self._worker.ask(question)

    def stop(self) -> None:
        """End the worker and wait for it; nothing may be asked afterwards."""
        self._worker.stop()

    # --- what the worker tells

    def _show_run(self, run: RunStarted) -> None:
        if self.run is None or self.run.experiment.dataset != run.experiment.dataset:
            self.set_pace(STARTING_PACES.get(run.experiment.dataset, FASTEST))
        self.run = run
        self._set_busy(False)
        self.run_started.emit(run)
        self._show(run.moment)

    def _show_moment(self, moment: Moment) -> None:
        # A moment of a run that has been replaced since would be a picture of something else.
        if self.run is not None and moment.run == self.run.moment.run:
            self._show(moment)
        self._worker.acknowledge()

    def _show(self, moment: Moment) -> None:
        self.moment = moment
        self.moment_changed.emit(moment)
        # A moment sent before the last click was obeyed says nothing about that click.
        if moment.answers >= self._last_command:
            self._set_playing(moment.playing)

    def _show_failure(self, error: Exception, answers: int) -> None:
        if answers >= self._last_command:
            self._set_playing(False)
        self._set_busy(False)
        self.failed.emit(explain(error))

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
