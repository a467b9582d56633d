"""The process of the desktop program: Qt, log file, garbage collection, and one window."""

import gc
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import threadpoolctl
from platformdirs import user_log_path, user_state_path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.languages import SYSTEM, install, language
from app.main_window import MainWindow
from app.settings import Settings
from app.training.process import TrainingProcess, blas_threads

_log = logging.getLogger(__name__)

_COLLECT_EVERY_MS = 2000
_PREFETCH_AFTER_MS = 1000


def run_window(training: TrainingProcess, run_file: Path | None = None) -> int:
    """Open the window, with a process that trains, and return the exit code when it has been closed.

    ``run_file`` is a run to show in it.
    """
    log_to_file()
    app = make_application(sys.argv)
    with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
        window = MainWindow(training=training)
        sys.excepthook = _log_uncaught
        collector = collect_garbage_here(app)
        window.show()
        window.files.begin(user_state_path("Backscope", appauthor=False) / "recovery", run_file)
        # MNIST is there by the time a person chooses it.
        QTimer.singleShot(_PREFETCH_AFTER_MS, window, lambda: window.controller.prefetch("mnist", "float32"))
        code = app.exec()
    collector.stop()
    return code


def make_application(arguments: list[str]) -> QApplication:
    """Return the process's QApplication, with its names and the language that a person reads."""
    app = QApplication(arguments)
    app.setApplicationName("Backscope")
    app.setOrganizationName("Backscope")
    app.setDesktopFileName("backscope")
    install(app, language(Settings().text("language", SYSTEM)))
    return app


def collect_garbage_here(app: QApplication) -> QTimer:
    """Collect garbage in this thread only; return the timer that does it.

    Python's collector runs in whichever thread allocates, which is the trainer's, and could destroy Qt objects there.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    timer = QTimer(app)
    timer.timeout.connect(gc.collect)
    timer.start(_COLLECT_EVERY_MS)
    return timer


def log_to_file() -> Path | None:
    """Write warnings and errors to a file of at most 1 MB in the person's log folder; return it, or None."""
    path = user_log_path("Backscope", appauthor=False) / "backscope.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=1, encoding="utf-8")
    except OSError:
        return None  # a program that teaches must start even where nothing can be written
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("uncaught", exc_info=(kind, error, trace))
