"""Whether the window stays smooth while it trains at full speed, and what that costs the training.

    python tests/benchmarks/window.py [--seconds N] [--clicks N] [--rounds N] [--size WxH] [--profile xor|mnist]

Opens the real main window with all its panels, on the display there is, or without one offscreen. A timer of 5 ms beats
in the window's thread: the longest pause between two beats is the longest time that thread was held. A frame is one
moment of the run that has been shown to all panels and painted. At last, how long the thread is held by other colours
and by another size of text. All of it takes about three minutes.
"""

import argparse
import cProfile
import itertools
import os
import pstats
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import threadpoolctl
from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rounds import (
    NO_AIM,
    Aim,
    describe_machine,
    percentile,
    print_table,
    ratios,
    show_progress,
    take_turns,
    with_quartiles,
)

from app.application import collect_garbage_here, freeze_garbage, make_application
from app.look.style import StyleChangeUnheard
from app.run.moment import Moment
from app.run.pace import FASTEST
from app.run.training.process import blas_threads
from app.settings import Settings
from app.window.main_window import MainWindow
from backprop import LESSONS, Experiment, Trainer

BEAT_MS = 5
#: Long enough that neither run ends while it is watched.
WATCHED = {
    "xor": LESSONS["xor"].experiment.replace(epochs=1_000_000),
    "mnist": LESSONS["mnist"].experiment.replace(epochs=200),
}
#: Short enough to be run many times, whole epochs each time.
RACED = {
    "xor": LESSONS["xor"].experiment.replace(epochs=50_000),
    "mnist": LESSONS["mnist"].experiment.replace(epochs=4),
}
GIVE_UP_MS = 120_000


class MeasuredWindow(MainWindow):
    """The main window, with a record of when each frame was shown, and of the time that took, both in seconds."""

    def __init__(self, settings: Settings) -> None:
        self.forget()
        super().__init__(settings)

    def forget(self) -> None:
        """Begin a new record."""
        self.shown_at: list[float] = []  # when the window was painted last, before the next frame
        self.slot_seconds: list[float] = []
        self.frame_seconds: list[float] = []
        #: How often the panels were painted, which may be more than once a frame.
        self.paintings = 0
        self._slots = self._painting = self._painted_at = 0.0

    def _show_moment(self, moment: Moment) -> None:
        self._keep_frame()
        begun = time.perf_counter()
        super()._show_moment(moment)
        self._slots += time.perf_counter() - begun

    def event(self, event: QEvent) -> bool:
        # All panels are painted while the window carries out its requests for an update.
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        begun = time.perf_counter()
        result = super().event(event)
        self._painted_at = time.perf_counter()
        self._painting += self._painted_at - begun
        self.paintings += 1
        return result

    def _keep_frame(self) -> None:
        """Enter the frame before into the record, if it was painted at all."""
        if self._slots and self._painting:
            self.shown_at.append(self._painted_at)
            self.slot_seconds.append(self._slots)
            self.frame_seconds.append(self._slots + self._painting)
            self._slots = 0.0
        self._painting = 0.0


class Heartbeat(QTimer):
    """Beats in the window's thread, and keeps the seconds from each beat to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._beat)

    def begin(self) -> None:
        """Begin a new record."""
        self.gaps = []
        self._last = time.perf_counter()
        self.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


class Stage:
    """A window with its controller, and ways to wait for what they do."""

    def __init__(self, window: MeasuredWindow) -> None:
        self.window = window
        self.controller = window.controller

    def wait(self, seconds: float) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def wait_for(self, condition: Callable[[], bool]) -> float:
        """Let the window live until the moment on the screen fulfils ``condition``; return when that was."""
        loop = QEventLoop()
        fulfilled: list[float] = []

        def look(_moment: object = None) -> None:
            if not fulfilled and condition():
                fulfilled.append(time.perf_counter())
                loop.quit()

        self.controller.moment_changed.connect(look)
        QTimer.singleShot(0, look)
        QTimer.singleShot(GIVE_UP_MS, loop, loop.quit)
        loop.exec()
        self.controller.moment_changed.disconnect(look)
        if not fulfilled:
            sys.exit("The window did not do what was waited for; this is an error in the program or the benchmark.")
        return fulfilled[0]

    def begin(self, experiment: Experiment) -> None:
        """Make a run of ``experiment`` ready to be played at full speed."""
        self.controller.start_run(experiment)
        self.wait_for(lambda: not self.controller.busy and self._at_start(experiment))
        self.controller.set_pace(FASTEST)

    def play(self) -> None:
        """Play, and wait until that can be seen."""
        self.controller.play()
        self.wait_for(lambda: self.moment.playing)

    def pause(self) -> None:
        """Pause, and wait until that can be seen."""
        self.controller.pause()
        self.wait_for(lambda: not self.moment.playing)

    @property
    def moment(self) -> Moment:
        """The moment on the screen."""
        assert self.controller.moment is not None
        return self.controller.moment

    def _at_start(self, experiment: Experiment) -> bool:
        return self.moment.snapshot.experiment == experiment and self.moment.snapshot.steps_done == 0


# --- what is measured


def smoothness(stage: Stage, lesson: str, seconds: float) -> list[Sequence[str]]:
    """Return rows about the window's thread and frames while ``lesson`` runs at full speed."""
    window, heartbeat = stage.window, Heartbeat()
    stage.begin(WATCHED[lesson])
    stage.play()
    stage.wait(1.0)  # the first frames make glyphs, brushes and caches
    window.forget()
    heartbeat.begin()
    stage.wait(seconds)
    heartbeat.stop()
    paintings = window.paintings
    stage.pause()

    gaps = [1000 * gap for gap in heartbeat.gaps]
    frames = [1000 * spent for spent in window.frame_seconds]
    slots = [1000 * spent for spent in window.slot_seconds]
    intervals = [1000 * (b - a) for a, b in zip(window.shown_at, window.shown_at[1:], strict=False)]
    rate = len(frames) / seconds
    return [
        _row(lesson, "window's thread held, longest", max(gaps), "ms", Aim(at_most=50, unit=" ms")),
        _row(lesson, "window's thread held, 99 %", percentile(gaps, 99), "ms"),
        _row(lesson, "time needed by a frame, median", statistics.median(frames), "ms"),
        _row(lesson, "  of it before painting, median", statistics.median(slots), "ms"),
        _row(lesson, "time needed by a frame, 99 %", percentile(frames, 99), "ms", Aim(at_most=20, unit=" ms")),
        _row(lesson, "from frame to frame, median", statistics.median(intervals), "ms"),
        _row(lesson, "from frame to frame, 99 %", percentile(intervals, 99), "ms"),
        _row(lesson, "paintings a frame", paintings / len(frames), ""),
        _row(lesson, "frames a second", rate, "", Aim(at_least=30)),
    ]


