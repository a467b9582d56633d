"""The guide on the screen: read, predict, press, and never in anybody's way."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.guide.option_button import OptionButton
from app.guide.panel import GuidePanel
from app.look.theme import DARK
from backprop import LESSONS, Cursor

# The room in the form's dock on a screen of 1366 x 768 with a title bar, and on a large one.
SMALL, LARGE = (195, 533), (276, 850)


def cursor(room: Any) -> Cursor:
    found: Cursor = room.window.controller.moment.snapshot.cursor
    return found


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_reading_a_lesson_moves_nothing(classroom: Any) -> None:
    guide = classroom.guide
    for _ in range(7):
        guide.next.click()
    assert guide.guide.at_end
    assert cursor(classroom) == Cursor(0, 0, 0)
    assert not guide.runner.running
    assert guide.next.text() == "Start over"
    guide.next.click()
    assert guide.guide.at_start
    assert not guide.back.isEnabled()


def test_a_prediction_is_made_then_tried_then_judged(classroom: Any) -> None:
    guide = classroom.guide
    classroom.go_to("update")
    check = guide.page.buttons[-1].button
    assert not check.isEnabled(), "nothing has been predicted yet"
    assert guide.page.verdict is None
    classroom.predict(2)
    assert check.isEnabled()
    assert guide.page.verdict is None, "choosing does not tell yet"
    classroom.press(-1)
    assert cursor(classroom) == Cursor(2400, 0, 6)
    assert guide.page.verdict is not None
    assert guide.page.verdict.word.text() == "Not quite"
    assert "5.84140" in texts(guide.page.verdict)
    options = guide.page.options
    assert {number: option.verdict for number, option in options.items()} == {1: True, 2: False}
    assert "right" in options[1].accessibleName()
    assert "wrong" in options[2].accessibleName()
    assert not options[1].isEnabled()


def test_a_right_prediction_is_told_without_colour_too(classroom: Any) -> None:
    classroom.go_to("stages")
    classroom.predict(1)
    classroom.press(-1)
    verdict = classroom.guide.page.verdict
    assert verdict.word.text() == "Right"
    assert [option.verdict for option in classroom.guide.page.options.values()] == [True]


def test_step_and_prediction_are_there_again_after_a_restart(qtbot: QtBot, classroom: Any) -> None:
    classroom.go_to("stages")
    classroom.predict(0)
    classroom.press(-1)
    classroom.guide.next.click()
    classroom.settings.sync()
    kept = QSettings(classroom.settings.fileName(), QSettings.Format.IniFormat)
    again = type(classroom)(qtbot, kept)
    assert again.guide.guide.step.name == "chain"
    again.guide.back.click()
    assert again.guide.page.verdict is not None
    assert again.guide.page.verdict.word.text() == "Not quite"
    again.window.close()
    again.window.deleteLater()


def test_the_guide_follows_the_lesson_and_remembers_both(classroom: Any) -> None:
    classroom.go_to("chain")
    captions = []
    classroom.guide.caption_changed.connect(captions.append)
    classroom.window.requests.choose_lesson("mnist")
    classroom.wait(lambda: classroom.guide.guide.name == "mnist")
    assert captions == ["MNIST · 1 of 8"]
    assert classroom.guide.page.title.text() == "A digit goes in"
    classroom.window.requests.choose_lesson("xor")
    classroom.wait(lambda: classroom.guide.guide.name == "xor")
    assert classroom.guide.guide.step.name == "chain"


def test_the_keyboard_is_enough(qtbot: QtBot, classroom: Any) -> None:
    guide, window = classroom.guide, classroom.window
    window.activateWindow()
    classroom.wait(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert guide.guide.step.name == "weight"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.guide.step.name == "watch"
    options = guide.page.options
    options[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(options[0], Qt.Key.Key_Space)
    assert guide.guide.answer == 0
    qtbot.keyClick(options[0], Qt.Key.Key_Down)
    assert guide.guide.answer == 1
    assert not window.controller.playing, "Space belongs to the option that has the focus"
    button = guide.page.buttons[-1].button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert guide.runner.running
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not guide.runner.running
    classroom.wait(lambda: guide.stage.settled)


def test_keys_do_nothing_to_a_guide_that_nobody_sees(qtbot: QtBot, classroom: Any) -> None:
    window, docks = classroom.window, classroom.window.workspace.docks
    window.activateWindow()
    classroom.wait(window.isActiveWindow)
    docks["experiment"].raise_()
    classroom.wait(lambda: classroom.guide.visibleRegion().isEmpty())
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert classroom.guide.guide.at_start


def test_a_click_leaves_the_keyboard_to_the_window(qtbot: QtBot, classroom: Any) -> None:
    qtbot.mouseClick(classroom.guide.page.options[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(classroom.guide.next, Qt.MouseButton.LeftButton)
    classroom.window.activateWindow()
    classroom.wait(classroom.window.isActiveWindow)
    qtbot.keyClick(classroom.window, Qt.Key.Key_Space)
    assert classroom.window.controller.playing


def test_a_dot_leads_to_its_step(qtbot: QtBot, classroom: Any) -> None:
    dots = classroom.guide.dots
    qtbot.mouseClick(dots, Qt.MouseButton.LeftButton, pos=dots.place(5).center().toPoint())
    assert classroom.guide.guide.position == 5
    assert dots.accessibleName() == "Step 6 of 8: Why a hidden layer?"
    assert dots.place(5).width() > dots.place(4).width()


# --- looks


@pytest.mark.parametrize("name", LESSONS)
def test_every_step_fits_a_small_screen_until_it_is_answered(qtbot: QtBot, classroom: Any, name: str) -> None:
    guide = GuidePanel(classroom.guide.guide, classroom.guide.stage, classroom.guide.runner)
    guide.follow(name)
    qtbot.addWidget(guide)
    guide.show()
    for size in (SMALL, LARGE):
        guide.resize(*size)
        for step in range(len(guide.guide.lesson.steps)):
            guide.dots.chosen.emit(step)
            settle()
            assert guide.area.verticalScrollBar().maximum() == 0, (guide.guide.step.name, size)
            assert_nothing_is_cut_off(guide.page)
            if guide.guide.step.predict is not None:
                guide.guide.predict(0)
                guide.guide.settle()
                guide.dots.chosen.emit(step)
                settle()
                assert_nothing_is_cut_off(guide.page)
        guide.guide.start_over()


def settle() -> None:
    """Let layouts come to rest: what wraps asks for its height once it has its width."""
    for _ in range(5):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def assert_nothing_is_cut_off(page: QWidget) -> None:
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | OptionButton):
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.accessibleName()
            assert page.rect().contains(widget.mapTo(page, widget.rect().bottomRight()))
            if isinstance(widget, QLabel) and not widget.wordWrap():
                assert widget.width() >= widget.sizeHint().width()


def test_the_judgement_is_scrolled_into_view(classroom: Any) -> None:
    classroom.go_to("chain")
    classroom.predict(0)
    classroom.press(-1)
    area = classroom.guide.area
    verdict = classroom.guide.page.verdict
    classroom.wait(lambda: area.verticalScrollBar().maximum() > 0)
    classroom.wait(lambda: verdict.mapTo(area, QPoint(0, 0)).y() >= 0 and area.verticalScrollBar().value() > 0)
    classroom.guide.next.click()
    assert area.verticalScrollBar().value() == 0


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


def test_right_and_wrong_have_their_colours_in_both_themes(classroom: Any) -> None:
    classroom.go_to("stages")
    classroom.predict(0)
    classroom.press(-1)
    for theme in (classroom.window.theme, DARK):
        if theme is DARK:
            page = classroom.guide.page
            classroom.guide.set_theme(DARK)
            classroom.wait(lambda page=page: classroom.guide.page is not page)
        options = classroom.guide.page.options
        assert theme.right.upper() in colours(options[1])
        assert theme.wrong.upper() in colours(options[0])


def test_a_ring_comes_around_what_is_pointed_at_and_goes(classroom: Any) -> None:
    stage, window = classroom.guide.stage, classroom.window
    stage.point("timeline")
    ring = stage.ring
    classroom.wait(lambda: ring.strength == 1.0)
    corner = window.timeline.mapTo(window, QPoint(0, 0))
    picture = window.grab().toImage()
    middle = corner + QPoint(window.timeline.width() // 2, 0)
    line = {QColor(picture.pixel(middle + QPoint(0, y))).name().upper() for y in range(-3, 4)}
    assert window.theme.accent.upper() in line
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    course = ring.findChild(QVariantAnimation)
    course.setCurrentTime(course.duration() - 1)
    classroom.wait(ring.isHidden, seconds=1)


def test_pointing_at_a_panel_behind_a_tab_points_at_the_tab(classroom: Any) -> None:
    docks = classroom.window.workspace.docks
    docks["guide"].raise_()
    classroom.wait(lambda: docks["experiment"].visibleRegion().isEmpty())
    classroom.guide.stage.point("experiment")
    ring = classroom.guide.stage.ring
    assert ring.isVisible()
    assert ring.height() < 50
    assert ring.geometry().bottom() < docks["guide"].mapTo(classroom.window, QPoint(0, 20)).y()


def test_a_page_of_another_lesson_does_nothing_any_more(classroom: Any) -> None:
    guide = classroom.guide
    classroom.go_to("stages")
    outdated, run = guide.area.widget(), classroom.window.controller.run
    guide.set_seen(False)
    guide.follow("mnist")
    assert guide.area.widget() is outdated, "nobody sees it, so it is not made anew yet"
    # A screen reader or a key may still reach what stands behind a tab.
    outdated.options[0].click()
    assert guide.area.widget() is not outdated
    assert guide.guide.answer is None
    outdated = guide.area.widget()
    guide.follow("xor")
    outdated.buttons[0].button.click()
    assert guide.area.widget() is not outdated
    assert not guide.runner.running
    assert classroom.window.controller.run is run
    guide.set_seen(True)


def test_every_control_of_the_guide_says_what_it_does(classroom: Any) -> None:
    guide = classroom.guide
    for step in range(len(guide.guide.lesson.steps)):
        guide.dots.chosen.emit(step)
        buttons = [button.button for button in guide.page.buttons]
        for control in (*buttons, *guide.page.options.values(), guide.back, guide.next):
            assert control.toolTip()
            assert control.accessibleName() or control.text()
