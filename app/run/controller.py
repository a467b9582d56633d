"""Play, pause, step, seek, reset: what a person asks for, turned into commands; and the only owner of the threads."""

import secrets

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.messages import explain
from app.run.dataset_store import DatasetStore
from app.run.moment import KeptRun, Moment, RunStarted
from app.run.pace import FASTEST, STARTING_PACES, Pace, Unit
from app.run.replayer import Replayer
from app.run.training.process import TrainingProcess
from app.run.worker import Worker
from backprop import Cursor, Experiment, Snapshot
from backprop.continuation import Continuation
from backprop.history import History
from backprop.session import Curves, Session
from backprop.timeline import Timeline

# New seeds are drawn below this, so that a person can read one out and another can type it.
_SEEDS = 10_000
# Playing backwards: 30 moments a second at most, and the whole run in ten seconds at full speed.
_REWIND_MS = 33
_REWIND_FRAMES = 300
# More curves than these cannot be told apart, and each run keeps its own keyframes.
_KEPT = 3


class Controller(QObject):
    """Drives one worker and one replayer. Signals carry what the window shows; the window decides nothing.

    ``training`` is the process to train in, for a program that has started it already.
    """

    run_started = Signal(object)  # RunStarted, followed at once by its first moment
    moment_changed = Signal(object)  # Moment: the one on the screen, now or in the past
    reached_changed = Signal(object)  # Moment: how far the run has come
    playing_changed = Signal(bool)
    pace_changed = Signal(object)  # Pace
    busy_changed = Signal(bool)  # a run is being made ready
    opened = Signal()  # the run that has just been started comes from a file, and its moment has been shown
    resumed = Signal(object)  # Moment: a run goes on from a moment of its past, with that moment's learning rate
    kept_changed = Signal(object)  # tuple[KeptRun, ...]: the runs kept to be compared
    rewinding_changed = Signal(bool)  # the run plays backwards
    experiment_changed = Signal(object)  # Experiment: the same run goes on with another learning rate or end
    failed = Signal(str)  # a sentence for a person

    def __init__(self, parent: QObject | None = None, training: TrainingProcess | None = None) -> None:
        super().__init__(parent)
        self.datasets = DatasetStore()
        self.run: RunStarted | None = None
        #: What the run trains with from now on: its recipe, with what has been changed on the way.
        self.experiment: Experiment | None = None
        #: The moment on the screen, and the newest one of the run; the same unless a person has gone back in time.
        self.moment: Moment | None = None
        self.reached: Moment | None = None
        self.pace = FASTEST
        self._playing = False
        self._busy = False
        self._last_command = 0
        self._kept_count = 0
        #: The position in the past that was asked for last; None while the screen follows the run.
        self._wanted: int | None = None
        self._worker = Worker(self.datasets, training or TrainingProcess(), self)
        self._worker.run_started.connect(self._show_run)
        self._worker.announced.connect(self._take_moment)
        self._worker.failed.connect(self._show_failure)
        self._replayer = Replayer(self)
        self._replayer.replayed.connect(self._show_past)
        self._replayer.prepared.connect(self._resume)
        #: The runs that a person has kept to compare the one at hand with, the oldest first.
        self.kept: tuple[KeptRun, ...] = ()
        self._resuming = False
        self._rewind = QTimer(self)
        self._rewind.timeout.connect(self._rewind_on)
        self._worker.start()
        self._replayer.start()

    @property
    def reports(self) -> SignalInstance:
        """The signal with each moment of the run as it arrives, sent in the worker's thread; for measurements."""
        return self._worker.announced

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
        self.stop_rewinding()
        self._set_playing(False)
        self._set_busy(True)
        self._last_command = self._worker.start_run(experiment)

    def open_run(self, session: Session) -> None:
        """Discard the run and show the one of ``session``, paused where it was."""
        self.stop_rewinding()
        self._set_playing(False)
        self._set_busy(True)
        self._last_command = self._worker.open_run(session)

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
        if self.rewinding:
            self.stop_rewinding()
        elif self._playing:
            self.pause()
        else:
            self.play()

    def step(self, unit: Unit) -> None:
        """Pause, and go one phase, batch or epoch further: in the past to what is known, else to what is new."""
        if self.moment is None or self.reached is None or self._busy:
            return
        self.stop_rewinding()
        if self._wanted is not None:
            self.seek(self.moment.clock.after(self._wanted, self._phases(unit)))
        else:
            self._last_command = self._worker.step(unit)
            self._set_playing(False)

    def step_back(self, unit: Unit) -> None:
        """Pause, and show the moment one phase, batch or epoch earlier."""
        if self.moment is None or self._busy:
            return
        self.stop_rewinding()
        if self._playing:
            self.pause()
        at = self.moment.position if self._wanted is None else self._wanted
        self.seek(self.moment.clock.before(at, self._phases(unit)))

    def seek(self, position: int) -> None:
        """Show the moment at ``position`` of this run, while the run itself stays, or goes on, where it is."""
        if self.reached is None or self._busy:
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

    def go_to(self, cursor: Cursor) -> None:
        """Pause, and show the moment at ``cursor``, in the past or a few phases on; those are computed."""
        if self.reached is None or self._busy:
            return
        self.stop_rewinding()
        if self._playing:
            self.pause()
        missing = self.reached.clock.position(cursor) - self.reached.position
        if missing <= 0:
            self.seek_cursor(cursor)
            return
        self.go_live()
        for _ in range(missing):
            self._last_command = self._worker.step(Unit.PHASE)

    def go_live(self) -> None:
        """Let the screen follow the run again."""
        self.stop_rewinding()
        if self._wanted is not None:
            self._wanted = None
            if self.reached is not None:
                self._show(self.reached)

    def rewind(self) -> None:
        """Play backwards from the moment on the screen, at the pace set; at the fastest, all of it in ten seconds."""
        if self.moment is None or self._busy or self.moment.position == 0:
            return
        if self._playing:
            self.pause()
        rate = self.pace.per_second
        self._rewind.start(_REWIND_MS if rate is None else max(_REWIND_MS, round(1000 / rate)))
        self.rewinding_changed.emit(True)

    def stop_rewinding(self) -> None:
        """Stay at the moment that playing backwards has come to."""
        if self._rewind.isActive():
            self._rewind.stop()
            self.rewinding_changed.emit(False)

    @property
    def rewinding(self) -> bool:
        """Whether the run plays backwards."""
        return self._rewind.isActive()

    def _rewind_on(self) -> None:
        assert self.moment is not None
        assert self.reached is not None
        at = self.moment.position if self._wanted is None else self._wanted
        if self._wanted is not None and self.moment.position != at:
            return  # the moment before is still being computed
        if at == 0:
            self.stop_rewinding()
            return
        rate, phases = self.pace.per_second, self._phases(self.pace.unit)
        if rate is None:
            units = self.reached.position / phases / _REWIND_FRAMES
        else:
            units = rate * self._rewind.interval() / 1000
        self.seek(self.moment.clock.before(at, phases) - (max(1, round(units)) - 1) * phases)

    def continue_here(self, *, keep: bool) -> None:
        """Let the run go on from the moment in the past that is on the screen.

        What it had computed since is discarded or, with ``keep``, stays as a run to compare with.
        """
        if self.moment is None or self.reached is None or self._wanted is None or self._busy:
            return
        self.stop_rewinding()
        if self._playing:
            self.pause()
        if keep:
            self.keep()
        self._set_busy(True)
        self._resuming = True
        self._replayer.prepare(self.reached.timeline, self.moment.snapshot.cursor, self.reached.snapshot.cursor)

    def keep(self) -> None:
        """Keep the run as it is, so that another can be compared with it; the oldest of four goes."""
        if self.run is not None and self.reached is not None:
            self.keep_curves((Curves(self.run.experiment, self.reached.history),))

    def keep_curves(self, runs: tuple[Curves, ...]) -> None:
        """Keep the curves of ``runs``, such as those of a file; the oldest of more than three go."""
        kept = list(self.kept)
        for run in runs:
            self._kept_count += 1
            kept.append(KeptRun(self._kept_count, run.experiment, run.history))
        self._set_kept(tuple(kept[-_KEPT:]))

    def forget_kept(self) -> None:
        """Discard the runs that were kept."""
        self._set_kept(())

    def _set_kept(self, kept: tuple[KeptRun, ...]) -> None:
        self.kept = kept
        self.kept_changed.emit(kept)

    def reset(self) -> None:
        """Go back to the same initial weights."""
        self.stop_rewinding()
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
        self._change_experiment(learning_rate=learning_rate)

    def set_epochs(self, epochs: int) -> None:
        """Let the run end after ``epochs`` epochs."""
        self._last_command = self._worker.set_epochs(epochs)
        self._change_experiment(epochs=epochs)

    def _change_experiment(self, **changes: float) -> None:
        if self.experiment is not None:
            self.experiment = self.experiment.replace(**changes)
            self.experiment_changed.emit(self.experiment)

    def prefetch(self, dataset: str, dtype: str) -> None:
        """Load a data set in the background."""
        self._worker.prefetch(dataset, dtype)

    def stop(self) -> None:
        """End the threads and wait for them; nothing may be asked afterwards."""
        self._rewind.stop()
        self._worker.stop()
        self._replayer.stop()

    # --- what the threads tell

    def _show_run(self, run: RunStarted) -> None:
        if self.run is None or self.run.experiment.dataset != run.experiment.dataset:
            self.set_pace(STARTING_PACES.get(run.experiment.dataset, FASTEST))
        self.run = run
        self.experiment = run.now
        self._wanted = None
        self._resuming = False
        self._set_busy(False)
        self.run_started.emit(run)
        self._reach(run.moment)
        if run.opened:
            self.opened.emit()

    def _take_moment(self, moment: Moment) -> None:
        # A moment of a run that has been replaced since would be a picture of something else.
        if self.reached is not None and moment.run >= self.reached.run:
            another = moment.run > self.reached.run
            if another:
                self._wanted = None
                self.stop_rewinding()
            self._reach(moment)
            if another and self._resuming:
                self._resuming = False
                self._set_busy(False)
                self._change_experiment(learning_rate=moment.snapshot.learning_rate, epochs=moment.epochs)
                self.resumed.emit(moment)
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

    def _resume(self, timeline: Timeline, continuation: Continuation, past: History) -> None:
        if self.reached is not None and self.reached.timeline is timeline:
            self._last_command = self._worker.resume(continuation, past, self.reached.epochs)

    def _show(self, moment: Moment) -> None:
        self.moment = moment
        self.moment_changed.emit(moment)

    def _show_failure(self, error: Exception, answers: int) -> None:
        if answers >= self._last_command:
            self._set_playing(False)
        self._resuming = False
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
