"""WrongSearch: finds the next sample that the network answers wrongly, a few at a time so that no one waits."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from backprop import Snapshot
from backprop.arrays import Integers
from backprop.datasets import Samples
from backprop.metrics import predicted_classes

# How long one turn may keep the window, in seconds, and how many samples are answered at once.
_TURN = 0.004
_CHUNK = 32


class WrongSearch(QObject):
    """One search at a time: ``start`` begins one, and drops one that is under way."""

    found = Signal(int)
    """The place of the sample, from 0; -1 when every one is answered rightly."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)
        self._order: Integers = np.zeros(0, np.int64)
        self._next = 0

    def start(self, snapshot: Snapshot, samples: Samples, after: int) -> None:
        """Look through ``samples`` from the one after ``after``, and from the first one on after the last."""
        self._snapshot, self._samples = snapshot, samples
        self._order = np.roll(np.arange(len(samples)), -(after + 1))
        self._next = 0
        self._timer.start()

    def stop(self) -> None:
        """Give up."""
        self._timer.stop()

    def _turn(self) -> None:
        began = perf_counter()
        while perf_counter() - began < _TURN:
            places = self._order[self._next : self._next + _CHUNK]
            if not len(places):
                self._finish(-1)
                return
            answers = predicted_classes(self._snapshot.predict(self._samples.x[places]))
            wrong = np.flatnonzero(answers != self._samples.labels[places])
            if len(wrong):
                self._finish(int(places[wrong[0]]))
                return
            self._next += len(places)

    def _finish(self, place: int) -> None:
        self._timer.stop()
        self.found.emit(place)
