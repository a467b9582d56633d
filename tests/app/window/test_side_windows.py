"""Keys, welcome, about and log file: reachable, complete, and never in the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.log_file import log_path, log_to_file
from app.versions import versions
from app.window.actions import Group
from app.window.key_sheet import KeySheet
from app.window.main_window import MainWindow


@pytest.fixture
def window(shared_window: MainWindow) -> MainWindow:
    return shared_window


def words(widget: object) -> set[str]:
    assert isinstance(widget, KeySheet)
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def test_the_key_sheet_has_every_action_and_every_key(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, "?")
    sheet = window.beside.keys
    assert sheet is not None
    assert sheet.isVisible()
    assert not sheet.isModal()
    shown = words(sheet)
    for name, action in window.commands.items():
        assert action.text() in shown, name
        assert {key.toString() for key in action.shortcuts()} <= shown, name
    window.commands["keys"].trigger()
    assert window.beside.keys is None


@pytest.mark.parametrize("percent", [80, 100])
def test_the_key_sheet_is_as_high_as_its_keys(window: MainWindow, percent: int) -> None:
    window.appearance.set_text_size(percent)
    try:
        window.commands["keys"].trigger()
        sheet = window.beside.keys
        assert isinstance(sheet, KeySheet)
        QApplication.sendPostedEvents()
        bar = sheet.findChild(QScrollArea).verticalScrollBar()
        room = window.screen().availableSize().height() - 56
        assert sheet.height() <= room
        assert bar.maximum() == 0 or sheet.height() == room
    finally:
        window.commands["keys"].trigger()
        window.appearance.reset_text_size()


def test_the_key_sheet_can_be_searched(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["keys"].trigger()
    sheet = window.beside.keys
    assert isinstance(sheet, KeySheet)
    qtbot.keyClicks(sheet.search, "projector")
    assert "Full screen" in words(sheet)
    assert "Play" not in words(sheet)
    sheet.search.setText("nothing like this")
    assert sheet.nothing.isVisible()
    sheet.close()
    assert window.beside.keys is None


def test_no_two_actions_have_the_same_key_and_every_action_is_listed_once(window: MainWindow) -> None:
    keys = [key.toString() for _, action in window.commands.items() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    listed = [name for group in Group for name in window.commands.of_group(group)]
    assert sorted(listed) == sorted(name for name, _ in window.commands.items())


def test_the_welcome_comes_once_and_again_only_from_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    window.beside.welcome_once()
    card = window.beside.welcome
    assert card is not None
    assert card.isVisible()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert window.beside.welcome is None
    assert window.centralWidget().hasFocus(), "the keyboard is the window's again"
    window.beside.welcome_once()
    assert window.beside.welcome is None
    window.commands["welcome"].trigger()
    assert window.beside.welcome.isVisible()


def test_the_welcome_blocks_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.beside.show_welcome()
    window.commands["play"].trigger()
    qtbot.waitUntil(lambda: window.beside.welcome is None)
    qtbot.waitUntil(lambda: window.controller.reached.position > 0)


def test_three_ways_to_begin(qtbot: QtBot, window: MainWindow) -> None:
    def choose(number: int) -> None:
        window.beside.show_welcome()
        way = window.beside.welcome.ways[number]
        assert way.height() >= way.layout().minimumHeightForWidth(way.width()), "no text is cut off"
        way.click()
        assert window.beside.welcome is None

    choose(2)
    assert window.workspace.in_front("experiment") == "guide"
    choose(0)
    qtbot.waitUntil(lambda: window.controller.playing)
    window.controller.pause()
    window.controller.reset()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    choose(1)
    qtbot.waitUntil(lambda: window.controller.run.experiment.dataset == "mnist", timeout=30_000)


@pytest.mark.parametrize("name", ["about", "keys", "welcome", "check_gradients"])
def test_nothing_is_kept_of_what_was_closed(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.controller.pause()
    qtbot.waitUntil(lambda: not window.controller.playing)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before = len(QApplication.allWidgets())
    window.commands[name].trigger()
    part = getattr(window.beside, {"check_gradients": "checker"}.get(name, name))
    qtbot.waitUntil(part.isVisible)
    part.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(QApplication.allWidgets()) == before


def test_about_names_every_version_and_copies_them(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["about"].trigger()
    about = window.beside.about
    assert about is not None
    shown = " ".join(label.text() for label in about.findChildren(QLabel))
    for name, version in versions().items():
        assert name in shown
        assert version in shown
    assert {"Python", "Qt", "PySide6", "NumPy", "BLAS", "pyqtgraph", "System"} <= set(versions())
    for origin in ("MIT", "MNIST", "Inter"):
        assert origin in shown
    about.copy_button.click()
    assert f"NumPy: {versions()['NumPy']}" in QGuiApplication.clipboard().text()
    about.close()


def test_the_log_file_can_be_opened(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication
) -> None:
    monkeypatch.setattr("app.log_file.user_log_path", lambda *_, **__: tmp_path / "log")
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.commands["show_log"].trigger()
    assert "nothing has gone wrong" in window.notice.text
    assert opened == []
    log_path().parent.mkdir()
    log_path().write_text("a warning\n")
    window.commands["show_log"].trigger()
    assert opened == [str(log_path())]


def test_a_log_file_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("app.log_file.user_log_path", lambda *_, **__: tmp_path / "file")
    assert log_to_file() is None


def test_the_welcome_waits_where_something_is_offered_and_goes_where_a_run_is_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.settings.set_text("welcomed", "")
    window.notice.show_news("A run was kept safe.", ("Open it", lambda: None))
    window.beside.welcome_once()
    assert window.beside.welcome is None
    window.notice.hide()
    window.beside.welcome_once()
    assert window.beside.welcome is not None
    window.files.flow.save_to(tmp_path / "run.backprop")
    qtbot.waitUntil(lambda: not window.files.flow.busy)
    with qtbot.waitSignal(window.files.flow.opened):
        window.files.flow.open_path(tmp_path / "run.backprop")
    assert window.beside.welcome is None


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_nothing_is_cut_off_at_any_size_of_text(window: MainWindow, percent: int) -> None:
    window.appearance.set_text_size(percent)
    try:
        window.commands["about"].trigger()
        window.commands["welcome"].trigger()
        for sheet in (window.beside.about, window.beside.welcome):
            assert sheet is not None
            QApplication.sendPostedEvents()
            assert sheet.height() <= window.screen().availableSize().height()
            for label in sheet.findChildren(QLabel):
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
            sheet.close()
    finally:
        window.appearance.reset_text_size()
