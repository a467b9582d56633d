"""Docks, stats, choices and the phase strip, as real widgets in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.widgets.dock import PanelDock
from app.widgets.menu_hover import let_go_after
from app.widgets.notice_bar import NoticeBar
from app.widgets.phase_strip import PhaseStrip, short_name
from app.widgets.segmented import Segmented
from app.widgets.stat import Stat

# The offscreen platform says what it cannot do; that is not a fault of the program.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PHASES = [
    ("Forward 1", "forward"),
    ("Forward 2", "forward"),
    ("Loss", "loss"),
    ("Backward 2", "backward"),
    ("Backward 1", "backward"),
    ("Update", "update"),
]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


def colour_at(widget: QWidget, x: int, y: int) -> str:
    return QColor(widget.grab().toImage().pixel(x, y)).name().upper()


def shown(widget: QWidget, qtbot) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def window(qtbot) -> QMainWindow:
    """A main window with two docks side by side."""
    window = QMainWindow()
    window.resize(640, 360)
    for name in ("loss", "weights"):
        dock = PanelDock(name.title(), QLabel(name), name)
        window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    shown(window, qtbot)
    return window


def dock_of(window: QMainWindow, name: str) -> PanelDock:
    found = window.findChild(PanelDock, name)
    assert found is not None
    return found


class TestPanelDock:
    def test_docks_are_cards_with_gaps_of_eight_pixels(self, window: QMainWindow) -> None:
        left, right = sorted((dock_of(window, name).geometry() for name in ("loss", "weights")), key=lambda r: r.x())
        assert right.left() - left.right() - 1 == 8
        middle = left.center().y()
        assert colour_at(window, left.right() + 4, middle) == LIGHT.background
        assert colour_at(window, left.right() - 3, middle) == LIGHT.card
        assert colour_at(window, left.right(), middle) == LIGHT.line
        assert colour_at(window, left.left(), left.top()) == LIGHT.background

    def test_switching_the_theme_recolours_them(self, qapp: QApplication, window: QMainWindow) -> None:
        dock = dock_of(window, "loss")
        geometry = dock.geometry()
        install(qapp, DARK)
        dock.set_theme(DARK)
        qapp.processEvents()
        assert colour_at(dock, dock.width() // 2, dock.height() - 5) == DARK.card
        assert dock.geometry() == geometry

    def test_shows_its_panel_and_caption(self, window: QMainWindow) -> None:
        dock = dock_of(window, "loss")
        dock.set_caption("log")
        assert dock.caption() == "log"
        assert dock.panel.isVisible()
        assert dock.accessibleName() == dock.windowTitle() == "Loss"

    def test_its_header_menu_hides_it_and_the_view_action_brings_it_back(self, window: QMainWindow) -> None:
        dock = dock_of(window, "loss")
        hide = dock.header_menu().actions()[-1]
        hide.trigger()
        assert not dock.isVisible()
        dock.toggleViewAction().trigger()
        assert dock.isVisible()

    def test_its_header_menu_floats_it_and_puts_it_back(self, window: QMainWindow, qtbot) -> None:
        dock = dock_of(window, "loss")
        dock.header_menu().actions()[0].trigger()
        assert dock.isFloating()
        qtbot.waitExposed(dock)
        assert colour_at(dock, 0, 0) == LIGHT.line  # square: there is nothing behind its corner
        dock.header_menu().actions()[0].trigger()
        assert not dock.isFloating()

    def test_the_menu_offers_only_what_the_dock_can_do(self, window: QMainWindow) -> None:
        dock = dock_of(window, "loss")
        assert len(dock.header_menu().actions()) == 2
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        assert dock.header_menu().actions() == []

    def test_a_layout_can_be_saved_and_restored(self, window: QMainWindow) -> None:
        state = window.saveState()
        dock_of(window, "loss").close()
        assert window.restoreState(state)
        assert dock_of(window, "loss").isVisible()

    def test_a_new_title_shows_everywhere(self, window: QMainWindow) -> None:
        dock = dock_of(window, "loss")
        dock.setWindowTitle("Verlust")
        assert dock.accessibleName() == dock.toggleViewAction().text() == "Verlust"
        assert any(label.text() == "Verlust" for label in dock.titleBarWidget().findChildren(QLabel))


class TestStat:
    def test_changing_figures_do_not_move_it(self, qtbot) -> None:
        stat = Stat("Epoch", widest="10,000")
        shown(stat, qtbot)
        widths = set()
        for text in ("1", "111", "2,400", "8,888", "10,000"):
            stat.set_value(text)
            widths.add(stat.sizeHint().width())
        assert len(widths) == 1

    def test_makes_room_once_for_a_wider_value_and_keeps_it(self, qtbot) -> None:
        stat = Stat("Loss", widest="0.00")
        before = stat.sizeHint().width()
        stat.set_value("123.45678")
        wide = stat.sizeHint().width()
        stat.set_value("1")
        assert before < wide == stat.sizeHint().width()

    def test_says_what_it_shows(self, qtbot) -> None:
        stat = Stat("Loss")
        stat.set_value("0.0629")
        assert stat.value() == "0.0629"
        assert stat.accessibleName() == "Loss: 0.0629"
        stat.set_caption("Error")
        assert stat.caption() == "Error"
        assert stat.accessibleName() == "Error: 0.0629"

    def test_follows_the_text_size(self, qapp: QApplication, qtbot) -> None:
        stat = shown(Stat("Loss"), qtbot)
        before = stat.sizeHint()
        install(qapp, LIGHT, text_scale=1.5)
        qapp.processEvents()
        larger = stat.sizeHint()
        install(qapp, LIGHT)
        qapp.processEvents()
        assert larger.height() > before.height()
        assert larger.width() > before.width()
        assert stat.sizeHint() == before


@pytest.fixture
def scale(qtbot) -> Segmented:
    return shown(Segmented([("linear", "linear"), ("log", "logarithmic"), ("off", "none")], "Scale"), qtbot)


class TestSegmented:
    def test_the_first_choice_holds_at_the_start(self, scale: Segmented) -> None:
        assert scale.value() == "linear"

    def test_a_click_chooses(self, scale: Segmented, qtbot) -> None:
        with qtbot.waitSignal(scale.changed) as heard:
            qtbot.mouseClick(scale.button("log"), Qt.MouseButton.LeftButton)
        assert heard.args == ["log"]
        assert scale.value() == "log"
        assert not scale.button("linear").isChecked()

    def test_a_second_click_changes_nothing(self, scale: Segmented, qtbot) -> None:
        with qtbot.assertNotEmitted(scale.changed):
            qtbot.mouseClick(scale.button("linear"), Qt.MouseButton.LeftButton)
        assert scale.value() == "linear"

    def test_the_arrow_keys_choose(self, scale: Segmented, qtbot) -> None:
        scale.button("linear").setFocus()
        qtbot.keyClick(scale.button("linear"), Qt.Key.Key_Right)
        assert scale.value() == "log"
        qtbot.keyClick(scale.button("log"), Qt.Key.Key_Left)
        assert scale.value() == "linear"

    def test_setting_a_value_tells_only_of_a_change(self, scale: Segmented, qtbot) -> None:
        with qtbot.waitSignal(scale.changed) as heard:
            scale.set_value("off")
        assert heard.args == ["off"]
        with qtbot.assertNotEmitted(scale.changed):
            scale.set_value("off")
        with pytest.raises(KeyError):
            scale.set_value("cubic")

    def test_screen_readers_hear_the_question_and_the_choice(self, scale: Segmented) -> None:
        assert scale.accessibleName() == "Scale"
        assert scale.button("log").accessibleName() == "Scale: logarithmic"

    def test_the_choice_stands_out(self, scale: Segmented) -> None:
        chosen, other = scale.button("linear").geometry(), scale.button("log").geometry()
        assert colour_at(scale, chosen.left() + 5, chosen.center().y()) == LIGHT.card
        assert colour_at(scale, other.left() + 5, other.center().y()) == LIGHT.field

    @pytest.mark.parametrize("options", [[], [("a", "A"), ("a", "B")]])
    def test_refuses_choices_that_make_no_sense(self, qtbot, options: list[tuple[str, str]]) -> None:
        with pytest.raises(ValueError, match="different keys"):
            Segmented(options)


@pytest.fixture
def strip(qtbot) -> PhaseStrip:
    strip = PhaseStrip()
    strip.set_phases(PHASES)
    strip.resize(strip.sizeHint())
    return shown(strip, qtbot)


class TestPhaseStrip:
    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
    def test_the_present_phase_is_filled_in_its_colour(self, strip: PhaseStrip, theme) -> None:
        strip.set_theme(theme)
        colours = [theme.forward, theme.forward, theme.accent, theme.backward, theme.backward, theme.accent]
        for index, colour in enumerate(colours):
            strip.set_current(index)
            for other, pill in enumerate(strip.pills()):
                filled = colour_at(strip, int(pill.left()) + 4, int(pill.center().y())) == colour
                assert filled == (other == index)

    def test_nothing_is_filled_without_a_present_phase(self, strip: PhaseStrip) -> None:
        strip.set_current(2)
        strip.set_current(None)
        assert strip.current() is None
        for pill in strip.pills():
            assert colour_at(strip, int(pill.left()) + 4, int(pill.center().y())) == LIGHT.background

    def test_names_do_not_move_when_the_phase_changes(self, strip: PhaseStrip) -> None:
        places = []
        for index in range(len(PHASES)):
            strip.set_current(index)
            places.append(strip.pills())
        assert all(place == places[0] for place in places)

    def test_names_get_short_when_there_is_no_room(self, strip: PhaseStrip) -> None:
        assert strip.labels() == ("Forward 1", "Forward 2", "Loss", "Backward 2", "Backward 1", "Update")
        strip.resize(strip.width() - 10, strip.height())
        assert strip.labels() == ("F1", "F2", "L", "B2", "B1", "U")
        strip.resize(strip.minimumSizeHint())
        pills = strip.pills()
        assert pills[0].left() >= 0
        assert pills[-1].right() <= strip.width() + 0.5

    def test_a_deep_network_keeps_the_present_phase_in_view(self, strip: PhaseStrip) -> None:
        strip.set_phases([(f"Forward {k}", "forward") for k in range(1, 31)])
        strip.resize(strip.minimumSizeHint())
        for index in range(30):
            strip.set_current(index)
            pill = strip.pills()[index]
            assert pill.left() >= -0.5
            assert pill.right() <= strip.width() + 0.5

    def test_a_short_name_has_its_whole_name_as_tool_tip(self, strip: PhaseStrip, qapp: QApplication, qtbot) -> None:
        strip.resize(strip.minimumSizeHint())
        place = strip.pills()[3].center().toPoint()
        qapp.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
        qtbot.waitUntil(lambda: QToolTip.text().startswith("Backward 2: "))
        QToolTip.hideText()

    def test_says_which_phase_it_is(self, strip: PhaseStrip) -> None:
        strip.set_current(3)
        assert strip.current() == 3
        assert "Backward 2" in strip.accessibleName()
        strip.set_phases(PHASES[:3])
        assert strip.current() is None
        assert "Backward 2" not in strip.accessibleName()

    def test_refuses_phases_that_are_not_there(self, strip: PhaseStrip) -> None:
        with pytest.raises(IndexError):
            strip.set_current(len(PHASES))
        with pytest.raises(ValueError, match="sideways"):
            strip.set_phases([("Forward 1", "sideways")])
        assert strip.phases() == tuple(PHASES)

    @pytest.mark.parametrize(
        ("label", "short"), [("Forward 12", "F12"), ("Loss", "L"), ("\u524d\u5411 1", "\u524d1"), ("", "")]
    )
    def test_short_names(self, label: str, short: str) -> None:
        assert short_name(label) == short


def test_a_notice_gives_the_keyboard_back(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    bar, other = NoticeBar(), QPushButton("other")
    column = QVBoxLayout(around)
    column.addWidget(bar)
    column.addWidget(other)
    around.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    around.show()
    qtbot.waitExposed(around)
    around.activateWindow()
    bar.show_news("A run was kept safe.", ("Open it", lambda: None))
    button = next(button for button in bar.findChildren(QPushButton) if button.text() == "Open it")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert bar.isHidden()
    assert around.hasFocus()


def test_cancel_stays_where_it_is_while_a_job_goes_on(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.resize(900, 44)
    cancelled: list[bool] = []
    bar.show_progress("Exporting", 0, 20, lambda: cancelled.append(True))
    qtbot.waitExposed(bar)
    cancel = next(button for button in bar.findChildren(QPushButton) if button.text() == "Cancel")
    close = next(button for button in bar.findChildren(QPushButton) if button.text() == "Close")
    place = cancel.geometry()
    assert close.isHidden()
    for done in range(1, 4):
        bar.show_progress("Exporting", done, 20, lambda: cancelled.append(True))
        # No event is handled in between: whatever moves does so at once.
        bar.layout().activate()
        assert cancel.geometry() == place
        assert not close.testAttribute(Qt.WidgetAttribute.WA_WState_Visible)
    assert bar.findChild(QProgressBar).value() == 3
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert cancelled == [True]
    bar.show_news("Done.")
    assert close.isVisible()
    assert not cancel.isVisible()


def test_a_button_forgets_the_mouse_that_left_while_its_menu_was_open(qtbot: QtBot) -> None:
    button = QPushButton("Menu")
    qtbot.addWidget(button)
    menu = QMenu(button)
    menu.addAction("Something")  # an empty menu never opens
    let_go_after(menu, button)
    button.setGeometry(300, 300, 80, 30)
    with qtbot.waitExposed(button):
        button.show()
    QCursor.setPos(QPoint(10, 10))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    menu.popup(QPoint(300, 330))
    menu.hide()
    assert not button.underMouse()
