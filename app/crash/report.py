"""The report of an uncaught exception: versions, traceback, the last lines of the log, and nothing personal."""

import traceback
from collections.abc import Iterator
from pathlib import Path

from app.log_file import last_lines
from app.versions import versions_text

_LOG_LINES = 40


def make_report(error: BaseException) -> str:
    """Return the report of ``error`` as plain text."""
    trace = "".join(traceback.format_exception(error)).rstrip()
    parts = [versions_text(), trace, last_lines(_LOG_LINES)]
    return without_home("\n\n".join(part for part in parts if part))


def without_home(text: str) -> str:
    """Return ``text`` with ``~`` in the place of the person's home folder, whose name is often the person's own."""
    for home in _homes():
        text = text.replace(home, "~")
    return text


def _homes() -> Iterator[str]:
    """Yield the home folder in every way of writing it, the longest first: a link may lead to it."""
    try:
        home = Path.home()
    except RuntimeError:
        return  # nobody's home: there is nothing to hide
    ways = {str(home), str(home.resolve()), home.as_posix(), str(home).replace("\\", "\\\\")}
    yield from sorted((way for way in ways if len(way) > 1), key=len, reverse=True)
