"""A run in a file: opened again, it is the same run, and goes on as if it had never been closed."""

import io
import os
from pathlib import Path

import numpy as np
import pytest

from backprop import LESSONS, Cursor, Dataset, DivergedError, Experiment, Layer, Snapshot, Trainer
from backprop.keyframes import PassedOn
from backprop.replica import Replica
from backprop.session import Curves, Session, open_session, save_session, session_of

XOR = LESSONS["xor"].experiment.replace(epochs=2000)
MINIBATCHES = XOR.replace(batch_size=3, shuffle=True)  # two batches an epoch, the second one smaller
SMALL_MNIST = LESSONS["mnist"].experiment.replace(layers=(Layer(4), Layer(10)), batch_size=500, epochs=3)


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one.cursor == other.cursor
    assert one.learning_rate == other.learning_rate
    for name, value in other.parameters.items():
        assert np.array_equal(one.parameters[name], value)
    for mine, others in zip((*one.z, *one.a, *one.delta), (*other.z, *other.a, *other.delta), strict=True):
        assert (mine is None) == (others is None)
        assert mine is None or np.array_equal(mine, others)


def session(trainer: Trainer, **rest: object) -> Session:
    timeline = trainer.new_timeline()
    return session_of(timeline, trainer.cursor, trainer.epochs, **rest)  # type: ignore[arg-type]


def reopened(session: Session, folder: Path) -> Session:
    save_session(session, folder / "run.backprop")
    return open_session(folder / "run.backprop")


def gone_on(session: Session, dataset: Dataset) -> tuple[Trainer, Replica]:
    """A trainer that goes on from ``session`` as the window's does, and what the window knows of it."""
    trainer = Trainer(session.experiment, dataset, keyframes=PassedOn)
    trainer.resume(session.continuation)
    trainer.epochs = session.epochs
    return trainer, Replica(session.experiment, dataset, session.history)


@pytest.mark.parametrize("experiment", [XOR, MINIBATCHES])
@pytest.mark.parametrize("phase", range(7))
def test_a_run_from_a_file_goes_on_bit_for_bit(
    experiment: Experiment, phase: int, xor: Dataset, tmp_path: Path
) -> None:
    never_closed = Trainer(experiment, xor)
    for _ in range(300):
        never_closed.step_batch()
    for _ in range(phase):
        never_closed.step_phase()
    trainer, replica = gone_on(reopened(session(never_closed), tmp_path), xor)
    snapshot, history = replica.follow(*trainer.capture())
    assert_same(snapshot, never_closed.snapshot())
    assert np.array_equal(history.step_mse, never_closed.history.step_mse)
    trainer.run()
    never_closed.run()
    snapshot, history = replica.follow(*trainer.capture())
    assert_same(snapshot, never_closed.snapshot())
    for name in ("step_mse", "step_objective", "loss"):
        assert np.array_equal(getattr(history, name), getattr(never_closed.history, name))
    for cursor in (Cursor(0, 0, 0), Cursor(17, 0, 3), Cursor(700, 0, 5)):
        assert_same(replica.timeline.snapshot_at(cursor, trainer.cursor), never_closed.snapshot_at(cursor))


def test_a_run_with_a_test_set_goes_on_within_an_epoch(mnist: Dataset, tmp_path: Path) -> None:
    never_closed = Trainer(SMALL_MNIST, mnist)
    never_closed.step_batches(160)
    trainer, replica = gone_on(reopened(session(never_closed), tmp_path), mnist)
    trainer.run()
    never_closed.run()
    _, history = replica.follow(*trainer.capture())
    for name in ("loss", "accuracy", "class_accuracy"):
        assert np.array_equal(getattr(history, name), getattr(never_closed.history, name)), name
    assert len(history.accuracy) == 3


def test_what_a_person_changed_during_the_run_is_there_again(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR, xor)
    trainer.step_batches(10)
    trainer.learning_rate = 2.0
    trainer.step_batches(10)
    trainer.learning_rate = 0.25  # of an update that is still to come
    trainer.epochs = 900
    opened = reopened(session(trainer, notes="Schön: 学习率 lowered.", view={"shown": 7, "pace": None}), tmp_path)
    assert opened.notes == "Schön: 学习率 lowered."
    assert opened.view == {"shown": 7, "pace": None}
    assert opened.experiment == XOR
    again, _ = gone_on(opened, xor)
    assert (again.epochs, again.learning_rate) == (900, 0.25)
    trainer.run()
    again.run()
    assert np.array_equal(again.parameters["W1"], trainer.parameters["W1"])
    assert opened.history.learning_rate(15) == 2.0


