"""Questions can be read and answered, however large the text is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.questions import continue_from
from app.settings import Settings
from app.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings) -> Iterator[MainWindow]:
    window = MainWindow(Settings(settings))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.controller.moment is not None)
    yield window
    window.appearance.reset_text_size()
    window.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_no_answer_is_cut_off(window: MainWindow, percent: int) -> None:
    window.appearance.set_text_size(percent)
    cut_off: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert len(box.buttons()) == 3
        cut_off.extend(b.text() for b in box.buttons() if b.width() < b.sizeHint().width())
        box.reject()

    QTimer.singleShot(0, look)
    assert continue_from(window, window.controller.moment, window.controller.reached) is None
    assert cut_off == []
