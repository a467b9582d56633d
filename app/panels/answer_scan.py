"""AnswerScan: finds all samples that the network answers wrongly, a few at a time so that no one waits."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from backprop import Snapshot
from backprop.arrays import Integers
from backprop.datasets import Samples
from backprop.metrics import predicted_classes

# How long one turn may keep the window, in seconds, and with how many samples a scan begins to find out.
_TURN = 0.003
_FIRST_SAMPLES = 32


class AnswerScan(QObject):
    """One scan at a time: ``start`` begins one, and drops one that is under way."""

    finished = Signal()
    """``snapshot`` and ``wrong`` hold the result now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: The moment whose answers ``wrong`` holds; None before the first scan is complete.
        self.snapshot: Snapshot | None = None
        #: The rows of all samples answered wrongly, ascending.
        self.wrong: Integers = np.zeros(0, np.int64)
        self._pending: Snapshot | None = None
        self._samples: Samples | None = None
        self._found: list[Integers] = []
        self._next = 0
        self._size = _FIRST_SAMPLES
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    @property
    def pending(self) -> Snapshot | None:
        """The moment being looked at, or None."""
        return self._pending

    def start(self, snapshot: Snapshot, samples: Samples) -> None:
        """Look for what the parameters of ``snapshot`` answer wrongly in ``samples``."""
        self._pending, self._samples = snapshot, samples
        self._found.clear()
        self._next = 0
        self._timer.start()

    def reset(self) -> None:
        """Forget everything."""
        self._timer.stop()
        self._pending = self._samples = self.snapshot = None
        self.wrong = np.zeros(0, np.int64)

    def _turn(self) -> None:
        assert self._pending is not None
        assert self._samples is not None
        began = perf_counter()
        rows = slice(self._next, self._next + self._size)
        predicted = predicted_classes(self._pending.predict(self._samples.x[rows]))
        self._found.append(np.flatnonzero(predicted != self._samples.labels[rows]) + self._next)
        self._next += self._size
        if self._next >= len(self._samples):
            self._timer.stop()
            self.snapshot, self._pending = self._pending, None
            self.wrong = np.concatenate(self._found)
            self.finished.emit()
        elif perf_counter() - began < _TURN / 2:
            self._size *= 2
        elif perf_counter() - began > _TURN and self._size > _FIRST_SAMPLES:
            self._size //= 2
