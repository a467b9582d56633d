"""The gradient check agrees with gradients that are right, and finds one that is wrong."""

from dataclasses import replace

import numpy as np
import pytest

import backprop
from backprop import Cursor, Dataset, Layer, Trainer
from backprop.arrays import Array
from backprop.gradient_check import (
    TOLERANCE,
    CheckPoint,
    CheckStopped,
    UncheckableError,
    check_differences,
    check_tensorflow,
    compare_gradients,
)
from backprop.layers import Dense, LayerValues


def test_xor_every_number_is_checked_and_right(xor: Dataset) -> None:
    checks = check_differences(CheckPoint.at_start(backprop.LESSONS["xor"].experiment, xor))
    assert [(check.name, check.checked, check.total) for check in checks] == [("W1", 4, 4), ("W2", 2, 2)]
    assert all(check.passed and check.relative_error < 1e-7 for check in checks)


def test_mnist_a_sample_of_a_large_layer_is_checked(mnist: Dataset) -> None:
    point = CheckPoint.at_start(backprop.LESSONS["mnist"].experiment, mnist)
    checks = {c.name: c for c in check_differences(point, at_most=50)}
    assert checks.keys() == {"W1", "b1", "W2", "b2"}
    assert (checks["W1"].checked, checks["W1"].total) == (50, 784 * 128)
    assert all(check.passed for check in checks.values())


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_cross_entropy", "mean_half_squared_error"])
def test_other_objectives_are_right_too(mnist: Dataset, loss: str) -> None:
    layers = (backprop.Layer(8, "tanh"), backprop.Layer(10, "softmax"))
    experiment = backprop.LESSONS["mnist"].experiment.replace(layers=layers, loss=loss)
    assert all(check.passed for check in check_differences(CheckPoint.at_start(experiment, mnist), at_most=40))


