"""How fast one moves through a run: seeks, phase steps, and what the keyframes that make them possible cost.

    python tests/benchmarks/microscope.py [--seeks N] [--steps N] [--rounds N] [--size WxH]

Opens the real main window with all its panels. A seek counts from the wish to the window painted at that moment.
"""

import argparse
import random
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from rounds import Aim, describe_machine, percentile, print_table, ratios, show_progress, take_turns, with_quartiles
from window import MeasuredWindow, Stage, opened_window

from app.run.pace import Unit
from backprop import LESSONS, Experiment, Trainer, load
from backprop.arrays import Array
from backprop.keyframes import Keyframes

RUNS: dict[str, tuple[Experiment, float, float]] = {
    # What is watched, and the limits in ms for a seek (95 %) and for the frame after a phase step.
    "xor": (LESSONS["xor"].experiment, 16, 16),
    "mnist": (LESSONS["mnist"].experiment.replace(epochs=20), 100, 50),
}


class Forgotten(Keyframes):
    """Keeps nothing: what training costs without keyframes."""

    def record(self, vector: Array) -> None:
        self.next_step = -1


def seeking(stage: Stage, lesson: str, seeks: int) -> list[Sequence[str]]:
    """Return rows about seeks to random batches of a finished run."""
    chance = random.Random(0)
    experiment, limit, _ = RUNS[lesson]
    stage.begin(experiment)
    stage.play()
    stage.wait_for(lambda: stage.moment.finished)
    known, painted = [], []
    clock = stage.moment.clock
    for number in range(seeks):
        step = chance.randrange(experiment.epochs * experiment.steps_per_epoch - 1)
        position = clock.end_of_step(step) + 1 + chance.randrange(clock.phases_per_step)
        begun = time.perf_counter()
        stage.controller.seek(position)
        known.append(1000 * (stage.wait_for(lambda at=position: stage.moment.position == at) - begun))  # type: ignore[misc]
        painted.append(1000 * (_painted(stage.window) - begun))
        show_progress(f"{lesson}: seek {number + 1} of {seeks}")
    show_progress("")
    aim = Aim(at_most=limit, unit=" ms")
    return [
        _row(lesson, "seek to any phase until all panels have it, median", percentile(known, 50)),
        _row(lesson, "seek to any phase until all panels have it, 95 %", percentile(known, 95), aim),
        _row(lesson, "seek to any phase until it is painted, 95 %", percentile(painted, 95)),
    ]


def _painted(window: MeasuredWindow) -> float:
    """Paint what waits to be painted; return when that was done."""
    from PySide6.QtCore import QCoreApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
    return time.perf_counter()


def stepping(stage: Stage, lesson: str, steps: int) -> list[Sequence[str]]:
    """Return rows about the work of the window's thread after one phase step."""
    experiment, _, limit = RUNS[lesson]
    stage.begin(experiment)
    window = stage.window
    for _ in range(2 * len(stage.moment.snapshot.phases)):
        _step(stage)
    window.forget()
    for _ in range(steps):
        _step(stage)
    frames = [1000 * spent for spent in window.frame_seconds]
    return [
        _row(lesson, "all panels after a phase step, median", percentile(frames, 50)),
        _row(lesson, "all panels after a phase step, 95 %", percentile(frames, 95), Aim(at_most=limit, unit=" ms")),
    ]


def _step(stage: Stage) -> None:
    position = stage.moment.position
    stage.controller.step(Unit.PHASE)
    stage.wait_for(lambda: stage.moment.position > position)
    stage.wait(0.02)  # until it is painted


def keyframes(lesson: str, rounds: int) -> list[Sequence[str]]:
    """Return a row about the price of keyframes."""
    experiment = RUNS[lesson][0].replace(epochs=20_000 if lesson == "xor" else 1)
    dataset = load(experiment.dataset, experiment.dtype)

    def train(store: type[Keyframes]) -> None:
        Trainer(experiment, dataset, evaluate=False, keyframes=store).run()

    seconds = take_turns({"kept": lambda: train(Keyframes), "not": lambda: train(Forgotten)}, rounds)
    cost = ratios(seconds["kept"], seconds["not"])
    middle = sorted(cost)[len(cost) // 2]
    aim = Aim(at_most=1.05)
    return [(lesson, "training with keyframes against without", with_quartiles(cost, 3), str(aim), aim.verdict(middle))]


def _row(lesson: str, what: str, number: float, aim: Aim | None = None) -> Sequence[str]:
    aim = aim or Aim()
    return (lesson, what, f"{number:.1f} ms", str(aim), aim.verdict(number))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeks", type=int, default=100, help="how often a moment is sought (default 100)")
    parser.add_argument("--steps", type=int, default=100, help="how many phases are stepped through (default 100)")
    parser.add_argument("--rounds", type=int, default=9, help="how often keyframes are compared (default 9)")
    parser.add_argument("--size", default="1366x768", help="size of the window (default 1366x768)")
    options = parser.parse_args()
    width, height = (int(number) for number in options.size.split("x"))
    rows: list[Sequence[str]] = []
    print(describe_machine())
    for lesson in RUNS:
        rows += keyframes(lesson, options.rounds)
    with opened_window((width, height)) as (_, window):
        stage = Stage(window)
        for lesson in RUNS:
            rows += stepping(stage, lesson, options.steps)
            rows += seeking(stage, lesson, options.seeks)
    print_table("Moving through a run, every panel live", ("lesson", "what", "value", "aim", "met"), rows)


if __name__ == "__main__":
    main()
