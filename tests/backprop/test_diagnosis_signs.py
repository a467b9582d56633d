"""The numbers that a diagnosis rests on: sizes and shares of every layer, and the course of the loss."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import LESSONS, Cursor, Dataset, DivergedError, Layer, Trainer
from backprop.chain_rule.unit import explain_unit
from backprop.diagnosis.loss_trend import loss_trend
from backprop.diagnosis.vital_signs import BARS, DELTA_DECADES, root_mean_square, vital_signs
from backprop.history import HistoryView

XOR = LESSONS["xor"].experiment
LAST = Cursor(40, 0, 6)


@pytest.fixture(scope="module")
def run() -> Trainer:
    trainer = Trainer(XOR.replace(epochs=60))
    trainer.run()
    return trainer


def a_record(losses: list[float]) -> HistoryView:
    array = np.array(losses)
    return HistoryView(1, array, array, array, np.full(len(array), np.nan), np.empty((len(array), 0)))


# --- layer by layer


def test_sizes_are_root_mean_squares_over_the_weights(run: Trainer) -> None:
    snapshot = run.snapshot_at(LAST)
    for number, layer in enumerate(vital_signs(snapshot).layers, 1):
        weights, gradient = snapshot.parameters[f"W{number}"], snapshot.gradients[f"W{number}"]
        assert (layer.number, layer.inputs, layer.units) == (number, *weights.shape)
        assert layer.weight_rms == pytest.approx(math.sqrt(np.mean(weights**2)), rel=1e-12)
        assert layer.gradient_rms == pytest.approx(math.sqrt(np.mean(gradient**2)), rel=1e-12)
        delta = snapshot.delta[number - 1]
        assert delta is not None
        assert layer.delta_rms == pytest.approx(math.sqrt(np.mean(delta**2)), rel=1e-12)


def test_the_update_is_measured_by_the_weights_before_it(run: Trainer) -> None:
    before, after = run.snapshot_at(Cursor(40, 0, 5)), run.snapshot_at(LAST)
    for number, (first, second) in enumerate(
        zip(vital_signs(before).layers, vital_signs(after).layers, strict=True), 1
    ):
        change = after.parameters[f"W{number}"] - before.parameters[f"W{number}"]
        ratio = math.sqrt(np.mean(change**2)) / math.sqrt(np.mean(before.parameters[f"W{number}"] ** 2))
        assert first.update_ratio == pytest.approx(ratio, rel=1e-9)
        assert second.update_ratio == pytest.approx(ratio, rel=1e-9)


def test_steepness_is_the_slope_along_the_weights(run: Trainer) -> None:
    snapshot = run.snapshot_at(LAST)
    weights = np.concatenate([snapshot.parameters[name].ravel() for name in ("W1", "W2")])
    gradient = np.concatenate([snapshot.gradients[name].ravel() for name in ("W1", "W2")])
    assert snapshot.objective is not None
    expected = np.linalg.norm(gradient) * np.linalg.norm(weights) / snapshot.objective
    assert vital_signs(snapshot).steepness == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("phase", "known"), [(0, 0), (1, 0), (2, 0), (3, 0), (4, 1), (5, 2), (6, 2)])
def test_what_this_step_has_not_computed_is_not_known(run: Trainer, phase: int, known: int) -> None:
    signs = vital_signs(run.snapshot_at(Cursor(20, 0, phase)))
    assert sum(layer.gradient_rms is not None for layer in signs.layers) == known
    assert sum(layer.update_ratio is not None for layer in signs.layers) == known
    assert sum(layer.deltas is not None for layer in signs.layers) == known
    assert sum(layer.activations is not None for layer in signs.layers) == min(phase, 2)
    assert sum(layer.saturated is not None for layer in signs.layers) == min(phase, 2)
    assert signs.complete == (known == 2)
    assert (signs.largest_ratio is None) == (known < 2)
    assert (signs.steepness is None) == (known < 2)
    assert all(layer.weight_rms > 0 for layer in signs.layers)


def test_saturated_are_the_values_where_the_slope_is_below_a_twentieth(mnist: Dataset) -> None:
    trainer = Trainer(LESSONS["mnist"].experiment, mnist, evaluate=False)
    trainer.step_batch()
    snapshot = trainer.snapshot()
    for layer, a in zip(vital_signs(snapshot).layers, snapshot.a, strict=True):
        assert a is not None
        assert layer.saturated == pytest.approx(np.mean(4.0 * a * (1.0 - a) < 0.05))
        assert 0.5 < (layer.saturated or 0.0) < 0.7, "standard normal weights saturate most of them at once"
        assert layer.dead is None


@pytest.mark.parametrize(
    ("activation", "loss", "can"),
    [
        ("softmax", "cross_entropy", False),
        ("sigmoid", "binary_cross_entropy", False),
        ("softmax", "half_squared_error", True),
        ("sigmoid", "mean_half_squared_error", True),
    ],
)
def test_an_output_saturates_where_its_unit_can_fall_asleep(
    mnist: Dataset, activation: str, loss: str, can: bool
) -> None:
    hidden, _ = LESSONS["mnist"].experiment.layers
    experiment = LESSONS["mnist"].experiment.replace(
        layers=(hidden, Layer(10, activation, "standard_normal")), loss=loss
    )
    trainer = Trainer(experiment, mnist, evaluate=False)
    trainer.step_batch()
    snapshot = trainer.snapshot()
    signs = vital_signs(snapshot).layers
    assert [layer.saturated is not None for layer in signs] == [True, can]
    for layer in signs:
        assert explain_unit(snapshot, layer.number, 0).slope_matters == (layer.saturated is not None)


def test_dead_are_the_relus_that_no_sample_activates() -> None:
    layers = (Layer(6, "relu", "he"), Layer(1, "identity", "xavier"))
    trainer = Trainer(XOR.replace(layers=layers, seed=1, epochs=1))
    trainer.step_batch()
    snapshot = trainer.snapshot()
    hidden, output = vital_signs(snapshot).layers
    assert snapshot.z[0] is not None
    assert hidden.dead == pytest.approx((snapshot.z[0].max(axis=0) <= 0).mean())
    assert 0.0 < (hidden.dead or 0.0) < 1.0
    assert hidden.saturated is None
    assert output.saturated is None, "a linear unit cannot saturate"
    assert output.dead is None, "nor can it die"


def test_histograms_count_every_value(mnist: Dataset) -> None:
    trainer = Trainer(LESSONS["mnist"].experiment, mnist, evaluate=False)
    for _ in range(5):
        trainer.step_batch()
    snapshot = trainer.snapshot()
    for layer, a, delta in zip(vital_signs(snapshot).layers, snapshot.a, snapshot.delta, strict=True):
        assert a is not None
        assert delta is not None
        assert layer.activations is not None
        assert layer.deltas is not None
        assert layer.activations.total == layer.deltas.total == a.size
        assert np.array_equal(layer.activations.counts, np.histogram(a, BARS, (0.0, 1.0))[0])
        assert layer.deltas.zeros == np.count_nonzero(delta == 0)
        low, high = DELTA_DECADES
        sizes = np.clip(np.log10(np.abs(delta[delta != 0])), low, high)
        assert np.array_equal(layer.deltas.counts, np.histogram(sizes, BARS, (low, high))[0])


@pytest.mark.parametrize(
    ("activation", "range_"), [("tanh", (-1.0, 1.0)), ("softmax", (0.0, 1.0)), ("relu", None), ("identity", None)]
)
def test_a_histogram_spans_what_the_activation_can_give(activation: str, range_: tuple[float, float] | None) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(5, activation, "xavier"), Layer(1)), epochs=1))
    trainer.step_batch()
    snapshot = trainer.snapshot()
    histogram = vital_signs(snapshot).layers[0].activations
    assert histogram is not None
    assert snapshot.a[0] is not None
    largest = float(np.abs(snapshot.a[0]).max())
    expected = range_ or ((0.0, largest) if activation == "relu" else (-largest, largest))
    assert (histogram.low, histogram.high) == expected


@given(st.lists(st.floats(-1e150, 1e150), min_size=1, max_size=20), st.sampled_from([np.float32, np.float64]))
def test_the_root_mean_square_survives_extremes(values: list[float], dtype: type[np.floating]) -> None:
    with np.errstate(all="ignore"):
        array = np.array(values, dtype)
        finite = array[np.isfinite(array)]
        size = float(np.abs(finite).max(initial=0.0))
        exact = size * math.sqrt(np.mean((finite.astype(np.float64) / size) ** 2)) if size > 1e-150 else size
        assert root_mean_square(finite) == pytest.approx(exact, rel=1e-5, abs=1e-150)


def test_a_moment_that_overflowed_can_be_looked_at() -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=50, epochs=50))
    with pytest.raises(DivergedError):
        trainer.run()
    signs = vital_signs(trainer.snapshot())
    assert not signs.finite
    assert all(layer.activations is None or layer.activations.total >= 0 for layer in signs.layers)


# --- the loss


def test_a_trend_needs_steps_to_go_by() -> None:
    assert loss_trend(a_record([0.25] * 39)) is None
    assert loss_trend(a_record([0.25] * 40)) is not None


def test_the_trend_looks_at_the_last_three_tenths() -> None:
    falling = [1.0] * 700 + [1.0 - k / 600 for k in range(300)]
    trend = loss_trend(a_record(falling))
    assert trend is not None
    assert (trend.first, trend.steps) == (700, 1000)
    assert trend.quarters[0] == pytest.approx(np.mean(falling[700:775]))
    assert trend.latest == pytest.approx(np.mean(falling[925:]))
    assert trend.drop == pytest.approx(1 - trend.latest / trend.quarters[0])
    assert not trend.flat


def test_flat_is_what_changes_by_less_than_two_percent() -> None:
    def trend_of(drop: float) -> bool:
        trend = loss_trend(a_record([1.0 - drop * k / 300 for k in range(300)]))
        assert trend is not None
        return trend.flat

    assert trend_of(0.01)
    assert not trend_of(0.2)


def test_noise_is_not_mistaken_for_a_plateau() -> None:
    random = np.random.default_rng(0)
    even = loss_trend(a_record(list(0.5 + 0.001 * random.normal(size=200))))
    noisy = loss_trend(a_record(list(0.5 + 0.2 * random.normal(size=200))))
    assert even is not None
    assert noisy is not None
    assert even.flat
    assert not noisy.flat, "too few and too uneven steps to tell"


def test_leaving_a_plateau_gathers_speed_and_a_minimum_does_not() -> None:
    leaving = loss_trend(a_record([1.0 - 1e-4 * math.exp(k / 50) for k in range(300)]))
    settling = loss_trend(a_record([1.0 + math.exp(-k / 50) for k in range(300)]))
    assert leaving is not None
    assert settling is not None
    assert leaving.gathers_speed
    assert not settling.gathers_speed


def test_a_loss_that_rose_is_told_from_one_that_wavers() -> None:
    risen = loss_trend(a_record([0.3] * 200 + [0.1] * 200 + [0.25] * 200))
    steady = loss_trend(a_record([0.25, 0.26, 0.24] * 200))
    assert risen is not None
    assert steady is not None
    assert risen.risen
    assert risen.lowest == pytest.approx(0.1)
    assert 200 < risen.lowest_step <= 400
    assert not steady.risen


def test_jitter_counts_the_steps_that_raised_the_loss() -> None:
    trend = loss_trend(a_record([1.0, 2.0] * 50))
    assert trend is not None
    assert trend.jitter == pytest.approx(0.5, abs=0.02)
    assert trend.jump == pytest.approx(1.0 / 1.5, abs=0.02)
