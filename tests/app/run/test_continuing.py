"""Going on from the past, keeping a run to compare with, playing backwards; and a training process that is killed."""

import itertools
import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.run.controller import Controller
from app.run.moment import Moment
from app.run.pace import FASTEST, Pace, Unit
from app.run.training.process import TrainingProcess
from backprop import LESSONS, Cursor, Trainer

XOR = LESSONS["xor"].experiment.replace(epochs=3000)


@pytest.fixture
def training() -> TrainingProcess:
    return TrainingProcess()


@pytest.fixture
def controller(qtbot: QtBot, training: TrainingProcess) -> Iterator[Controller]:
    controller = Controller(training=training)
    controller.start_run(XOR)
    qtbot.waitUntil(lambda: controller.moment is not None)
    controller.set_pace(FASTEST)
    yield controller
    controller.stop()


def finish(qtbot: QtBot, controller: Controller) -> Moment:
    controller.play()
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.finished, timeout=20_000)
    assert controller.reached is not None
    return controller.reached


def go_to(qtbot: QtBot, controller: Controller, cursor: Cursor) -> None:
    controller.seek_cursor(cursor)
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.cursor == cursor)


def test_a_run_goes_on_from_the_past_and_ends_the_same(qtbot: QtBot, controller: Controller) -> None:
    first = finish(qtbot, controller)
    go_to(qtbot, controller, Cursor(1200, 0, 3))
    with qtbot.waitSignal(controller.resumed):
        controller.continue_here(keep=False)
    assert controller.live
    assert controller.reached is not None
    assert controller.reached.snapshot.cursor == Cursor(1200, 0, 3)
    assert len(controller.reached.history.loss) == 1200
    assert not controller.kept
    second = finish(qtbot, controller)
    assert second.run > first.run
    assert np.array_equal(second.snapshot.parameters["W1"], first.snapshot.parameters["W1"])
    assert np.array_equal(second.history.step_mse, first.history.step_mse)


def test_what_came_later_is_kept_to_compare_with(qtbot: QtBot, controller: Controller) -> None:
    first = finish(qtbot, controller)
    go_to(qtbot, controller, Cursor(800, 0, 6))
    with qtbot.waitSignal(controller.resumed):
        controller.continue_here(keep=True)
    controller.set_learning_rate(2.0)
    second = finish(qtbot, controller)
    (kept,) = controller.kept
    assert np.array_equal(kept.history.step_mse, first.history.step_mse)
    assert np.array_equal(second.history.loss[:801], first.history.loss[:801])
    assert not np.array_equal(second.history.loss, first.history.loss)
    # The past of the first run is still its own.
    reference = Trainer(XOR)
    reference.run()
    again = first.timeline.another().snapshot_at(Cursor(2500, 0, 2), first.snapshot.cursor)
    assert np.array_equal(again.parameters["W1"], reference.snapshot_at(Cursor(2500, 0, 2)).parameters["W1"])


def test_the_learning_rate_is_that_of_the_moment_from_which_a_run_goes_on(qtbot: QtBot, controller: Controller) -> None:
    controller.step(Unit.EPOCH)
    controller.set_learning_rate(1.5)
    finish(qtbot, controller)
    controller.set_learning_rate(9.0)
    go_to(qtbot, controller, Cursor(100, 0, 1))
    with qtbot.waitSignal(controller.resumed):
        controller.continue_here(keep=False)
    assert controller.reached is not None
    assert controller.reached.snapshot.learning_rate == 1.5


def test_the_oldest_of_four_kept_runs_goes(qtbot: QtBot, controller: Controller) -> None:
    for _ in range(4):
        controller.step(Unit.EPOCH)
        controller.keep()
    assert [kept.number for kept in controller.kept] == [2, 3, 4]
    controller.forget_kept()
    assert controller.kept == ()


