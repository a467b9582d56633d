"""Both lessons, run as they are, reproduce the reference runs number by number."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import backprop
from backprop import Cursor

XOR_TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def xor_run() -> backprop.Trainer:
    """The XOR lesson, trained to its last epoch."""
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment)
    trainer.run()
    return trainer


@pytest.fixture(scope="module")
def mnist_runs(mnist: backprop.Dataset) -> dict[str, backprop.Trainer]:
    """The MNIST lesson as it is and in float64, both trained to the last epoch, each on a core of its own."""
    lesson = backprop.LESSONS["mnist"].experiment
    trainers = {
        "float32": backprop.Trainer(lesson, mnist),
        "float64": backprop.Trainer(lesson.replace(dtype="float64")),
    }
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(trainer.run) for trainer in trainers.values()]:
            done.result()
    return trainers


@pytest.fixture(scope="module")
def mnist_run(mnist_runs: dict[str, backprop.Trainer]) -> backprop.Trainer:
    """The MNIST lesson as it is."""
    return mnist_runs["float32"]


@pytest.fixture(scope="module")
def mnist_run_in_float64(mnist_runs: dict[str, backprop.Trainer]) -> backprop.Trainer:
    """The MNIST lesson in the precision of the reference run."""
    return mnist_runs["float64"]


class TestXor:
    def test_is_the_experiment_of_the_reference(self, reference: dict[str, Any]) -> None:
        experiment = backprop.LESSONS["xor"].experiment
        assert experiment.seed == reference["xor"]["seed"]
        assert experiment.epochs == reference["xor"]["epochs"]
        assert experiment.learning_rate == reference["xor"]["learning_rate"]
        assert experiment.dtype == "float64"
        assert experiment.steps_per_epoch == 1
        assert not experiment.shuffle
        assert [(layer.units, layer.activation, layer.biases) for layer in experiment.layers] == [
            (2, "sigmoid", False),
            (1, "sigmoid", False),
        ]

    def test_begins_with_the_reference_draws(self, xor_run: backprop.Trainer) -> None:
        random = np.random.RandomState(0)
        first, second = random.uniform(size=(2, 2)), random.uniform(size=(2, 1))
        initial = xor_run.snapshot().initial_parameters
        assert np.array_equal(initial["W1"], first)
        assert np.array_equal(initial["W2"], second)
        assert list(initial) == ["W1", "W2"]

    def test_loss_of_every_thousandth_epoch(self, xor_run: backprop.Trainer, reference: dict[str, Any]) -> None:
        loss = xor_run.history.loss
        assert loss.shape == (10_000,)
        assert loss[::1000] == pytest.approx(reference["xor"]["mse_at_epoch_0_1000_to_9000"], rel=XOR_TOLERANCE)
        assert loss[9999] == pytest.approx(reference["xor"]["mse_at_epoch_9999"], rel=XOR_TOLERANCE)

    def test_final_weights(self, xor_run: backprop.Trainer, reference: dict[str, Any]) -> None:
        parameters = xor_run.parameters
        np.testing.assert_allclose(parameters["W1"], reference["xor"]["W1_final"], rtol=XOR_TOLERANCE)
        np.testing.assert_allclose(parameters["W2"], reference["xor"]["W2_final"], rtol=XOR_TOLERANCE)

    def test_prediction_before_the_last_update(self, xor_run: backprop.Trainer, reference: dict[str, Any]) -> None:
        compared = xor_run.snapshot_at(Cursor(epoch=9999, batch=0, phase=3))
        output = compared.a[-1]
        assert output is not None
        expected = reference["xor"]["prediction_at_epoch_9999_before_its_update"]
        np.testing.assert_allclose(output.ravel(), expected, rtol=XOR_TOLERANCE)
        assert compared.mse == pytest.approx(reference["xor"]["mse_at_epoch_9999"], rel=XOR_TOLERANCE)

    def test_prediction_with_the_final_weights(self, xor_run: backprop.Trainer, reference: dict[str, Any]) -> None:
        prediction = xor_run.predict(xor_run.dataset.train.x)
        expected = reference["xor"]["prediction_with_final_weights"]
        np.testing.assert_allclose(prediction.ravel(), expected, rtol=XOR_TOLERANCE)

    def test_differentiates_half_the_sum_and_plots_the_mean(self, xor_run: backprop.Trainer) -> None:
        # 1/2 of the sum over four samples of one output is twice their mean.
        np.testing.assert_allclose(xor_run.history.step_objective, 2 * xor_run.history.step_mse, rtol=1e-14)

    def test_has_no_test_set_and_so_no_accuracy(self, xor_run: backprop.Trainer) -> None:
        assert xor_run.history.accuracy.shape == (10_000,)
        assert np.isnan(xor_run.history.accuracy).all()


class TestMnist:
    def test_is_the_experiment_of_the_reference(self, reference: dict[str, Any]) -> None:
        experiment = backprop.LESSONS["mnist"].experiment
        for field in ("seed", "epochs", "batch_size", "learning_rate", "shuffle"):
            assert getattr(experiment, field) == reference["mnist"][field]
        assert experiment.dtype == "float32"
        assert [(layer.units, layer.activation, layer.biases) for layer in experiment.layers] == [
            (128, "sigmoid", True),
            (10, "sigmoid", True),
        ]

    def test_begins_with_the_reference_draws(self, mnist_run_in_float64: backprop.Trainer) -> None:
        random = np.random.RandomState(0)
        first, second = random.randn(784, 128), random.randn(128, 10)
        initial = mnist_run_in_float64.snapshot().initial_parameters
        assert np.array_equal(initial["W1"], first)
        assert np.array_equal(initial["W2"], second)
        assert not initial["b1"].any()
        assert not initial["b2"].any()

    def test_accuracy_of_every_epoch_in_float64(
        self, mnist_run_in_float64: backprop.Trainer, reference: dict[str, Any]
    ) -> None:
        percent = 100 * mnist_run_in_float64.history.accuracy
        expected = reference["mnist"]["test_accuracy_percent_after_each_epoch"]
        np.testing.assert_allclose(percent, expected, rtol=0, atol=0.05)

    @pytest.mark.parametrize("epoch", [0, 10])
    def test_loss_of_an_epochs_last_batch_in_float64(
        self, epoch: int, mnist_run_in_float64: backprop.Trainer, reference: dict[str, Any]
    ) -> None:
        history = mnist_run_in_float64.history
        expected = reference["mnist"][f"mse_of_last_batch_at_epoch_{epoch}"]
        assert history.step_mse[(epoch + 1) * 938 - 1] == pytest.approx(expected, rel=1e-7)

    def test_the_last_batch_of_an_epoch_has_32_samples(self, mnist_run: backprop.Trainer) -> None:
        last, first = mnist_run.snapshot_at(Cursor(0, 937, 1)), mnist_run.snapshot_at(Cursor(1, 0, 1))
        assert len(last.x) == 32
        assert last.rows.tolist() == list(range(59_968, 60_000))
        assert len(first.x) == 64
        assert first.rows.tolist() == list(range(64))

    def test_accuracy_in_float32(self, mnist_run: backprop.Trainer, reference: dict[str, Any]) -> None:
        expected = reference["mnist"]["test_accuracy_percent_after_each_epoch"][19]
        assert 100 * mnist_run.history.accuracy[19] == pytest.approx(expected, abs=0.3)

    def test_float32_follows_float64(self, mnist_run: backprop.Trainer, mnist_run_in_float64: backprop.Trainer) -> None:
        # Rounding makes the two drift apart; in the first epoch they still agree closely.
        single, double = mnist_run.history.step_mse[:938], mnist_run_in_float64.history.step_mse[:938]
        np.testing.assert_allclose(single, double, rtol=0.01)

    def test_loss_of_an_epoch_is_the_mean_over_its_samples(self, mnist_run_in_float64: backprop.Trainer) -> None:
        history = mnist_run_in_float64.history
        samples = np.full(938, 64)
        samples[-1] = 32
        expected = [np.average(steps, weights=samples) for steps in history.step_mse.reshape(20, 938)]
        np.testing.assert_allclose(history.loss, expected, rtol=1e-12)

    def test_accuracy_by_digit_adds_up_to_the_accuracy(self, mnist_run: backprop.Trainer) -> None:
        test = mnist_run.dataset.test
        assert test is not None
        share = np.bincount(test.labels) / len(test)
        history = mnist_run.history
        assert history.class_accuracy.shape == (20, 10)
        np.testing.assert_allclose(history.class_accuracy @ share, history.accuracy, rtol=1e-12)

    def test_four_digits_sleep_after_the_first_epoch_and_wake_one_after_another(
        self, mnist_run: backprop.Trainer
    ) -> None:
        """The guide of the lesson says so; a digit is awake when more than half of its images are right."""
        awake = mnist_run.history.class_accuracy > 0.5
        woke = {digit: int(awake[:, digit].argmax()) for digit in range(10)}
        assert awake[-1].all()
        assert {digit: epoch for digit, epoch in woke.items() if epoch > 0} == {5: 3, 3: 7, 6: 10, 8: 14}

    def test_accuracy_after_the_last_epoch_is_that_of_the_final_parameters(self, mnist_run: backprop.Trainer) -> None:
        test = mnist_run.dataset.test
        assert test is not None
        right = mnist_run.predict(test.x).argmax(axis=1) == test.labels
        assert mnist_run.history.accuracy[-1] == right.mean()

    def test_sleeping_digits_wake_up(self, mnist_run_in_float64: backprop.Trainer) -> None:
        # What makes this lesson worth watching: four digits are never answered at first, and all of them at the end.
        by_digit = mnist_run_in_float64.history.class_accuracy
        assert (by_digit[0] < 0.01).sum() == 4
        assert (by_digit[-1] > 0.9).all()
