"""One thread trains while another looks: what it sees is true, complete and apart from what goes on."""

from collections.abc import Callable
from threading import Event, Thread

import numpy as np
import pytest

import backprop
from backprop import Cursor, Layer

Compare = Callable[[backprop.Snapshot, backprop.Snapshot], None]


@pytest.fixture
def finished(xor: backprop.Dataset) -> backprop.Trainer:
    """The run that the other thread will repeat, already done."""
    experiment = backprop.LESSONS["xor"].experiment.replace(
        epochs=1500, batch_size=3, shuffle=True, layers=(Layer(3, "tanh"), Layer(1))
    )
    trainer = backprop.Trainer(experiment, xor, byte_budget=20_000)
    trainer.run()
    return trainer


@pytest.fixture
def training(finished: backprop.Trainer) -> tuple[backprop.Trainer, Thread, Event]:
    """The same run again, ready to be trained by a thread that says when it is done."""
    trainer = backprop.Trainer(finished.experiment, finished.dataset, byte_budget=20_000)
    done = Event()

    def train() -> None:
        trainer.run()
        done.set()

    return trainer, Thread(target=train), done


def test_views_of_the_record_are_a_true_beginning_of_it(
    finished: backprop.Trainer, training: tuple[backprop.Trainer, Thread, Event]
) -> None:
    trainer, thread, done = training
    views = []
    thread.start()
    while not done.wait(timeout=0.0005):  # polling without a pause would leave the other thread no time
        views.append(trainer.history.view())
    thread.join()
    views.append(trainer.history.view())
    whole = finished.history.view()
    assert len(views) > 2
    for view in views:
        for name in ("step_mse", "step_objective", "loss", "accuracy"):
            part = getattr(view, name)
            np.testing.assert_array_equal(part, getattr(whole, name)[: len(part)], err_msg=name)
    assert len(views[-1].loss) == 1500
    lengths = [len(view.step_mse) for view in views]
    assert lengths == sorted(lengths)


def test_moments_seen_from_another_thread_are_exact(
    finished: backprop.Trainer, training: tuple[backprop.Trainer, Thread, Event], assert_same_moment: Compare
) -> None:
    trainer, thread, done = training
    random = np.random.default_rng(0)
    seen = []
    timeline = trainer.new_timeline()
    thread.start()
    while not done.is_set():
        reached = trainer.cursor.epoch
        if reached:
            cursor = Cursor(int(random.integers(reached)), int(random.integers(2)), int(random.integers(7)))
            seen.append(timeline.snapshot_at(cursor, Cursor(reached, 0, 0)))
    thread.join()
    assert seen
    for snapshot in seen:
        assert_same_moment(snapshot, finished.snapshot_at(snapshot.cursor))
    assert_same_moment(trainer.snapshot(), finished.snapshot())
    assert np.array_equal(trainer.history.loss, finished.history.loss)


def test_two_runs_at_once_do_not_disturb_each_other(finished: backprop.Trainer, assert_same_moment: Compare) -> None:
    trainers = [backprop.Trainer(finished.experiment, finished.dataset) for _ in range(2)]
    threads = [Thread(target=trainer.run) for trainer in trainers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for trainer in trainers:
        assert_same_moment(trainer.snapshot(), finished.snapshot())
        assert np.array_equal(trainer.history.step_mse, finished.history.step_mse)