def test_the_curves_of_runs_to_compare_with(xor: Dataset, mnist: Dataset, tmp_path: Path) -> None:
    other = Trainer(SMALL_MNIST, mnist)
    other.step_batches(130)  # an epoch and a little more
    trainer = Trainer(XOR, xor)
    trainer.step_batches(20)
    curves = (Curves(SMALL_MNIST, other.history.view()), Curves(XOR, trainer.history.view()))
    opened = reopened(session(trainer, kept=curves), tmp_path)
    for given, found in zip(curves, opened.kept, strict=True):
        assert found.experiment == given.experiment
        for name in ("step_mse", "step_objective", "loss", "accuracy", "class_accuracy"):
            assert np.array_equal(getattr(found.history, name), getattr(given.history, name), equal_nan=True), name


def test_reset_leads_to_the_same_initial_weights(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR.replace(seed=5), xor)
    first = trainer.parameters["W1"]
    trainer.step_batches(50)
    again, _ = gone_on(reopened(session(trainer), tmp_path), xor)
    again.reset()
    assert np.array_equal(again.parameters["W1"], first)


def test_a_run_whose_keyframes_were_thinned(xor: Dataset, tmp_path: Path) -> None:
    wide = XOR.replace(layers=(Layer(4096), Layer(1)), epochs=5000, learning_rate=1e-4)
    trainer = Trainer(wide, xor)
    while trainer.history.keyframes.stride < 2:
        trainer.step_batches(100)
    opened = reopened(session(trainer), tmp_path)
    assert opened.history.keyframes.stride == 2
    again, replica = gone_on(opened, xor)
    again.step_batches(100)
    replica.follow(*again.capture())
    trainer.step_batches(100)
    cursor = Cursor(trainer.cursor.epoch - 1, 0, 6)
    assert_same(replica.timeline.snapshot_at(cursor, again.cursor), trainer.snapshot_at(cursor))


def test_what_was_saved_stays_what_it_was_while_the_run_goes_on(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR, xor, byte_budget=6 * 8 * 100)
    trainer.step_batches(150)
    moment = session(trainer)
    then = trainer.snapshot()
    trainer.run()  # which thins the keyframes several times
    opened = reopened(moment, tmp_path)
    again, replica = gone_on(opened, xor)
    snapshot, history = replica.follow(*again.capture())
    assert_same(snapshot, then)
    assert len(history.step_mse) == 150


def test_a_run_that_has_diverged_is_opened_where_it_ended(xor: Dataset, tmp_path: Path) -> None:
    experiment = XOR.replace(learning_rate=1000.0, layers=(Layer(2, "relu"), Layer(1, "identity")))
    trainer = Trainer(experiment, xor)
    with pytest.raises(DivergedError):
        trainer.run()
    opened = reopened(session(trainer), tmp_path)
    assert opened.cursor == trainer.cursor
    again = Trainer(experiment, xor, keyframes=PassedOn)
    with pytest.raises(DivergedError):
        again.resume(opened.continuation)


def test_the_moment_reached_can_be_had_at_once(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR, xor)
    trainer.run()
    assert_same(reopened(session(trainer), tmp_path).snapshot(xor), trainer.snapshot())


class GiveUpError(Exception):
    pass


def test_giving_up_leaves_the_older_file_as_it_was(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR, xor)
    trainer.run()
    path = tmp_path / "run.backprop"
    save_session(session(trainer, notes="older"), path)
    told: list[tuple[int, int]] = []

    def give_up(done: int, total: int) -> None:
        told.append((done, total))
        if done > total / 2:
            raise GiveUpError

    with pytest.raises(GiveUpError):
        save_session(session(trainer, notes="newer"), path, give_up)
    assert told[0][0] < told[-1][0] <= told[-1][1]
    assert open_session(path).notes == "older"
    assert os.listdir(tmp_path) == ["run.backprop"]
    with pytest.raises(GiveUpError):
        open_session(path, give_up)


def test_nothing_in_the_file_is_a_pickle(xor: Dataset, tmp_path: Path) -> None:
    trainer = Trainer(XOR, xor)
    trainer.step_batches(3)
    path = tmp_path / "run.backprop"
    save_session(session(trainer), path)
    size = path.stat().st_size
    steps, keyframes, parameters = 2, 3, 6  # the third step is computed again
    numbers = 8 * (3 * steps + 2 + keyframes * parameters + parameters)
    header = int.from_bytes(path.read_bytes()[12:16], "little")
    assert size == 24 + header + numbers + 32, "a prefix, JSON, numbers, a digest, and nothing else"
    assert io.BytesIO(path.read_bytes()[24 : 24 + header]).read().startswith(b'{"experiment":{"dataset":"xor"')
