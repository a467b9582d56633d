"""Every rule finds its illness in a run that has it, and is quiet on one that has not."""

import doctest
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import backprop.diagnosis
from backprop import LESSONS, Cursor, Dataset, Experiment, Layer, Trainer
from backprop.diagnosis.rules import RULES, Case, Finding, diagnose
from backprop.diagnosis.vital_signs import vital_signs
from tests.short_runs import after, network

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment


def found(trainer: Trainer, cursor: Cursor | None = None) -> dict[str, Finding]:
    snapshot = trainer.snapshot() if cursor is None else trainer.snapshot_at(cursor)
    return {finding.key: finding for finding in diagnose(snapshot, trainer.history.view()).findings}


def told(trainer: Trainer, key: str) -> Finding | None:
    """What one rule says by itself, whatever the others say."""
    snapshot, history = trainer.snapshot(), trainer.history.view()
    with np.errstate(all="ignore"):
        return RULES[key](Case(snapshot, history, vital_signs(snapshot), trainer.epochs))


@pytest.fixture(scope="module")
def lesson() -> Trainer:
    trainer = Trainer(XOR)
    trainer.run()
    return trainer


@pytest.fixture(scope="module")
def digits(mnist: Dataset) -> Trainer:
    """An epoch of the MNIST lesson, after which digits 3, 5, 6 and 8 sleep."""
    trainer = Trainer(MNIST, mnist)
    trainer.step_epoch()
    return trainer


@pytest.fixture(scope="module")
def healthy_digits(digits: Trainer, mnist: Dataset) -> Trainer:
    """The lesson with the cure that the diagnosis proposes first, after an epoch."""
    cure = found(digits)["saturated_outputs"].cures[0]
    trainer = Trainer(cure.apply(MNIST), mnist)
    trainer.step_epoch()
    return trainer


# --- ill, and not


RUNS: dict[str, tuple[Experiment, int, Experiment, int]] = {
    # rule: an ill run and how many steps of it, and a healthy one
    "diverged": (
        XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=5.0),
        20,
        XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=0.05),
        20,
    ),
    "symmetric": (XOR.replace(layers=network("sigmoid", "zeros")), 60, XOR, 60),
    "dead_relu": (
        XOR.replace(layers=network("relu", "he", 4), learning_rate=10.0),
        60,
        XOR.replace(layers=network("relu", "he", 4)),
        60,
    ),
    "vanishing": (
        XOR.replace(layers=network("sigmoid", units=4, depth=4)),
        30,
        XOR.replace(layers=network("tanh", units=4, depth=4)),
        30,
    ),
    "rate_too_high": (XOR.replace(learning_rate=5.0), 300, XOR, 300),
    "rate_too_low": (XOR.replace(learning_rate=1e-4), 60, XOR, 60),
    "stuck": (
        XOR.replace(layers=network("tanh"), seed=1),
        800,
        XOR.replace(layers=network("tanh"), seed=2),
        800,
    ),
    "plateau": (XOR, 300, XOR, 1000),
}


@pytest.mark.parametrize("key", RUNS)
def test_an_ill_run_is_found_ill_and_a_healthy_one_is_not(key: str) -> None:
    ill, ill_steps, healthy, healthy_steps = RUNS[key]
    assert key in found(after(ill, ill_steps))
    assert key not in found(after(healthy, healthy_steps))


def test_every_rule_has_such_a_pair_of_runs() -> None:
    elsewhere = {"exploding", "saturated_outputs", "saturated_layer"}  # on MNIST, below
    assert set(RUNS) | elsewhere == set(RULES)


def test_exploding_gradients(mnist: Dataset) -> None:
    def deep(initializer: str) -> Trainer:
        layers = (*(Layer(32, "relu", initializer) for _ in range(5)), Layer(10, "softmax", initializer))
        return after(MNIST.replace(layers=layers, loss="mean_cross_entropy"), 1, mnist)

    finding = found(deep("standard_normal"))["exploding"]
    assert finding.severity == "severe"
    assert finding.numbers["delta_share"] > 100
    assert finding.layers == (1, 6)
    assert "exploding" not in found(deep("he"))


def test_outputs_that_are_saturated_where_they_are_wrong(digits: Trainer, healthy_digits: Trainer) -> None:
    finding = found(digits)["saturated_outputs"]
    assert finding.numbers["asleep"] == (3, 5, 6, 8)
    assert finding.numbers["woken"] == ()
    assert finding.numbers["share"] > 0.9
    assert [evidence.panel for evidence in finding.evidence] == ["accuracy", "inspector"]
    assert finding.evidence[1].unit == (2, 3)
    assert found(healthy_digits) == {}
    assert told(healthy_digits, "saturated_outputs") is None