def test_playing_backwards_shows_every_moment_in_turn_and_ends_at_the_start(
    qtbot: QtBot, controller: Controller
) -> None:
    for _ in range(3):
        controller.step(Unit.BATCH)
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.cursor == Cursor(2, 0, 6))
    shown: list[int] = []
    controller.moment_changed.connect(lambda moment: shown.append(moment.position))
    controller.set_pace(Pace(Unit.PHASE, 30))
    with qtbot.waitSignal(controller.rewinding_changed, check_params_cb=lambda rewinding: not rewinding):
        controller.rewind()
        assert controller.rewinding
    assert shown == list(range(17, -1, -1))
    assert controller.reached is not None
    assert controller.reached.snapshot.cursor == Cursor(2, 0, 6), "the run itself is where it was"


def test_space_stops_playing_backwards(qtbot: QtBot, controller: Controller) -> None:
    finish(qtbot, controller)
    controller.rewind()
    qtbot.waitUntil(lambda: not controller.live)
    controller.toggle()
    assert not controller.rewinding
    assert not controller.playing


def test_playing_backwards_at_full_speed_crosses_the_whole_run(qtbot: QtBot, controller: Controller) -> None:
    finish(qtbot, controller)
    shown: list[int] = []
    controller.moment_changed.connect(lambda moment: shown.append(moment.position))
    controller.rewind()
    qtbot.waitUntil(lambda: len(shown) > 5)
    controller.stop_rewinding()
    steps = {before - after for before, after in itertools.pairwise(shown)}
    assert steps == {3000 // 300 * 6}


def test_another_process_takes_over_when_the_training_is_killed(
    qtbot: QtBot, controller: Controller, training: TrainingProcess
) -> None:
    controller.set_pace(Pace(Unit.BATCH, 100))
    controller.play()
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.snapshot.steps_done > 20)
    assert training.pid is not None
    with qtbot.waitSignal(controller.failed) as failed:
        os.kill(training.pid, signal.SIGKILL)
    assert "nothing is lost" in failed.args[0]
    qtbot.waitUntil(lambda: not controller.playing and controller.reached is not None)
    controller.set_pace(FASTEST)
    moment = finish(qtbot, controller)
    reference = Trainer(XOR)
    reference.run()
    assert np.array_equal(moment.snapshot.parameters["W2"], reference.parameters["W2"])
    assert np.array_equal(moment.history.step_mse, reference.history.step_mse)


def test_a_learning_rate_just_chosen_survives_the_end_of_the_process(
    qtbot: QtBot, controller: Controller, training: TrainingProcess
) -> None:
    controller.step(Unit.EPOCH)
    controller.set_learning_rate(2.0)
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.next_learning_rate == 2.0)
    assert training.pid is not None
    with qtbot.waitSignal(controller.failed):
        os.kill(training.pid, signal.SIGKILL)
    controller.step(Unit.EPOCH)
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.snapshot.steps_done == 2)
    reference = Trainer(XOR)
    reference.step_epoch()
    reference.learning_rate = 2.0
    reference.step_epoch()
    assert controller.reached is not None
    assert np.array_equal(controller.reached.snapshot.parameters["W2"], reference.parameters["W2"])


def test_the_window_waits_for_no_training_that_does_not_listen(
    qtbot: QtBot, controller: Controller, training: TrainingProcess
) -> None:
    assert training.pid is not None
    os.kill(training.pid, signal.SIGSTOP)
    for number in range(5000):  # more than the pipe between the processes holds
        controller.set_learning_rate(0.1 + number / 5000)
    os.kill(training.pid, signal.SIGCONT)
    controller.step(Unit.PHASE)
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.position == 1)
    assert controller.reached is not None
    assert controller.reached.next_learning_rate == 0.1 + 4999 / 5000


def test_the_record_of_a_run_that_could_not_begin_is_not_that_of_the_next_one(
    qtbot: QtBot, controller: Controller
) -> None:
    finish(qtbot, controller)
    go_to(qtbot, controller, Cursor(1200, 0, 3))
    assert controller.reached is not None
    end = controller.reached.snapshot.cursor
    _, other = controller.reached.timeline.another().continuation(Cursor(600, 0, 0), end)
    with qtbot.waitSignal(controller.failed):
        controller._worker.resume(None, other, 3000)  # type: ignore[arg-type]  # as an error in the training would
    with qtbot.waitSignal(controller.resumed):
        controller.continue_here(keep=False)
    assert len(controller.reached.history.loss) == 1200
