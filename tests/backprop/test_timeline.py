"""Any moment of a run can be seen again, bit by bit as it was."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import backprop
from backprop import Cursor, CursorError, DivergedError, Layer
from backprop.arrays import Array
from backprop.optimizers import OPTIMIZERS, Optimizer

Compare = Callable[[backprop.Snapshot, backprop.Snapshot], None]
Runs = st.SearchStrategy[tuple[backprop.Experiment, backprop.Dataset]]


def played(trainer: backprop.Trainer, before_phase: Callable[[], None] = lambda: None) -> list[backprop.Snapshot]:
    """Play a run to its end, or to where it diverges, and return every moment of it."""
    moments = [trainer.snapshot()]
    try:
        while not trainer.finished:
            before_phase()
            trainer.step_phase()
            moments.append(trainer.snapshot())
    except DivergedError:
        pass
    return moments


@given(data=st.data(), byte_budget=st.sampled_from([0, 1000, 2**20]))
def test_any_moment_as_it_was(
    data: st.DataObject, byte_budget: int, any_run: Runs, assert_same_moment: Compare
) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset, byte_budget=byte_budget)
    moments = played(trainer)
    now, record = trainer.snapshot(), trainer.history.step_mse.copy()
    for moment in data.draw(st.lists(st.sampled_from(moments), min_size=1, max_size=8)):
        assert_same_moment(trainer.snapshot_at(moment.cursor), moment)
    assert_same_moment(trainer.snapshot(), now)
    assert np.array_equal(trainer.history.step_mse, record)


@given(data=st.data(), byte_budget=st.sampled_from([0, 2**20]))
def test_with_a_learning_rate_that_changes_during_the_run(
    data: st.DataObject, byte_budget: int, any_run: Runs, assert_same_moment: Compare
) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset, byte_budget=byte_budget)
    changes = data.draw(st.dictionaries(st.integers(0, 60), st.floats(1e-5, 0.1), max_size=10))
    phases_done = 0

    def change() -> None:
        nonlocal phases_done
        if phases_done in changes:
            trainer.learning_rate = changes[phases_done]
        phases_done += 1

    moments = played(trainer, change)
    for moment in data.draw(st.lists(st.sampled_from(moments), min_size=1, max_size=8)):
        assert_same_moment(trainer.snapshot_at(moment.cursor), moment)


@given(data=st.data())
def test_a_moment_can_be_seen_while_the_run_goes_on(
    data: st.DataObject, any_run: Runs, assert_same_moment: Compare
) -> None:
    experiment, dataset = data.draw(any_run)
    expected = played(backprop.Trainer(experiment, dataset))
    trainer = backprop.Trainer(experiment, dataset)
    try:
        for reached in range(1, len(expected)):
            trainer.step_phase()
            moment = expected[data.draw(st.integers(0, reached))]
            assert_same_moment(trainer.snapshot_at(moment.cursor), moment)
            assert_same_moment(trainer.snapshot(), expected[reached])
    except DivergedError:
        assert reached == len(expected) - 1


def test_the_moment_before_a_batch_has_the_parameters_after_the_last(
    small_dataset: Callable[..., backprop.Dataset],
) -> None:
    dataset = small_dataset(7, 3, 2)
    experiment = backprop.Experiment(
        dataset=dataset.name, layers=(Layer(4, "tanh"), Layer(2)), batch_size=3, epochs=3, shuffle=True
    )
    trainer = backprop.Trainer(experiment, dataset)
    trainer.run()
    for step in range(1, 9):
        after = trainer.snapshot_at(Cursor(*divmod(step - 1, 3), phase=6))
        before = trainer.snapshot_at(Cursor(*divmod(step, 3), phase=0))
        assert before.cursor == Cursor(*divmod(step, 3), phase=0)
        assert before.steps_done == after.steps_done == step
        assert before.z == before.a == before.delta == (None, None)
        assert before.gradients == {}
        for name, value in after.parameters.items():
            assert np.array_equal(before.parameters[name], value)
    end = trainer.snapshot_at(Cursor(3, 0, 0))
    assert end.epochs_done == 3
    for name, value in trainer.parameters.items():
        assert np.array_equal(end.parameters[name], value)


def test_each_step_keeps_the_learning_rate_of_its_update(xor: backprop.Dataset) -> None:
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    used = []
    for step in range(12):
        if step % 3 == 2:
            trainer.learning_rate = 0.1 * step + 0.05
        trainer.step_batch()
        used.append(trainer.snapshot().learning_rate)
    assert len(set(used)) == 5
    for step, rate in enumerate(used):
        for phase in range(7):
            assert trainer.snapshot_at(Cursor(step, 0, phase)).learning_rate == rate


class Momentum(Optimizer):
    """Descent that keeps some of its speed: an update rule with a memory, which SGD has none of."""

    name = "momentum"
    memory = 1

    def update(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        self.state[0] = 0.9 * self.state[0] + gradient
        parameters -= learning_rate * self.state[0]


@pytest.mark.parametrize("byte_budget", [0, 2**20])
def test_an_optimizer_with_a_memory_is_taken_back_with_it(
    byte_budget: int,
    monkeypatch: pytest.MonkeyPatch,
    small_dataset: Callable[..., backprop.Dataset],
    assert_same_moment: Compare,
) -> None:
    monkeypatch.setitem(OPTIMIZERS, "momentum", Momentum)
    dataset = small_dataset(7, 3, 2)
    experiment = backprop.Experiment(
        dataset=dataset.name,
        layers=(Layer(4, "tanh"), Layer(2)),
        optimizer="momentum",
        learning_rate=0.1,
        batch_size=3,
        epochs=6,
    )
    trainer = backprop.Trainer(experiment, dataset, byte_budget=byte_budget)
    moments = played(trainer)
    for moment in moments[::-5]:
        assert_same_moment(trainer.snapshot_at(moment.cursor), moment)
    trainer.reset()
    for moment, again in zip(moments, played(trainer), strict=True):
        assert_same_moment(again, moment)


def test_the_last_of_several_changes_before_one_update_counts(
    xor: backprop.Dataset, assert_same_moment: Compare
) -> None:
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    for rate in (0.9, 0.8, 0.7):
        trainer.learning_rate = rate
        trainer.step_phase()
    trainer.step_batch()
    once = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    once.learning_rate = 0.7
    once.step_batch()
    assert_same_moment(trainer.snapshot(), once.snapshot())
    assert_same_moment(trainer.snapshot_at(trainer.cursor), once.snapshot())


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor(0, 1, 4),
        Cursor(0, 2, 0),
        Cursor(1, 0, 0),
        Cursor(0, 1, 6),
        Cursor(-1, 0, 0),
        Cursor(0, -1, 0),
        Cursor(0, 0, -1),
        Cursor(0, 0, 7),
        Cursor(0, 3, 0),
    ],
)
def test_a_moment_that_is_not_part_of_the_run(
    cursor: Cursor, small_dataset: Callable[..., backprop.Dataset], assert_same_moment: Compare
) -> None:
    dataset = small_dataset(7, 3, 2)
    experiment = backprop.Experiment(dataset=dataset.name, layers=(Layer(4), Layer(2)), batch_size=3, epochs=3)
    trainer = backprop.Trainer(experiment, dataset)
    trainer.step_batch()
    for _ in range(3):
        trainer.step_phase()
    assert trainer.cursor == Cursor(0, 1, 3)
    with pytest.raises(CursorError) as caught:
        trainer.snapshot_at(cursor)
    sentence = str(caught.value)
    assert f"epoch {cursor.epoch}, batch {cursor.batch}, phase {cursor.phase} " in sentence
    assert "reached epoch 0, batch 1, phase 3" in sentence
    assert_same_moment(trainer.snapshot_at(Cursor(0, 1, 3)), trainer.snapshot())


def test_another_timeline_of_the_same_run(xor: backprop.Dataset, assert_same_moment: Compare) -> None:
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    moments = []
    for _ in range(5):
        trainer.step_phase()
        trainer.step_batch()
        moments.append(trainer.snapshot())
    other = trainer.new_timeline()
    for first, second in zip(moments, reversed(moments), strict=True):
        # In turns, so that neither may stand where the other left it.
        assert_same_moment(other.snapshot_at(first.cursor, trainer.cursor), first)
        assert_same_moment(trainer.snapshot_at(second.cursor), second)
    with pytest.raises(CursorError):
        other.snapshot_at(moments[3].cursor, reached=moments[2].cursor)


def test_a_reset_forgets_what_was_reached(xor: backprop.Dataset) -> None:
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    trainer.learning_rate = 2.0
    trainer.step_epoch()
    trainer.step_epoch()
    trainer.snapshot_at(Cursor(1, 0, 3))
    trainer.reset()
    with pytest.raises(CursorError):
        trainer.snapshot_at(Cursor(1, 0, 3))
    trainer.step_epoch()
    assert trainer.snapshot_at(Cursor(0, 0, 6)).learning_rate == 0.5


def test_mnist_with_few_keyframes(mnist: backprop.Dataset, assert_same_moment: Compare) -> None:
    experiment = backprop.LESSONS["mnist"].experiment.replace(shuffle=True)
    # Room for about ten keyframes, so that they are thinned on the way.
    trainer = backprop.Trainer(experiment, mnist, evaluate=False, byte_budget=10 * 101_770 * 4)
    moments = []
    for step in range(1200):
        if step == 500:
            trainer.learning_rate = 0.03
        if step % 187 == 100:
            for _ in range(step % 6):
                trainer.step_phase()
            moments.append(trainer.snapshot())
        trainer.step_batch()
    assert len({moment.cursor.phase for moment in moments}) > 2
    assert 4 <= len(trainer.history.keyframes) <= 10
    for moment in reversed(moments):
        assert_same_moment(trainer.snapshot_at(moment.cursor), moment)
