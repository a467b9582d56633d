"""Going forward: each pace, the end of a run, what may change during one, and beginning again."""

from collections.abc import Callable

import numpy as np
import pytest

import backprop
from backprop import Cursor, ExperimentError, Layer


@pytest.fixture
def trainer(small_dataset: Callable[..., backprop.Dataset]) -> backprop.Trainer:
    """Three batches an epoch of 3, 3 and 1 samples; six phases a step; two epochs; a test set."""
    dataset = small_dataset(7, 3, 2, "float64", 5)
    experiment = backprop.Experiment(dataset=dataset.name, layers=(Layer(4), Layer(2)), batch_size=3, epochs=2)
    return backprop.Trainer(experiment, dataset)


class TestPaces:
    def test_a_phase(self, trainer: backprop.Trainer) -> None:
        cursors = []
        for _ in range(8):
            trainer.step_phase()
            cursors.append(trainer.cursor)
        assert cursors == [*(Cursor(0, 0, phase) for phase in range(1, 7)), Cursor(0, 1, 1), Cursor(0, 1, 2)]

    def test_a_batch_is_the_rest_of_this_one_or_all_of_the_next(self, trainer: backprop.Trainer) -> None:
        trainer.step_phase()
        trainer.step_batch()
        assert trainer.cursor == Cursor(0, 0, 6)
        trainer.step_batch()
        assert trainer.cursor == Cursor(0, 1, 6)

    def test_an_epoch_is_the_rest_of_this_one_or_all_of_the_next(self, trainer: backprop.Trainer) -> None:
        trainer.step_batch()
        trainer.step_phase()
        trainer.step_epoch()
        assert trainer.cursor == Cursor(0, 2, 6)
        trainer.step_epoch()
        assert trainer.cursor == Cursor(1, 2, 6)

    def test_an_epoch_from_within_its_last_batch(self, trainer: backprop.Trainer) -> None:
        trainer.step_batch()
        trainer.step_batch()
        trainer.step_phase()
        trainer.step_epoch()
        assert trainer.cursor == Cursor(0, 2, 6)

    def test_some_batches_begin_with_the_rest_of_this_one(self, trainer: backprop.Trainer) -> None:
        trainer.step_phase()
        trainer.step_batches(2)
        assert trainer.cursor == Cursor(0, 1, 6)
        trainer.step_batches(0)
        assert trainer.cursor == Cursor(0, 1, 6)
        trainer.step_batches(3)
        assert trainer.cursor == Cursor(1, 1, 6)

    def test_batches_go_on_for_as_long_as_the_caller_likes(self, trainer: backprop.Trainer) -> None:
        asked = []

        def go_on() -> bool:
            asked.append(trainer.cursor)
            return len(asked) < 3

        trainer.step_batches(5, go_on)
        assert asked == [Cursor(0, 0, 6), Cursor(0, 1, 6), Cursor(0, 2, 6)]
        assert trainer.cursor == Cursor(0, 2, 6)

    def test_batches_end_with_the_last_epoch(self, trainer: backprop.Trainer) -> None:
        trainer.step_batches(1000, lambda: True)
        assert trainer.finished
        other = backprop.Trainer(trainer.experiment, trainer.dataset)
        while not other.finished:
            other.step_batch()
        assert np.array_equal(trainer.history.step_mse, other.history.step_mse)
        for name, value in other.parameters.items():
            assert np.array_equal(trainer.parameters[name], value)

    def test_the_run_ends_with_the_last_epoch(self, trainer: backprop.Trainer) -> None:
        assert not trainer.finished
        trainer.run()
        assert trainer.finished
        assert trainer.cursor == Cursor(1, 2, 6)
        parameters = trainer.parameters
        for move in (trainer.step_phase, trainer.step_batch, trainer.step_epoch, trainer.run):
            move()
        trainer.step_batches(4)
        assert trainer.cursor == Cursor(1, 2, 6)
        assert len(trainer.history.loss) == 2
        for name, value in trainer.parameters.items():
            assert np.array_equal(value, parameters[name])

    def test_more_epochs_continue_as_if_there_had_been_more_from_the_start(self, trainer: backprop.Trainer) -> None:
        trainer.run()
        trainer.epochs = 5
        assert not trainer.finished
        trainer.run()
        longer = backprop.Trainer(trainer.experiment.replace(epochs=5), trainer.dataset)
        longer.run()
        assert np.array_equal(trainer.history.loss, longer.history.loss)
        assert len(trainer.history.loss) == 5


