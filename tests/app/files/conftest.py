"""A window with a run and its files, and nothing else: the panels have no part in these tests, and take their time."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from app.files.setup import Files
from app.run.controller import Controller
from app.run.pace import FASTEST
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar
from app.window.actions import ActionSet
from backprop import LESSONS


class SmallWindow(QMainWindow):
    """Composed as the main window is, as far as files go."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.controller = Controller(self)
        self.commands = ActionSet(self)
        self.notice = NoticeBar()
        self.setCentralWidget(self.notice)
        self.files = Files(self, self.controller, self.commands, self.notice, Settings(settings))
        self.files.add_menu(QMenu(self))
        self.begin()

    def begin(self) -> None:
        """Begin another run."""
        self.controller.start_run(LESSONS["xor"].experiment)

    def ask_for_another(self) -> None:
        """Do what every command does that begins another run."""
        if self.files.may_discard():
            self.begin()

    def train(self, qtbot: QtBot, epochs: int) -> None:
        """Play until the end of ``epochs`` epochs."""
        controller = self.controller
        controller.set_epochs(epochs)
        qtbot.waitUntil(lambda: controller.reached.epochs == epochs, timeout=20_000)
        controller.play()
        qtbot.waitUntil(lambda: controller.reached.finished, timeout=20_000)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.files.stop()
        self.controller.stop()
        event.accept()


@pytest.fixture
def open_window(qtbot: QtBot, settings: QSettings) -> Iterator[Callable[[], SmallWindow]]:
    windows: list[SmallWindow] = []

    def make() -> SmallWindow:
        window = SmallWindow(settings)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        qtbot.waitUntil(lambda: window.controller.reached is not None, timeout=20_000)
        window.controller.set_pace(FASTEST)
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[[], SmallWindow]) -> SmallWindow:
    return open_window()
