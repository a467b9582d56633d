"""Trains XOR and MNIST in turn at full speed in the open window, and watches the memory of both processes.

    python tests/robustness/soak.py [--minutes N] [--turn SECONDS]

After every round of both lessons the window comes to rest: XOR at its start, with nothing recorded yet. What is still
in use then must stay what it was after the first rounds, in which the data were loaded and records grew to their size.
"""

import argparse
import statistics
import sys
import time

from opened import Watch, children, collect, dispose, open_window, program, resident_megabytes, wait_for

from app.run.pace import FASTEST
from app.window.main_window import MainWindow
from backprop import LESSONS

#: Long enough to train without end.
EPOCHS = {"xor": 10_000_000, "mnist": 100_000}


def main() -> int:
    """Soak, and print a line a turn; return 0 where nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long in all (default 10)")
    parser.add_argument("--turn", type=float, default=20.0, help="seconds of each turn (default 20)")
    options = parser.parse_args()
    with program() as (_, folder):
        watch = Watch()
        window = open_window(folder)
        watch.begin()
        begun = time.monotonic()
        rests: list[tuple[float, float, float]] = []
        while time.monotonic() - begun < 60 * options.minutes:
            for lesson in LESSONS:
                watch.doing = lesson
                epochs = train(window, lesson, options.turn)
                print(f"  {lesson}: {epochs:,} epochs in {options.turn:.0f} s", flush=True)
            rest(window)
            ours, theirs = resident_megabytes(), max(resident_megabytes(child) for child in children())
            rests.append(((time.monotonic() - begun) / 60, ours, theirs))
            print(f"{rests[-1][0]:5.1f} min: at rest, window {ours:.0f} MB, training {theirs:.0f} MB", flush=True)
        dispose(window)
        watch.end()
    return report(watch, rests)


def rest(window: MainWindow) -> None:
    """Begin XOR anew, and give back what nobody needs."""
    run = window.controller.run
    window.requests.choose_lesson("xor")
    wait_for(lambda: window.controller.run is not run and not window.controller.busy)
    collect()


def train(window: MainWindow, lesson: str, seconds: float) -> int:
    """Train ``lesson`` for a while; return how many epochs were trained."""
    controller = window.controller
    run = controller.run
    controller.start_run(LESSONS[lesson].experiment.replace(epochs=EPOCHS[lesson]))
    wait_for(lambda: controller.run is not run and not controller.busy)
    controller.set_pace(FASTEST)
    controller.play()
    end = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() > end, seconds + 60)
    controller.pause()
    wait_for(lambda: not controller.playing)
    assert controller.reached is not None
    return controller.reached.snapshot.epochs_done


def report(watch: Watch, rests: list[tuple[float, float, float]]) -> int:
    """Print how memory went from the third rest on; return the exit code."""
    settled = rests[2:]
    if len(settled) < 4:
        print("too few rounds to compare: let it take more minutes, or shorter turns")
    else:
        half = len(settled) // 2
        first, last = (
            statistics.fmean(ours + theirs for _, ours, theirs in part) for part in (settled[:half], settled[-half:])
        )
        minutes = settled[-1][0] - settled[0][0]
        print(f"at rest {first:.0f} MB in the first half of {minutes:.1f} minutes, {last:.0f} MB in the second")
        print(f"growth: {last - first:+.1f} MB, {100 * (last - first) / first / (minutes / 120):+.1f} % an hour")
    print(f"busy for more than 100 ms: {len(watch.held)} times")
    return int(bool(watch.faults))


if __name__ == "__main__":
    sys.exit(main())
