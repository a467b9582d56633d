"""What the worker hands to the window: one moment of a run, with the record up to it."""

from dataclasses import dataclass

from backprop import Dataset, Experiment, HistoryView, Snapshot


@dataclass(frozen=True, eq=False)
class Moment:
    """A snapshot and its history, and how the run stands. Nothing in it ever changes.

    ``run`` numbers the run it belongs to, and ``answers`` is the number of the last command it takes account of.
    """

    run: int
    answers: int
    snapshot: Snapshot
    history: HistoryView
    epochs: int
    playing: bool
    finished: bool


@dataclass(frozen=True, eq=False)
class RunStarted:
    """A new run is ready: what it will compute, on which data, and how it looks before the first phase."""

    experiment: Experiment
    dataset: Dataset
    moment: Moment
