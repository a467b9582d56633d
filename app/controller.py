"""Play, pause, step, seek, reset: what a person asks for, turned into commands; and the only owner of the threads."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.dataset_store import DatasetStore
from app.messages import explain
from app.moment import Moment, RunStarted
from app.pace import FASTEST, STARTING_PACES, Pace, Unit
from app.replayer import Replayer
from app.worker import Worker
from backprop import Cursor, Experiment, Snapshot, Trainer
from backprop.timeline import Timeline

# New seeds are drawn below this, so that a person can read one out and another can type it.
_SEEDS = 10_000


class Controller(QObject):
    """Drives one worker and one replayer. Signals carry what the window shows; the window decides nothing."""

    run_started = Signal(object)  # RunStarted, followed at once by its first moment
    moment_changed = Signal(object)  # Moment: the one on the screen, now or in the past
    reached_changed = Signal(object)  # Moment: how far the run has come
    playing_changed = Signal(bool)
    pace_changed = Signal(object)  # Pace
    busy_changed = Signal(bool)  # a run is being made ready
    failed = Signal(str)  # a sentence for a person

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.datasets = DatasetStore()
        self.run: RunStarted | None = None
        #: The moment on the screen, and the newest one of the run; the same unless a person has gone back in time.
        self.moment: Moment | None = None
        self.reached: Moment | None = None
        self.pace = FASTEST
        self._playing = False
        self._busy = False
        self._last_command = 0
        #: The position in the past that was asked for last; None while the screen follows the run.
        self._wanted: int | None = None
        self._worker = Worker(self.datasets, self)
        self._worker.run_started.connect(self._show_run)
        self._worker.announced.connect(self._take_moment)
        self._worker.failed.connect(self._show_failure)
        self._replayer = Replayer(self)
        self._replayer.replayed.connect(self._show_past)
        self._worker.start()
        self._replayer.start()

    # --- what a person can ask for

    @property
    def playing(self) -> bool:
        """Whether the run goes on by itself, or will as soon as the worker gets to it."""
        return self._playing

    @property
    def busy(self) -> bool:
        """Whether a run is being made ready."""
        return self._busy

    @property
    def live(self) -> bool:
        """Whether the screen follows the run."""
        return self._wanted is None

    def start_run(self, experiment: Experiment) -> None:
        """Discard the run and begin one of ``experiment``, paused before its first phase."""
        self._set_playing(False)
        self._set_busy(True)
        self._last_command = self._worker.start_run(experiment)

    def play(self) -> None:
        """Come back from the past, and go on at the pace set; does nothing at the end of a run."""
        self.go_live()
        if self.reached is not None and not self.reached.finished and not self._busy:
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
        """Pause, and go one phase, batch or epoch further: in the past to what is known, else to what is new."""
        if self.moment is None or self.reached is None or self._busy:
            return
        if self._wanted is not None:
            self.seek(self.moment.clock.after(self._wanted, self._phases(unit)))
        else:
            self._last_command = self._worker.step(unit)
            self._set_playing(False)

    def step_back(self, unit: Unit) -> None:
        """Pause, and show the moment one phase, batch or epoch earlier."""
        if self.moment is None or self._busy:
            return
        if self._playing:
            self.pause()
        at = self.moment.position if self._wanted is None else self._wanted
        self.seek(self.moment.clock.before(at, self._phases(unit)))

    def seek(self, position: int) -> None:
        """Show the moment at ``position`` of this run, while the run itself stays, or goes on, where it is."""
        if self.reached is None:
            return
        if position >= self.reached.position:
            self.go_live()
            return
        self._wanted = max(0, position)
        cursor = self.reached.clock.cursor(self._wanted)
        self._replayer.ask(self.reached.timeline, cursor, self.reached.snapshot.cursor)

    def seek_cursor(self, cursor: Cursor) -> None:
        """Show the moment at ``cursor``."""
        if self.reached is not None:
            self.seek(self.reached.clock.position(cursor))

    def go_live(self) -> None:
        """Let the screen follow the run again."""
        if self._wanted is not None:
            self._wanted = None
            if self.reached is not None:
                self._show(self.reached)

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
        """End the threads and wait for them; nothing may be asked afterwards."""
        self._worker.stop()
        self._replayer.stop()

    # --- what the threads tell

    def _show_run(self, run: RunStarted) -> None:
        if self.run is None or self.run.experiment.dataset != run.experiment.dataset:
            self.set_pace(STARTING_PACES.get(run.experiment.dataset, FASTEST))
        self.run = run
        self._wanted = None
        self._set_busy(False)
        self.run_started.emit(run)
        self._reach(run.moment)

    def _take_moment(self, moment: Moment) -> None:
        # A moment of a run that has been replaced since would be a picture of something else.
        if self.reached is not None and moment.run >= self.reached.run:
            if moment.run > self.reached.run:
                self._wanted = None
            self._reach(moment)
        # After the event loop's turn, in which the window paints: clicks and timers come before the next moment.
        QTimer.singleShot(0, self._worker.acknowledge)

    def _reach(self, moment: Moment) -> None:
        self.reached = moment
        self.reached_changed.emit(moment)
        if self._wanted is None:
            self._show(moment)
        # A moment sent before the last click was obeyed says nothing about that click.
        if moment.answers >= self._last_command:
            self._set_playing(moment.playing)

    def _show_past(self, timeline: Timeline, snapshot: Snapshot) -> None:
        # By now the person may have come back, or begun another run.
        if self._wanted is not None and self.reached is not None and self.reached.timeline is timeline:
            self._show(self.reached.earlier(snapshot))

    def _show(self, moment: Moment) -> None:
        self.moment = moment
        self.moment_changed.emit(moment)

    def _show_failure(self, error: Exception, answers: int) -> None:
        if answers >= self._last_command:
            self._set_playing(False)
        self._set_busy(False)
        self.failed.emit(explain(error))

    # --- inside

    def _phases(self, unit: Unit) -> int:
        assert self.moment is not None
        clock = self.moment.clock
        return {
            Unit.PHASE: 1,
            Unit.BATCH: clock.end_of_step(1),
            Unit.EPOCH: clock.end_of_epoch(1),
        }[unit]

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
