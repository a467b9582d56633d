"""CrashReporter: what nobody has caught, from any thread, is logged; the first time it is also told."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.crash.dialog import CrashDialog


_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

#: Saves the run as it is now; returns the file, or None where there is nothing to save. It may fail.
SaveRun = Callable[[], Path | None]


class CrashReporter(QObject):
    """Saves the run and opens one dialog over ``window``.

    The same exception again, and whatever happens while the dialog is open, is only logged: there is never a storm.
    """

    _caught = Signal(object)  # BaseException, in the thread in which it was raised

    def __init__(self, window: QWidget, save_run: SaveRun) -> None:
        super().__init__(window)
        self._window = window
        self._save_run = save_run
        self._told: set[tuple[object, ...]] = set()
        self.dialog: CrashDialog | None = None
        # Never from within the slot that failed.
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def follow(self, window: QWidget) -> None:
        """Open the next dialog over ``window``, which has taken the place of the one before."""
        self._forget_dialog()
        self.setParent(window)
        self._window = window

    def install(self) -> None:
        """Take over what Python and Qt do with what nobody has caught."""
        self._before = (sys.excepthook, threading.excepthook, qInstallMessageHandler(self._take_message))
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def uninstall(self) -> None:
        """Put back what was there before ``install``."""
        sys.excepthook, threading.excepthook, messages = self._before
        qInstallMessageHandler(messages)

    # --- in any thread

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.critical("uncaught", exc_info=(kind, error, trace))
        self._caught.emit(error)

    def _take_from_thread(self, thrown: threading.ExceptHookArgs) -> None:
        if thrown.exc_value is not None and not issubclass(thrown.exc_type, SystemExit):
            self._take(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)

    def _take_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Log what Qt says. After a fatal message the process ends: the run is saved here and now."""
        logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
        if sys.stderr is not None:
            print(message, file=sys.stderr)
        if kind is QtMsgType.QtFatalMsg:
            self._save()

    # --- in the window's thread

    def _tell(self, error: BaseException) -> None:
        place = _place(error)
        if self.dialog is not None or place in self._told:
            return
        self._told.add(place)
        from app.crash.dialog import CrashDialog  # late: the first picture should not wait for them
        from app.crash.report import make_report

        self.dialog = CrashDialog(make_report(error), self._save() is not None, self._window)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.quit_requested.connect(self._window.close)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _save(self) -> Path | None:
        try:
            return self._save_run()
        except Exception:
            _log.exception("the run could not be saved")
            return None


def _place(error: BaseException) -> tuple[object, ...]:
    """Return what makes an exception the same one again: its type, and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return (type(error), frames[-1].filename, frames[-1].lineno) if frames else (type(error), str(error))
