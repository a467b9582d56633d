"""The timeline bar: every place on it is a moment of the run, and it asks for no moment that does not exist."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.look.style import install
from app.look.theme import DARK, LIGHT, Theme
from app.widgets.loss_shade import Ink, LossShade
from app.widgets.timeline import TimelineBar
from backprop.cursor import Clock, Cursor

XOR = Clock(steps_per_epoch=1, phases_per_step=6)
MNIST = Clock(steps_per_epoch=938, phases_per_step=6)
END = 6
MNIST_END = Cursor(19, 937, END)
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


@pytest.fixture
def bar(qtbot) -> TimelineBar:
    bar = TimelineBar()
    bar.resize(1350, bar.sizeHint().height())
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def falling(count: int) -> np.ndarray:
    return 0.25 / (1 + np.arange(count) / 1000)


def show_xor(bar: TimelineBar, moment: int = 9999, reached: int = 9999) -> None:
    """Show a run of 10,000 epochs, of which ``reached`` is the last one computed."""
    bar.start_run(XOR, 10_000)
    bar.show_reached(Cursor(reached, 0, END), falling(reached + 1))
    bar.show_moment(Cursor(moment, 0, END), live=moment == reached)


def show_mnist(bar: TimelineBar, moment: Cursor, reached: Cursor = MNIST_END) -> None:
    bar.start_run(MNIST, 20)
    bar.show_reached(reached, falling(reached.epoch * 938 + reached.batch + 1))
    bar.show_moment(moment, live=moment == reached)


def requests(bar: TimelineBar) -> list[Cursor]:
    asked: list[Cursor] = []
    bar.seek_requested.connect(asked.append)
    return asked


def at(bar: TimelineBar, share: float) -> QPoint:
    """Return the point on the line at that share of the run."""
    scene = bar.scene()
    return QPoint(round(scene.x(share)), round(scene.track))


def move(bar: TimelineBar, where: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Move the pointer with the left button down; ``QTest.mouseMove`` leaves out buttons and modifiers."""
    place = QPointF(where)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, bar.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT_BUTTON, modifiers
    )
    QApplication.sendEvent(bar, event)


def wheel(bar: TimelineBar, delta: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = QPointF(at(bar, 0.5))
    event = QWheelEvent(
        place,
        bar.mapToGlobal(place),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bar, event)


def picture(bar: TimelineBar) -> QImage:
    return bar.grab().toImage()


def colour(image: QImage, x: float, y: float) -> QColor:
    return QColor(image.pixel(round(x), round(y)))


def distance(first: QColor, second: str) -> int:
    other = QColor(second)
    return sum(abs(a - b) for a, b in zip(first.getRgb()[:3], other.getRgb()[:3], strict=True))


class TestPressing:
    def test_seeks_to_the_end_of_the_nearest_step(self, bar, qtbot) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=at(bar, 0.25))
        assert len(asked) == 1
        assert asked[0].phase == END
        # One pixel is seven and a half epochs of this run.
        assert asked[0].epoch == pytest.approx(2499, abs=5)

    def test_finds_batches_within_an_epoch(self, bar, qtbot) -> None:
        show_mnist(bar, Cursor(19, 937, END))
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=at(bar, 5.5 / 20))
        assert (asked[0].epoch, asked[0].phase) == (5, END)
        assert asked[0].batch == pytest.approx(469, abs=10)

    @pytest.mark.parametrize("x", [0, 5, 13])
    def test_left_of_the_line_is_the_start(self, bar, qtbot, x: int) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=QPoint(x, 20))
        assert asked == [Cursor()]

    def test_never_asks_for_what_is_not_computed(self, bar, qtbot) -> None:
        show_xor(bar, moment=2400, reached=2400)
        asked = requests(bar)
        for x in (400, 900, bar.width() - 1):
            qtbot.mouseClick(bar, LEFT_BUTTON, pos=QPoint(x, 40))
        assert asked == [Cursor(2400, 0, END)] * 3

    def test_within_a_step_the_last_whole_step_is_the_furthest(self, bar, qtbot) -> None:
        show_mnist(bar, Cursor(12, 400, 2), Cursor(12, 400, 2))
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=QPoint(1300, 40))
        assert asked == [Cursor(12, 399, END)]

    def test_other_buttons_and_an_empty_bar_ask_for_nothing(self, bar, qtbot) -> None:
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=at(bar, 0.5))
        qtbot.keyClick(bar, Qt.Key.Key_Home)
        show_xor(bar)
        qtbot.mouseClick(bar, Qt.MouseButton.RightButton, pos=at(bar, 0.5))
        assert asked == []


