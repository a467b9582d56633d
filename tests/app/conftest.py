"""What every test of the program needs: no display, settings of its own, and nothing left behind."""

import gc
import os
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    # Python's collector could destroy Qt objects in the trainer's thread; collect between tests instead.
    gc.disable()
    before = set(threading.enumerate())
    yield
    gc.collect()
    gc.enable()
    left = [thread.name for thread in set(threading.enumerate()) - before if not thread.daemon]
    assert not left, f"threads left behind: {left}"


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> QSettings:
    """Settings in a file of the test's own."""
    return QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="module")
def window_of_module(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window, opened once for all tests of a module: that takes longer than most of them."""
    store = QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Settings(store))
    window.setWindowState(Qt.WindowState.WindowNoState)  # which is a small screen's, and there is none
    window.resize(1366, 768)
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def shared_window(qtbot: QtBot, window_of_module: MainWindow) -> MainWindow:
    """The window that all tests of a module share, active, with all its parts and at a moment of a run."""
    window = window_of_module

    def is_complete() -> bool:
        return window.controller.moment is not None and window.complete and window.guide is not None

    window.activateWindow()
    qtbot.waitUntil(is_complete, timeout=30_000)
    return window
