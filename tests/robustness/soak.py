"""Trains XOR and MNIST in turn at full speed in the open window, and watches the memory of both processes.

    python tests/robustness/soak.py [--minutes N] [--turn SECONDS]

After every round of both lessons the window comes to rest: XOR at its start, with nothing recorded yet. What is still
in use then must stay what it was after the first rounds, in which the data were loaded and records grew to their size.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from opened import (
    Watch,
    children,
    collect,
    dispose,
    megabytes_in_use,
    open_window,
    program,
    resident_megabytes,
    wait_for,
)

from app.run.pace import FASTEST
from app.window.main_window import MainWindow
from backprop import LESSONS


@dataclass(frozen=True)
class Rest:
    """What is in use after so many minutes: MB and blocks of Python in the window's process, MB resident in both."""

    minutes: float
    in_use: float
    blocks: int
    window: float
    training: float

    def __str__(self) -> str:
        return (
            f"{self.in_use:.1f} MB in use and {self.blocks:,} blocks of Python; "
            f"resident: window {self.window:.0f} MB, training {self.training:.0f} MB"
        )


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
        rests: list[Rest] = []
        while time.monotonic() - begun < 60 * options.minutes:
            for lesson in LESSONS:
                watch.doing = lesson
                epochs = train(window, lesson, options.turn)
                print(f"  {lesson}: {epochs:,} epochs in {options.turn:.0f} s", flush=True)
            rest(window)
            rests.append(look((time.monotonic() - begun) / 60))
            print(f"{rests[-1].minutes:5.1f} min: at rest, {rests[-1]}", flush=True)
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


def look(minutes: float) -> Rest:
    """Return what is in use now."""
    training = max(resident_megabytes(child) for child in children())
    return Rest(minutes, megabytes_in_use(), sys.getallocatedblocks(), resident_megabytes(), training)


def report(watch: Watch, rests: list[Rest]) -> int:
    """Print how memory went from the third rest on; return the exit code."""
    settled = rests[2:]
    if len(settled) < 4:
        print("too few rounds to compare: let it take more minutes, or shorter turns")
    else:
        print(f"from minute {settled[0].minutes:.1f} to minute {settled[-1].minutes:.1f}, as straight lines:")
        growth("in use in the window's process", settled, lambda rest: rest.in_use, "MB")
        growth("Python's objects there", settled, lambda rest: rest.blocks, "blocks")
        growth("resident, the process that trains", settled, lambda rest: rest.training, "MB")
    print(f"busy for more than 100 ms: {len(watch.held)} times")
    return int(bool(watch.faults))


def growth(what: str, rests: list[Rest], number: Callable[[Rest], float], unit: str) -> None:
    """Print how ``number`` grew, in percent an hour, with the standard error of that."""
    minutes, numbers = [rest.minutes for rest in rests], [number(rest) for rest in rests]
    line = statistics.linear_regression(minutes, numbers)
    left = sum((y - line.intercept - line.slope * x) ** 2 for x, y in zip(minutes, numbers, strict=True))
    spread = len(minutes) * statistics.pvariance(minutes)
    error = (left / (len(minutes) - 2) / spread) ** 0.5
    mean = statistics.fmean(numbers)
    hourly, unsure = 60 * 100 * line.slope / mean, 60 * 100 * error / mean
    print(f"  {what}: {mean:,.1f} {unit}, {hourly:+.2f} % an hour, give or take {unsure:.2f}")


if __name__ == "__main__":
    sys.exit(main())
