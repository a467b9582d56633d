"""A snapshot holds exactly what its step has computed, read-only, and apart from everything that changes."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

import backprop
from backprop import Cursor, Layer, Phase
from backprop.arrays import Array
from backprop.cursor import phases


@pytest.fixture
def trainer(small_dataset: Callable[..., backprop.Dataset]) -> backprop.Trainer:
    dataset = small_dataset(7, 3, 2)
    layers = (Layer(4, "tanh"), Layer(3, "relu", biases=False), Layer(2, "sigmoid"))
    return backprop.Trainer(
        backprop.Experiment(dataset=dataset.name, layers=layers, batch_size=3, epochs=4, shuffle=True), dataset
    )


def arrays_of(snapshot: backprop.Snapshot) -> Iterator[tuple[str, Array]]:
    for field in ("x", "y", "rows"):
        yield field, getattr(snapshot, field)
    for field in ("z", "a", "delta"):
        for layer, value in enumerate(getattr(snapshot, field), 1):
            if value is not None:
                yield f"{field}{layer}", value
    for field in ("parameters", "initial_parameters", "gradients"):
        for name, value in getattr(snapshot, field).items():
            yield f"{field} {name}", value


def test_only_what_this_step_has_computed(trainer: backprop.Trainer) -> None:
    trainer.step_batch()  # so that the numbers of an earlier step could be left lying about
    known: list[tuple[int, int, int, set[str]]] = []  # how many of z, a, delta; which gradients
    for _ in range(8):
        trainer.step_phase()
        snapshot = trainer.snapshot()
        assert [v is None for v in snapshot.z] == [v is None for v in snapshot.a]
        assert [v is not None for v in snapshot.z] == sorted((v is not None for v in snapshot.z), reverse=True)
        assert [v is not None for v in snapshot.delta] == sorted(v is not None for v in snapshot.delta)
        known.append(
            (
                sum(v is not None for v in snapshot.z),
                sum(v is not None for v in snapshot.a),
                sum(v is not None for v in snapshot.delta),
                set(snapshot.gradients),
            )
        )
    third, second, first = {"W3", "b3"}, {"W2"}, {"W1", "b1"}
    assert known == [
        (1, 1, 0, set()),
        (2, 2, 0, set()),
        (3, 3, 0, set()),
        (3, 3, 0, set()),
        (3, 3, 1, third),
        (3, 3, 2, third | second),
        (3, 3, 3, third | second | first),
        (3, 3, 3, third | second | first),
    ]


def test_parameters_change_in_the_update_and_nowhere_else(trainer: backprop.Trainer) -> None:
    before = trainer.parameters
    for _ in range(7):
        trainer.step_phase()
        for name, value in trainer.snapshot().parameters.items():
            assert np.array_equal(value, before[name])
    gradients = trainer.snapshot().gradients
    trainer.step_phase()
    after = trainer.snapshot()
    for name, value in before.items():
        assert not np.array_equal(after.parameters[name], value)
        assert np.array_equal(after.parameters[name], value - 0.5 * gradients[name])
        assert np.array_equal(after.gradients[name], gradients[name]), "still those that were applied"
        assert np.array_equal(after.initial_parameters[name], value)


def test_metrics_from_the_loss_phase_on(trainer: backprop.Trainer) -> None:
    for phase in range(9):
        snapshot = trainer.snapshot()
        assert snapshot.compared == (phase >= 4)
        if phase < 4:
            assert snapshot.mse is None
            assert snapshot.objective is None
        else:
            assert snapshot.mse == trainer.history.step_mse[0]
            assert snapshot.objective == trainer.history.step_objective[0]
        if phase < 8:
            trainer.step_phase()


def test_where_it_is(trainer: backprop.Trainer) -> None:
    start = trainer.snapshot()
    assert start.cursor == Cursor(0, 0, 0)
    assert start.phase is None
    assert (start.step, start.steps_done, start.epochs_done) == (0, 0, 0)
    assert start.phases == phases(3)
    trainer.step_phase()
    assert trainer.snapshot().phase == Phase("forward", 1)
    trainer.step_batch()
    done = trainer.snapshot()
    assert done.cursor == Cursor(0, 0, 8)
    assert done.phase == Phase("update")
    assert (done.step, done.steps_done, done.epochs_done) == (0, 1, 0)
    trainer.step_epoch()
    end = trainer.snapshot()
    assert end.cursor == Cursor(0, 2, 8)
    assert (end.step, end.steps_done, end.epochs_done) == (2, 3, 1)
    trainer.step_phase()
    assert trainer.snapshot().cursor == Cursor(1, 0, 1)
    assert (trainer.snapshot().steps_done, trainer.snapshot().epochs_done) == (3, 1)


@pytest.mark.parametrize("shuffle", [True, False])
def test_every_array_is_read_only(shuffle: bool, trainer: backprop.Trainer) -> None:
    run = backprop.Trainer(trainer.experiment.replace(shuffle=shuffle), trainer.dataset)
    for _ in range(8):
        run.step_phase()
    moments = {"live": run.snapshot(), "replayed": run.snapshot_at(run.cursor), "first": run.snapshot_at(Cursor())}
    for kind, snapshot in moments.items():
        writeable = [name for name, array in arrays_of(snapshot) if array.flags.writeable]
        assert writeable == [], kind
        for _, array in arrays_of(snapshot):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


def test_what_changes_later_does_not_reach_it(trainer: backprop.Trainer) -> None:
    kept = []
    for _ in range(30):
        trainer.step_phase()
        snapshot = trainer.snapshot()
        kept.append((snapshot, {name: array.copy() for name, array in arrays_of(snapshot)}))
    trainer.run()
    trainer.snapshot_at(Cursor(1, 1, 5))
    trainer.reset()
    for snapshot, copies in kept:
        for name, array in arrays_of(snapshot):
            assert np.array_equal(array, copies[name]), f"{name} at {snapshot.cursor}"


def test_moments_share_no_memory_that_a_run_writes_to(trainer: backprop.Trainer) -> None:
    trainer.step_batch()
    first = dict(arrays_of(trainer.snapshot()))
    second = dict(arrays_of(trainer.snapshot()))
    constant = {"x", "y", "rows"} | {name for name in first if name.startswith("initial_parameters")}
    for name in first.keys() - constant:
        assert not np.shares_memory(first[name], second[name]), name


def test_predicts_with_its_own_parameters(trainer: backprop.Trainer) -> None:
    x = trainer.dataset.train.x
    start, expected = trainer.snapshot(), trainer.predict(x)
    trainer.run()
    assert np.array_equal(start.predict(x), expected)
    assert not np.array_equal(trainer.predict(x), expected)
