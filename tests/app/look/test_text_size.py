"""Text of any size: all controls of the real window have the room they need, and everything can be got at."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import LIGHT
from app.widgets.scrolled import Scrolled
from app.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module", autouse=True)
def _as_before(qapp: QApplication, window_of_module: MainWindow) -> Iterator[None]:
    yield
    window_of_module.appearance.reset_text_size()
    install(qapp, LIGHT)


@pytest.fixture
def opened(shared_window: MainWindow) -> MainWindow:
    return shared_window


@pytest.fixture(params=[80, 200])
def window(qtbot: QtBot, opened: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """The window on a small screen, with text of some size, switched while it is open."""
    opened.resize(1366, 768)
    opened.appearance.set_text_size(request.param)
    settle(qtbot, opened)
    return opened


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until two turns of the event loop leave every widget where it was."""
    places: list[list[QRect]] = []

    def rests() -> bool:
        places.append([widget.geometry() for widget in window.findChildren(QWidget)])
        return len(places) > 2 and places[-1] == places[-3]

    qtbot.waitUntil(rests)


def in_front(window: MainWindow, kind: type[QWidget]) -> list[QWidget]:
    """Return the widgets of a kind that are in the bar, the timeline, or a dock that lies in front."""
    docks = [dock for dock in window.workspace.docks.values() if not dock.isVisible() or dock.x() < 0]
    return [
        widget
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.window() is window and not any(dock.isAncestorOf(widget) for dock in docks)
    ]


def test_no_button_or_box_is_smaller_than_its_text(window: MainWindow) -> None:
    cut = [
        (widget.accessibleName(), widget.size(), widget.minimumSizeHint())
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in in_front(window, kind)
        if widget.height() < widget.minimumSizeHint().height() or widget.width() < widget.minimumSizeHint().width()
    ]
    assert not cut


def test_no_label_is_cut_off(window: MainWindow) -> None:
    cut = [
        (label.text(), label.size(), label.sizeHint())
        for label in in_front(window, QLabel)
        if label.text() and not label.wordWrap() and label.width() < label.sizeHint().width()
    ]
    assert not cut


def test_controls_do_not_overlap(window: MainWindow) -> None:
    controls = [widget for kind in (QAbstractButton, QComboBox, QLineEdit) for widget in in_front(window, kind)]
    places = {control: QRect(control.mapTo(window, QPoint()), control.size()) for control in controls}
    overlapping = [
        (a.accessibleName(), b.accessibleName())
        for number, a in enumerate(controls)
        for b in controls[number + 1 :]
        if places[a].intersects(places[b])
        and not a.isAncestorOf(b)
        and not b.isAncestorOf(a)
        and a.parentWidget() is b.parentWidget()
    ]
    assert not overlapping


def test_all_of_the_window_fits_the_screen_or_can_be_scrolled_to(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1366, 768)
    area = window.findChild(Scrolled)
    assert isinstance(area, QScrollArea)
    workspace = window.workspace
    hidden = workspace.width() - area.viewport().width(), workspace.height() - area.viewport().height()
    assert area.horizontalScrollBar().maximum() == max(0, hidden[0])
    assert area.verticalScrollBar().maximum() == max(0, hidden[1])
    for dock in workspace.docks.values():
        if dock.isVisible() and dock.x() >= 0:
            assert workspace.rect().contains(dock.geometry()), dock.windowTitle()
            assert dock.height() >= dock.minimumSizeHint().height(), dock.windowTitle()
    for part in (window.bar, window.timeline):
        assert window.rect().contains(QRect(part.mapTo(window, QPoint()), part.size()))


def test_nothing_scrolls_at_the_ordinary_size_on_a_small_screen(qtbot: QtBot, opened: MainWindow) -> None:
    opened.appearance.reset_text_size()
    opened.resize(1366, 768)
    settle(qtbot, opened)
    area = opened.findChild(Scrolled)
    assert area.horizontalScrollBar().maximum() == 0
    assert area.verticalScrollBar().maximum() == 0


def test_nothing_scrolls_on_a_projector_with_text_half_as_large_again(qtbot: QtBot, opened: MainWindow) -> None:
    opened.appearance.set_text_size(150)
    opened.resize(1920, 1080)
    settle(qtbot, opened)
    area = opened.findChild(Scrolled)
    assert area.horizontalScrollBar().maximum() == 0
    assert area.verticalScrollBar().maximum() == 0
    assert opened.bar.height() < 100  # one row


def test_there_and_back_again_everything_is_where_it_was(qtbot: QtBot, opened: MainWindow) -> None:
    opened.resize(1366, 768)
    opened.appearance.reset_text_size()
    settle(qtbot, opened)
    before = {button.accessibleName(): button.size() for button in in_front(opened, QAbstractButton)}
    opened.appearance.set_text_size(200)
    settle(qtbot, opened)
    assert opened.bar.play.height() > before["Play"].height()
    opened.appearance.set_text_size(100)
    settle(qtbot, opened)
    assert {button.accessibleName(): button.size() for button in in_front(opened, QAbstractButton)} == before