def pausing(stage: Stage, lesson: str, clicks: int) -> list[Sequence[str]]:
    """Return rows about how soon a click on Pause acts, at random moments of a run at full speed."""
    chance = random.Random(0)
    stage.begin(WATCHED[lesson])
    stopped_after, seen_after = [], []
    for number in range(clicks):
        stage.play()
        stage.wait(chance.uniform(0.05, 0.4))
        stopped, seen = _click_pause(stage, chance.randrange(0, 40))
        stopped_after.append(1000 * stopped)
        seen_after.append(1000 * seen)
        show_progress(f"{lesson}: click {number + 1} of {clicks}")
    show_progress("")
    return [
        _row(lesson, "click on Pause until the run stops, median", statistics.median(stopped_after), "ms"),
        _row(lesson, "click on Pause until the run stops, worst", max(stopped_after), "ms", Aim(100, unit=" ms")),
        _row(lesson, "click on Pause until the window shows it, worst", max(seen_after), "ms"),
    ]


def _click_pause(stage: Stage, milliseconds: int) -> tuple[float, float]:
    """Click in so many ms; return the seconds until word came that the run has stopped, and until that is shown.

    A click waits while the window's thread is held. So it counts from when it was due, not from when it was delivered.
    """
    marks: list[float] = []
    due = time.perf_counter() + milliseconds / 1000

    def mark(moment: Moment) -> None:
        if not moment.playing:
            marks.append(time.perf_counter())

    # In the thread that hears from the training, so that the time until it is painted does not count.
    reports = stage.controller.reports
    reports.connect(mark, Qt.ConnectionType.DirectConnection)
    QTimer.singleShot(milliseconds, lambda: QTest.mouseClick(stage.window.bar.play, Qt.MouseButton.LeftButton))
    seen = stage.wait_for(lambda: not stage.moment.playing)
    reports.disconnect(mark)
    return marks[0] - due, seen - due


def looks(stage: Stage, app: QApplication, times: int) -> list[Sequence[str]]:
    """Return rows about how long a change of the look holds the window's thread, with a run at rest.

    What Qt itself needs to take its style sheet off and put it on again, told to no widget, stands beside.
    """
    appearance, heartbeat = stage.window.appearance, Heartbeat()
    stage.begin(WATCHED["xor"])
    sizes = itertools.cycle((110, 125, 110, 100))
    changes: dict[str, Callable[[], object]] = {
        "other colours": appearance.toggle,
        "another size of text": lambda: appearance.set_text_size(next(sizes)),
    }
    rows = []
    for what, change in changes.items():
        held = []
        for _ in range(2 * times):  # an even number, so that the window ends as it began
            heartbeat.begin()
            QTimer.singleShot(0, change)
            stage.wait(0.4)
            heartbeat.stop()
            held.append(1000 * max(heartbeat.gaps))
        rows.append(_row("", f"{what}: window's thread held, median", statistics.median(held), "ms"))
        rows.append(_row("", f"{what}: longest", max(held), "ms", Aim(at_most=100, unit=" ms")))
    own = [1000 * seconds_of(lambda: put_on_again(app)) for _ in range(2 * times)]
    rows.append(_row("", f"Qt alone, {len(app.allWidgets())} widgets, median", statistics.median(own), "ms"))
    return rows