class TestLearningRate:
    def test_takes_effect_in_the_next_update(self, trainer: backprop.Trainer) -> None:
        trainer.step_phase()
        trainer.learning_rate = 0.125
        assert trainer.learning_rate == 0.125
        before = trainer.parameters
        trainer.step_batch()
        gradients = trainer.snapshot().gradients
        for name, value in before.items():
            assert np.array_equal(trainer.parameters[name], value - 0.125 * gradients[name])

    @pytest.mark.parametrize("value", [0, -0.1, float("nan"), float("inf"), 1001, "fast", None])
    def test_that_cannot_be_used_is_refused_and_changes_nothing(self, value: float, trainer: backprop.Trainer) -> None:
        with pytest.raises(ExperimentError) as caught:
            trainer.learning_rate = value
        assert caught.value.field == "learning_rate"
        assert trainer.learning_rate == 0.5
        assert trainer.history.learning_rate(0) == 0.5

    @pytest.mark.parametrize("kind", [np.float64, np.float32, np.longdouble])
    def test_of_numpys_own_types_gives_the_same_run(
        self, kind: type[np.floating], small_dataset: Callable[..., backprop.Dataset]
    ) -> None:
        # NumPy multiplies float32 gradients by a np.float64 in float64, and by a Python number in float32.
        dataset = small_dataset(12, 5, 4, "float32")
        layers = (Layer(6, "tanh"), Layer(4))
        rate = float(np.float32(0.1)) if kind is np.float32 else 0.1
        experiment = backprop.Experiment(dataset=dataset.name, layers=layers, learning_rate=rate, dtype="float32")
        expected = backprop.Trainer(experiment, dataset)
        made = backprop.Trainer(experiment.replace(learning_rate=kind(rate)), dataset)
        changed = backprop.Trainer(experiment.replace(learning_rate=0.7), dataset)
        changed.learning_rate = kind(rate)
        for trainer in (expected, made, changed):
            trainer.run()
            assert np.array_equal(trainer.history.step_mse, expected.history.step_mse)
            for name, value in expected.parameters.items():
                assert np.array_equal(trainer.parameters[name], value)

    def test_begins_again_with_a_reset(self, trainer: backprop.Trainer) -> None:
        trainer.learning_rate = 0.125
        trainer.reset()
        assert trainer.learning_rate == 0.5
        assert trainer.history.learning_rate(0) == 0.5


class TestReset:
    def test_begins_again_with_the_same_weights_and_an_empty_record(self, trainer: backprop.Trainer) -> None:
        initial = trainer.parameters
        trainer.step_epoch()
        trainer.step_phase()
        first = trainer.history
        loss = first.loss.copy()
        trainer.reset()
        assert trainer.cursor == Cursor(0, 0, 0)
        assert trainer.history.loss.shape == trainer.history.step_mse.shape == (0,)
        for name, value in trainer.parameters.items():
            assert np.array_equal(value, initial[name])
        assert np.array_equal(first.loss, loss), "the earlier record belongs to whoever holds it"
        trainer.step_epoch()
        assert np.array_equal(trainer.history.loss, loss)

    def test_in_the_middle_of_an_epoch_leaves_nothing_behind(self, trainer: backprop.Trainer) -> None:
        trainer.step_epoch()
        loss = trainer.history.loss.copy()
        trainer.reset()
        trainer.step_batch()
        trainer.reset()
        trainer.step_epoch()
        assert np.array_equal(trainer.history.loss, loss)


class TestQuestions:
    def test_parameters_are_copies(self, trainer: backprop.Trainer) -> None:
        trainer.parameters["W1"].fill(7)
        assert not (trainer.parameters["W1"] == 7).any()

    def test_predict_is_the_forward_pass(self, trainer: backprop.Trainer) -> None:
        trainer.step_phase()
        trainer.step_phase()
        snapshot = trainer.snapshot()
        assert snapshot.a[-1] is not None
        np.testing.assert_allclose(trainer.predict(snapshot.x), snapshot.a[-1], rtol=1e-14)

    @pytest.mark.parametrize("samples", [0, 1, 999, 1000, 1001, 2500])
    def test_predict_takes_any_number_of_samples(self, samples: int, trainer: backprop.Trainer) -> None:
        x = np.random.default_rng(samples).normal(size=(samples, 3))
        outputs = trainer.predict(x)
        assert outputs.shape == (samples, 2)
        p = trainer.parameters
        hidden = 1 / (1 + np.exp(-(x @ p["W1"] + p["b1"])))
        np.testing.assert_allclose(outputs, 1 / (1 + np.exp(-(hidden @ p["W2"] + p["b2"]))), rtol=1e-12)

    def test_predict_takes_lists_and_other_types(self, trainer: backprop.Trainer) -> None:
        x = np.array([[0, 1, 2], [3, 4, 5]])
        for given in (x, x.tolist(), x.astype(np.float32), np.asfortranarray(x), x.astype(np.uint8)):
            assert np.array_equal(trainer.predict(given), trainer.predict(x.astype(np.float64)))

    def test_accuracy_needs_a_test_set(self, xor: backprop.Dataset) -> None:
        trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
        with pytest.raises(ValueError, match="xor has no test set"):
            trainer.predicted_test_classes()

    def test_the_test_set_can_be_left_alone(self, trainer: backprop.Trainer) -> None:
        silent = backprop.Trainer(trainer.experiment, trainer.dataset, evaluate=False)
        silent.run()
        trainer.run()
        assert np.isnan(silent.history.accuracy).all()
        assert silent.history.class_accuracy.shape == (2, 0)
        assert not np.isnan(trainer.history.accuracy).any()
        assert np.array_equal(silent.history.loss, trainer.history.loss)


class TestDataset:
    def test_is_loaded_when_it_is_not_given(self) -> None:
        trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment)
        assert trainer.dataset.name == "xor"
        assert trainer.dataset.train.x.dtype == np.float64

    def test_of_another_name_or_type_is_refused(self, mnist: backprop.Dataset) -> None:
        lessons = backprop.LESSONS
        for experiment in (lessons["xor"].experiment, lessons["mnist"].experiment.replace(dtype="float64")):
            with pytest.raises(ExperimentError) as caught:
                backprop.Trainer(experiment, mnist)
            assert caught.value.field == "dataset"
            assert "mnist" in str(caught.value)
            assert "float32" in str(caught.value)