def test_a_digit_that_wakes_is_told_with_what_it_gained(digits: Trainer) -> None:
    snapshot, history = digits.snapshot(), digits.history.view()
    asleep = history.class_accuracy[0]
    awake = np.where(np.arange(10) == 5, 0.86, asleep)
    later = replace(
        history,
        step_mse=np.tile(history.step_mse, 4),
        step_objective=np.tile(history.step_objective, 4),
        loss=np.tile(history.loss, 4),
        accuracy=np.array([0.570, 0.582, 0.590, 0.663]),  # as the lesson goes on
        class_accuracy=np.array([asleep, asleep, asleep, awake]),
    )
    case = Case(replace(snapshot, cursor=Cursor(3, 937, 6)), later, vital_signs(snapshot), 20)
    finding = RULES["saturated_outputs"](case)
    assert finding is not None
    assert finding.numbers["asleep"] == (3, 6, 8)
    assert finding.numbers["woken"] == ((5, 3),)
    assert finding.numbers["gain"] == pytest.approx(0.073)


def test_digits_are_found_asleep_before_the_test_set_was_ever_predicted(digits: Trainer) -> None:
    finding = found(digits, Cursor(0, 600, 6))["saturated_outputs"]
    assert set(finding.numbers["asleep"]) >= {3, 5, 6, 8}
    assert finding.numbers["woken"] == ()
    assert [evidence.panel for evidence in finding.evidence] == ["inspector"]


def test_a_hidden_layer_that_is_saturated(digits: Trainer, healthy_digits: Trainer) -> None:
    finding = found(digits)["saturated_layer"]
    assert finding.layers == (1,)
    assert finding.severity == "note"
    signs = vital_signs(digits.snapshot()).layers[0]
    assert finding.numbers["saturated"] == signs.saturated
    assert "saturated_layer" not in found(healthy_digits)


def test_relus_that_an_update_killed_are_told_from_those_born_dead(mnist: Dataset) -> None:
    layers = (Layer(128, "relu", "he"), Layer(10, "softmax", "xavier"))
    finding = found(after(MNIST.replace(layers=layers, loss="cross_entropy"), 20, mnist))["dead_relu"]
    assert finding.numbers["units"] == 128
    assert finding.numbers["dead"] > 110
    assert finding.numbers["dead_at_start"] < 10
    assert finding.cures[0].changes == {"learning_rate": 0.01}
    born = found(after(XOR.replace(layers=network("relu", "he"), seed=5), 200))["dead_relu"]
    assert (born.numbers["dead"], born.numbers["dead_at_start"], born.numbers["units"]) == (1, 1, 2)
    assert born.cures[0].kind == "new_seed"


def test_a_batch_of_a_few_samples_does_not_show_that_a_unit_is_dead(mnist: Dataset) -> None:
    layers = (Layer(16, "relu", "he"), Layer(10, "softmax", "xavier"))
    experiment = MNIST.replace(layers=layers, loss="cross_entropy", learning_rate=0.1, batch_size=4)
    trainer = after(experiment, 30, mnist)
    assert (vital_signs(trainer.snapshot()).layers[0].dead or 0.0) > 0.5
    assert "dead_relu" not in found(trainer)


# --- what a finding says


def test_a_stuck_run_says_which_samples_are_wrong() -> None:
    trainer = after(XOR.replace(layers=network("tanh"), seed=1), 800)
    finding = found(trainer)["stuck"]
    assert finding.numbers["wrong"] == (2, 3)
    assert finding.numbers["inputs"] == ((1.0, 0.0), (1.0, 1.0))
    assert finding.numbers["targets"] == ((1.0,), (0.0,))
    outputs = trainer.snapshot().a[-1]
    assert outputs is not None
    assert np.allclose(finding.numbers["outputs"], outputs[[2, 3]])
    assert np.allclose(finding.numbers["outputs"], 0.5, atol=0.01), "it gives both the same answer"
    assert finding.evidence[0].sample == 2
    since = finding.numbers["since"]
    losses = trainer.history.loss
    assert abs(losses[since] / losses[-1] - 1) < 0.02 < abs(losses[since - 1] / losses[-1] - 1) + 1e-4
    assert finding.evidence[1].cursor == Cursor(since, 0, 6)


@pytest.mark.parametrize(("seed", "wrong"), [(1, (2, 3)), (3, (1, 3))])
def test_wrong_samples_are_counted_as_in_the_data_set_however_shuffled(seed: int, wrong: tuple[int, ...]) -> None:
    trainer = after(XOR.replace(layers=network("tanh"), seed=seed, shuffle=True), 800)
    assert found(trainer)["stuck"].numbers["wrong"] == wrong


def test_the_lessons_plateau_ends_where_the_loss_begins_to_fall(lesson: Trainer) -> None:
    ill = [epoch for epoch in range(0, 2500, 20) if "plateau" in found(lesson, Cursor(epoch, 0, 6))]
    assert 100 <= ill[0] <= 130
    assert 500 <= ill[-1] <= 600
    assert all(later - earlier == 20 for earlier, later in pairwise(ill)), "without a gap"
    early = found(lesson, Cursor(120, 0, 6))["plateau"].numbers
    late = found(lesson, Cursor(400, 0, 6))["plateau"].numbers
    assert late["leaving"]
    assert early["chance"]
    assert late["steepness"] > 2 * early["steepness"]
    assert early["since"] < 20


