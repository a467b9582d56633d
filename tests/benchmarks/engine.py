"""How fast the engine trains, beside its own matrix products, textbook loops, Keras and scikit-learn.

    python tests/benchmarks/engine.py [--rounds N] [--no-keras] [--no-sklearn] [--cpu]

All contestants take turns in one process with one BLAS thread. A ratio is the median of the turns' own ratios, with the
range of the middle half of them in brackets.

An epoch of MNIST is its training alone: nobody predicts the test set. Backscope keeps its record meanwhile, each step's
loss and the keyframes, and looks at every step whether all numbers are finite. The limit multiplies arrays of the same
shapes, types and memory order as the engine; the arithmetic alone is the engine's NumPy calls in one loop, and so what
is left of it without phases, record and checks.
"""

import argparse
import itertools
import os
import statistics
import time
import warnings
from collections.abc import Callable, Sequence

import numpy as np
import threadpoolctl
from peers import BATCH_SIZE, Arithmetic, MatrixProducts, TextbookNetwork, TextbookXor, keras_epoch, sklearn_epoch
from rounds import NO_AIM, Aim, describe_machine, in_whole_rounds, print_table, ratios, take_turns, with_quartiles

import backprop
from backprop import LESSONS, Trainer

HEADER = ("contestant", "seconds", "ratio", "of", "aim", "met")
OURS = "Backscope"
LIMIT = "five matrix products alone (the limit)"
ARITHMETIC = "the step's arithmetic alone"
TEXTBOOK = "textbook NumPy loop, float64"
KERAS = "Keras, model.fit"
SKLEARN = "scikit-learn, MLPClassifier.fit"
AIMS = {
    LIMIT: Aim(at_most=1.10),
    ARITHMETIC: NO_AIM,
    TEXTBOOK: Aim(at_most=0.5),
    KERAS: Aim(at_most=0.25),
    SKLEARN: NO_AIM,
}
#: An epoch is cut into so many parts, for those who can stop between two batches.
PARTS = 14
EPOCHS_WITHOUT_END = 100_000


def mnist(options: argparse.Namespace, clock: Callable[[], float]) -> None:
    """Print how long one epoch of the MNIST lesson takes everyone."""
    experiment = LESSONS["mnist"].experiment.replace(epochs=EPOCHS_WITHOUT_END)
    single = backprop.load("mnist", "float32")
    trainer = Trainer(experiment, single, evaluate=False)
    parameters = trainer.parameters
    products = MatrixProducts(single.train.x, parameters)
    arithmetic = Arithmetic(single, parameters, experiment.learning_rate)
    textbook = TextbookNetwork(backprop.load("mnist", "float64"), parameters, experiment.learning_rate)

    def train(starts: Sequence[int]) -> None:
        trainer.step_batches(len(starts))

    contestants: dict[str, Callable[[], object]] = {
        OURS: _part_by_part(train),
        LIMIT: _part_by_part(products.train),
        ARITHMETIC: _part_by_part(arithmetic.train),
        TEXTBOOK: _part_by_part(textbook.train),
    }
    parts = dict.fromkeys(contestants, PARTS)
    if not options.no_keras:
        contestants[KERAS] = keras_epoch(single.train.x, single.train.y)
    if not options.no_sklearn:
        contestants[SKLEARN] = sklearn_epoch(single.train.x, single.train.labels)
    seconds = take_turns(contestants, options.rounds, clock, parts)

    epochs = {name: in_whole_rounds(values, parts.get(name, 1)) for name, values in seconds.items()}
    rows = [(OURS, f"{statistics.median(epochs[OURS]):.3f}", "", "", "", "")]
    for name, aim in AIMS.items():
        if name in seconds:
            same = seconds if name in parts else epochs
            every = ratios(same[OURS], same[name])
            met = aim.verdict(statistics.median(every))
            median = f"{statistics.median(epochs[name]):.3f}"
            rows.append((name, median, with_quartiles(every), "Backscope's time / this", str(aim), met))
    print_table("MNIST, one epoch: 784-128-10, batches of 64, float32, one BLAS thread", HEADER, rows)


def _part_by_part(train: Callable[[Sequence[int]], None]) -> Callable[[], None]:
    """Return what trains on the next part of the batches of an epoch, each time it is called."""
    starts = range(0, 60_000, BATCH_SIZE)
    assert len(starts) % PARTS == 0  # parts of one size, so that their seconds can be compared
    size = len(starts) // PARTS
    turns = itertools.cycle([starts[first : first + size] for first in range(0, len(starts), size)])
    return lambda: train(next(turns))


def xor(options: argparse.Namespace, clock: Callable[[], float]) -> None:
    """Print how long the 10,000 epochs of the XOR lesson take, recorded, and how long a plain loop needs."""
    experiment = LESSONS["xor"].experiment
    dataset = backprop.load("xor", experiment.dtype)
    initial = Trainer(experiment, dataset).parameters

    def plain() -> None:
        TextbookXor(dataset, initial, experiment.learning_rate).run(experiment.epochs)

    plain_name = "plain NumPy loop with a list of losses"
    contestants = {OURS + ", history recorded": lambda: Trainer(experiment, dataset).run(), plain_name: plain}
    seconds = take_turns(contestants, 3 * options.rounds, clock)
    ours, theirs = seconds.values()
    every = ratios(theirs, ours)
    aim = Aim(at_least=1.2)
    rows = [
        (
            name,
            f"{statistics.median(values):.3f}",
            f"{experiment.epochs / statistics.median(values):,.0f}",
            with_quartiles(every) if values is ours else "",
            "Backscope's epochs/s / plain" if values is ours else "",
            str(aim) if values is ours else "",
            aim.verdict(statistics.median(every)) if values is ours else "",
        )
        for name, values in seconds.items()
    ]
    print_table("XOR, 10,000 epochs: 2-2-1, float64", ("contestant", "seconds", "epochs/s", *HEADER[2:]), rows)


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="how often each contestant has its turn (default 9)")
    parser.add_argument("--no-keras", action="store_true", help="leave Keras out; it needs the extra dev")
    parser.add_argument("--no-sklearn", action="store_true", help="leave scikit-learn out; it needs the extra dev")
    parser.add_argument("--no-mnist", action="store_true", help="XOR only")
    parser.add_argument("--cpu", action="store_true", help="count processor time: steadier on a busy machine")
    options = parser.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
    what = "processor time" if options.cpu else "elapsed time"
    print(f"{describe_machine()}, NumPy {np.__version__}; {what}")
    with threadpoolctl.threadpool_limits(1, user_api="blas"):
        xor(options, clock)
        if not options.no_mnist:
            mnist(options, clock)


if __name__ == "__main__":
    main()
