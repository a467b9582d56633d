"""Heat maps: numbers become colours and texts, and the pointer reads them."""

from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT, Theme
from app.widgets.arrangement import arrange
from app.widgets.colour_scale import MISSING, Levels, centred_range, diverging, full_range, viridis
from app.widgets.heat_data import Cell, HeatData
from app.widgets.heat_view import HeatView
from app.widgets.matrix_view import MatrixView, indices
from app.widgets.shade_item import ShadeItem
from app.widgets.tiles import TilesView, best_columns
from app.widgets.value_text import exact, readable, short

SMALL = np.array([[0.8, 5.8407, 1.0], [-13.56, 10.54, 3.0]])


def shown(qtbot: QtBot, view: HeatView, data: HeatData, size: tuple[int, int] = (360, 200)) -> HeatView:
    qtbot.addWidget(view)
    view.resize(*size)
    view.show_data(data)
    with qtbot.waitExposed(view):
        view.show()
    return view


def colour_at(view: HeatView, point: QPointF) -> QColor:
    return view.grab().toImage().pixelColor(point.toPoint())


def hover(view: HeatView, point: QPointF) -> str:
    heard: list[str] = []
    view.hovered.connect(heard.append)
    QTest.mouseMove(view.viewport(), point.toPoint())
    view.hovered.disconnect(heard.append)
    return heard[-1]


# --- colours


def test_viridis_is_what_pyqtgraph_knows_under_that_name() -> None:
    first, last = (QColor.fromRgba(int(viridis().pixels[shade])) for shade in (0, 254))
    assert first.name() == "#440154"
    assert last.name() == "#fde725"
    assert pg.colormap.get("viridis").map(0.0, mode="qcolor").name() == first.name()


def test_every_number_gets_the_shade_of_its_place_between_the_levels() -> None:
    shades = Levels(-1.0, 1.0).shades(np.array([-1.0, -0.5, 0.0, 0.5, 1.0]))
    assert shades.tolist() == [0, 63, 127, 191, 254]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_numbers_beyond_the_levels_or_none_at_all_are_safe(dtype: str) -> None:
    values = np.array([-np.inf, -5.0, np.nan, np.finfo(dtype).max, np.inf], dtype)
    shades = Levels(-1.0, 1.0).shades(values)
    assert shades.tolist() == [0, 0, MISSING, 254, 254]
    assert viridis().pixels[MISSING] == 0, "what has no colour is transparent"


