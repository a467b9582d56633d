"""A run computed in one process and known in another: nothing may be lost, doubled or rounded on the way."""

import pickle
from typing import Any

import numpy as np
import pytest

from backprop import (
    LESSONS,
    BackpropError,
    Cursor,
    Dataset,
    DivergedError,
    Experiment,
    ExperimentError,
    Snapshot,
    Trainer,
)
from backprop.errors import CursorError
from backprop.keyframes import Keyframes, PassedOn
from backprop.replica import Replica

XOR = LESSONS["xor"].experiment.replace(epochs=2000)
MINIBATCHES = XOR.replace(batch_size=3, shuffle=True)  # two batches an epoch, the second one smaller
FEW_BYTES = 6 * 8 * 100  # a hundred keyframes of the lesson's network


def sent(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing, protocol=5))


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one.cursor == other.cursor
    for name, value in other.parameters.items():
        assert np.array_equal(one.parameters[name], value)
    for mine, others in zip((*one.z, *one.a, *one.delta), (*other.z, *other.a, *other.delta), strict=True):
        assert (mine is None) == (others is None)
        if mine is not None:
            assert np.array_equal(mine, others)
    assert one.gradients.keys() == other.gradients.keys()
    assert np.array_equal(one.rows, other.rows)
    assert np.array_equal(one.x, other.x)
    assert one.learning_rate == other.learning_rate


@pytest.mark.parametrize("experiment", [XOR, MINIBATCHES])
def test_a_replica_knows_what_the_trainer_knows(experiment: Experiment, xor: Dataset) -> None:
    distant = Trainer(experiment, xor, keyframes=PassedOn)
    near = Trainer(experiment, xor)
    replica = Replica(experiment, xor)
    for turn in range(60):
        for trainer in (distant, near):
            for _ in range(turn):
                trainer.step_batch()
            trainer.step_phase()
            if turn == 20:
                trainer.learning_rate = 0.25
        snapshot, history = replica.follow(*sent(distant.capture()))
        assert_same(snapshot, near.snapshot())
    assert np.array_equal(history.step_mse, near.history.step_mse)
    assert np.array_equal(history.step_objective, near.history.step_objective)
    assert np.array_equal(history.loss, near.history.loss)
    for cursor in (Cursor(0, 0, 0), Cursor(3, 0, 2), Cursor(400, 0, 6), Cursor(near.cursor.epoch, 0, 1)):
        assert_same(replica.timeline.snapshot_at(cursor, near.cursor), near.snapshot_at(cursor))


def test_both_processes_thin_their_keyframes_at_the_same_steps(xor: Dataset) -> None:
    distant = Trainer(XOR, xor, byte_budget=FEW_BYTES, keyframes=PassedOn)
    near = Trainer(XOR, xor, byte_budget=FEW_BYTES)
    for _ in range(1000):
        near.step_epoch()
        distant.step_epoch()
        assert near.history.keyframes.next_step == distant.history.keyframes.next_step
    assert near.history.keyframes.stride > 4
    assert near.history.keyframes.stride == distant.history.keyframes.stride
    again = Keyframes(6, "float64", 1, FEW_BYTES)
    again.extend(distant.history.take().keyframes)
    assert len(again) == len(near.history.keyframes)
    for step in range(0, 1001, 77):
        assert again.before(step)[0] == near.history.keyframes.before(step)[0]
        assert np.array_equal(again.before(step)[1], near.history.keyframes.before(step)[1])


@pytest.mark.parametrize("experiment", [XOR, MINIBATCHES])
@pytest.mark.parametrize("phase", range(7))
def test_a_run_that_goes_on_from_its_past_is_the_same_run_again(
    experiment: Experiment, phase: int, xor: Dataset
) -> None:
    first = Trainer(experiment, xor)
    for _ in range(300):
        first.step_epoch()
    here = Cursor(120, experiment.steps_per_epoch - 1, phase)
    continuation, past = first.new_timeline().continuation(here, first.cursor)
    replica = Replica(experiment, xor, past)
    second = Trainer(experiment, xor, keyframes=PassedOn)
    second.resume(sent(continuation))
    snapshot, history = replica.follow(*sent(second.capture()))
    assert_same(snapshot, first.snapshot_at(here))
    assert len(history.loss) == snapshot.epochs_done
    while second.cursor != first.cursor:
        second.step_batch()
    snapshot, history = replica.follow(*sent(second.capture()))
    assert_same(snapshot, first.snapshot())
    assert np.array_equal(history.step_mse, first.history.step_mse)
    assert np.array_equal(history.loss, first.history.loss)
    assert_same(replica.timeline.snapshot_at(Cursor(200, 0, 4), second.cursor), first.snapshot_at(Cursor(200, 0, 4)))


def test_what_goes_on_differently_leaves_the_first_run_as_it_was(xor: Dataset) -> None:
    first = Trainer(XOR, xor)
    for _ in range(300):
        first.step_epoch()
    loss = first.history.loss.copy()
    continuation, past = first.new_timeline().continuation(Cursor(100, 0, 6), first.cursor)
    replica = Replica(XOR, xor, past)
    second = Trainer(XOR, xor, keyframes=PassedOn)
    second.resume(continuation)
    second.learning_rate = 5.0
    for _ in range(100):
        second.step_epoch()
    _, history = replica.follow(*second.capture())
    assert np.array_equal(history.loss[:101], loss[:101])
    assert not np.array_equal(history.loss[150:], loss[150:201])
    assert np.array_equal(first.history.loss, loss)
    untouched = Trainer(XOR, xor)
    for _ in range(300):
        untouched.step_epoch()
    assert_same(first.snapshot_at(Cursor(250, 0, 3)), untouched.snapshot_at(Cursor(250, 0, 3)))


@pytest.mark.parametrize(
    "error",
    [
        DivergedError("It stopped at step {step} of {epochs}.", step=3, epochs=9),
        ExperimentError("learning_rate", "No rate is {value}.", value=-1),
        CursorError("Not there: {epoch}.", epoch=4),
    ],
)
def test_errors_cross_from_process_to_process_whole(error: BackpropError) -> None:
    again = sent(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__