def test_a_wrong_gradient_is_found_and_placed(xor: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Dense.compute_gradients

    def wrong(self: Dense, x: Array, values: LayerValues) -> None:
        right(self, x, values)
        if self.weights.shape == (2, 2):
            self.weights_gradient[1, 0] *= 1.01

    monkeypatch.setattr(Dense, "compute_gradients", wrong)
    first, second = check_differences(CheckPoint.at_start(backprop.LESSONS["xor"].experiment, xor))
    assert not first.passed
    assert first.relative_error > 100 * TOLERANCE
    assert first.index == (1, 0)
    assert first.ours == pytest.approx(1.01 * first.theirs, rel=1e-6)
    assert second.passed


def test_a_gradient_of_zero_is_right(xor: Dataset) -> None:
    layers = (backprop.Layer(2, "relu", "zeros"), backprop.Layer(1, "identity", "zeros", biases=False))
    experiment = backprop.LESSONS["xor"].experiment.replace(layers=layers)
    checks = check_differences(CheckPoint.at_start(experiment, xor))
    assert all(check.passed for check in checks)
    assert all(np.isfinite(check.relative_error) for check in checks)


# --- at a moment of a run


def test_a_moment_is_checked_with_its_own_weights_and_batch(mnist: Dataset) -> None:
    trainer = Trainer(backprop.LESSONS["mnist"].experiment.replace(shuffle=True), mnist)
    for _ in range(3):
        trainer.step_batch()
    snapshot = trainer.snapshot_at(Cursor(0, 2, 5))
    point = CheckPoint.at(snapshot)
    assert point.x.dtype == np.float64
    np.testing.assert_array_equal(point.x, snapshot.x)
    for name, gradient in snapshot.gradients.items():
        np.testing.assert_array_equal(point.parameters[name], snapshot.parameters[name])
        np.testing.assert_allclose(point.gradients[name], gradient, rtol=1e-2, atol=1e-5 * np.abs(gradient).max())
    assert point.loss == pytest.approx(snapshot.objective, rel=1e-5)
    assert all(check.passed for check in check_differences(point, at_most=15))


def test_of_a_large_batch_some_samples_are_checked(mnist: Dataset) -> None:
    trainer = Trainer(backprop.LESSONS["mnist"].experiment.replace(layers=(Layer(10),), batch_size=1000), mnist)
    trainer.step_phase()
    point = CheckPoint.at(trainer.snapshot(), 7)
    assert (len(point.x), len(point.y), point.batch_samples) == (7, 7, 1000)


@pytest.mark.parametrize("phase", [0, 3, 6])
def test_a_converged_network_raises_no_false_alarm(xor: Dataset, phase: int) -> None:
    layers = (Layer(4, "tanh"), Layer(1, "sigmoid"))
    experiment = backprop.LESSONS["xor"].experiment.replace(
        layers=layers, loss="binary_cross_entropy", epochs=3000, learning_rate=2.0
    )
    trainer = Trainer(experiment, xor)
    trainer.run()
    checks = check_differences(CheckPoint.at(trainer.snapshot_at(Cursor(2999, 0, phase))))
    assert all(check.passed for check in checks)
    assert all(check.checked == check.total for check in checks)


def test_at_the_corner_of_a_relu_nothing_is_claimed(xor: Dataset) -> None:
    # Without biases yet, the sample (0, 0) has z = 0 in every unit: each bias moves it over the corner.
    layers = (Layer(3, "relu", "he"), Layer(1))
    trainer = Trainer(backprop.LESSONS["xor"].experiment.replace(layers=layers), xor)
    checks = {check.name: check for check in check_differences(CheckPoint.at(trainer.snapshot()))}
    assert (checks["b1"].checked, checks["b1"].corners) == (0, 3)
    assert (checks["W1"].checked, checks["W1"].corners) == (6, 0)
    assert all(check.passed for check in checks.values())


def test_a_wrong_gradient_is_found_in_the_middle_of_a_run(xor: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(backprop.LESSONS["xor"].experiment.replace(epochs=500), xor)
    trainer.run()
    snapshot = trainer.snapshot()
    right = Dense.compute_gradients

    def wrong(self: Dense, x: Array, delta: Array) -> None:
        right(self, x, delta)
        if self.weights.shape == (2, 1):
            self.weights_gradient[1, 0] += 1e-3

    monkeypatch.setattr(Dense, "compute_gradients", wrong)
    first, second = check_differences(CheckPoint.at(snapshot))
    assert first.passed
    assert not second.passed
    assert second.index == (1, 0)
    assert second.ours - second.theirs == pytest.approx(1e-3, rel=1e-4)


def test_somebody_elses_gradients_are_compared_number_by_number(xor: Dataset) -> None:
    point = CheckPoint.at_start(backprop.LESSONS["xor"].experiment, xor)
    assert all(check.relative_error == 0 for check in compare_gradients(point, point.gradients))
    theirs = {name: value.copy() for name, value in point.gradients.items()}
    theirs["W1"][0, 1] *= 1.001
    first, second = compare_gradients(point, theirs)
    assert (first.index, first.passed, second.passed) == ((0, 1), False, True)


def test_tensorflow_agrees_at_a_moment_of_a_run(xor: Dataset) -> None:
    layers = (Layer(3, "relu", "he"), Layer(2, "softmax"), Layer(1))
    trainer = Trainer(backprop.LESSONS["xor"].experiment.replace(layers=layers, epochs=20), xor)
    trainer.run()
    assert all(check.relative_error < 1e-12 for check in check_tensorflow(CheckPoint.at(trainer.snapshot())))


def test_progress_is_told_and_the_check_can_be_given_up(xor: Dataset) -> None:
    point = CheckPoint.at_start(backprop.LESSONS["xor"].experiment, xor)
    told: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    check_differences(point, proceed=go_on)
    assert told == [(done, 6) for done in range(7)]
    told.clear()

    def give_up(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 2

    with pytest.raises(CheckStopped):
        check_differences(point, proceed=give_up)
    assert told == [(0, 6), (1, 6), (2, 6)]


def test_a_diverged_moment_is_a_sentence(xor: Dataset) -> None:
    snapshot = Trainer(backprop.LESSONS["xor"].experiment, xor).snapshot()
    weights = {name: value.copy() for name, value in snapshot.parameters.items()}
    weights["W1"][0, 0] = np.inf
    diverged = replace(snapshot, parameters=weights)
    with pytest.raises(UncheckableError, match="no longer finite"):
        CheckPoint.at(diverged)
