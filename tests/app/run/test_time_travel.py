"""Going back in time on the real threads: what is on the screen is exactly what was."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.run.controller import Controller
from app.run.moment import Moment
from app.run.pace import FASTEST, Unit
from backprop import LESSONS, Cursor, Trainer

XOR = LESSONS["xor"].experiment


@pytest.fixture
def controller(qtbot: QtBot) -> Iterator[Controller]:
    """A paused run of at least 300 epochs."""
    controller = Controller()
    controller.start_run(XOR)
    qtbot.waitUntil(lambda: controller.moment is not None)
    controller.set_pace(FASTEST)
    controller.play()
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.snapshot.epochs_done >= 300)
    controller.pause()
    qtbot.waitUntil(lambda: controller.reached is not None and not controller.reached.playing)
    yield controller
    controller.stop()


def wait_for(qtbot: QtBot, controller: Controller, cursor: Cursor) -> Moment:
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.cursor == cursor)
    assert controller.moment is not None
    return controller.moment


def test_a_seek_shows_snapshot_and_history_of_that_moment(qtbot: QtBot, controller: Controller) -> None:
    controller.seek_cursor(Cursor(123, 0, 4))
    moment = wait_for(qtbot, controller, Cursor(123, 0, 4))
    trainer = Trainer(XOR)
    while trainer.cursor != Cursor(123, 0, 4):
        trainer.step_phase()
    expected = trainer.snapshot()
    assert not moment.live
    for name, parameter in expected.parameters.items():
        assert np.array_equal(moment.snapshot.parameters[name], parameter)
    assert moment.snapshot.gradients.keys() == expected.gradients.keys() == {"W2"}
    assert np.array_equal(moment.snapshot.gradients["W2"], expected.gradients["W2"])
    assert np.array_equal(moment.history.step_mse, trainer.history.step_mse)
    assert len(moment.history.loss) == 123


def test_stepping_back_and_forth_visits_the_same_moments(qtbot: QtBot, controller: Controller) -> None:
    assert controller.reached is not None
    end = controller.reached.snapshot.cursor
    controller.step_back(Unit.PHASE)
    wait_for(qtbot, controller, Cursor(end.epoch, 0, 5))
    controller.step_back(Unit.EPOCH)
    wait_for(qtbot, controller, Cursor(end.epoch - 1, 0, 6))
    controller.step(Unit.PHASE)
    wait_for(qtbot, controller, Cursor(end.epoch, 0, 1))
    controller.step(Unit.EPOCH)
    assert wait_for(qtbot, controller, end).live


def test_many_steps_back_at_once_count_each(qtbot: QtBot, controller: Controller) -> None:
    assert controller.reached is not None
    end = controller.reached.snapshot.cursor
    for _ in range(50):
        controller.step_back(Unit.EPOCH)
    wait_for(qtbot, controller, Cursor(end.epoch - 50, 0, 6))


def test_the_past_ends_at_the_start(qtbot: QtBot, controller: Controller) -> None:
    controller.seek_cursor(Cursor(0, 0, 1))
    wait_for(qtbot, controller, Cursor(0, 0, 1))
    controller.step_back(Unit.EPOCH)
    moment = wait_for(qtbot, controller, Cursor(0, 0, 0))
    assert moment.history.step_mse.size == 0
    controller.step_back(Unit.PHASE)
    assert controller.moment is moment


def test_while_training_goes_on_the_screen_stays_in_the_past_until_live(qtbot: QtBot, controller: Controller) -> None:
    controller.play()
    controller.seek_cursor(Cursor(7, 0, 6))
    past = wait_for(qtbot, controller, Cursor(7, 0, 6))
    assert controller.reached is not None
    seen = controller.reached.snapshot.epochs_done
    qtbot.waitUntil(lambda: controller.reached is not None and controller.reached.snapshot.epochs_done > seen)
    assert controller.moment is past
    controller.go_live()
    assert controller.moment is controller.reached


def test_reset_and_new_runs_end_the_past(qtbot: QtBot, controller: Controller) -> None:
    controller.seek_cursor(Cursor(100, 0, 6))
    controller.reset()
    moment = wait_for(qtbot, controller, Cursor(0, 0, 0))
    qtbot.waitUntil(lambda: controller.live)
    assert moment.history.loss.size == 0
    controller.step(Unit.EPOCH)
    assert wait_for(qtbot, controller, Cursor(0, 0, 6)).live
