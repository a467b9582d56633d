"""The log file: warnings and errors, in the person's log folder."""

import logging
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path


def log_path() -> Path:
    """Return where the log file is, whether or not anything was written yet."""
    return user_log_path("Backscope", appauthor=False) / "backscope.log"


def log_to_file() -> Path | None:
    """Write warnings and errors to a file of at most 1 MB from now on; return it, or None."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=1, encoding="utf-8")
    except OSError:
        return None  # a program that teaches must start even where nothing can be written
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


def last_lines(count: int) -> str:
    """Return the last ``count`` lines of the log file, as far as it can be read."""
    try:
        with log_path().open(encoding="utf-8", errors="replace") as file:
            return "".join(deque(file, maxlen=count)).rstrip()
    except OSError:
        return ""
