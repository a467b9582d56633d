"""Keyframes lie evenly over a run of any length, inside their byte budget, and the right one is found."""

from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import backprop
from backprop import Layer
from backprop.keyframes import DEFAULT_BYTE_BUDGET, Keyframes


def vector_of(step: int, size: int = 5) -> np.ndarray:
    return np.arange(size) + 1000.0 * step


def keyframes_after(steps: int, steps_per_epoch: int, byte_budget: int, size: int = 5) -> Keyframes:
    """The keyframes of a run of ``steps`` steps, recorded as a trainer does: whenever one is due."""
    keyframes = Keyframes(size, "float64", steps_per_epoch, byte_budget)
    for step in range(steps + 1):
        if step == keyframes.next_step:
            keyframes.record(vector_of(step, size))
    return keyframes


@given(
    steps=st.integers(0, 3000),
    steps_per_epoch=st.integers(1, 200),
    rows=st.integers(2, 100),
    asked=st.lists(st.integers(0, 3000), min_size=1, max_size=20),
)
def test_the_latest_one_kept_before_any_step(steps: int, steps_per_epoch: int, rows: int, asked: list[int]) -> None:
    keyframes = keyframes_after(steps, steps_per_epoch, byte_budget=rows * 5 * 8)
    kept = sorted({keyframes.before(step)[0] for step in range(steps + 1)})
    assert len(kept) == len(keyframes)
    assert kept[0] == 0
    for step in asked:
        at, vector = keyframes.before(min(step, steps))
        assert at == max(other for other in kept if other <= min(step, steps))
        assert np.array_equal(vector, vector_of(at))


@given(steps=st.integers(0, 3000), steps_per_epoch=st.integers(1, 200), rows=st.integers(2, 100))
def test_stay_inside_the_budget_and_evenly_spaced(steps: int, steps_per_epoch: int, rows: int) -> None:
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


def test_everything_is_kept_while_there_is_room() -> None:
    assert len(keyframes_after(99, steps_per_epoch=1, byte_budget=2**20)) == 100
    long = keyframes_after(937, steps_per_epoch=938, byte_budget=2**20)
    assert len(long) == 16
    assert {long.before(step)[0] for step in range(938)} == {part * 938 // 16 for part in range(16)}


def test_thinning_keeps_half_to_all_of_the_budget_in_use() -> None:
    budget = 1000 * 5 * 8
    for steps in (1000, 5000, 50_000):
        keyframes = keyframes_after(steps, steps_per_epoch=1, byte_budget=budget)
        assert 400 <= len(keyframes) <= 1000
        assert keyframes.bytes > budget / 4


def test_epochs_begin_with_one_until_they_are_thinned() -> None:
    keyframes = keyframes_after(5 * 37, steps_per_epoch=37, byte_budget=2**20)
    for epoch in range(5):
        assert keyframes.before(37 * epoch)[0] == 37 * epoch


def test_a_keyframe_is_a_copy_both_ways() -> None:
    keyframes = Keyframes(5, "float64", 1)
    vector = vector_of(0)
    keyframes.record(vector)
    vector.fill(-1)
    keyframes.before(0)[1].fill(-2)
    assert np.array_equal(keyframes.before(0)[1], vector_of(0))


def test_of_float32_stay_float32() -> None:
    keyframes = Keyframes(5, "float32", 1)
    keyframes.record(np.ones(5, np.float32))
    assert keyframes.before(0)[1].dtype == np.float32


def test_the_budget_is_256_mib_unless_told() -> None:
    assert DEFAULT_BYTE_BUDGET == 256 * 2**20


@pytest.mark.parametrize("rows", [2, 3, 4, 5])
def test_large_vectors_stay_inside_the_budget_too(rows: int) -> None:
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


@given(
    steps=st.integers(0, 2000),
    steps_per_epoch=st.integers(1, 100),
    rows=st.integers(2, 100),
    until=st.integers(0, 2500),
    every=st.integers(1, 9),
    indices=st.lists(st.integers(0, 4), max_size=5),
)
def test_the_course_of_single_numbers(
    steps: int, steps_per_epoch: int, rows: int, until: int, every: int, indices: list[int]
) -> None:
    keyframes = keyframes_after(steps, steps_per_epoch, byte_budget=rows * 5 * 8)
    kept = sorted({keyframes.before(step)[0] for step in range(min(until, steps) + 1)})[::every]
    at, values = keyframes.values(np.array(indices, np.intp), until, every)
    assert at.tolist() == kept
    assert values.shape == (len(kept), len(indices))
    assert np.array_equal(values, np.array([vector_of(step)[indices] for step in kept]))


def test_the_course_of_numbers_can_be_read_while_another_thread_thins() -> None:
    keyframes = Keyframes(5, "float64", 1, byte_budget=1024 * 5 * 8)
    keyframes.record(vector_of(0))

    def record() -> None:
        for _ in range(15_000):
            keyframes.record(vector_of(keyframes.next_step))

    writer = Thread(target=record)
    writer.start()
    while writer.is_alive():
        steps, values = keyframes.values(np.array([1, 4]), 10**13)
        assert np.array_equal(values, steps[:, np.newaxis] * 1000.0 + [1, 4])
    writer.join()
    assert len(keyframes.values(np.array([0]), 10**13)[0]) == len(keyframes)


def test_the_course_is_a_copy_and_keeps_its_precision() -> None:
    keyframes = Keyframes(5, "float32", 1)
    keyframes.record(np.ones(5, np.float32))
    _, values = keyframes.values(np.array([2]), 0)
    assert values.dtype == np.float32
    values.fill(7.0)
    assert keyframes.before(0)[1].tolist() == [1.0] * 5