@pytest.mark.parametrize(
    "values", [np.zeros(4), np.full(4, 7.0), np.full(4, np.nan), np.full(4, 1e-40, "float32"), np.array([3e38, -3e38])]
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_levels_of_any_numbers_are_finite_and_apart(values: np.ndarray, dtype: str) -> None:
    for levels in (full_range(values.astype(dtype)), centred_range(values.astype(dtype))):
        assert np.isfinite([levels.low, levels.high]).all()
        assert levels.low < levels.high
        levels.shades(values.astype(dtype))


def test_a_constant_has_the_middle_colour() -> None:
    assert full_range(np.full(3, 7.0)).shades(np.full(3, 7.0)).tolist() == [127, 127, 127]


def test_the_full_range_spans_the_numbers_and_the_centred_one_is_even_around_zero() -> None:
    assert full_range(SMALL, np.array([20.0])) == Levels(-13.56, 20.0)
    assert centred_range(SMALL) == Levels(-13.56, 13.56)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_diverging_map_is_faint_at_zero_and_grows_evenly_to_both_sides(theme: Theme) -> None:
    lightness = [QColor.fromRgba(int(pixel)).lightnessF() for pixel in diverging(theme).pixels[:255]]
    away = [abs(value - QColor(theme.card).lightnessF()) for value in lightness]
    assert away[127] == min(away)
    assert all(a >= b - 0.01 for a, b in pairwise(away[:128]))
    assert all(a <= b + 0.01 for a, b in pairwise(away[127:]))
    low, high = (QColor.fromRgba(int(diverging(theme).pixels[shade])) for shade in (60, 194))
    assert low.red() > low.blue()
    assert high.blue() > high.red()


def contrast(first: QColor, second: QColor) -> float:
    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("table", [viridis(), diverging(LIGHT), diverging(DARK)])
def test_text_can_be_read_on_every_colour(table) -> None:  # type: ignore[no-untyped-def]
    for pixel, text in zip(table.pixels[:255], table.text, strict=True):
        assert contrast(QColor.fromRgba(int(pixel)), QColor(text)) >= 4.5


# --- texts


@pytest.mark.parametrize(
    ("value", "span", "expected"),
    [(5.8407, 5.0, "5.84"), (-13.56, 24.1, "−13.6"), (0.00123, 0.006, "0.00123"), (2e-7, 1e-6, "2.0e−7"), (0, 9, "0")],
)
def test_short_texts_have_the_digits_that_their_scale_needs(value: float, span: float, expected: str) -> None:
    assert short(value, span) == expected


def test_readable_texts_have_four_decimals_and_exact_ones_all() -> None:
    assert readable(5.840723) == "5.8407"
    assert readable(-0.001363) == "−0.001363"
    assert readable(float("nan")) == "nan"
    assert exact(np.float32(5.840723)) == "5.840723"
    assert exact(np.float64(0.1)) == "0.1"


# --- a matrix


def test_each_cell_has_the_colour_of_its_number(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL))
    shades = full_range(SMALL).shades(SMALL)
    for row in range(2):
        for column in range(3):
            rect = view.cell_rect(Cell(row, column))
            near_edge = rect.topLeft() + QPointF(5, 5)
            expected = QColor.fromRgba(int(viridis().pixels[shades[row, column]]))
            assert colour_at(view, near_edge).name() == expected.name()


def test_the_pointer_reads_the_cell_under_it_counting_from_zero(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL, name="W1"))
    assert hover(view, view.cell_rect(Cell(0, 1)).center()) == "W1[0, 1] = 5.8407"
    assert hover(view, view.cell_rect(Cell(1, 0)).center()) == "W1[1, 0] = −13.5600"
    assert hover(view, QPointF(2, 2)) == ""


def test_what_is_read_follows_the_numbers_while_the_pointer_rests(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL, name="W1"))
    hover(view, view.cell_rect(Cell(0, 1)).center())
    with qtbot.waitSignal(view.hovered, check_params_cb=lambda text: text == "W1[0, 1] = 11.6814"):
        view.show_data(HeatData.of(2 * SMALL, name="W1"))


def test_the_tool_tip_has_every_digit_and_what_is_connected(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL / 3, name="W1"))
    view.explain = lambda cell: f"from {cell.row} to {cell.column}"
    assert view.tool_tip(Cell(1, 1)) == f"W1[1, 1] = {10.54 / 3}\nfrom 1 to 1"


def test_biases_are_a_row_of_their_own_on_the_same_scale(qtbot: QtBot) -> None:
    biases = np.array([20.0, 0.0, -13.56])
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL, biases, "W1", "b1"))
    assert view.data is not None
    assert view.data.levels == Levels(-13.56, 20.0)
    assert view.cell_rect(Cell(None, 0)).top() >= view.image_rect.bottom()
    assert hover(view, view.cell_rect(Cell(None, 2)).center()) == "b1[2] = −13.5600"
    edge = view.cell_rect(Cell(None, 0)).topLeft() + QPointF(6, 4)
    assert colour_at(view, edge).name() == "#fde725"