class TestDragging:
    def test_asks_once_for_each_new_place(self, bar, qtbot) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mousePress(bar, LEFT_BUTTON, pos=QPoint(600, 40))
        for x in (500, 500, 400):
            move(bar, QPoint(x, 40))
        assert len(asked) == 3
        assert asked == sorted(asked, reverse=True)
        qtbot.mouseRelease(bar, LEFT_BUTTON, pos=QPoint(400, 40))
        assert len(asked) == 3

    def test_the_handle_stays_under_the_pointer_until_the_owner_has_followed(self, bar, qtbot) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mousePress(bar, LEFT_BUTTON, pos=at(bar, 0.5))
        move(bar, at(bar, 0.3))
        bar.show_moment(asked[0], live=False)
        assert bar.scene().moment == pytest.approx(0.3, abs=0.001)
        qtbot.mouseRelease(bar, LEFT_BUTTON, pos=at(bar, 0.3))
        bar.show_moment(asked[0], live=False)
        assert bar.scene().moment == pytest.approx(0.5, abs=0.001)

    def test_shift_is_ten_times_finer_around_the_press(self, bar, qtbot) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mousePress(bar, LEFT_BUTTON, SHIFT, QPoint(600, 40))
        move(bar, QPoint(700, 40), SHIFT)
        fine = asked[-1].epoch - asked[0].epoch
        move(bar, QPoint(700, 40))
        whole = asked[-1].epoch - asked[0].epoch
        assert whole == pytest.approx(100 / bar.scene().length * 10_000, abs=1)
        assert fine == pytest.approx(whole / 10, abs=1)

    def test_pressing_shift_on_the_way_moves_nothing(self, bar, qtbot) -> None:
        show_xor(bar)
        asked = requests(bar)
        qtbot.mousePress(bar, LEFT_BUTTON, pos=QPoint(600, 40))
        move(bar, QPoint(700, 40))
        before = list(asked)
        move(bar, QPoint(700, 40), SHIFT)
        assert asked == before

    def test_outside_the_widget_it_stops_at_the_ends(self, bar, qtbot) -> None:
        show_xor(bar, moment=5000, reached=5000)
        asked = requests(bar)
        qtbot.mousePress(bar, LEFT_BUTTON, pos=QPoint(300, 40))
        move(bar, QPoint(-500, 300))
        assert asked[-1] == Cursor()
        move(bar, QPoint(5000, -300))
        assert asked[-1] == Cursor(5000, 0, END)


class TestWheel:
    def test_goes_by_steps_and_with_control_by_epochs(self, bar) -> None:
        show_mnist(bar, Cursor(5, 100, END))
        asked = requests(bar)
        wheel(bar, 120)
        wheel(bar, -240)
        wheel(bar, 120, CONTROL)
        wheel(bar, -120, CONTROL)
        assert asked == [Cursor(5, 101, END), Cursor(5, 99, END), Cursor(5, 937, END), Cursor(4, 937, END)]

    def test_adds_up_the_small_turns_of_a_touchpad(self, bar) -> None:
        show_xor(bar, moment=100)
        asked = requests(bar)
        for _ in range(6):
            wheel(bar, 40)
        assert asked == [Cursor(101, 0, END), Cursor(102, 0, END)]

    def test_stops_at_the_moment_reached_and_at_the_start(self, bar) -> None:
        show_mnist(bar, Cursor(0, 1, 3), Cursor(0, 1, 3))
        asked = requests(bar)
        wheel(bar, 120)
        assert asked == []
        wheel(bar, -120)
        wheel(bar, -120)
        wheel(bar, -120)
        assert asked == [Cursor(0, 0, END), Cursor()]
        wheel(bar, 120)
        wheel(bar, 120)
        assert asked[2:] == [Cursor(0, 0, END), Cursor(0, 1, 3)]


