"""What the robustness scripts share: the real window with settings of its own, and a watch on faults."""

import ctypes
import gc
import os
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import threadpoolctl
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from app.application import collect_garbage_here, freeze_garbage, make_application
from app.run.training.process import blas_threads
from app.settings import Settings
from app.window.main_window import MainWindow

#: The window's thread may be busy for so long at a time, in seconds.
LONGEST_FRAME = 0.1
_BEAT_MS = 5


class Watch:
    """Keeps what nobody may see: exceptions, warnings, and how long the window's thread was busy at a time.

    Busy is counted in processor time of that thread, so that other work on the machine does not fall on the window.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        #: For each time that the thread was busy for too long: seconds, and what had been done just before.
        self.held: list[tuple[float, str]] = []
        self.doing = ""
        self._last = time.thread_time()
        self._heart = QTimer()
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(self._beat)
        sys.excepthook = self._take_exception
        qInstallMessageHandler(self._take_message)
        warnings.simplefilter("error")

    def begin(self) -> None:
        """Count busy times from now on."""
        self._last = time.thread_time()
        self._heart.start(_BEAT_MS)

    def end(self) -> None:
        """Count no longer."""
        self._heart.stop()
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__

    def _beat(self) -> None:
        now = time.thread_time()
        if now - self._last > LONGEST_FRAME:
            self.held.append((now - self._last, self.doing))
        self._last = now

    def _take_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        self._note("".join(traceback.format_exception(kind, error, trace)))

    def _take_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        # The offscreen platform says so of features that nothing here needs.
        if kind is not QtMsgType.QtDebugMsg and "This plugin does not support" not in text:
            self._note(f"Qt says {text}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"after {self.doing}: {fault}")
        print("FAULT", self.faults[-1], flush=True)  # now, as the next one may end the process


@contextmanager
def program() -> Iterator[tuple[QApplication, Path]]:
    """Make the application as main.py does, and a folder that is thrown away in the end."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.modules["tensorflow"] = None  # type: ignore[assignment]  # its data sets would be downloaded
    app = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[name] = folder
        collector = collect_garbage_here(app)
        try:
            with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
                yield app, Path(folder)
        finally:
            collector.stop()


def open_window(folder: Path, size: tuple[int, int] = (1366, 768)) -> MainWindow:
    """Open the window with settings of its own in ``folder``, and wait until all of it is there."""
    window = MainWindow(Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)))
    window.resize(*size)
    window.show()
    wait_for(lambda: window.controller.moment is not None and window.complete)
    freeze_garbage()  # as the program does when all panels are there
    return window


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Let the program live until ``condition`` holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the window did not do what was waited for")
        QCoreApplication.processEvents()
        time.sleep(0.001)


def dispose(window: MainWindow) -> None:
    """Close ``window``, and let Qt and Python take all of it away."""
    window.close()
    window.deleteLater()
    gc.unfreeze()  # what was passed over while the window stood
    collect()


def collect() -> None:
    """Let Qt and Python take away what nobody needs any more."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()
    if sys.platform.startswith("linux"):
        # What the allocator has kept of memory given back says nothing of what is still in use.
        ctypes.CDLL("libc.so.6").malloc_trim(0)


class _MallocInfo(ctypes.Structure):
    """What mallinfo2(3) of glibc returns."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        ]
    )


def megabytes_in_use() -> float:
    """Return what this process has asked of malloc and not given back, in MB (glibc only): Qt's data, and arrays.

    Resident memory goes up and down by tens of MB with what malloc keeps in reserve, and says nothing of a leak.
    Python's small objects are not in it: sys.getallocatedblocks() counts them.
    """
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _MallocInfo
    info = ask()
    return float(info.uordblks + info.hblkhd) / 1024**2


def resident_megabytes(process: int | str = "self") -> float:
    """Return the resident memory of a process, in MB (Linux only)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def living() -> Counter[str]:
    """Return how many there are of what a window must not leave behind."""
    return Counter(
        threads=threading.active_count(),
        widgets=len(QApplication.allWidgets()),
        timers=sum(isinstance(thing, QTimer) for thing in gc.get_objects()),
        files=len(list(Path("/proc/self/fd").iterdir())),
        processes=len(children()),
    )


def children() -> list[int]:
    """Return the numbers of the processes that this one has started and that live (Linux only)."""
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _parent(p) == os.getpid()]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0
