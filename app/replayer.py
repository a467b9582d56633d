"""The thread that goes back in time: it replays the moment asked for last, while the trainer's thread trains on."""

import logging
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from backprop import Cursor, Snapshot
from backprop.timeline import Timeline

_log = logging.getLogger(__name__)


class Replayer(QThread):
    """Turns cursors into snapshots. While a person drags, requests come faster than replays; the newest wins."""

    replayed = Signal(object, object)  # the Timeline asked, and the Snapshot

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayer")
        self._wake = Condition()
        self._request: tuple[Timeline, Cursor, Cursor] | None = None
        self._quitting = False

    def ask(self, timeline: Timeline, cursor: Cursor, reached: Cursor) -> None:
        """Ask for the moment ``cursor`` of a run that has come to ``reached``; returns at once."""
        with self._wake:
            self._request = (timeline, cursor, reached)
            self._wake.notify()

    def stop(self) -> None:
        """End the thread after the replay at hand, and wait for it."""
        with self._wake:
            self._quitting = True
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        """Replay until told to stop (called by Qt)."""
        while (request := self._next()) is not None:
            timeline, cursor, reached = request
            snapshot = self._replay(timeline, cursor, reached)
            if snapshot is not None:
                self.replayed.emit(timeline, snapshot)

    def _next(self) -> tuple[Timeline, Cursor, Cursor] | None:
        with self._wake:
            while self._request is None and not self._quitting:
                self._wake.wait()
            request, self._request = self._request, None
            return None if self._quitting else request

    @staticmethod
    def _replay(timeline: Timeline, cursor: Cursor, reached: Cursor) -> Snapshot | None:
        try:
            return timeline.snapshot_at(cursor, reached)
        except Exception:
            _log.exception("%s could not be replayed", cursor)  # the window stays at the moment it shows
            return None