def test_a_learning_rate_that_is_too_high_shows_in_three_ways() -> None:
    swings = found(after(XOR.replace(learning_rate=5.0), 300))["rate_too_high"].numbers
    assert swings["sign"] == "swings"
    assert swings["often"] > 0.3
    assert swings["much"] > 0.1
    trainer = after(XOR.replace(learning_rate=5.0), 1000)
    rises = found(trainer)["rate_too_high"]
    assert rises.numbers["sign"] == "rises"
    assert rises.numbers["lowest"] < 0.2 < rises.numbers["latest"]
    assert rises.evidence[0].cursor is not None
    assert abs(rises.evidence[0].cursor.epoch - rises.numbers["lowest_epoch"]) <= 1
    ratio = found(after(XOR.replace(learning_rate=100.0), 11))["rate_too_high"].numbers
    assert ratio["sign"] == "ratio"
    assert ratio["ratio"] > 0.5


def test_a_longer_run_may_be_slow() -> None:
    trainer = after(XOR.replace(learning_rate=1e-3), 60)
    snapshot, history = trainer.snapshot(), trainer.history.view()
    fall = found(trainer)["rate_too_low"].numbers["fall"]
    assert 0.2 < fall < 0.5
    assert not diagnose(snapshot, history, epochs=1_000_000).findings


def test_causes_silence_what_they_explain() -> None:
    dead = after(XOR.replace(layers=network("relu", "he"), seed=5), 200)
    assert told(dead, "plateau") is not None
    assert set(found(dead)) == {"dead_relu"}


def test_the_most_severe_finding_comes_first(digits: Trainer) -> None:
    assert list(found(digits)) == ["saturated_outputs", "saturated_layer"]
    keys = list(found(after(RUNS["diverged"][0], 20)))
    assert keys == ["diverged"], "what is no longer a number cannot be measured"


# --- when


@pytest.mark.parametrize("seed", [2, 3, 4, 6])
def test_a_run_that_learns_is_left_alone(seed: int) -> None:
    trainer = after(XOR.replace(layers=network("tanh", units=6), seed=seed), 400)
    assert trainer.history.loss[-1] < 0.05
    for epoch in (0, 10, 50, 150, 250, 399):
        assert not found(trainer, Cursor(epoch, 0, 6))


def test_nothing_is_said_at_the_very_beginning(lesson: Trainer, digits: Trainer) -> None:
    for run, moments in (
        (lesson, [Cursor(e, 0, p) for e in (0, 1, 20) for p in range(7)]),
        (digits, [Cursor(0, 5, 6)]),
    ):
        for cursor in moments:
            assert found(run, cursor) == {}


def same(first: Any, second: Any) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return first == second or (first != first and second != second)
    return bool(first == second)


def test_the_past_is_judged_by_what_was_known_then(lesson: Trainer, digits: Trainer) -> None:
    for run, moments in (
        (lesson, [Cursor(300, 0, 3), Cursor(300, 0, 6)]),
        (digits, [Cursor(0, 700, 6), Cursor(0, 937, 6)]),
    ):
        for cursor in moments:
            snapshot, history = run.snapshot_at(cursor), run.history.view()
            then = history.until(snapshot.steps_done, snapshot.step + snapshot.compared)
            now, past = diagnose(snapshot, history), diagnose(snapshot, then)
            assert [f.key for f in now.findings] == [f.key for f in past.findings]
            assert now.findings, "a moment with something to say"
            for one, other in zip(now.findings, past.findings, strict=True):
                assert one.numbers.keys() == other.numbers.keys()
                assert all(same(one.numbers[name], other.numbers[name]) for name in one.numbers)
                assert (one.evidence, one.cures) == (other.evidence, other.cures)


@settings(max_examples=25)
@given(data=st.data())
def test_any_moment_of_any_run_can_be_judged(data: st.DataObject, any_run: Any) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = Trainer(experiment, dataset)
    trainer.run()
    clock = range(experiment.steps_per_epoch * experiment.epochs)
    step = data.draw(st.sampled_from(clock))
    phase = data.draw(st.integers(0, len(trainer.snapshot().phases)))
    epoch, batch = divmod(step, experiment.steps_per_epoch)
    diagnosis = diagnose(trainer.snapshot_at(Cursor(epoch, batch, phase)), trainer.history.view())
    assert {finding.key for finding in diagnosis.findings} <= set(RULES)
    for finding in diagnosis.findings:
        assert all(1 <= layer <= len(experiment.layers) for layer in finding.layers)
        for cure in finding.cures:
            assert cure.apply(experiment) != experiment


def test_a_test_set_of_which_every_class_is_known_is_no_illness(digits: Trainer) -> None:
    snapshot, history = digits.snapshot(), digits.history.view()
    awake = replace(history, class_accuracy=np.full((1, 10), 0.9), accuracy=np.full(1, 0.9))
    assert "saturated_outputs" not in {f.key for f in diagnose(snapshot, awake).findings}


def test_the_modules_example() -> None:
    assert doctest.testmod(backprop.diagnosis).failed == 0
