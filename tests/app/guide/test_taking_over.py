"""A guide and a person at the same controls: whatever a person does wins, and nothing of theirs is lost unasked."""

from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.guide.actions import perform
from app.guide.lesson_text import experiment_of
from app.guide.records import LearningRate, Lesson, Pause, Play, PlayTo, Seek, SetPace, Step
from app.look.theme import DARK
from app.run.pace import FASTEST, PACES, Pace, Unit
from backprop import LESSONS, Cursor
from tests.answers import answer


def cursor(room: Any) -> Cursor:
    found: Cursor = room.window.controller.moment.snapshot.cursor
    return found


# --- a person wins


def start_slowly(room: Any) -> None:
    """Begin to play to epoch 2400, so slowly that it takes long."""
    room.predict(1)
    room.press(-1, wait=False)
    room.wait(lambda: room.window.controller.playing)
    room.window.bar.speed.setValue(PACES.index(Pace(Unit.BATCH, 20)))
    room.wait(lambda: room.window.controller.reached.position > 0)


@pytest.mark.parametrize("act", ["pause", "reset", "step", "back", "drag", "stop", "next"])
def test_whatever_a_person_does_meanwhile_wins(classroom: Any, act: str) -> None:
    start_slowly(classroom)
    guide, window = classroom.guide, classroom.window
    assert guide.page.buttons[-1].button.text() == "Stop"
    match act:
        case "stop":
            guide.page.buttons[-1].button.click()
        case "next":
            guide.next.click()
        case "drag":
            window.timeline.seek_requested.emit(Cursor(0, 0, 6))
        case "pause":
            window.commands["play"].trigger()
        case _:
            window.commands[act].trigger()
    assert not guide.runner.running
    assert not guide.guide.settled
    if act != "drag":  # the run goes on then, as it does without a guide
        classroom.wait(lambda: guide.stage.settled)
    if act != "next":
        assert guide.page.buttons[-1].button.text() == "Run it"
        assert guide.page.buttons[-1].button.isEnabled()
    if act == "reset":
        classroom.wait(lambda: cursor(classroom) == Cursor(0, 0, 0))
    if act == "drag":
        classroom.wait(lambda: cursor(classroom) == Cursor(0, 0, 6))


def test_another_speed_is_no_reason_to_let_go_and_is_kept(classroom: Any) -> None:
    start_slowly(classroom)
    classroom.window.bar.speed.setValue(PACES.index(FASTEST))
    classroom.wait(lambda: not classroom.guide.runner.running)
    assert classroom.guide.guide.settled
    assert cursor(classroom) == Cursor(2400, 0, 6)
    assert classroom.window.controller.pace == FASTEST


def test_training_up_to_a_moment_keeps_the_pace_that_a_person_had_chosen(classroom: Any) -> None:
    chosen = Pace(Unit.PHASE, 2)
    classroom.window.controller.set_pace(chosen)
    classroom.go_to("weight")
    classroom.press(0)
    assert cursor(classroom) == Cursor(2400, 0, 2)
    assert classroom.window.controller.pace == chosen


def test_a_long_wait_shows_how_far_it_is(classroom: Any) -> None:
    start_slowly(classroom)
    button = classroom.guide.page.buttons[-1]
    classroom.wait(lambda: not button.bar.isHidden())
    before = button.bar.value()
    classroom.wait(lambda: button.bar.value() > before)
    classroom.guide.set_theme(DARK)  # the page is made anew, and the run goes on
    assert classroom.guide.page.buttons[-1].button.text() == "Stop"
    classroom.guide.page.buttons[-1].button.click()
    classroom.wait(lambda: classroom.guide.stage.settled)


# --- whose run it is


def own_run(room: Any) -> None:
    """Have a run of a person's own, of three epochs."""
    controller = room.window.controller
    controller.start_run(LESSONS["xor"].experiment.replace(seed=5))
    room.wait(lambda: not controller.busy)
    for epoch in range(3):
        controller.step(Unit.EPOCH)
        room.wait(lambda epoch=epoch: controller.reached.snapshot.cursor == Cursor(epoch, 0, 6))


