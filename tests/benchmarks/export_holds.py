"""How long exporting holds the window's thread at a time, while a person chooses and while frames are drawn.

    python tests/benchmarks/export_holds.py [--lesson xor|mnist] [--size WxH] [--frames N] [--only WORD]

In the real window, beside a paused run: opens the export dialog, chooses each view and each format there, and exports a
few frames of each view. A timer beats in the window's thread; counted is the processor time of that thread between two
beats, so that other work on the machine does not fall on it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "robustness"))

from opened import dispose, open_window, program, wait_for
from PySide6.QtCore import QEventLoop, Qt, QTimer
from rounds import Aim, describe_machine, print_table, show_progress

from app.panels import PANELS
from app.run.pace import FASTEST
from app.window.main_window import MainWindow
from backprop import LESSONS

if TYPE_CHECKING:  # the program imports these when the dialog is opened, and that is counted too
    from app.export.request import ExportRequest
    from app.export_dialog.dialog import ExportDialog

_BEAT_MS = 1
_ALL = ("loss", "network", "weights", "samples")
_AIM = Aim(at_most=100.0, unit=" ms")
#: The lessons, shortened: long enough that every panel has something to show.
_RUNS = {
    "xor": LESSONS["xor"].experiment.replace(epochs=2000),
    "mnist": LESSONS["mnist"].experiment.replace(epochs=2),
}


class Holds:
    """Beats in the window's thread, and keeps for how long it was busy between two beats, in seconds."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str]] = []
        self._busy: list[float] = []
        self._last = 0.0
        self._heart = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(self._beat)

    @contextmanager
    def during(self, words: str) -> Iterator[None]:
        """Count what is done inside, and name it ``words`` in the table."""
        show_progress(words)
        self._busy.clear()
        begun, self._last = time.perf_counter(), time.thread_time()
        self._heart.start(_BEAT_MS)
        yield
        self._beat()
        self._heart.stop()
        longest = 1000 * max(self._busy)
        over = sum(busy > 0.03 for busy in self._busy)
        took = time.perf_counter() - begun
        self.rows.append((words, f"{longest:.0f}", _AIM.verdict(longest), str(over), f"{took:.1f}"))

    def _beat(self) -> None:
        now = time.thread_time()
        self._busy.append(now - self._last)
        self._last = now


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lesson", choices=_RUNS, default="xor")
    parser.add_argument("--size", default="3840x2160", metavar="WxH")
    parser.add_argument("--frames", type=int, default=20, help="frames of each animation exported (default 20)")
    parser.add_argument("--only", default="", metavar="WORD", help="only what has this word in its name")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    with program() as (_, settings), tempfile.TemporaryDirectory() as folder:
        window = open_window(settings)
        window.settings.set_text("export_folder", folder)
        _train(window, options.lesson)
        holds = Holds()
        with holds.during("nothing, for a second"):
            _live(1.0)
        with holds.during("the dialog opens for the first time"):
            window.beside.export_as()
            dialog = window.beside.exporter
            assert dialog is not None
            _settle(dialog)
        with holds.during(f"choosing {options.size}"):
            dialog.form.size_field.wide.setValue(width)
            dialog.form.size_field.high.setValue(height)
            _settle(dialog)
        for words, do in _choices(dialog):
            if options.only in words:
                with holds.during(words):
                    do()
                    _settle(dialog)
        dialog.close()
        from app.export.moments import Moments, Spread
        from app.export.request import ExportRequest

        for views in _views(window):
            words = f"exporting {' '.join(views)}"
            if options.only in words:
                target = Path(folder) / "exported.gif"
                request = ExportRequest(target, views, Moments(Spread(options.frames)), (width, height))
                with holds.during(words):
                    _export(window, request)
        dispose(window)
    show_progress("")
    print(describe_machine())
    header = ("what", "longest hold, ms", f"{_AIM}", "over 30 ms", "seconds in all")
    print_table(f"{options.lesson}, {options.size}: how long the window's thread was busy", header, holds.rows)


def _train(window: MainWindow, lesson: str) -> None:
    controller = window.controller
    controller.start_run(_RUNS[lesson])
    wait_for(lambda: not controller.busy and controller.run is not None and controller.run.experiment == _RUNS[lesson])
    controller.set_pace(FASTEST)
    controller.play()
    wait_for(lambda: controller.reached is not None and controller.reached.finished and not controller.playing)


def _views(window: MainWindow) -> Iterator[tuple[str, ...]]:
    from app.export.request import COMPOSED

    run = window.controller.run
    assert run is not None
    yield from ((name,) for name, entry in PANELS.items() if entry.suits(run.experiment))
    yield COMPOSED
    yield _ALL


def _choices(dialog: "ExportDialog") -> Iterator[tuple[str, Callable[[], None]]]:
    from app.export.formats import FORMATS, Kind
    from app.export.request import COMPOSED

    chosen_already = ("weights",)
    others = [(name,) for name in PANELS if (name,) != chosen_already and dialog.form.view.row_of((name,)) is not None]
    for views in (*others, chosen_already, COMPOSED):
        yield f"choosing {' '.join(views)}", lambda views=views: dialog.form.view.choose(views)
    for name, entry in sorted(FORMATS.items(), key=lambda item: item[0] == "gif"):  # which is chosen already
        if entry.unavailable() is None:
            kind = "" if entry.kind is Kind.TABLE else " of the composed picture"
            yield f"choosing {name}{kind}", lambda name=name: dialog.form.target.format.choose(name)


def _settle(dialog: "ExportDialog") -> None:
    """Wait until the estimate is there."""
    loop = QEventLoop()
    dialog.rehearsal.estimated.connect(loop.quit)
    dialog.rehearsal.refused.connect(loop.quit)
    loop.exec()
    dialog.rehearsal.estimated.disconnect(loop.quit)
    dialog.rehearsal.refused.disconnect(loop.quit)
    _live(0.1)  # in which the preview is painted


def _export(window: MainWindow, request: "ExportRequest") -> None:
    from app.export.recording import Recording

    run, reached = window.controller.run, window.controller.reached
    assert run is not None
    assert reached is not None
    loop = QEventLoop()
    window.exports.running_changed.connect(loop.quit)
    window.exports.export_request(request, Recording.of_run(run, reached))
    while window.exports.running:
        loop.exec()
    window.exports.running_changed.disconnect(loop.quit)
    if not request.target.exists():
        raise SystemExit(f"{request} was not exported")


def _live(seconds: float) -> None:
    """Let the program live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
