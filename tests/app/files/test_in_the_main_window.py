"""Files in the whole window: its menu, its keys, and what the form shows of a run that was opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QGraphicsView, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.run.pace import FASTEST
from app.settings import Settings
from app.window.main_window import MainWindow
from backprop import Cursor


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings) -> Iterator[MainWindow]:
    window = MainWindow(Settings(settings))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.controller.reached is not None and window.complete)
    yield window
    window.close()


def test_save_by_key_begin_another_run_and_open_the_first_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.backprop"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    controller, form = window.controller, window.form
    controller.set_pace(FASTEST)
    controller.set_learning_rate(1.5)
    controller.set_epochs(700)
    qtbot.waitUntil(lambda: controller.reached.epochs == 700)
    controller.play()
    qtbot.waitUntil(lambda: controller.reached.finished)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    window.commands["random"].trigger()
    qtbot.waitUntil(lambda: controller.reached.position == 0)
    assert form.experiment().learning_rate == 0.5

    with qtbot.waitSignal(window.files.flow.opened, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert asked == [], "nothing was lost"
    assert (form.experiment().learning_rate, form.experiment().epochs, form.experiment().seed) == (1.5, 700, 0)
    assert controller.moment.snapshot.cursor == Cursor(699, 0, 6)
    assert window.bar.epoch.value() == "699"
    assert not window.commands["play"].isEnabled()


def test_a_file_can_be_dropped_on_any_panel(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "missing.backprop"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for target in (window.form, window.timeline, *window.findChildren(QGraphicsView)):
        under = target.viewport() if isinstance(target, QGraphicsView) else target
        enter = QDragEnterEvent(QPoint(2, 2), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(under, enter)
        assert enter.isAccepted(), target
        window.notice.hide()
        QApplication.sendEvent(under, QDropEvent(QPoint(2, 2), Qt.DropAction.CopyAction, data, buttons, keys))
        qtbot.waitUntil(lambda: not window.notice.isHidden() and not window.files.flow.busy)
        assert "missing.backprop" in window.notice.text


def test_the_menu_has_everything_about_files(window: MainWindow) -> None:
    menu = next(menu for menu in window.bar.menu.menu().findChildren(QMenu) if menu.title() == "File")
    entries = {action.text() for action in menu.actions()}
    assert {"Open …", "Open recent", "Save", "Save as …", "Save parameters …", "Notes …"} <= entries
    for action in menu.actions():
        assert action.isSeparator() or action.menu() is not None or action.toolTip() != action.text()
