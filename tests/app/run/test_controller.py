"""Play, pause, step and reset, in every state, on the real worker thread."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import backprop
from app.run.controller import Controller
from app.run.moment import Moment
from app.run.pace import FASTEST, Pace, Unit
from backprop import LESSONS, Cursor, Trainer

XOR = LESSONS["xor"].experiment


@pytest.fixture
def controller(qtbot: QtBot) -> Iterator[Controller]:
    controller = Controller()
    controller.start_run(XOR)
    qtbot.waitUntil(lambda: controller.moment is not None)
    yield controller
    controller.stop()


def wait_for(qtbot: QtBot, controller: Controller, cursor: Cursor) -> Moment:
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.cursor == cursor)
    assert controller.moment is not None
    return controller.moment


def test_a_run_begins_paused_before_its_first_phase(controller: Controller) -> None:
    assert controller.moment is not None
    assert controller.moment.snapshot.cursor == Cursor(0, 0, 0)
    assert not controller.playing


def test_stepping_by_phase_batch_and_epoch_goes_where_the_trainer_goes(qtbot: QtBot, controller: Controller) -> None:
    controller.step(Unit.PHASE)
    wait_for(qtbot, controller, Cursor(0, 0, 1))
    controller.step(Unit.PHASE)
    wait_for(qtbot, controller, Cursor(0, 0, 2))
    controller.step(Unit.BATCH)
    wait_for(qtbot, controller, Cursor(0, 0, 6))
    controller.step(Unit.EPOCH)
    moment = wait_for(qtbot, controller, Cursor(1, 0, 6))
    trainer = Trainer(XOR)
    trainer.step_epoch()
    trainer.step_epoch()
    assert np.array_equal(moment.snapshot.parameters["W1"], trainer.parameters["W1"])
    assert np.array_equal(moment.history.loss, trainer.history.loss)


def test_playing_at_full_speed_ends_at_the_last_epoch_with_every_epoch_recorded(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.set_pace(FASTEST)
    controller.play()
    assert controller.playing
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.finished, timeout=20_000)
    assert controller.moment is not None
    assert len(controller.moment.history.loss) == XOR.epochs
    assert controller.moment.history.loss[9000] == pytest.approx(0.012024254441977914, rel=1e-9)
    qtbot.waitUntil(lambda: not controller.playing)


def test_what_is_shown_while_playing_always_belongs_to_one_moment(qtbot: QtBot, controller: Controller) -> None:
    moments: list[Moment] = []
    controller.moment_changed.connect(moments.append)
    controller.set_pace(FASTEST)
    controller.set_epochs(1_000_000)  # on a busy machine the lesson's own would be over within a few moments
    controller.play()
    qtbot.waitUntil(lambda: len(moments) > 8, timeout=20_000)
    controller.pause()
    reference = Trainer(XOR.replace(epochs=1_000_000))
    while reference.cursor < moments[-1].snapshot.cursor:
        reference.step_epoch()
    for moment in moments[::3]:
        again = reference.snapshot_at(moment.snapshot.cursor)
        assert np.array_equal(moment.snapshot.parameters["W2"], again.parameters["W2"])
        assert len(moment.history.step_mse) == moment.snapshot.steps_done


def test_pause_stops_where_the_run_is_and_play_goes_on_from_there(qtbot: QtBot, controller: Controller) -> None:
    controller.play()
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.cursor.epoch > 20)
    with qtbot.waitSignal(controller.moment_changed, check_params_cb=lambda moment: not moment.playing):
        controller.pause()
    assert controller.moment is not None
    paused_at = controller.moment.snapshot.cursor
    controller.step(Unit.EPOCH)
    wait_for(qtbot, controller, Cursor(paused_at.epoch + 1, 0, 6))


def test_a_slow_pace_computes_one_phase_at_a_time(qtbot: QtBot, controller: Controller) -> None:
    cursors: list[Cursor] = []
    controller.moment_changed.connect(lambda moment: cursors.append(moment.snapshot.cursor))
    controller.set_pace(Pace(Unit.PHASE, 20))
    controller.play()
    qtbot.waitUntil(lambda: Cursor(0, 0, 4) in cursors)
    controller.pause()
    assert [cursor.phase for cursor in dict.fromkeys(cursors)][:5] == [0, 1, 2, 3, 4]


def test_reset_brings_back_the_same_initial_weights_in_every_state(qtbot: QtBot, controller: Controller) -> None:
    assert controller.moment is not None
    initial = controller.moment.snapshot.parameters["W1"]
    for prepare in (controller.play, lambda: controller.step(Unit.PHASE), controller.pause):
        prepare()
        with qtbot.waitSignal(
            controller.moment_changed, check_params_cb=lambda moment: moment.snapshot.cursor == Cursor(0, 0, 0)
        ):
            controller.reset()
        assert np.array_equal(controller.moment.snapshot.parameters["W1"], initial)
        assert len(controller.moment.history.step_mse) == 0
        assert not controller.playing


def test_new_random_begins_with_other_weights_from_a_seed_that_is_shown(qtbot: QtBot, controller: Controller) -> None:
    with qtbot.waitSignal(controller.run_started) as started:
        controller.new_random(XOR)
    run = started.args[0]
    again = Trainer(XOR.replace(seed=run.experiment.seed))
    assert np.array_equal(run.moment.snapshot.parameters["W1"], again.parameters["W1"])
    assert run.experiment.replace(seed=0) == XOR


def test_the_learning_rate_changes_in_a_running_run(qtbot: QtBot, controller: Controller) -> None:
    controller.step(Unit.EPOCH)
    wait_for(qtbot, controller, Cursor(0, 0, 6))
    controller.set_learning_rate(2.0)
    controller.step(Unit.EPOCH)
    moment = wait_for(qtbot, controller, Cursor(1, 0, 6))
    trainer = Trainer(XOR)
    trainer.step_epoch()
    trainer.learning_rate = 2.0
    trainer.step_epoch()
    assert moment.snapshot.learning_rate == 2.0
    assert np.array_equal(moment.snapshot.parameters["W1"], trainer.parameters["W1"])


def test_a_changed_learning_rate_survives_a_reset_as_the_form_still_shows_it(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.set_learning_rate(2.0)
    controller.step(Unit.EPOCH)
    wait_for(qtbot, controller, Cursor(0, 0, 6))
    controller.reset()
    wait_for(qtbot, controller, Cursor(0, 0, 0))
    controller.step(Unit.EPOCH)
    moment = wait_for(qtbot, controller, Cursor(0, 0, 6))
    trainer = Trainer(XOR.replace(learning_rate=2.0))
    trainer.step_epoch()
    assert np.array_equal(moment.snapshot.parameters["W1"], trainer.parameters["W1"])


def test_more_epochs_let_a_finished_run_go_on(qtbot: QtBot, controller: Controller) -> None:
    controller.start_run(XOR.replace(epochs=3))
    qtbot.waitUntil(lambda: not controller.busy)
    controller.set_pace(FASTEST)
    controller.play()
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.finished)
    controller.set_epochs(5)
    qtbot.waitUntil(lambda: controller.moment is not None and not controller.moment.finished)
    controller.play()
    qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.finished)
    assert controller.moment is not None
    assert len(controller.moment.history.loss) == 5


def test_a_run_that_diverges_stops_and_says_at_which_step(qtbot: QtBot, controller: Controller) -> None:
    layers = tuple(backprop.Layer(units, "identity", "standard_normal") for units in (2, 1))
    controller.start_run(XOR.replace(layers=layers, learning_rate=900.0))
    qtbot.waitUntil(lambda: not controller.busy)
    controller.set_pace(FASTEST)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.play()
    assert "no longer a finite number" in failed.args[0]
    assert "step" in failed.args[0]
    qtbot.waitUntil(lambda: not controller.playing)
    assert controller.moment is not None
    assert len(controller.moment.history.step_mse) > 0
    assert np.isfinite(controller.moment.history.step_mse).all()


def test_a_moment_of_a_replaced_run_is_never_shown(qtbot: QtBot, controller: Controller) -> None:
    shown: list[Moment] = []
    controller.set_pace(FASTEST)
    controller.play()
    controller.moment_changed.connect(shown.append)
    with qtbot.waitSignal(controller.run_started):
        controller.start_run(XOR.replace(seed=5))
    shown.clear()
    controller.step(Unit.BATCH)
    wait_for(qtbot, controller, Cursor(0, 0, 6))
    assert {moment.snapshot.experiment.seed for moment in shown} == {5}


@pytest.mark.parametrize("state", ["fresh", "playing", "paused", "loading"])
def test_stopping_ends_the_thread_in_every_state(qtbot: QtBot, state: str) -> None:
    controller = Controller()
    controller.start_run(LESSONS["mnist" if state == "loading" else "xor"].experiment)
    if state in ("playing", "paused"):
        qtbot.waitUntil(lambda: controller.moment is not None)
        controller.play()
        qtbot.waitUntil(lambda: controller.moment is not None and controller.moment.snapshot.steps_done > 0)
    if state == "paused":
        controller.pause()
    controller.stop()
    assert controller._worker.isFinished()
