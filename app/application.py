"""The process of the desktop program: Qt, log file, garbage collection, and one window."""

import gc
import sys
from pathlib import Path

import threadpoolctl
from platformdirs import user_state_path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.crash.reporter import CrashReporter
from app.desktop.file_open import FileOpenApplication
from app.log_file import log_to_file
from app.program import Program
from app.run.training.process import TrainingProcess, blas_threads

_COLLECT_EVERY_MS = 2000
_PREFETCH_AFTER_MS = 1000


def run_window(training: TrainingProcess, run_file: Path | None = None) -> int:
    """Open the window, with a process that trains, and return the exit code when it has been closed.

    ``run_file`` is a run to show in it.
    """
    log_to_file()
    app = make_application(sys.argv)
    with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
        program = Program(app, training=training)
        window = program.window
        crashes = CrashReporter(window, lambda: program.window.files.keep_safe())
        crashes.install()
        program.replaced.connect(crashes.follow)
        collector = collect_garbage_here(app)
        window.loaded.connect(freeze_garbage)
        program.gone.connect(freeze_garbage)
        if run_file is None:
            window.shown.connect(window.beside.welcome_once)
        window.show()
        window.files.begin(user_state_path("Backscope", appauthor=False) / "recovery", run_file)
        if isinstance(app, FileOpenApplication):
            app.open_files_with(lambda path: program.window.files.flow.open_path(path))
        # MNIST is there by the time a person chooses it.
        QTimer.singleShot(_PREFETCH_AFTER_MS, program, lambda: program.window.controller.prefetch("mnist", "float32"))
        code = app.exec()
    collector.stop()
    return code


def make_application(arguments: list[str]) -> QApplication:
    """Return the process's QApplication, with its names."""
    app = FileOpenApplication(arguments) if sys.platform == "darwin" else QApplication(arguments)
    app.setApplicationName("Backscope")
    app.setOrganizationName("Backscope")
    app.setDesktopFileName("backscope")
    return app


def collect_garbage_here(app: QApplication) -> QTimer:
    """Collect garbage in this thread only; return the timer that does it.

    Python's collector runs in whichever thread allocates, which is the trainer's, and could destroy Qt objects there.
    """
    gc.disable()
    freeze_garbage()
    timer = QTimer(app)
    timer.timeout.connect(gc.collect)
    timer.start(_COLLECT_EVERY_MS)
    return timer


def freeze_garbage() -> None:
    """Let the collector pass over what is there now, which stays until the window is replaced.

    A collection that looks at a whole window holds this thread for longer than a frame may take.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
