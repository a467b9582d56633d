"""How long it takes to save a run and to open it again, and what it costs the training to be kept safe.

    python tests/benchmarks/sessions.py [--rounds N] [--seconds N] [--file RUN.backprop]

The run is the MNIST lesson's, all 20 epochs of it; ``--file`` takes one from an earlier time, as training it takes a
while. First the engine alone; then the real main window, on the display there is, or without one offscreen.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import threadpoolctl
from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance
from rounds import NO_AIM, Aim, describe_machine, print_table, ratios, show_progress, take_turns, with_quartiles
from window import BEAT_MS, Stage, opened_window

from app.files.job import FileJob
from app.run.training.process import blas_threads
from backprop import LESSONS, Cursor, Dataset, Trainer, load
from backprop.session import Session, open_session, save_session, session_of

MNIST = LESSONS["mnist"].experiment
XOR = LESSONS["xor"].experiment.replace(epochs=5_000_000)
#: In the middle of the run, and of the way from one keyframe to the next.
SOMEWHERE = Cursor(11, 497, 4)


def trained(path: Path, dataset: Dataset) -> None:
    """Train the lesson to its end, and save it in ``path``."""
    trainer = Trainer(MNIST, dataset)
    while not trainer.finished:
        show_progress(f"training epoch {trainer.cursor.epoch + 1} of {trainer.epochs}")
        trainer.step_epoch()
    save_session(session_of(trainer.new_timeline(), trainer.cursor, trainer.epochs), path)


def engine(path: Path, dataset: Dataset, rounds: int) -> list[Sequence[str]]:
    """Return rows about saving, opening and the first moment of the past, without a window."""
    target = path.with_name("again.backprop")
    session = open_session(path)

    def go_back(opened: Session) -> None:
        opened.timeline(dataset).snapshot_at(SOMEWHERE, opened.cursor)

    contestants = {
        "make ready to be saved": lambda: session_of(session.timeline(dataset), session.cursor, session.epochs),
        "save": lambda: save_session(session, target),
        "open": lambda: open_session(path),
        "first moment of the past, once opened": lambda: go_back(session),
        "open, and the first moment of the past": lambda: go_back(open_session(path)),
    }
    aims = {"open, and the first moment of the past": Aim(at_most=1.0, unit=" s")}
    wall = take_turns(contestants, rounds)
    processor = take_turns(contestants, rounds, time.process_time)
    return [
        _row(name, statistics.median(wall[name]), statistics.median(processor[name]), aims.get(name, NO_AIM))
        for name in contestants
    ]


def in_window(stage: Stage, path: Path, rounds: int) -> list[Sequence[str]]:
    """Return rows about the same in the window: how long it takes, and how long its thread is held meanwhile."""
    window, controller = stage.window, stage.controller
    flow, autosave = window.files.flow, window.files.autosave
    assert autosave is not None
    target = path.with_name("window.backprop")
    watch, opened_after, seen_after, saved_after = Hold(), [], [], []

    def end_of(signal: SignalInstance, begin: Callable[[], object]) -> float:
        """Return the seconds from ``begin`` to ``signal``."""
        loop, begun = QEventLoop(), time.perf_counter()
        signal.connect(loop.quit)
        begin()
        loop.exec()
        signal.disconnect(loop.quit)
        return time.perf_counter() - begun

    for number in range(rounds):
        show_progress(f"opening {number + 1} of {rounds}")
        stage.begin(LESSONS["xor"].experiment)
        with watch.over(stage, "opened in the place of XOR" if number else "opened for the first time"):
            begun = time.perf_counter()
            opened_after.append(end_of(flow.opened, lambda: flow.open_path(path)))
            controller.seek_cursor(SOMEWHERE)
            seen_after.append(stage.wait_for(lambda: stage.moment.snapshot.cursor == SOMEWHERE) - begun)
        controller.go_live()
        with watch.over(stage, "saved"):
            saved_after.append(end_of(flow.saved, lambda: flow.save_to(target)))
        window.files.document.notes = f"Round {number}."
        with watch.over(stage, "kept safe"):
            autosave.save_now()
            while autosave.busy:
                stage.wait(0.05)
        end_of(flow.saved, lambda: flow.save_to(target))
    show_progress("")
    return [
        _row("opened, and its last moment on the screen", statistics.median(opened_after[1:])),
        _row("  and a moment of its past", statistics.median(seen_after[1:]), None, Aim(at_most=1.0, unit=" s")),
        _row("saved", statistics.median(saved_after)),
        *(
            _row(f"window's thread held, longest, while it is {what}", wall, processor, Aim(at_most=0.1, unit=" s"))
            for what, (wall, processor) in watch.longest.items()
        ),
    ]


class Hold(QTimer):
    """Beats in the window's thread, and keeps the longest time that it was held, in seconds.

    In seconds of the clock, other work on the machine counts, too; processor time is that of this thread alone.
    """

    def __init__(self) -> None:
        super().__init__(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        #: By what was done: seconds of the clock, and of processor time.
        self.longest: dict[str, tuple[float, float]] = {}
        self._what = ""
        self._last = (0.0, 0.0)
        self.timeout.connect(self._beat)

    @contextmanager
    def over(self, stage: Stage, what: str) -> Iterator[None]:
        """Watch while ``what`` is done, and a little longer, until all has been painted."""
        self._what, self._last = what, self._now()
        self.start()
        yield
        stage.wait(0.3)
        self.stop()

    def _now(self) -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        now = self._now()
        before = self.longest.get(self._what, (0.0, 0.0))
        self.longest[self._what] = (
            max(before[0], now[0] - self._last[0]),
            max(before[1], now[1] - self._last[1]),
        )
        self._last = now


def kept_safe(stage: Stage, seconds: float, rounds: int) -> list[Sequence[str]]:
    """Return a row about XOR at full speed while it is saved over and over, beside the same without."""
    controller, window = stage.controller, stage.window
    speeds: dict[str, list[float]] = {"alone": [], "saved": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name in speeds:
                stage.begin(XOR)
                stage.play()
                stage.wait(0.5)
                jobs: list[FileJob] = []

                def save_again(path: Path = Path(folder) / "kept.backprop", jobs: list[FileJob] = jobs) -> None:
                    work = window.files.flow.work()
                    job = FileJob(lambda progress: work(path, progress), "autosave", window)
                    job.finished.connect(lambda: jobs[-1] is job and controller.playing and save_again())
                    jobs.append(job)
                    job.start()

                if name == "saved":
                    save_again()
                before, begun = stage.moment.snapshot.steps_done, time.perf_counter()
                stage.wait(seconds)
                speeds[name].append((stage.moment.snapshot.steps_done - before) / (time.perf_counter() - begun))
                stage.pause()
                for job in jobs:
                    job.wait(60.0)
                count = len(jobs)
    saves = f"{count / seconds:.1f} saves a second"
    return [
        (
            saves,
            *(f"{statistics.median(rates):,.0f}" for rates in speeds.values()),
            with_quartiles(ratios(speeds["saved"], speeds["alone"])),
        )
    ]


def _row(what: str, wall: float, processor: float | None = None, aim: Aim = NO_AIM) -> Sequence[str]:
    spent = "" if processor is None else f"{processor:.3f} s"
    return (what, f"{wall:.3f} s", spent, str(aim), aim.verdict(wall))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long XOR runs in a round")
    parser.add_argument("--file", type=Path, help="a finished run of the MNIST lesson")
    options = parser.parse_args()
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mnist.backprop"
        with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
            dataset = load(MNIST.dataset, MNIST.dtype)
            if options.file is not None:
                os.symlink(options.file.absolute(), path)
            else:
                trained(path, dataset)
            header = ("what", "seconds", "of processor time", "aim", "met")
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            print_table(f"A 20-epoch run of MNIST, {size}: the engine", header, engine(path, dataset, options.rounds))
        with opened_window((1366, 768)) as (_, window):
            stage = Stage(window)
            window.files.begin(Path(folder) / "recovery")
            window.controller.prefetch(MNIST.dataset, MNIST.dtype)
            while not window.complete or window.controller.moment is None:
                stage.wait(0.1)
            rows = in_window(stage, path, options.rounds)
            print_table("The same in the window", header, rows)
            print_table(
                "XOR at full speed, saved over and over; autosave may take a twentieth of the time",
                ("saved", "epochs a second alone", "while saved", "ratio"),
                kept_safe(stage, options.seconds, options.rounds),
            )


if __name__ == "__main__":
    main()
