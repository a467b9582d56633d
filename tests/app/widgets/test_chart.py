"""Charts: thinned curves, round ticks, what stands where, and what the pointer reads."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.widgets.chart import Chart, Curve
from app.widgets.chart_axes import Axes, Titles
from app.widgets.chart_marks import Reading, ReadOut, spread
from app.widgets.dashes import dashed
from app.widgets.decimation import thin
from app.widgets.ticks import linear_ticks, logarithmic_range, logarithmic_ticks, value_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RED = "#C93A3A"


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    widget = Chart()
    qtbot.addWidget(widget)
    widget.resize(350, 200)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def picture(chart: Chart) -> QImage:
    return chart.grab().toImage()


def near(image: QImage, at: QPointF, colour: str, tolerance: int = 40) -> bool:
    """Whether a pixel of about that colour is at most two pixels away."""
    wanted = QColor(colour)
    for dx in range(-2, 3):
        for dy in range(-2, 3):
            seen = image.pixelColor(round(at.x()) + dx, round(at.y()) + dy)
            if max(
                abs(seen.red() - wanted.red()), abs(seen.green() - wanted.green()), abs(seen.blue() - wanted.blue())
            ) < (tolerance):
                return True
    return False


def move_to(chart: Chart, x: float, y: float) -> None:
    at = QPointF(x, y)
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        chart, QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    )


def epoch_reader(values: np.ndarray) -> object:
    def read(x: float) -> ReadOut:
        epoch = min(round(x), len(values) - 1)
        return ReadOut(epoch, f"Epoch {epoch}", (Reading("loss", value_text(values[epoch]), RED, values[epoch]),))

    return read


# --- thinning


def test_no_peak_of_a_thinned_curve_is_lost() -> None:
    values = np.random.default_rng(0).random(100_000)
    values[77_777], values[3_210] = 9.0, -9.0
    positions, thinned = thin(values, 300)
    assert len(thinned) <= 2 * math.ceil(len(values) / 300)
    for start in range(0, len(values), 300):
        block = values[start : start + 300]
        assert {block.min(), block.max()} == set(thinned[(positions >= start) & (positions < start + 300)])


def test_a_falling_curve_passes_through_the_first_and_last_value_of_every_block() -> None:
    values = np.exp(-np.arange(10_000) / 2_000)
    positions, thinned = thin(values, 32)
    assert np.array_equal(thinned, values[positions.astype(int)])


def test_a_growing_curve_keeps_the_points_it_had() -> None:
    values = np.random.default_rng(1).random(5_000)
    early, late = thin(values[:2_000], 100), thin(values, 100)
    assert np.array_equal(early[1], late[1][: len(early[1])])


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_short_curve_comes_back_whole(count: int) -> None:
    values = np.arange(count, dtype=np.float64)
    positions, thinned = thin(values, 2)
    assert np.array_equal(positions, np.arange(count))
    assert np.array_equal(thinned, values)


# --- ticks


@pytest.mark.parametrize(
    ("high", "most", "whole", "labels"),
    [
        (10_000, 4, True, ["0", "2,500", "5,000", "7,500", "10,000"]),
        (20, 5, True, ["0", "5", "10", "15", "20"]),
        (1, 5, True, ["0", "1"]),
        (0.2796, 6, False, ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]),
        (3e12, 4, False, ["0", "10¹²", "2·10¹²", "3·10¹²"]),
        (4e-7, 4, False, ["0", "10⁻⁷", "2·10⁻⁷", "3·10⁻⁷", "4·10⁻⁷"]),
    ],
)
def test_ticks_are_round_numbers(high: float, most: int, whole: bool, labels: list[str]) -> None:
    assert [tick.text for tick in linear_ticks(high, most, whole)] == labels


@given(st.floats(1e-300, 1e300), st.integers(1, 10))
def test_ticks_begin_at_zero_and_stay_on_the_axis(high: float, most: int) -> None:
    places = [tick.place for tick in linear_ticks(high, most)]
    assert places[0] == 0.0
    assert places[-1] <= high * (1 + 1e-6)
    assert len(places) <= most + 1


@given(st.floats(1e-300, 1e300), st.floats(1.0, 1e12), st.integers(2, 10))
def test_a_logarithmic_axis_holds_its_values_between_round_numbers(low: float, ratio: float, most: int) -> None:
    high = min(1e300, low * ratio)
    first, last = logarithmic_range(low, high)
    assert first <= math.log10(low) + 1e-6
    assert last >= math.log10(high) - 1e-6
    ticks = logarithmic_ticks(first, last, most)
    assert all(first - 1e-6 <= tick.place <= last + 1e-6 for tick in ticks)
    assert len(ticks) <= max(2, most)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0629123, "0.06291"), (1234.5678, "1,235"), (0.0, "0"), (3.21e-7, "3.21·10⁻⁷"), (1e9, "10⁹"), (-0.5, "−0.5000")],
)
def test_values_are_read_out_with_four_digits(value: float, text: str) -> None:
    assert value_text(value) == text


# --- where things stand


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(1, 20)), min_size=1, max_size=10))
def test_labels_that_are_spread_keep_their_order_and_do_not_overlap(items: list[tuple[float, float]]) -> None:
    wanted = sorted(place for place, _ in items)
    sizes = [size for _, size in items]
    places = spread(wanted, sizes, 0.0, 300.0)
    for k in range(len(places) - 1):
        assert places[k + 1] - places[k] >= (sizes[k] + sizes[k + 1]) / 2 - 1e-6
    assert places[0] - sizes[0] / 2 >= -1e-6
    assert places[-1] + sizes[-1] / 2 <= 300.0 + 1e-6


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([10.0, 100.0], [12.0, 12.0], 0.0, 200.0) == pytest.approx([10.0, 100.0])


def test_a_curve_is_drawn_where_its_values_stand(chart: Chart) -> None:
    values = np.linspace(0.8, 0.2, 10_000)
    chart.draw([Curve("loss", RED, values)], Axes(10_000))
    image = picture(chart)
    for epoch in (100, 2_500, 9_900):
        assert near(image, chart.frame.pixel(epoch, values[epoch]), RED)
    assert not near(image, chart.frame.pixel(2_500, 0.2), RED)


@pytest.mark.parametrize("size", [(260, 120), (350, 200), (1900, 1000)])
def test_the_last_label_has_room(chart: Chart, size: tuple[int, int]) -> None:
    chart.resize(*size)
    chart.draw([], Axes(10_000))
    frame = chart.frame
    assert frame.x_ticks[-1].text == "10,000"
    image = picture(chart)
    below = range(round(frame.plot.bottom()) + 3, image.height())
    columns = [
        x
        for x in range(round(frame.plot.right()) - 40, image.width())
        if any(image.pixelColor(x, y).lightness() < 180 for y in below)
    ]
    assert columns[-1] > frame.plot.right() + 8, "the label is not centred under the end of the axis"
    assert columns[-1] < image.width() - 1, "the label is cut off"


def test_all_labels_are_within_the_chart(chart: Chart) -> None:
    for high in (1e-9, 0.28, 1e6, 1e200):
        chart.draw([Curve("loss", RED, np.array([high]))], Axes(10))
        column = picture(chart).copy(0, 0, 1, chart.height())
        assert all(column.pixelColor(0, y) == QColor(LIGHT.card) for y in range(column.height()))


def test_y_spans_from_zero_to_the_largest_value(chart: Chart) -> None:
    chart.draw([Curve("a", RED, np.array([0.1, 0.7])), Curve("b", RED, np.array([0.9, 0.2]))], Axes(2))
    assert (chart.frame.low, chart.frame.high) == (0.0, 0.9)
    chart.draw([Curve("a", RED, np.array([0.1, 0.7]))], Axes(2, y_high=2.0))
    assert (chart.frame.low, chart.frame.high) == (0.0, 2.0)


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize(
    "values",
    [[], [0.0], [0.0, 0.0], [5e-324, 1.0], [1.7e308, 1e-3, 0.0], [math.inf, 1.0], [math.nan], [0.5, math.nan, 0.2]],
)
def test_no_value_breaks_a_chart(chart: Chart, values: list[float], logarithmic: bool) -> None:
    chart.draw([Curve("loss", RED, np.array(values))], Axes(10, logarithmic=logarithmic))
    chart.grab()
    frame = chart.frame
    assert math.isfinite(frame.low)
    assert math.isfinite(frame.high)
    assert frame.high > frame.low
    for value in values:
        if not math.isnan(value):
            assert frame.plot.adjusted(-1, -1, 1, 1).contains(frame.pixel(1, value))


def test_one_value_is_seen_as_a_dot(chart: Chart) -> None:
    chart.draw([Curve("loss", RED, np.array([0.5]), start=5)], Axes(10, y_high=1.0))
    assert near(picture(chart), chart.frame.pixel(5, 0.5), RED)


def test_another_curve_leaves_nothing_of_those_before(chart: Chart) -> None:
    chart.draw([Curve(str(k), RED, np.full(11, k / 4)) for k in range(4)], Axes(10, y_high=1.0))
    assert near(picture(chart), chart.frame.pixel(5, 0.5), RED)
    chart.draw([Curve("0", RED, np.zeros(11))], Axes(10, y_high=1.0))
    image = picture(chart)
    assert not near(image, chart.frame.pixel(5, 0.5), RED)
    assert near(image, chart.frame.pixel(5, 0.0), RED)


def test_a_curve_follows_the_size_of_its_chart(chart: Chart) -> None:
    values = np.linspace(1.0, 0.0, 101)
    chart.draw([Curve("loss", RED, values)], Axes(100))
    chart.resize(700, 400)
    assert near(picture(chart), chart.frame.pixel(50, 0.5), RED)


def test_curves_that_end_together_are_all_named(chart: Chart) -> None:
    curves = [Curve(str(k), RED, np.full(21, 0.95 + k / 500), width=1.5, label=str(k)) for k in range(10)]
    chart.draw(curves, Axes(20, y_high=1.0))
    plot = chart.frame.plot
    beside = picture(chart).copy(round(plot.right()) + 6, 0, chart.width(), chart.height())
    underlines = sum(
        beside.pixelColor(x, y) == QColor(RED) and beside.pixelColor(x - 1, y) != QColor(RED)
        for y in range(beside.height())
        for x in range(1, chart.width() - round(plot.right()) - 6)
    )
    assert underlines == 2 * 10, "each name stands on a line of two pixels in its curve's colour"


# --- marks


def test_the_present_moment_is_marked_in_the_accent(chart: Chart) -> None:
    chart.draw([Curve("loss", RED, np.zeros(11))], Axes(10, y_high=1.0))
    at = chart.frame.pixel(4, 0.5)
    assert not near(picture(chart), at, LIGHT.accent)
    chart.set_now(4)
    assert near(picture(chart), at, LIGHT.accent)
    chart.set_now(None)
    assert not near(picture(chart), at, LIGHT.accent)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_chart_has_the_colour_of_its_card(chart: Chart, theme: object) -> None:
    chart.set_theme(theme)
    assert picture(chart).pixelColor(0, 0) == QColor(theme.card)


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_pointer_reads_the_value_beneath_it(chart: Chart, logarithmic: bool) -> None:
    values = np.geomspace(0.5, 1e-6, 101)
    chart.reader = epoch_reader(values)
    chart.draw([Curve("loss", RED, values)], Axes(100, logarithmic=logarithmic))
    at = chart.frame.pixel(40, values[40])
    assert chart.read_out() is None
    before = picture(chart)
    move_to(chart, at.x(), chart.frame.plot.center().y())
    read = chart.read_out()
    assert read is not None
    assert read.title == "Epoch 40"
    assert read.readings[0].value == value_text(values[40])
    assert picture(chart) != before
    assert near(picture(chart), at, RED)


def test_nothing_is_read_once_the_pointer_has_left(chart: Chart) -> None:
    chart.reader = epoch_reader(np.array([0.5, 0.2]))
    chart.draw([Curve("loss", RED, np.array([0.5, 0.2]))], Axes(2))
    without = picture(chart)
    plot = chart.frame.plot
    move_to(chart, plot.center().x(), plot.center().y())
    assert chart.read_out() is not None
    move_to(chart, plot.left() - 20, plot.center().y())
    assert chart.read_out() is None
    move_to(chart, plot.center().x(), plot.center().y())
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.read_out() is None
    assert picture(chart) == without


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_read_out_stays_within_the_chart(chart: Chart, share: float) -> None:
    values = np.array([0.5, 0.2, 0.1])
    chart.reader = epoch_reader(values)
    chart.draw([Curve("loss", RED, values)], Axes(2))
    before = picture(chart)
    plot = chart.frame.plot
    move_to(chart, plot.left() + share * plot.width(), plot.center().y())
    after = picture(chart)
    edges = [(x, y) for x in (0, after.width() - 1) for y in range(after.height())]
    assert all(before.pixelColor(x, y) == after.pixelColor(x, y) for x, y in edges)


def test_a_chart_cannot_be_dragged_zoomed_or_asked_for_a_menu(chart: Chart, qtbot: QtBot) -> None:
    chart.draw([Curve("loss", RED, np.array([0.5, 0.2]))], Axes(2))
    before, frame = picture(chart), chart.frame
    centre = frame.plot.center()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        qtbot.mousePress(chart, button, pos=centre.toPoint())
        qtbot.mouseMove(chart, centre.toPoint() + QPoint(40, 30))
        qtbot.mouseRelease(chart, button, pos=centre.toPoint() + QPoint(40, 30))
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        centre,
        centre,
        QPoint(),
        QPoint(0, 240),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, wheel)
    QApplication.sendEvent(chart, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, centre.toPoint(), centre.toPoint()))
    assert chart.frame == frame
    assert picture(chart) == before
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]


def test_a_legend_gives_way_to_the_read_out(chart: Chart) -> None:
    values = np.zeros(3)
    chart.draw([Curve("mean of each epoch", RED, values)], Axes(2))
    corner = chart.frame.plot.topRight() + QPointF(-40, 12)
    without = picture(chart)
    chart.set_legend(True)
    assert chart.legend == ["mean of each epoch"]
    assert picture(chart).copy(corner.toPoint().x(), 0, 40, 30) != without.copy(corner.toPoint().x(), 0, 40, 30)
    chart.reader = epoch_reader(values)
    move_to(chart, chart.frame.plot.left() + 2, chart.frame.plot.center().y())
    assert picture(chart).copy(corner.toPoint().x(), 0, 40, 30) == without.copy(corner.toPoint().x(), 0, 40, 30)


def test_a_figure_by_itself_has_titles_and_grid_lines_both_ways(chart: Chart) -> None:
    chart.draw([Curve("loss", RED, np.zeros(11))], Axes(10, y_high=1.0))
    across = [chart.frame.pixel(tick.place, 0.5) for tick in chart.frame.x_ticks[1:-1]]
    assert not any(near(picture(chart), at, LIGHT.grid, 4) for at in across)
    small = chart.frame.plot
    chart.set_exporting(Titles("Loss over epochs", "Epochs", "Loss"))
    image, plot = picture(chart), chart.frame.plot
    assert plot.top() > small.top()
    assert plot.left() > small.left()
    assert plot.bottom() < small.bottom()
    assert all(near(image, chart.frame.pixel(tick.place, 0.45), LIGHT.grid, 4) for tick in chart.frame.x_ticks[1:-1])
    titled = [x for x in range(image.width()) for y in range(round(plot.top()) - 12) if dark(image, x, y)]
    assert titled, "no title above"
    assert (min(titled) + max(titled)) / 2 == pytest.approx(plot.center().x(), abs=3), "not centred"


def dark(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128


def test_dashes_follow_the_curve_and_leave_gaps(chart: Chart) -> None:
    values = np.linspace(0.8, 0.2, 10_000)
    chart.draw([Curve("run 1", RED, values, dash=7.0)], Axes(10_000))
    image = picture(chart)
    places = [chart.frame.pixel(epoch, values[epoch]).toPoint() for epoch in range(500, 9_500, 20)]
    drawn = [image.pixelColor(place).saturation() > 60 for place in places]
    assert 0.5 < sum(drawn) / len(drawn) < 0.9
    x, y = dashed(np.array([0.0, 100.0]), np.array([5.0, 5.0]), 7.0)
    known = np.isfinite(y[:-1]) & np.isfinite(y[1:])
    assert np.diff(x)[known].sum() == pytest.approx(70.0), "7 of every 10 pixels"
