"""Computing ahead: a thread that makes what the next frames are drawn from, while others are drawn and encoded."""

import threading
from collections.abc import Iterator, Sequence
from queue import Empty, Queue
from typing import Any

from app.export.animation import Animation, compute

MOMENTS_AHEAD = 4  # computed and not yet drawn; a moment of MNIST has about 1 MB


class AheadThread(threading.Thread):
    """Computes what animations are drawn from, in the order in which it is drawn, a few at a time.

    Another thread takes the results out of ``values``, which never waits while ``is_ready``.
    """

    def __init__(self, animations: Sequence[Animation]) -> None:
        super().__init__(name="export-replay", daemon=True)
        self._animations = animations
        self._queue: Queue[Any] = Queue(MOMENTS_AHEAD)
        self._cancelled = False
        self._error: Exception | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a result is there, or nothing more will come."""
        return not self._queue.empty() or not self.is_alive()

    def values(self) -> Iterator[Any]:
        """Return the results as they come; raises DrawingError in place of one that could not be computed."""
        while True:
            waiting = self.is_alive()
            try:
                yield self._queue.get(timeout=0.01 if waiting else 0)
            except Empty:
                if not waiting:
                    break
        if self._error is not None:
            raise self._error

    def cancel(self) -> None:
        """Make the thread end soon."""
        self._cancelled = True
        try:
            while True:
                self._queue.get_nowait()
        except Empty:
            pass

    def run(self) -> None:
        """Compute until all is done."""
        try:
            for value in compute(self._animations):
                self._queue.put(value)
                if self._cancelled:
                    return
        except Exception as error:  # raised again where the frame would be drawn
            self._error = error