class TestKeys:
    def test_home_is_the_start_and_end_the_newest_moment(self, bar, qtbot) -> None:
        show_xor(bar, moment=2400)
        asked = requests(bar)
        with qtbot.waitSignal(bar.live_requested):
            qtbot.keyClick(bar, Qt.Key.Key_End)
        assert asked == []
        qtbot.keyClick(bar, Qt.Key.Key_Home)
        assert asked == [Cursor()]

    def test_page_keys_go_by_epochs(self, bar, qtbot) -> None:
        show_mnist(bar, Cursor(5, 100, 2))
        asked = requests(bar)
        qtbot.keyClick(bar, Qt.Key.Key_PageDown)
        qtbot.keyClick(bar, Qt.Key.Key_PageUp)
        assert asked == [Cursor(4, 937, END), Cursor(5, 937, END)]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Up])
    def test_leaves_the_windows_own_keys_alone(self, bar, qtbot, key: Qt.Key) -> None:
        show_xor(bar, moment=2400)
        asked = requests(bar)
        qtbot.keyClick(bar, key)
        assert asked == []
        assert bar.value() == 2400

    def test_shows_a_ring_for_the_keyboard_only(self, bar) -> None:
        bar.activateWindow()
        bar.clearFocus()  # the only widget of a window has the focus from the start
        bar.setFocus(Qt.FocusReason.TabFocusReason)
        assert colour(picture(bar), 600, 1) == QColor(LIGHT.accent)
        bar.clearFocus()
        assert colour(picture(bar), 600, 1) == QColor(LIGHT.card)
        bar.setFocus(Qt.FocusReason.MouseFocusReason)
        assert colour(picture(bar), 600, 1) == QColor(LIGHT.card)


class TestWords:
    def test_one_batch_an_epoch_needs_only_the_epoch(self, bar) -> None:
        show_xor(bar, moment=2400)
        assert bar.pill_text == "Epoch 2,400"
        bar.show_moment(Cursor(2400, 0, 4), live=False)
        assert bar.pill_text == "Epoch 2,400 · B2"

    def test_several_batches_an_epoch_name_epoch_batch_and_phase(self, bar) -> None:
        show_mnist(bar, Cursor(12, 937, 2))
        assert bar.pill_text == "Epoch 12, batch 937 · F2"
        bar.show_moment(Cursor(13, 0, 0), live=False)  # the same moment as the update before it
        assert bar.pill_text == "Epoch 12, batch 937"

    def test_the_start_has_a_name(self, bar) -> None:
        bar.start_run(XOR, 10_000)
        assert bar.pill_text == "Start"

    @pytest.mark.parametrize("epoch", [0, 3, 5000, 9997, 9999])
    @pytest.mark.parametrize("width", [200, 1350])
    def test_the_pill_is_never_cut_off_and_never_under_the_button(self, bar, epoch: int, width: int) -> None:
        bar.resize(width, bar.height())
        show_xor(bar, moment=epoch)
        pill = bar._drawing.pill_place(bar.scene())
        assert pill.left() >= 1
        right = bar.live_button.geometry().left() if bar.live_button.isVisible() else bar.width() - 1
        assert pill.right() <= right

    def test_a_tool_tip_tells_the_step_and_its_loss(self, bar) -> None:
        show_xor(bar, reached=5000, moment=5000)
        x = bar.scene().x(XOR.end_of_step(2401) / XOR.end_of_step(10_000))
        assert bar.tip_at(x) == f"Epoch 2,400 · loss {falling(5001)[2400]:.4f}"
        assert bar.tip_at(bar.scene().x(0.8)) == "Epoch 7,999 · not computed yet"
        assert bar.tip_at(0) == "Start"

    def test_a_tool_tip_can_have_the_loss_of_an_epoch(self, bar) -> None:
        bar.start_run(MNIST, 20)
        bar.show_reached(Cursor(12, 100, END), np.arange(12) / 100, per_step=False)
        assert bar.tip_at(bar.scene().x(5.5 / 20)) == "Epoch 5, batch 468 · loss 0.0500"
        assert bar.tip_at(bar.scene().x(12.05 / 20)) == "Epoch 12, batch 46"

    def test_a_resting_pointer_shows_the_tool_tip(self, bar) -> None:
        show_xor(bar)
        place = at(bar, 0.5)
        QApplication.sendEvent(bar, QHelpEvent(QHelpEvent.Type.ToolTip, place, bar.mapToGlobal(place)))
        assert QToolTip.text().startswith("Epoch 5,0") or QToolTip.text().startswith("Epoch 4,99")
        QToolTip.hideText()

    def test_is_a_slider_for_screen_readers(self, bar) -> None:
        show_mnist(bar, Cursor(12, 937, 2))
        slider = QAccessible.queryAccessibleInterface(bar)
        assert slider.role() == QAccessible.Role.Slider
        assert slider.text(QAccessible.Text.Name) == "Timeline"
        assert slider.text(QAccessible.Text.Description) == "Epoch 12, batch 937, Forward 2: a past moment."
        assert slider.valueInterface().currentValue() == 12
        asked = requests(bar)
        slider.valueInterface().setCurrentValue(7)
        assert asked == [Cursor(7, 937, END)]


