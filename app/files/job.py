"""One piece of work on a file, in a thread of its own, with progress and cancel."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from backprop.container import Progress

_log = logging.getLogger(__name__)

# Seconds between two signals about progress.
_FRAME = 0.05


class CancelledError(Exception):
    """Raised inside the work when a person has given it up."""


class FileJob(QObject):
    """Does ``work(progress)`` in a thread. Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted.

    ``seconds`` is how long it has taken, once it has ended.
    """

    progress = Signal(float)  # the part that is done, 0 to 1
    finished = Signal(object)  # what the work has returned
    failed = Signal(object)  # the exception
    cancelled = Signal()

    def __init__(self, work: Callable[[Progress], Any], name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Callable[[Progress], Any] | None = work
        self._given_up = threading.Event()
        self._told = 0.0
        self._begun = 0.0
        self.seconds = 0.0
        # A drive that never answers must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; may be called once."""
        self._begun = time.monotonic()
        self._thread.start()

    def cancel(self) -> None:
        """Give it up; ``cancelled`` follows soon, or ``finished`` if that came first."""
        self._given_up.set()

    def wait(self, seconds: float) -> None:
        """Wait until the thread has ended, but no longer than ``seconds``."""
        self._thread.join(seconds)

    # --- in the thread

    def _run(self) -> None:
        # Let go of when it is done: a job lives on for a while, and the work may hold a whole run.
        work, self._work = self._work, None
        assert work is not None
        try:
            result = work(self._count)
        except CancelledError:
            self._end(self.cancelled)
        except Exception as error:
            self._end(self.failed, error)
        else:
            self._end(self.finished, result)
        finally:
            del work

    def _end(self, signal: Any, *values: object) -> None:
        self.seconds = time.monotonic() - self._begun
        signal.emit(*values)

    def _count(self, done: int, total: int) -> None:
        if self._given_up.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self._told > _FRAME:
            self._told = now
            self.progress.emit(done / total)
