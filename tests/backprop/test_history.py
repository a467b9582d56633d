"""The record grows cheaply, stays true while it grows, and keeps its keyframes inside a byte budget."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import backprop
from backprop import Layer
from backprop.history import GrowingArray, History
from backprop.keyframes import DEFAULT_BYTE_BUDGET, Keyframes


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


def vector_of(step: int, size: int = 5) -> np.ndarray:
    return np.arange(size) + 1000.0 * step


def keyframes_after(steps: int, steps_per_epoch: int, byte_budget: int, size: int = 5) -> Keyframes:
    """The keyframes of a run of ``steps`` steps, recorded as a trainer does: whenever one is due."""
    keyframes = Keyframes(size, "float64", steps_per_epoch, byte_budget)
    for step in range(steps + 1):
        if step == keyframes.next_step:
            keyframes.record(vector_of(step, size))
    return keyframes


class TestKeyframes:
    @given(
        steps=st.integers(0, 3000),
        steps_per_epoch=st.integers(1, 200),
        rows=st.integers(2, 100),
        asked=st.lists(st.integers(0, 3000), min_size=1, max_size=20),
    )
    def test_the_latest_one_kept_before_any_step(
        self, steps: int, steps_per_epoch: int, rows: int, asked: list[int]
    ) -> None:
        keyframes = keyframes_after(steps, steps_per_epoch, byte_budget=rows * 5 * 8)
        kept = sorted({keyframes.before(step)[0] for step in range(steps + 1)})
        assert len(kept) == len(keyframes)
        assert kept[0] == 0
        for step in asked:
            at, vector = keyframes.before(min(step, steps))
            assert at == max(other for other in kept if other <= min(step, steps))
            assert np.array_equal(vector, vector_of(at))

    @given(steps=st.integers(0, 3000), steps_per_epoch=st.integers(1, 200), rows=st.integers(2, 100))
    def test_stay_inside_the_budget_and_evenly_spaced(self, steps: int, steps_per_epoch: int, rows: int) -> None:
        budget = rows * 5 * 8
        keyframes = keyframes_after(steps, steps_per_epoch, budget)
        assert keyframes.bytes <= budget
        assert len(keyframes) <= rows
        kept = sorted({keyframes.before(step)[0] for step in range(steps + 1)})
        gaps = np.diff([*kept, keyframes.next_step])
        assert keyframes.next_step > steps
        if steps_per_epoch == 1 or (steps_per_epoch % 16 == 0):
            assert len(set(gaps.tolist())) == 1, "where an epoch can be divided evenly"
        assert gaps.max() <= 2 * gaps.min() + 1

    def test_everything_is_kept_while_there_is_room(self) -> None:
        assert len(keyframes_after(99, steps_per_epoch=1, byte_budget=2**20)) == 100
        long = keyframes_after(937, steps_per_epoch=938, byte_budget=2**20)
        assert len(long) == 16
        assert {long.before(step)[0] for step in range(938)} == {part * 938 // 16 for part in range(16)}

    def test_thinning_keeps_half_to_all_of_the_budget_in_use(self) -> None:
        budget = 1000 * 5 * 8
        for steps in (1000, 5000, 50_000):
            keyframes = keyframes_after(steps, steps_per_epoch=1, byte_budget=budget)
            assert 400 <= len(keyframes) <= 1000
            assert keyframes.bytes > budget / 4

    def test_epochs_begin_with_one_until_they_are_thinned(self) -> None:
        keyframes = keyframes_after(5 * 37, steps_per_epoch=37, byte_budget=2**20)
        for epoch in range(5):
            assert keyframes.before(37 * epoch)[0] == 37 * epoch

    def test_a_keyframe_is_a_copy_both_ways(self) -> None:
        keyframes = Keyframes(5, "float64", 1)
        vector = vector_of(0)
        keyframes.record(vector)
        vector.fill(-1)
        keyframes.before(0)[1].fill(-2)
        assert np.array_equal(keyframes.before(0)[1], vector_of(0))

    def test_of_float32_stay_float32(self) -> None:
        keyframes = Keyframes(5, "float32", 1)
        keyframes.record(np.ones(5, np.float32))
        assert keyframes.before(0)[1].dtype == np.float32

    def test_the_budget_is_256_mib_unless_told(self) -> None:
        assert DEFAULT_BYTE_BUDGET == 256 * 2**20

    @pytest.mark.parametrize("rows", [2, 3, 4, 5])
    def test_large_vectors_stay_inside_the_budget_too(self, rows: int) -> None:
        # Few vectors fit, as of a network of 10 million parameters into 256 MiB.
        size, budget = 1000, rows * 1000 * 8 + 7
        keyframes = keyframes_after(50, steps_per_epoch=10, byte_budget=budget, size=size)
        assert keyframes.bytes <= budget
        at, vector = keyframes.before(50)
        assert np.array_equal(vector, vector_of(at, size))


def test_a_trainer_keeps_to_its_byte_budget(xor: backprop.Dataset) -> None:
    experiment = backprop.LESSONS["xor"].experiment.replace(layers=(Layer(8), Layer(1)))
    trainer = backprop.Trainer(experiment, xor, byte_budget=10_000)
    trainer.run()
    assert 0 < trainer.history.keyframes.bytes <= 10_000
    assert len(trainer.history.keyframes) * 33 * 8 <= 10_000
    assert len(trainer.history.loss) == 10_000, "metrics of every epoch are kept whatever the budget"
