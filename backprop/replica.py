"""A run that is computed in another process, as it is known here: its record, and the way back."""

from backprop.datasets import Dataset
from backprop.experiment import Experiment
from backprop.history import History, HistoryPart, HistoryView
from backprop.keyframes import DEFAULT_BYTE_BUDGET
from backprop.snapshot import Capture, Snapshot
from backprop.stepper import Stepper
from backprop.timeline import Timeline
from backprop.trainer import new_history


class Replica:
    """Follows a trainer of ``experiment`` whose keyframes are PassedOn, by what its ``capture`` returns.

    ``past`` is the record up to the moment from which that trainer has resumed a run. Every capture has to be followed,
    in order. One thread at a time may do that; timelines are for another.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset, past: History | None = None) -> None:
        self.experiment = experiment
        self.dataset = dataset
        self._stepper = Stepper(experiment, dataset)
        classes = len(dataset.info.class_names) if dataset.test else 0
        self._history = past or new_history(self._stepper, classes, DEFAULT_BYTE_BUDGET)
        self.timeline = Timeline(experiment, dataset, self._history)

    def follow(self, capture: Capture, part: HistoryPart) -> tuple[Snapshot, HistoryView]:
        """Take note of what the trainer has done since, and return the moment it has reached."""
        self._history.add(part)
        return self._stepper.snapshot_of(capture), self._history.view()