def test_numbers_are_written_where_they_have_room_and_in_a_colour_that_shows(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL))
    assert isinstance(view, MatrixView)
    assert view.written()[Cell(0, 1)] == "5.84"
    image = view.grab().toImage()
    for cell, text in ((Cell(1, 0), "#FFFFFF"), (Cell(1, 1), "#000000")):
        rect = view.cell_rect(cell).toRect()
        pixels = {
            image.pixelColor(x, y).name()
            for x in range(rect.left() + 8, rect.right() - 8)
            for y in range(rect.top() + 8, rect.bottom() - 8)
        }
        assert min(contrast(QColor(pixel), QColor(text)) for pixel in pixels) < 1.3, f"{cell} has text"
    view.resize(90, 60)
    assert view.written() == {}


def test_what_is_not_a_number_shows_no_colour_and_says_so(qtbot: QtBot) -> None:
    values = SMALL.copy()
    values[0, 0] = np.nan
    view = shown(qtbot, MatrixView(), HeatData.of(values, name="W1"))
    assert colour_at(view, view.cell_rect(Cell(0, 0)).topLeft() + QPointF(5, 5)).name() == LIGHT.card.lower()
    assert hover(view, view.cell_rect(Cell(0, 0)).center()) == "W1[0, 0] = nan"


def test_a_constant_matrix_and_a_single_number_are_drawn(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(np.zeros((4, 4))))
    middle = QColor.fromRgba(int(viridis().pixels[127])).name()
    assert colour_at(view, view.cell_rect(Cell(2, 2)).topLeft() + QPointF(4, 4)).name() == middle
    view.show_data(HeatData.of(np.array([[3.0]], "float32")))
    assert colour_at(view, view.cell_rect(Cell(0, 0)).topLeft() + QPointF(4, 4)).name() == middle


def test_the_colour_bar_runs_from_the_lowest_to_the_highest_value(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL))
    bar = view.bar.rect
    assert bar.height() == view.image_rect.height()
    assert view.bar.labels() == ("−13.6", "10.5")
    assert colour_at(view, QPointF(bar.center().x(), bar.top() + 3)).red() > 230
    assert colour_at(view, QPointF(bar.center().x(), bar.bottom() - 4)).lightness() < 60
    ticks = dict(view.bar.ticks(10.0))
    assert ticks[0.0] == "0", "round values stand between the ends"


def test_a_scale_that_values_leave_says_so(qtbot: QtBot) -> None:
    data = HeatData(SMALL, None, Levels(-1.0, 1.0), viridis())
    view = shown(qtbot, MatrixView(), data)
    assert view.bar.labels() == ("≤ −1.00", "≥ 1.00")


def test_a_message_takes_the_place_of_numbers(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL))
    inside = view.cell_rect(Cell(0, 0)).center()
    view.show_message("Not yet.")
    assert view.cell_at(inside) is None
    assert colour_at(view, QPointF(180, 185)).name() == LIGHT.field.lower()


def test_a_view_takes_other_colours(qtbot: QtBot) -> None:
    view = shown(qtbot, MatrixView(), HeatData.of(SMALL))
    view.set_theme(DARK)
    assert colour_at(view, QPointF(359, 199)).name() == DARK.card.lower()


@pytest.mark.parametrize("size", [(24, 24), (80, 40), (260, 160), (1900, 1000)])
@pytest.mark.parametrize("shape", [(1, 1), (2, 16), (784, 128), (128, 10)])
def test_nothing_lies_outside_at_any_size(qtbot: QtBot, size: tuple[int, int], shape: tuple[int, int]) -> None:
    random = np.random.default_rng(0)
    data = HeatData.of(random.normal(size=shape), random.normal(size=shape[1]))
    view = shown(qtbot, MatrixView(), data, size)
    whole = QRect(0, 0, *size).adjusted(0, 0, 0, 0)
    if size[0] > 24:
        for rect in (view.image_rect, view.strip_rect, view.bar.rect):
            assert whole.contains(rect.toAlignedRect()) or rect.isEmpty()


def test_indices_are_thinned_to_round_steps() -> None:
    assert list(indices(4, 100, 20)) == [0, 1, 2, 3]
    assert list(indices(784, 200, 20)) == [0, 100, 200, 300, 400, 500, 600, 700]
    assert indices(10, 100, 20).step == 2