class TestLive:
    def test_the_button_is_there_only_in_the_past(self, bar, qtbot) -> None:
        show_xor(bar)
        assert not bar.live_button.isVisible()
        bar.show_moment(Cursor(2400, 0, END), live=False)
        assert bar.live_button.isVisible()
        assert bar.rect().contains(bar.live_button.geometry())
        with qtbot.waitSignal(bar.live_requested):
            qtbot.mouseClick(bar.live_button, LEFT_BUTTON)
        bar.show_moment(Cursor(9999, 0, END), live=True)
        assert not bar.live_button.isVisible()

    def test_a_new_run_is_live(self, bar) -> None:
        show_xor(bar, moment=2400)
        bar.start_run(XOR, 500)
        assert not bar.live_button.isVisible()
        assert bar.scene().moment == bar.scene().reached == 0.0
        assert bar.scene().last == "500"

    def test_the_line_grows_with_the_epochs_and_never_ends_before_the_run(self, bar) -> None:
        show_xor(bar)
        bar.set_epochs(20_000)
        assert bar.scene().reached == 0.5
        bar.set_epochs(100)
        assert bar.scene().reached == 1.0
        assert bar.scene().last == "10,000"


class TestPicture:
    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    def test_has_the_colours_of_the_theme(self, bar, qapp, theme: Theme) -> None:
        install(qapp, theme)
        bar.set_theme(theme)
        show_xor(bar, moment=5000, reached=5000)
        image, scene = picture(bar), bar.scene()
        assert colour(image, 675, 0) == QColor(theme.line)
        assert colour(image, 1000, 30) == QColor(theme.card)
        assert distance(colour(image, 0, 0), theme.background) < 8
        assert colour(image, scene.x(0.25), scene.track) == QColor(theme.accent)
        assert colour(image, scene.x(0.75), scene.track) == QColor(theme.line)
        pill = bar._drawing.pill_place(scene)
        assert colour(image, pill.left() + 5, pill.center().y()) == QColor(theme.accent)

    def test_the_handle_lies_on_the_moment(self, bar) -> None:
        show_xor(bar, moment=5000, reached=5000)
        image, scene = picture(bar), bar.scene()
        x = scene.x(scene.moment)
        assert distance(colour(image, x, scene.track), LIGHT.card) < 20
        assert distance(colour(image, x, scene.track - 6), LIGHT.accent) < 60
        assert distance(colour(image, x + 12, scene.track - 6), LIGHT.card) < 60

    def test_the_area_follows_the_loss_and_ends_with_the_run(self, bar) -> None:
        show_xor(bar, moment=5000, reached=5000)
        image, scene = picture(bar), bar.scene()

        def height(share: float) -> int:
            column = [colour(image, scene.x(share), y) for y in range(2, round(scene.track) - 3)]
            return sum(pixel != QColor(LIGHT.card) for pixel in column)

        assert height(0.1) > height(0.2) > height(0.35) > 0
        assert height(0.6) == 0

    def test_what_lies_after_a_past_moment_is_striped_and_softer(self, bar) -> None:
        show_xor(bar, moment=1000)
        image, scene = picture(bar), bar.scene()
        y = round(scene.track) - 6
        before = {colour(image, x, y).name() for x in range(40, 100)}
        after = {colour(image, scene.x(0.2) + x, y).name() for x in range(60)}
        assert len(before) == 1
        assert len(after) > 3
        assert distance(colour(image, scene.x(0.6), scene.track), LIGHT.accent) > 100
        assert colour(image, scene.x(0.6), scene.track) != QColor(LIGHT.line)

    def test_a_theme_change_repaints_the_area(self, bar) -> None:
        show_xor(bar)
        light = colour(picture(bar), 100, 30)
        bar.set_theme(DARK)
        assert colour(picture(bar), 100, 30).lightness() < light.lightness() - 100

    def test_grows_with_the_text(self, bar, qapp) -> None:
        ordinary = bar.sizeHint().height()
        install(qapp, LIGHT, text_scale=1.5)
        assert bar.sizeHint().height() > ordinary
        assert ordinary == 58