def put_on_again(app: QApplication) -> None:
    """Take the style sheet off and put it on again, which no widget hears of."""
    unheard, sheet = StyleChangeUnheard(), app.styleSheet()
    app.installEventFilter(unheard)
    app.setStyleSheet("")
    app.setStyleSheet(sheet)
    app.removeEventFilter(unheard)


def seconds_of(deed: Callable[[], object]) -> float:
    """Return how long ``deed`` takes."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def race(stage: Stage, lesson: str, rounds: int) -> list[Sequence[str]]:
    """Return a row that compares training with the window open, all panels live, to training alone in turns."""
    experiment = RACED[lesson]
    stage.begin(experiment)
    dataset = stage.controller.datasets.get(experiment.dataset, experiment.dtype)
    seconds: dict[str, float] = {}

    def in_window() -> None:
        stage.controller.reset()
        stage.wait_for(lambda: not stage.moment.finished)
        begun = time.perf_counter()
        stage.controller.play()
        seconds["window"] = stage.wait_for(lambda: stage.moment.finished) - begun

    def alone() -> None:
        trainer = Trainer(experiment, dataset)
        begun = time.perf_counter()
        trainer.run()
        seconds["alone"] = time.perf_counter() - begun

    taken: dict[str, list[float]] = {"window": [], "alone": []}

    def keep(name: str, run: Callable[[], None]) -> Callable[[], None]:
        def measured() -> None:
            run()
            taken[name].append(seconds[name])

        return measured

    take_turns({"window": keep("window", in_window), "alone": keep("alone", alone)}, rounds)
    with_window, without = taken["window"][1:], taken["alone"][1:]  # the first round warmed up
    speeds = ratios(without, with_window)
    aim = Aim(at_least=0.9) if lesson == "mnist" else NO_AIM
    rates = [f"{experiment.epochs / statistics.median(s):,.4g}" for s in (with_window, without)]
    return [(lesson, *rates, with_quartiles(speeds), str(aim), aim.verdict(statistics.median(speeds)))]


def profile(stage: Stage, lesson: str, seconds: float) -> None:
    """Print where the window's thread spends its time during a run at full speed."""
    stage.begin(WATCHED[lesson])
    stage.play()
    stage.wait(1.0)
    stage.window.forget()
    profiler = cProfile.Profile()
    profiler.enable()
    stage.wait(seconds)
    profiler.disable()
    stage.pause()
    print(f"\n{lesson}: {len(stage.window.frame_seconds)} frames in {seconds:g} s\n")
    statistics_ = pstats.Stats(profiler)
    statistics_.strip_dirs().sort_stats("tottime").print_stats(30)
    statistics_.sort_stats("cumulative").print_stats(45)


def _row(lesson: str, what: str, number: float, unit: str, aim: Aim = NO_AIM) -> Sequence[str]:
    return (lesson, what, f"{number:.1f} {unit}".strip(), str(aim), aim.verdict(number))


@contextmanager
def opened_window(size: tuple[int, int]) -> Iterator[tuple[QApplication, MeasuredWindow]]:
    """Open the window as main.py does, but with settings that are thrown away."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"),
    ):
        store = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MeasuredWindow(Settings(store))
        collector = collect_garbage_here(app)
        window.loaded.connect(freeze_garbage)
        window.resize(*size)
        window.show()
        try:
            yield app, window
        finally:
            window.close()
            collector.stop()


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each run is watched (default 8)")
    parser.add_argument("--clicks", type=int, default=30, help="how often Pause is clicked (default 30)")
    parser.add_argument("--rounds", type=int, default=7, help="how often the speeds are compared (default 7)")
    parser.add_argument("--size", default="1366x768", help="size of the window (default 1366x768)")
    parser.add_argument("--profile", choices=list(WATCHED), help="only show where the window's thread spends its time")
    options = parser.parse_args()
    width, height = (int(number) for number in options.size.split("x"))
    with opened_window((width, height)) as (app, window):
        print(f"{describe_machine()}, {app.platformName()}, window {window.width()} x {window.height()}")
        stage = Stage(window)
        if options.profile:
            profile(stage, options.profile, options.seconds)
            return
        rows: list[Sequence[str]] = []
        speeds: list[Sequence[str]] = []
        for lesson in WATCHED:
            rows += smoothness(stage, lesson, options.seconds)
            rows += pausing(stage, lesson, options.clicks)
            speeds += race(stage, lesson, options.rounds)
        others = looks(stage, app, options.rounds)
        print_table("The window at full speed, every panel live", ("lesson", "what", "value", "aim", "met"), rows)
        print_table("Another look, the window at rest", ("", "what", "value", "aim", "met"), others)
        print_table(
            "Training with the window open beside training alone, test set included",
            ("lesson", "epochs/s with window", "alone", "ratio", "aim", "met"),
            speeds,
        )


if __name__ == "__main__":
    main()