# --- tiles


def test_a_tile_shows_the_weights_into_its_unit_as_an_image(qtbot: QtBot) -> None:
    weights = np.zeros((784, 6), "float32")
    weights[3 * 28 + 5, 4] = 2.0
    view = shown(qtbot, TilesView((28, 28)), HeatData.of(weights, name="W1"), (700, 420))
    place = view.cell_rect(Cell(3 * 28 + 5, 4)).center()
    assert view.cell_at(place) == Cell(3 * 28 + 5, 4)
    assert hover(view, place) == "row 3, column 5:  W1[89, 4] = 2.0000"
    hover(view, QPointF(1, 1))
    assert colour_at(view, place).name() == "#fde725"
    assert colour_at(view, view.cell_rect(Cell(3 * 28 + 6, 4)).center()).name() == "#440154"


def test_between_tiles_is_the_card(qtbot: QtBot) -> None:
    view = shown(qtbot, TilesView((28, 28)), HeatData.of(np.ones((784, 6), "float32"), name="W1"), (700, 420))
    first, second = view.cell_rect(Cell(0, 0)), view.cell_rect(Cell(0, 1))
    gap = QPointF(second.left() - first.width(), first.center().y() + 10 * first.height())
    assert colour_at(view, gap).name() == LIGHT.card.lower()
    assert view.cell_at(gap) is None


@pytest.mark.parametrize(("size", "units"), [((700, 200), 128), ((350, 400), 128), ((900, 120), 10), ((200, 900), 7)])
def test_tiles_use_the_space_they_have(qtbot: QtBot, size: tuple[int, int], units: int) -> None:
    view = shown(qtbot, TilesView((28, 28)), HeatData.of(np.random.default_rng(0).normal(size=(784, units))), size)
    assert isinstance(view, TilesView)
    last = view.cell_rect(Cell(783, units - 1))
    assert view.image_rect.contains(last.center())
    assert view.rect().contains(view.image_rect.toAlignedRect())
    columns, scale = best_columns(units, (28, 28), view.image_rect.width(), view.image_rect.height())
    assert view.columns() == columns
    assert scale > 0


def test_all_tiles_are_one_item_in_the_scene(qtbot: QtBot) -> None:
    view = shown(qtbot, TilesView((28, 28)), HeatData.of(np.zeros((784, 128), "float32")))
    assert sum(isinstance(item, ShadeItem) and item.isVisible() for item in view.scene().items()) == 2


# --- side by side


def test_views_stand_side_by_side_where_it_is_wide_and_in_rows_where_it_is_not() -> None:
    wide = arrange(QRect(0, 0, 700, 200), [1.0, 1.0], 16)
    assert [view.top() for view in wide] == [0, 0]
    high = arrange(QRect(0, 0, 200, 700), [1.0, 1.0], 16)
    assert [view.left() for view in high] == [0, 0]
    assert high[1].top() == high[0].bottom() + 17


def test_views_never_overlap_nor_leave_their_room() -> None:
    room = QRect(10, 20, 400, 180)
    for count in range(1, 9):
        views = arrange(room, [1.0 + n % 3 for n in range(count)], 8)
        assert all(room.contains(view) for view in views)
        assert not any(a.intersects(b) for n, a in enumerate(views) for b in views[n + 1 :])


def test_the_pointer_may_be_anywhere_at_any_time(qtbot: QtBot) -> None:
    view = shown(qtbot, TilesView((28, 28)), HeatData.of(np.zeros((784, 128)), np.zeros(128)), (300, 220))
    for x in range(0, 300, 23):
        for y in range(0, 220, 17):
            QTest.mouseMove(view.viewport(), QPoint(x, y))
            cell = view.cell_at(QPointF(x, y))
            assert cell is None or view.tool_tip(cell)
