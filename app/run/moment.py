"""What the worker hands to the window: one moment of a run, with the record up to it."""

from dataclasses import dataclass, replace

from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.cursor import Clock
from backprop.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Moment:
    """A snapshot and its history, and how the run stands. Nothing in it ever changes.

    ``run`` numbers the run it belongs to, and ``answers`` is the number of the last command it takes account of.
    ``live`` tells whether it is the newest moment of its run; ``timeline`` leads back, for one thread.
    """

    run: int
    answers: int
    snapshot: Snapshot
    history: HistoryView
    epochs: int
    playing: bool
    finished: bool
    timeline: Timeline
    live: bool = True

    @property
    def clock(self) -> Clock:
        """Counts the moments of this run."""
        return Clock(self.history.steps_per_epoch, len(self.snapshot.phases))

    @property
    def position(self) -> int:
        """How many phases of the run had been computed at this moment."""
        return self.clock.position(self.snapshot.cursor)

    @property
    def next_learning_rate(self) -> float:
        """The learning rate of the next update; a person may have changed it since the last one."""
        return self.timeline.learning_rate(self.snapshot.steps_done)

    def earlier(self, snapshot: Snapshot) -> "Moment":
        """Return the earlier moment of the same run that ``snapshot`` shows."""
        history = self.history.until(snapshot.steps_done, snapshot.step + snapshot.compared)
        return replace(self, snapshot=snapshot, history=history, finished=False, live=False)


@dataclass(frozen=True, eq=False)
class RunStarted:
    """A run is ready: what it computes, on which data, and how it looks now.

    That is before the first phase, unless it was ``opened``, and has come further already.
    """

    experiment: Experiment
    dataset: Dataset
    moment: Moment
    opened: bool = False

    @property
    def now(self) -> Experiment:
        """The experiment with the learning rate and the epochs that hold at this moment."""
        return self.experiment.replace(learning_rate=self.moment.next_learning_rate, epochs=self.moment.epochs)


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run that a person has kept to compare others with: the ``number``-th one, and its curves up to then."""

    number: int
    experiment: Experiment
    history: HistoryView
