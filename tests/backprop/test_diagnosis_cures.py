"""Every cure cures: the run that it makes, or goes on with, no longer has the illness and learns."""

import pytest

from backprop import LESSONS, Dataset, DivergedError, Experiment, Layer, Trainer
from backprop.diagnosis.cures import round_down
from backprop.diagnosis.rules import Cure, Finding, diagnose
from backprop.metrics import accuracy_by_class

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment


def network(activation: str, initializer: str = "xavier", units: int = 2, depth: int = 1) -> tuple[Layer, ...]:
    return (*(Layer(units, activation, initializer) for _ in range(depth)), Layer(1, "sigmoid", initializer))


def after(experiment: Experiment, steps: int, dataset: Dataset | None = None) -> Trainer:
    trainer = Trainer(experiment, dataset, evaluate=False)
    try:
        for _ in range(steps):
            trainer.step_batch()
    except DivergedError:
        pass
    return trainer


def found(trainer: Trainer) -> dict[str, Finding]:
    diagnosis = diagnose(trainer.snapshot(), trainer.history.view())
    return {finding.key: finding for finding in diagnosis.findings}


def cured(trainer: Trainer, cure: Cure, steps: int) -> Trainer:
    """The run after ``steps`` more, or that of the changed experiment after as many."""
    if not cure.during_run:
        return after(cure.apply(trainer.experiment), steps, trainer.dataset)
    assert set(cure.changes) == {"learning_rate"}
    trainer.learning_rate = cure.changes["learning_rate"]
    for _ in range(steps):
        trainer.step_batch()
    return trainer


CASES: list[tuple[str, Experiment, int, str, int, float]] = [
    # illness, run, steps until it shows, kind of cure, steps with it, loss that must be reached
    ("plateau", XOR, 300, "learning_rate", 900, 0.1),
    ("rate_too_low", XOR.replace(learning_rate=1e-4), 60, "learning_rate", 5000, 0.2),
    ("rate_too_high", XOR.replace(learning_rate=5.0), 300, "learning_rate", 3000, 0.05),
    ("stuck", XOR.replace(layers=network("tanh"), seed=1), 800, "new_seed", 1000, 0.01),
    ("stuck", XOR.replace(layers=network("sigmoid"), seed=7), 3000, "units", 3000, 0.01),
    ("symmetric", XOR.replace(layers=network("sigmoid", "zeros")), 100, "initializer", 2000, 0.05),
    ("vanishing", XOR.replace(layers=network("sigmoid", units=4, depth=4)), 30, "activation", 500, 0.01),
    (
        "dead_relu",
        XOR.replace(layers=network("relu", "he", 4), learning_rate=10.0),
        60,
        "learning_rate",
        1000,
        0.01,
    ),
    ("dead_relu", XOR.replace(layers=network("relu", "he"), seed=5), 200, "activation", 1000, 0.05),
    (
        "diverged",
        XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=5.0),
        20,
        "learning_rate",
        200,
        0.26,  # as low as a network without a curve can come
    ),
]


@pytest.mark.parametrize(("illness", "experiment", "steps", "kind", "more", "loss"), CASES)
def test_a_cure_on_xor(illness: str, experiment: Experiment, steps: int, kind: str, more: int, loss: float) -> None:
    trainer = after(experiment, steps)
    cure = next(cure for cure in found(trainer)[illness].cures if cure.kind == kind)
    healthy = cured(trainer, cure, more)
    assert healthy.diverged is None
    assert illness not in found(healthy)
    assert healthy.history.loss[-1] < loss


@pytest.fixture(scope="module")
def cures_of_sleep(mnist: Dataset) -> tuple[Cure, ...]:
    """What is proposed in the first epoch of the MNIST lesson."""
    return found(after(MNIST, 500, mnist))["saturated_outputs"].cures


@pytest.mark.parametrize("which", [0, 1])
def test_both_cures_of_sleeping_digits(which: int, cures_of_sleep: tuple[Cure, ...], mnist: Dataset) -> None:
    trainer = after(cures_of_sleep[which].apply(MNIST), 700, mnist)
    assert mnist.test is not None
    by_class = accuracy_by_class(trainer.predicted_test_classes(), mnist.test.labels, 10)
    assert by_class.min() > 0.6, "before the first epoch is over, all digits are awake"
    assert found(trainer) == {}


def test_better_initial_weights_alone_would_be_no_cure(cures_of_sleep: tuple[Cure, ...], mnist: Dataset) -> None:
    """Which is why the learning rate goes down with them."""
    cure = cures_of_sleep[1]
    assert cure.kind == "initializer"
    assert cure.changes["learning_rate"] == 0.01
    alone = after(MNIST.replace(layers=cure.changes["layers"]), 120, mnist)
    assert len(found(alone)["saturated_outputs"].numbers["asleep"]) >= 9


@pytest.mark.parametrize(
    ("activation", "initializers"), [("relu", ["he"] * 5 + ["xavier"]), ("identity", ["xavier"] * 6)]
)
def test_exploding_gradients_want_scaled_weights(activation: str, initializers: list[str], mnist: Dataset) -> None:
    layers = (*(Layer(32, activation, "standard_normal") for _ in range(5)), Layer(10, "softmax", "standard_normal"))
    experiment = MNIST.replace(layers=layers, loss="mean_cross_entropy", learning_rate=0.05)
    for steps, illness in ((1, "exploding"), (20, "diverged")):
        (cure,) = found(after(experiment, steps, mnist))[illness].cures
        healed = cure.apply(experiment)
        assert [layer.initializer for layer in healed.layers] == initializers
        trainer = after(healed, 200, mnist)
        assert trainer.diverged is None
        assert trainer.history.step_mse[-20:].mean() < 0.05
        assert found(trainer) == {}


def test_a_new_seed_is_the_next_one() -> None:
    trainer = after(XOR.replace(layers=network("tanh"), seed=1), 800)
    cure = found(trainer)["stuck"].cures[0]
    assert cure.apply(trainer.experiment) == trainer.experiment.replace(seed=2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.5, 0.5),
        (0.49, 0.2),
        (0.3, 0.2),
        (0.1, 0.1),
        (0.05, 0.05),
        (0.0156, 0.01),
        (1e-7, 1e-7),
        (7.3, 5.0),
        (1.0, 1.0),
    ],
)
def test_round_numbers(value: float, expected: float) -> None:
    assert round_down(value) == expected