@pytest.mark.parametrize("accept", [False, True])
def test_a_run_of_a_persons_own_is_lost_only_after_asking(
    classroom: Any, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    own_run(classroom)
    asked = answer(monkeypatch, accept=accept)
    classroom.go_to("weight")
    classroom.press(0)
    assert len(asked) == 1
    assert cursor(classroom) == (Cursor(2400, 0, 2) if accept else Cursor(2, 0, 6))
    assert classroom.window.controller.run.experiment.seed == (0 if accept else 5)


def test_runs_of_the_lesson_and_of_the_guide_are_replaced_without_a_question(
    classroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("nothing is lost that does not come again"))
    classroom.go_to("weight")
    classroom.press(0)
    run = classroom.window.controller.reached.run
    classroom.press(0)
    assert classroom.window.controller.reached.run == run, "the run at hand will do"
    classroom.go_to("leave")
    classroom.predict(0)
    classroom.guide.runner.run(perform((Lesson(), LearningRate(2.0)), classroom.guide.stage, experiment_of("xor")))
    classroom.wait(lambda: not classroom.guide.runner.running)
    assert classroom.window.form.experiment().learning_rate == 2.0


@pytest.mark.parametrize("by", ["form", "elsewhere"])
def test_a_run_whose_learning_rate_was_changed_is_not_the_lessons(
    classroom: Any, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("no epoch is done yet"))
    window = classroom.window
    (window.form.learning_rate_changed.emit if by == "form" else window.controller.set_learning_rate)(0.1)
    classroom.wait(lambda: window.controller.reached.snapshot.learning_rate == 0.1)
    classroom.go_to("weight")
    classroom.press(0)
    assert window.controller.moment.snapshot.learning_rate == 0.5
    assert window.controller.moment.snapshot.parameters["W1"][0, 1] == pytest.approx(5.84, abs=0.005)


def test_a_run_that_cannot_begin_ends_the_deed(classroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom.window.controller, "start_run", lambda _experiment: None)  # as after a failure
    classroom.go_to("hidden")
    classroom.predict(0)
    classroom.press(-1)
    assert not classroom.guide.guide.settled
    assert classroom.guide.page.buttons[-1].button.text() == "Try it"
    assert cursor(classroom) == Cursor(0, 0, 0)


def test_a_bug_in_a_deed_leaves_a_button_that_can_begin(
    qtbot: QtBot, classroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classroom.guide.stage, "select_sample", lambda index: 1 / 0)
    classroom.go_to("stages")
    with qtbot.captureExceptions() as exceptions:
        classroom.press(0)
    assert [kind for kind, *_ in exceptions] == [ZeroDivisionError]
    assert classroom.guide.page.buttons[0].button.text() == "Play one step, slowly"


def test_a_run_that_was_shortened_is_given_the_epochs_that_a_step_needs(classroom: Any) -> None:
    classroom.window.controller.set_epochs(10)
    classroom.wait(lambda: classroom.window.controller.reached.epochs == 10)
    classroom.go_to("weight")
    classroom.press(0)
    assert cursor(classroom) == Cursor(2400, 0, 2)
    assert classroom.window.form.experiment().epochs == 2401


def test_actions_that_the_lessons_do_not_use_work_too(classroom: Any) -> None:
    window, runner = classroom.window, classroom.guide.runner
    actions = (Lesson(), Seek(9, 0, 3), Step("phase"), SetPace("batch", 250), Play())
    runner.run(perform(actions, classroom.guide.stage, experiment_of("xor")))
    classroom.wait(lambda: not runner.running)
    assert window.controller.playing
    assert window.controller.pace == Pace(Unit.BATCH, 250)
    runner.run(perform((Pause(), PlayTo(3)), classroom.guide.stage, experiment_of("xor")))
    classroom.wait(lambda: not runner.running)
    assert not window.controller.playing
    assert cursor(classroom) == Cursor(3, 0, 6)
