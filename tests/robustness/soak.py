"""Trains XOR and MNIST in turn at full speed in the open window, and watches the memory of both processes.

    python tests/robustness/soak.py [--minutes N] [--turn SECONDS]

A lesson's record may grow up to its byte budget; from there on memory should stand still. So each lesson is compared
with itself: its later turns with its second one, when its caches and its record were already as large as they get.
"""

import argparse
import statistics
import sys
import time

from opened import Watch, children, dispose, open_window, program, resident_megabytes, wait_for

from app.run.pace import FASTEST
from app.window.main_window import MainWindow
from backprop import LESSONS

#: Long enough to train without end.
EPOCHS = {"xor": 10_000_000, "mnist": 100_000}


def main() -> int:
    """Soak, and print a line a turn; return 0 where nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long in all (default 10)")
    parser.add_argument("--turn", type=float, default=60.0, help="seconds of each turn (default 60)")
    options = parser.parse_args()
    with program() as (_, folder):
        watch = Watch()
        window = open_window(folder)
        watch.begin()
        begun = time.monotonic()
        memory: dict[str, list[tuple[float, float]]] = {name: [] for name in LESSONS}
        while time.monotonic() - begun < 60 * options.minutes:
            for lesson, seen in memory.items():
                watch.doing = lesson
                epochs = train(window, lesson, options.turn)
                at = (time.monotonic() - begun) / 60
                ours, theirs = resident_megabytes(), max(resident_megabytes(child) for child in children())
                seen.append((at, ours + theirs))
                print(
                    f"{at:5.1f} min: {lesson}, {epochs:,} epochs; window {ours:.0f} MB, training {theirs:.0f} MB",
                    flush=True,
                )
        dispose(window)
        watch.end()
    return report(watch, memory)


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


def report(watch: Watch, memory: dict[str, list[tuple[float, float]]]) -> int:
    """Print how memory went; return the exit code."""
    for lesson, seen in memory.items():
        if len(seen) < 3:
            print(f"{lesson}: fewer than three turns, nothing to compare")
            continue
        (since, first), later = seen[1], seen[2:]
        hours = (later[-1][0] - since) / 60
        growth = statistics.fmean(amount for _, amount in later[-2:]) - first
        print(
            f"{lesson}: {first:.0f} MB at minute {since:.0f}, then {growth:+.1f} MB in {60 * hours:.1f} minutes: "
            f"{100 * growth / first / hours:+.2f} % an hour"
        )
    print(f"busy for more than 100 ms: {len(watch.held)} times")
    return int(bool(watch.faults))


if __name__ == "__main__":
    sys.exit(main())
