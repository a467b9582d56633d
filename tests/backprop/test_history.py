"""The record of a run grows cheaply, and stays true while it grows."""

import tracemalloc

import numpy as np
import pytest

from backprop.history import GrowingArray, History


class TestGrowingArray:
    @pytest.mark.parametrize("count", [0, 1, 1023, 1024, 1025, 5000])
    def test_holds_what_was_appended(self, count: int) -> None:
        numbers = GrowingArray()
        for value in range(count):
            numbers.append(value / 7)
        assert np.array_equal(numbers.view(), np.arange(count) / 7)

    def test_rows(self) -> None:
        rows = GrowingArray(3)
        for value in range(2000):
            rows.append(np.array([value, value + 0.5, -value]))
        assert rows.view().shape == (2000, 3)
        assert rows.view()[1999].tolist() == [1999, 1999.5, -1999]

    def test_rows_of_nothing(self) -> None:
        rows = GrowingArray(0)
        for _ in range(1500):
            rows.append(np.empty(0))
        assert rows.view().shape == (1500, 0)

    def test_a_view_is_read_only_and_stays_true(self) -> None:
        numbers = GrowingArray()
        views = []
        for value in range(5000):
            views.append(numbers.view())
            numbers.append(float(value))
        for length, view in enumerate(views):
            assert len(view) == length
            assert np.array_equal(view, np.arange(length))
        with pytest.raises(ValueError, match="read-only"):
            views[10][0] = 1.0

    def test_is_moved_rarely(self) -> None:
        # Doubling moves 100,000 rows seven times; growing by a fixed amount would move them a hundred times.
        numbers = GrowingArray()
        homes = set()
        for value in range(100_000):
            numbers.append(value)
            base = numbers.view().base
            assert base is not None
            homes.add(len(base))
        assert len(homes) <= 8


class TestHistory:
    def make(self) -> History:
        return History(steps_per_epoch=3, learning_rate=0.5, keyframe_size=4, dtype="float64", classes=2)

    def test_begins_empty(self) -> None:
        view = self.make().view()
        assert view.steps_per_epoch == 3
        for array in (view.step_mse, view.step_objective, view.loss, view.accuracy):
            assert array.shape == (0,)
            assert array.dtype == np.float64
        assert view.class_accuracy.shape == (0, 2)

    def recorded(self, epochs: int, steps: int = 0) -> History:
        history = self.make()
        for step in range(3 * epochs + steps):
            history.record_step(step / 10, step / 5)
            if step % 3 == 2:
                epoch = step // 3
                history.record_accuracy(epoch / 100, np.array([epoch / 50, 0.0]))
                history.record_epoch(epoch + 0.5)
        return history

    def test_records_steps_and_epochs(self) -> None:
        history = self.recorded(epochs=2, steps=1)
        assert history.step_mse.tolist() == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
        assert history.step_objective.tolist() == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2]
        assert history.loss.tolist() == [0.5, 1.5]
        assert history.accuracy.tolist() == [0.0, 0.01]
        assert history.class_accuracy.tolist() == [[0.0, 0.0], [0.02, 0.0]]

    def test_without_a_test_set_accuracy_is_not_a_number(self) -> None:
        history = History(steps_per_epoch=1, learning_rate=0.5, keyframe_size=4, dtype="float64")
        for epoch in range(3):
            history.record_step(0.5, 1.0)
            history.record_epoch(epoch)
        assert history.view().accuracy.shape == (3,)
        assert np.isnan(history.view().accuracy).all()
        assert history.view().class_accuracy.shape == (3, 0)

    def test_an_epoch_appears_with_its_accuracy_and_its_loss_at_once(self) -> None:
        history = self.recorded(epochs=2)
        history.record_accuracy(0.75, np.array([0.5, 1.0]))
        assert len(history.loss) == len(history.accuracy) == len(history.class_accuracy) == 2
        history.record_epoch(0.25)
        assert history.loss[2] == 0.25
        assert history.accuracy[2] == 0.75
        assert history.class_accuracy[2].tolist() == [0.5, 1.0]

    def test_a_view_stays_true_while_the_run_goes_on(self) -> None:
        history = self.recorded(epochs=2)
        view = history.view()
        before = view.step_mse.copy(), view.loss.copy(), view.class_accuracy.copy()
        for step in range(10_000):
            history.record_step(-1.0, -1.0)
            if step % 3 == 2:
                history.record_accuracy(-1.0, np.array([-1.0, -1.0]))
                history.record_epoch(-1.0)
        assert np.array_equal(view.step_mse, before[0])
        assert np.array_equal(view.loss, before[1])
        assert np.array_equal(view.class_accuracy, before[2])
        with pytest.raises(ValueError, match="read-only"):
            view.loss[0] = 0.0

    @pytest.mark.parametrize(
        ("steps", "compared", "mse", "epochs"), [(0, None, 0, 0), (2, None, 2, 0), (3, 4, 4, 1), (6, None, 6, 2)]
    )
    def test_the_record_as_it_was(self, steps: int, compared: int | None, mse: int, epochs: int) -> None:
        view = self.recorded(epochs=4).view()
        earlier = view.until(steps, compared)
        assert np.array_equal(earlier.step_mse, view.step_mse[:mse])
        assert np.array_equal(earlier.step_objective, view.step_objective[:mse])
        assert np.array_equal(earlier.loss, view.loss[:epochs])
        assert np.array_equal(earlier.accuracy, view.accuracy[:epochs])
        assert np.array_equal(earlier.class_accuracy, view.class_accuracy[:epochs])
        assert len(earlier.step_mse) == mse
        assert len(earlier.loss) == epochs

    def test_the_learning_rate_of_each_step(self) -> None:
        history = self.make()
        history.record_learning_rate(2, 0.1)
        history.record_learning_rate(5, 0.2)
        history.record_learning_rate(5, 0.3)
        history.record_learning_rate(9, 0.1)
        assert [history.learning_rate(step) for step in range(12)] == [0.5] * 2 + [0.1] * 3 + [0.3] * 4 + [0.1] * 3

    def test_the_learning_rate_of_the_first_step_can_be_changed(self) -> None:
        history = self.make()
        history.record_learning_rate(0, 0.25)
        assert history.learning_rate(0) == history.learning_rate(100) == 0.25

    def test_many_epochs_are_cheap(self) -> None:
        # As in a run of XOR: one step an epoch, and a network of six parameters.
        epochs = 100_000
        history = History(steps_per_epoch=1, learning_rate=0.5, keyframe_size=6, dtype="float64", byte_budget=2**20)
        vector = np.arange(6.0)
        tracemalloc.start()
        try:
            for epoch in range(epochs):
                history.record_step(0.25, 0.5)
                if history.keyframes.next_step == epoch:
                    history.keyframes.record(vector)
                history.record_epoch(0.25)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(history.loss) == len(history.step_mse) == epochs
        # Three numbers an epoch with room for 131,072 each, one of them a second time while it is copied, and the
        # keyframes. Had the smaller arrays been kept, they would take as much again.
        assert peak < (3 + 1) * 8 * 2**17 + 2 * 2**20