class TestExtremes:
    @pytest.mark.parametrize(
        "loss",
        [
            [math.nan] * 50,
            [math.inf] * 50,
            [0.0] * 50,
            [1e-300, 1e300] * 25,
            [0.2, math.nan, math.inf, -math.inf, -3.0] * 10,
            [],
        ],
        ids=["nan", "inf", "zero", "huge", "mixed", "none"],
    )
    @pytest.mark.parametrize("epochs", [50, 100_000])
    def test_any_loss_can_be_drawn(self, bar, loss: list[float], epochs: int) -> None:
        bar.start_run(XOR, epochs)
        bar.show_reached(Cursor(49, 0, END), np.array(loss))
        bar.show_moment(Cursor(30, 0, END), live=False)
        assert not picture(bar).isNull()
        bar.tip_at(at(bar, 0.5).x())

    def test_one_epoch(self, bar, qtbot) -> None:
        bar.start_run(XOR, 1)
        bar.show_reached(Cursor(0, 0, END), np.array([0.25]))
        bar.show_moment(Cursor(0, 0, END), live=True)
        picture(bar)
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=at(bar, 0.4))
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=at(bar, 0.6))
        assert asked == [Cursor(), Cursor(0, 0, END)]

    def test_ten_million_epochs_of_many_batches(self, bar, qtbot) -> None:
        bar.start_run(MNIST, 10_000_000)
        reached = Cursor(9_999_999, 937, END)
        bar.show_reached(reached, np.linspace(1, 0, 1000), per_step=False)
        bar.show_moment(reached, live=True)
        picture(bar)
        asked = requests(bar)
        qtbot.mouseClick(bar, LEFT_BUTTON, pos=QPoint(bar.width() - 1, 40))
        assert asked == [reached]
        wheel(bar, -120)
        assert asked[-1] == Cursor(9_999_999, 936, END)

    @pytest.mark.parametrize("width", [1, 20, 90])
    def test_no_width_to_speak_of(self, bar, width: int) -> None:
        show_xor(bar, moment=2400)
        bar.setMinimumSize(0, 0)
        bar.resize(width, 58)
        assert not picture(bar).isNull()
        assert not bar.live_button.isVisible()


class TestShade:
    SIZE = (200, 30)
    INK = Ink(QColor("#000000"), 1.0, 1.0)

    def image(self, shade: LossShade, curve: np.ndarray, length: float = 10_000) -> bytes:
        picture = shade.image(curve, length, len(curve) / length, self.SIZE, self.INK)
        return bytes(picture.constBits())

    def test_growing_gives_the_same_picture_as_drawing_at_once(self) -> None:
        curve = np.random.default_rng(0).random(9_000)
        growing = LossShade()
        for count in (10, 49, 50, 51, 3_000, 3_001, 8_999):
            self.image(growing, curve[:count])
        assert self.image(growing, curve) == self.image(LossShade(), curve)

    def test_notices_that_the_record_is_another(self) -> None:
        shade = LossShade()
        self.image(shade, falling(5_000))
        other = falling(6_000)[::-1].copy()
        assert self.image(shade, other) == self.image(LossShade(), other)
        assert self.image(shade, other[:1_000]) == self.image(LossShade(), other[:1_000])

    def test_leaves_out_what_is_not_a_number(self) -> None:
        curve = np.full(10_000, 0.5)
        curve[4_000:6_000] = np.nan
        picture = LossShade().image(curve, 10_000, 1.0, self.SIZE, self.INK)
        ground = [QColor.fromRgba(picture.pixel(x, 29)).alpha() for x in (50, 100, 150)]
        assert ground[0] == ground[2] > 200
        assert ground[1] == 0


class TestGoingOnFromThePast:
    def test_the_button_is_there_only_in_the_past(self, bar: TimelineBar) -> None:
        show_xor(bar)
        assert bar.continue_button.isHidden()
        show_xor(bar, moment=500)
        assert bar.continue_button.isVisible()
        assert not bar.continue_button.geometry().intersects(bar.live_button.geometry())

    def test_it_asks_to_continue(self, qtbot, bar: TimelineBar) -> None:
        show_xor(bar, moment=500)
        with qtbot.waitSignal(bar.continue_requested):
            bar.continue_button.click()

    def test_the_pill_keeps_clear_of_both_buttons(self, bar: TimelineBar) -> None:
        show_xor(bar, moment=9990)
        place = bar._drawing.pill_place(bar.scene())
        assert place.right() < bar.continue_button.geometry().left()

    def test_in_a_narrow_window_it_gives_way(self, bar: TimelineBar) -> None:
        show_xor(bar, moment=500)
        bar.resize(400, bar.height())
        assert bar.continue_button.isHidden()
        assert bar.live_button.isVisible()
