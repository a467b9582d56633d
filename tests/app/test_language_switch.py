"""Another language while a run plays: another window, the same run, and nothing left behind."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.languages import install
from app.program import Program
from app.run.pace import FASTEST, Unit
from app.settings import Settings
from app.window.main_window import MainWindow


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[Program]:
    settings.setValue("language", "en")  # whatever the system speaks
    program = Program(qapp, Settings(settings))
    wait_for(qtbot, program)
    yield program
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    install(qapp, "")


def wait_for(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.controller.moment is not None and window.complete and window.guide is not None)


def choose(qtbot: QtBot, program: Program, choice: str) -> MainWindow:
    """Choose a language in the menu, and return the window that comes, once the one before is gone."""
    menu = next(action.menu() for action in program.window.bar.menu.menu().actions() if "Language" in action.text())
    names = {"en": "English", "zh_CN": "简体中文"}
    with qtbot.waitSignal(program.gone):
        next(action for action in menu.actions() if action.text() == names[choice]).trigger()
    return program.window


def test_a_run_at_full_speed_goes_on_while_the_language_changes(qtbot: QtBot, program: Program) -> None:
    controller = program.window.controller
    controller.set_pace(FASTEST)
    controller.set_epochs(10_000_000)
    controller.play()
    qtbot.waitUntil(lambda: controller.moment.snapshot.cursor.epoch > 10)
    before, epoch, run = program.window, controller.moment.snapshot.cursor.epoch, controller.moment.run

    window = choose(qtbot, program, "zh_CN")

    assert window is not before
    assert window.controller is controller
    assert controller.moment.run == run
    assert controller.moment.snapshot.cursor.epoch >= epoch
    assert window.bar.play.text() == "暂停"
    qtbot.waitUntil(lambda: window.bar.epoch.value() == f"{controller.moment.snapshot.cursor.epoch:,}")
    qtbot.waitUntil(lambda: controller.moment.snapshot.cursor.epoch > epoch + 1000)
    window.commands["play"].trigger()
    qtbot.waitUntil(lambda: not controller.moment.playing)
    assert window.bar.play.text() == "播放"
    assert controller.moment.history.loss.size == controller.moment.snapshot.epochs_done


def test_everything_is_where_it_was(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.controller.step(Unit.EPOCH)
    qtbot.waitUntil(lambda: window.controller.moment.snapshot.cursor.phase == 6)
    window.controller.set_epochs(9_000)
    window.controller.keep()
    window.controller.step_back(Unit.PHASE)
    qtbot.waitUntil(lambda: window.controller.moment.snapshot.cursor.phase == 5)
    document = window.files.document
    document.notes = "The plateau ends here."
    window.selection.select_parameter("W1", (0, 1))
    window.selection.select_sample(3)
    window.panels["weights"].set_quantity("gradient")
    window.panels["weights"].options.set_locked(True)
    window.panels["loss"].scale.set_value("log")
    window.panels["equation"].show_alone("train", 2)
    window.bar.unit.setCurrentIndex(1)
    window.form.field("seed").setText("seven")
    window.form.field("seed").committed.emit()
    window.guide.next.click()
    window.workspace.docks["samples"].close()
    window.workspace.bring_to_front("equation")
    qtbot.waitUntil(lambda: window.workspace.in_front("weights") == "equation")

    window = choose(qtbot, program, "zh_CN")

    assert window.controller.moment.snapshot.cursor.phase == 5
    assert not window.controller.live
    assert window.commands["live"].isEnabled()
    assert window.commands["forget_kept"].isEnabled()
    assert window.commands["undo"].isEnabled()
    assert window.files.document is document
    assert window.windowTitle() == "未保存的运行[*] – Backscope"
    assert window.isWindowModified()
    assert window.panels["inspector"].parameter() == ("W1", (0, 1))
    assert window.panels["network"].sample() == 3
    assert ("W1", (0, 1)) in window.panels["trajectories"].chosen()
    assert window.panels["weights"].quantity() == "gradient"
    assert window.panels["weights"].options.locked()
    assert window.panels["loss"].scale.value() == "log"
    assert window.panels["equation"].examination.name() == "x_train[2]"
    assert window.bar.unit.currentIndex() == 1
    assert window.form.field("seed").text() == "seven"
    assert set(window.form.errors()) == {"seed"}
    assert window.guide.guide.position == 1
    assert window.workspace.docks["samples"].isHidden()
    qtbot.waitUntil(lambda: window.workspace.in_front("weights") == "equation")
    assert set(window.panels) == {*window.workspace.docks} - {"experiment", "guide"}


def test_a_window_that_cannot_be_made_leaves_the_one_before(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = program.window

    def fail(**_: object) -> None:
        raise RuntimeError("no such window")

    monkeypatch.setattr("app.program.MainWindow", fail)
    with qtbot.captureExceptions() as raised:
        program.choose_language("zh_CN")
        qtbot.waitUntil(lambda: bool(raised))
    assert program.window is before
    assert before.isVisible()
    before.controller.step(Unit.PHASE)
    qtbot.waitUntil(lambda: before.controller.moment.snapshot.cursor.phase == 1)


def test_nothing_is_left_of_the_window_before(qtbot: QtBot, qapp: QApplication, program: Program) -> None:
    choose(qtbot, program, "zh_CN")  # once, for what is made only once
    gc.collect()
    threads, there = threading.active_count(), count(qapp)
    for choice in ("en", "zh_CN"):
        choose(qtbot, program, choice)
    gc.collect()
    assert threading.active_count() == threads
    assert count(qapp) == there


def count(app: QApplication) -> dict[str, int]:
    """Count what is alive in Qt and in Python."""
    alive = gc.get_objects()
    return {
        "windows": sum(isinstance(widget, MainWindow) for widget in alive),
        "widgets": len(app.allWidgets()),
        "wrappers": sum(isinstance(widget, QWidget) for widget in alive),
        "threads": sum(isinstance(thread, QThread) for thread in alive),
        "timers": sum(isinstance(timer, QTimer) for timer in alive),
    }
