"""Examination: which sample is looked at alone, and its moment, computed anew for every moment of the run."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.panels.equation.wrong_search import WrongSearch
from backprop import Dataset, Snapshot
from backprop.datasets import Samples
from backprop.microscope import Microscope


class Examination(QObject):
    """A sample of the test or training set, from 0, as a batch of its own; or nothing, while the batch is shown."""

    changed = Signal()
    """Another sample is looked at, or the batch again."""
    emitted = Signal(object)
    """The Snapshot just computed, or None when there is none any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.alone = False
        self.part, self.number = "test", 0
        self._dataset: Dataset | None = None
        self._microscope = Microscope()
        self._told = False
        self._search = WrongSearch(self)
        self._search.found.connect(self._use_found)

    def start_run(self, dataset: Dataset) -> None:
        """Use the samples of ``dataset``; a sample is kept over runs on the same data."""
        same = self._dataset is not None and self._dataset.name == dataset.name
        self._dataset = dataset
        self._search.stop()
        if not same:
            self.alone = False
            self.part, self.number = ("test" if dataset.test is not None else "train"), 0
            self._tell(None)

    def samples(self) -> Samples:
        """Return the samples among which one is chosen. Raises RuntimeError before a run."""
        if self._dataset is None:
            raise RuntimeError("No run has started, so there are no samples.")
        if self.part == "test" and self._dataset.test is not None:
            return self._dataset.test
        return self._dataset.train

    def choose(self, part: str, number: int) -> None:
        """Look at a sample alone; one beyond the last is the last. Raises ValueError for a part that does not exist."""
        if part not in ("test", "train"):
            raise ValueError(f"{part!r} is neither 'test' nor 'train'")
        self._search.stop()
        self.part = part if self._dataset is None or self._dataset.test is not None else "train"
        self.number = max(0, min(number, len(self.samples()) - 1))
        self.alone = True
        self.changed.emit()

    def choose_again(self) -> None:
        """Look at the sample that was looked at before."""
        self.choose(self.part, self.number)

    def leave(self) -> None:
        """Go back to the batch."""
        self._search.stop()
        self.alone = False
        self._tell(None)
        self.changed.emit()

    def pause(self) -> None:
        """Compute nothing until the next ``examine``."""
        self._search.stop()
        self._tell(None)

    def look_for_wrong(self, snapshot: Snapshot) -> None:
        """Go to the next sample that is answered wrongly at this moment, as soon as it is found."""
        self._search.start(snapshot, self.samples(), self.number)

    def _use_found(self, place: int) -> None:
        if place >= 0:
            self.choose(self.part, place)

    def name(self) -> str:
        """Return the sample as NumPy would name it, such as "x_test[17]"; empty while the batch is shown."""
        return f"x_{self.part}[{self.number}]" if self.alone else ""

    def examine(self, snapshot: Snapshot, tell: bool = True) -> Snapshot | None:
        """Return the sample's own moment, as far as the run's step has come; None while the batch is shown.

        Between two steps, where the run has nothing under way, everything is computed but the update. With ``tell``
        the result is ``emitted``.
        """
        if not self.alone:
            return None
        samples, at = self.samples(), slice(self.number, self.number + 1)
        last = len(snapshot.phases)
        phase = snapshot.cursor.phase if 0 < snapshot.cursor.phase < last else last - 1
        result = self._microscope.examine(snapshot, samples.x[at], samples.y[at], phase=phase)
        if tell:
            self._tell(result)
        return result

    def _tell(self, result: Snapshot | None) -> None:
        if result is not None or self._told:
            self._told = result is not None
            self.emitted.emit(result)
