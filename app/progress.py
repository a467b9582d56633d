"""Progress of a headless command, as one line on a terminal."""

import sys
import time
from collections.abc import Callable

_WIDTH = 40
_SHORTEST = 0.1  # seconds between two looks


def progress_printer(words: str, total: int, *, quiet: bool = False) -> Callable[[int], None]:
    """Return what shows how many of ``total`` are done; ``words`` are such as "epoch {done} of {total}".

    Nothing is shown with ``quiet``, or where standard error is no terminal.
    """
    if quiet or not sys.stderr.isatty():
        return lambda done: None
    last_shown = 0.0

    def show(done: int) -> None:
        nonlocal last_shown
        now = time.perf_counter()
        if now - last_shown < _SHORTEST and done < total:
            return
        last_shown = now
        filled = _WIDTH * done // total
        text = words.format(done=f"{done:,}", total=f"{total:,}")
        end = "\n" if done == total else ""
        print(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {text}", end=end, file=sys.stderr, flush=True)

    return show
