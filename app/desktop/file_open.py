"""Files that the system hands to the running program, as macOS does on a double click: by an event."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileOpenApplication(QApplication):
    """Takes such events, and keeps the newest file until somebody opens files.

    They come to the application itself, so the events of widgets do not pass through here. An event filter would see
    them all, and make each cost twice as much.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(arguments)
        self._waiting: Path | None = None
        self._open: Callable[[Path], object] | None = None

    def open_files_with(self, open_file: Callable[[Path], object]) -> None:
        """Let ``open_file`` have the file that waits, if there is one, and from now on every other."""
        self._open = open_file
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            open_file(waiting)

    def event(self, event: QEvent) -> bool:
        """Take a file; everything else is as always."""
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if not event.file():  # an address on the web
            return False
        path = Path(event.file())
        if self._open is None:
            self._waiting = path
        else:
            self._open(path)
        return True
