"""The window without a mouse: Tab goes everywhere in order, and a control that it has come to gets its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.window.keyboard import tab_stops
from app.window.main_window import MainWindow
from backprop import Cursor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TAB = Qt.Key.Key_Tab


@pytest.fixture
def window(qtbot: QtBot, shared_window: MainWindow) -> MainWindow:
    """The window at the start of XOR, with nothing tabbed into."""
    shared_window.centralWidget().setFocus()
    shared_window.controller.pause()
    shared_window.controller.reset()
    qtbot.waitUntil(lambda: cursor(shared_window) == Cursor() and not shared_window.controller.playing)
    return shared_window


def cursor(window: MainWindow) -> Cursor:
    assert window.controller.moment is not None
    return window.controller.moment.snapshot.cursor


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def tab_to(qtbot: QtBot, window: MainWindow, control: QWidget) -> None:
    for _ in range(100):
        press(qtbot, TAB)
        if QApplication.focusWidget() is control:
            return
    raise AssertionError(f"Tab does not come to {control.accessibleName()}")


def test_tab_goes_round_once_through_everything_and_back(qtbot: QtBot, window: MainWindow) -> None:
    stops = tab_stops(window)
    seen = []
    for _ in stops:
        press(qtbot, TAB)
        seen.append(QApplication.focusWidget())
    assert seen == stops
    press(qtbot, TAB)
    assert QApplication.focusWidget() is stops[0]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is stops[-1]


def test_every_stop_can_be_seen(window: MainWindow) -> None:
    hidden = [stop.accessibleName() for stop in tab_stops(window) if stop.visibleRegion().isEmpty()]
    assert not hidden


def test_tab_reads_from_the_bar_over_the_panels_to_the_timeline(window: MainWindow) -> None:
    stops = tab_stops(window)
    places = [
        stops.index(control)
        for control in (
            window.bar.lesson,
            window.bar.play,
            window.bar.menu,
            window.form.field("dataset"),
            window.form.field("dtype"),
            window.panels["network"].selector.next,
            window.panels["loss"].scale.button("linear"),
            window.timeline,
        )
    ]
    assert places == sorted(places)


def test_a_panel_behind_another_is_reached_once_its_tab_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    guide = window.guide
    assert guide is not None
    assert not any(guide.isAncestorOf(stop) for stop in tab_stops(window))
    tabs = next(stop for stop in tab_stops(window) if stop.metaObject().className().endswith("TabBar"))
    tab_to(qtbot, window, tabs)
    press(qtbot, Qt.Key.Key_Right)
    assert cursor(window) == Cursor()  # the arrow chose a tab; it did not step
    qtbot.waitUntil(lambda: any(guide.isAncestorOf(stop) for stop in tab_stops(window)))
    press(qtbot, Qt.Key.Key_Left)


def test_space_and_arrows_belong_to_the_window_at_first(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.controller.playing)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.controller.playing)


def test_space_presses_the_button_that_tab_has_come_to(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))
    reset = next(stop for stop in tab_stops(window) if stop.accessibleName() == "Reset")
    tab_to(qtbot, window, reset)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: cursor(window) == Cursor())
    assert not window.controller.playing


def test_arrows_choose_among_segments_and_move_a_slider(qtbot: QtBot, window: MainWindow) -> None:
    scale = window.panels["loss"].scale
    tab_to(qtbot, window, scale.button("linear"))
    press(qtbot, Qt.Key.Key_Right)
    assert scale.value() == "log"
    press(qtbot, Qt.Key.Key_Left)
    assert scale.value() == "linear"
    tab_to(qtbot, window, window.bar.speed)
    before = window.bar.speed.value()
    press(qtbot, Qt.Key.Key_Left)
    assert window.bar.speed.value() == before - 1
    press(qtbot, Qt.Key.Key_Right)
    assert cursor(window) == Cursor()


def test_a_letter_in_a_box_is_no_shortcut(qtbot: QtBot, window: MainWindow) -> None:
    tab_to(qtbot, window, window.bar.unit)
    press(qtbot, Qt.Key.Key_B)
    assert window.bar.unit.currentText() == "Batch"
    window.bar.unit.setCurrentIndex(0)


def test_shortcuts_with_control_work_from_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    for control in (window.bar.unit, window.bar.play, window.bar.speed):
        tab_to(qtbot, window, control)
        before = window.appearance.text_size
        press(qtbot, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        assert window.appearance.text_size != before
        press(qtbot, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)


def test_escape_gives_the_keyboard_back_to_the_window(qtbot: QtBot, window: MainWindow) -> None:
    tab_to(qtbot, window, window.bar.speed)
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))


def test_a_click_leaves_the_keyboard_to_the_window(qtbot: QtBot, window: MainWindow) -> None:
    for control in (window.bar.speed, window.panels["loss"].scale.button("log")):
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton)
        assert QApplication.focusWidget() is window.centralWidget()


def test_a_click_on_a_phase_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.panels["network"].strip

    def click(index: int) -> None:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.pills()[index].center().toPoint())

    window.controller.step(window.bar.step_unit())
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))
    click(3)  # not computed yet
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 4))
    click(1)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 2))
    assert not window.controller.live
    assert window.controller.reached.snapshot.cursor == Cursor(0, 0, 4)
