"""The thread that goes back in time: it replays the moment asked for last, while the trainer's thread trains on."""

import logging
from collections.abc import Callable
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from backprop import Cursor
from backprop.timeline import Timeline

_log = logging.getLogger(__name__)


class Replayer(QThread):
    """Turns cursors into snapshots. While a person drags, requests come faster than replays; the newest wins."""

    replayed = Signal(object, object)  # the Timeline asked, and the Snapshot
    prepared = Signal(object, object, object)  # the Timeline asked, the Continuation, and the History up to there

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayer")
        self._wake = Condition()
        self._request: Callable[[], None] | None = None
        self._quitting = False

    def ask(self, timeline: Timeline, cursor: Cursor, reached: Cursor) -> None:
        """Ask for the moment ``cursor`` of a run that has come to ``reached``; returns at once."""
        self._post(lambda: self.replayed.emit(timeline, timeline.snapshot_at(cursor, reached)))

    def prepare(self, timeline: Timeline, cursor: Cursor, reached: Cursor) -> None:
        """Ask for what is needed to go on from ``cursor``; returns at once."""
        self._post(lambda: self.prepared.emit(timeline, *timeline.continuation(cursor, reached)))

    def stop(self) -> None:
        """End the thread after the replay at hand, and wait for it."""
        with self._wake:
            self._quitting = True
            self._wake.notify()
        self.wait()

    def _post(self, request: Callable[[], None]) -> None:
        with self._wake:
            self._request = request
            self._wake.notify()

    def run(self) -> None:
        """Replay until told to stop (called by Qt)."""
        while (request := self._next()) is not None:
            try:
                request()
            except Exception:
                _log.exception("a moment could not be replayed")  # the window stays at the moment it shows

    def _next(self) -> Callable[[], None] | None:
        with self._wake:
            while self._request is None and not self._quitting:
                self._wake.wait()
            request, self._request = self._request, None
            return None if self._quitting else request
