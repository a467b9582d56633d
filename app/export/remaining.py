"""How long an export still takes, judged by how long it has taken so far."""

import time
from collections.abc import Callable

_TELLING = 0.5  # seconds; what can be seen in less says nothing yet


class Remaining:
    """Begins to count with the first progress it is told of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: tuple[float, int] | None = None

    def seconds(self, done: int, total: int) -> float | None:
        """Return how many seconds remain when ``done`` of ``total`` frames are written; None as long as unknown."""
        now = self._clock()
        if self._begun is None:
            self._begun = (now, done)
        spent, made = now - self._begun[0], done - self._begun[1]
        if made < 1 or (spent < _TELLING and done < total):
            return None
        return spent / made * (total - done)
