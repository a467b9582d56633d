"""A recording: what has to be known of a run to draw any moment of it, in any thread, while the run goes on."""

from dataclasses import dataclass

from app.run.moment import Moment, RunStarted
from backprop import Cursor, Dataset, Experiment, HistoryView, Snapshot, Trainer
from backprop.cursor import Clock, phases
from backprop.session import Session
from backprop.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Recording:
    """A run as it stood when it was recorded; its past is computed again when it is asked for.

    ``experiment`` ends where the run does. ``timeline`` belongs to one thread at a time.
    """

    experiment: Experiment
    dataset: Dataset
    history: HistoryView
    timeline: Timeline
    reached: Cursor

    @classmethod
    def of(cls, trainer: Trainer) -> "Recording":
        """Record the run of ``trainer`` as it is; call this in the thread that trains."""
        experiment = trainer.experiment.replace(epochs=trainer.epochs)
        return cls(experiment, trainer.dataset, trainer.history.view(), trainer.new_timeline(), trainer.cursor)

    @classmethod
    def of_run(cls, run: RunStarted, reached: Moment) -> "Recording":
        """Record the run that the window shows, up to the newest moment it knows of."""
        experiment = run.experiment.replace(epochs=reached.epochs)
        return cls(experiment, run.dataset, reached.history, reached.timeline.another(), reached.snapshot.cursor)

    @classmethod
    def of_session(cls, session: Session, dataset: Dataset) -> "Recording":
        """Record the run in a file, given the data set of its experiment."""
        experiment = session.experiment.replace(epochs=session.epochs)
        return cls(experiment, dataset, session.history.view(), session.timeline(dataset), session.cursor)

    def another(self) -> "Recording":
        """Return the same recording for another thread."""
        return Recording(self.experiment, self.dataset, self.history, self.timeline.another(), self.reached)

    @property
    def clock(self) -> Clock:
        """Counts the moments of this run."""
        return Clock(self.experiment.steps_per_epoch, len(phases(len(self.experiment.layers))))

    def snapshot_at(self, cursor: Cursor) -> Snapshot:
        """Return the moment ``cursor``, computed again; raises CursorError for one not reached."""
        return self.timeline.snapshot_at(cursor, self.reached)

    def history_at(self, snapshot: Snapshot) -> HistoryView:
        """Return the record as it was at the moment of ``snapshot``."""
        return self.history.until(snapshot.steps_done, snapshot.step + snapshot.compared)
