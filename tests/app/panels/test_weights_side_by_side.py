"""Weights, gradient, last change and change since the start, side by side: of one moment, and comparable."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT
from app.panels.weights import WeightsPanel
from app.panels.weights.quantities import QUANTITIES
from app.panels.weights.side_by_side import rows_of_quantities
from app.widgets.colour_scale import MISSING, centred_range, diverging, full_range, viridis
from app.widgets.dock import PanelDock
from app.widgets.heat_data import Cell
from app.widgets.heat_pane import HeatPane
from app.widgets.heat_picture import matrix_shades, tile_grid, tile_shades
from app.widgets.value_text import exact
from backprop import LESSONS, Cursor, Experiment, Layer, Trainer

XOR = LESSONS["xor"].experiment
DEEP = Experiment(dataset="xor", layers=(*(Layer(3, "tanh") for _ in range(7)), Layer(1)), epochs=5)

Opener = Callable[..., WeightsPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    open_panel = opener(WeightsPanel, (716, 180))

    def open_all_four(run: Trainer, *moment: object, **look: object) -> WeightsPanel:
        panel = open_panel(run, *moment, **look)
        panel.set_quantity("all")
        return panel

    return open_all_four


def heat(panel: WeightsPanel, quantity: str, layer: int) -> HeatPane:
    pane = panel.panes[quantity, layer]
    assert isinstance(pane, HeatPane)
    return pane


def picture(panel: WeightsPanel) -> QImage:
    return panel.grab().toImage()


# --- what is shown


def test_all_four_are_those_of_the_moment(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    for cursor in (Cursor(2400, 0, 6), Cursor(10, 0, 6), Cursor(1000, 0, 6)):
        snapshot = xor_run.snapshot_at(cursor)
        panel.show_snapshot(snapshot)
        for layer in (1, 2):
            weights, gradient = snapshot.parameters[f"W{layer}"], snapshot.gradients[f"W{layer}"]
            expected = {
                "weights": weights,
                "gradient": gradient,
                "last": -0.5 * gradient,
                "change": weights - snapshot.initial_parameters[f"W{layer}"],
            }
            for quantity, values in expected.items():
                data = heat(panel, quantity, layer).data
                assert data is not None
                assert np.array_equal(data.values, values)


def test_what_is_not_there_yet_says_with_which_phase_it_comes(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(100, 0, 4))
    messages = {place: pane.message for place, pane in panel.panes.items() if pane.message}
    assert set(messages) == {("gradient", 1), ("last", 1), ("last", 2)}
    assert "Backward 1" in messages["gradient", 1]
    assert "Update" in messages["last", 1]
    assert panel.sheet.spot_at(panel.panes["last", 1].body.center()) is None
    panel.show_snapshot(xor_run.snapshot_at(Cursor(100, 0, 6)))
    assert not any(pane.message for pane in panel.panes.values())


def test_each_map_has_its_own_scale_or_all_have_one(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    for (quantity, layer), pane in panel.panes.items():
        assert isinstance(pane, HeatPane)
        assert pane.data is not None
        own = full_range if quantity == "weights" else centred_range
        assert pane.data.levels == own(pane.data.values), (quantity, layer)
        assert pane.data.table is (viridis() if quantity == "weights" else diverging(LIGHT))
    panel.options.set_shared(True)
    snapshot = xor_run.snapshot_at(Cursor(2400, 0, 6))
    changes = snapshot.parameters["W2"] - snapshot.initial_parameters["W2"]
    for quantity, layer in panel.panes:
        data = heat(panel, quantity, layer).data
        assert data is not None
        assert data.levels == centred_range(changes), "the largest number of all of them"
        assert data.table is diverging(LIGHT)


def test_a_kept_scale_marks_what_lies_beyond_it(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(100, 0, 6))
    panel.options.set_locked(True)
    data = heat(panel, "change", 2).data
    assert data is not None
    kept = data.levels
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 6)))
    data = heat(panel, "change", 2).data
    assert data is not None
    assert data.levels == kept
    assert heat(panel, "change", 2).bar_labels()[0].startswith("≤")
    assert heat(panel, "change", 2).bar_labels()[1].startswith("≥")
    panel.options.set_locked(False)
    assert not heat(panel, "change", 2).bar_labels()[0].startswith("≤")


def test_cells_are_painted_in_their_colours_with_their_numbers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    image = picture(panel)
    for (quantity, layer), pane in panel.panes.items():
        assert isinstance(pane, HeatPane)
        assert pane.data is not None
        for row, column in np.ndindex(*pane.data.values.shape):
            corner = (pane.cell_rect(Cell(row, column)).topLeft() + QPointF(2, 2)).toPoint()
            shade = pane.data.levels.shades(pane.data.values)[row, column]
            expected = QColor.fromRgba(int(pane.data.table.pixels[shade])).name()
            assert image.pixelColor(corner).name() == expected, (quantity, layer, row, column)
    written = heat(panel, "change", 2).written()
    assert written is not None
    assert set(written[1].values()) == {"−13.99", "9.90"}


def test_tiles_show_the_means_of_what_their_pixels_cover(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    pane = heat(panel, "gradient", 1)
    data = pane.data
    assert data is not None
    assert data.values.shape == (784, 128)
    tile = int(np.abs(data.values).sum(axis=0).argmax())
    first, last = pane.cell_rect(Cell(0, tile)), pane.cell_rect(Cell(783, tile))
    edge = round(last.right() - first.left())
    assert 8 <= edge < 28
    shown = picture(panel).copy(QRect(round(first.x()), round(first.y()), edge, edge))
    image = data.values[:, tile].reshape(28, 28).astype(np.float64)
    # The mean over each pixel's share of the image, by summing over a fine grid.
    fine = np.repeat(np.repeat(image, edge, axis=0), edge, axis=1)
    means = fine.reshape(edge, 28, edge, 28).mean(axis=(1, 3))
    shades = data.levels.shades(means)
    for y, x in np.ndindex(edge, edge):
        near = [data.table.pixels[min(max(int(shades[y, x]) + d, 0), 254)] for d in (-1, 0, 1)]
        assert shown.pixelColor(x, y).name() in [QColor.fromRgba(int(pixel)).name() for pixel in near]


# --- the pointer


def test_the_same_cell_is_read_in_all_four(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    cell = Cell(0, 1)
    before = picture(panel)
    place = heat(panel, "gradient", 1).cell_rect(cell).center()
    qtbot.mouseMove(panel.sheet, place.toPoint())
    assert panel.sheet.spot() == (panel.panes["gradient", 1], cell)
    assert heat(panel, "gradient", 1).read_outs(cell)[0].startswith("dW1[0, 1] = −0.00")
    after = picture(panel)
    for (quantity, layer), pane in panel.panes.items():
        ring = heat(panel, quantity, layer).cell_rect(cell if layer == 1 else Cell(0, 0)).toRect()
        title = QRect(pane.rect.toRect().x(), pane.rect.toRect().y(), int(pane.rect.width()), 12)
        marked = before.copy(ring) != after.copy(ring)
        read = before.copy(title) != after.copy(title)
        assert marked == read == (layer == 1), (quantity, layer)


def test_a_value_is_told_to_its_last_digit_with_what_it_connects(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    pane = heat(panel, "change", 1)
    snapshot = mnist_run.snapshot()
    value = snapshot.parameters["W1"][406, 37] - snapshot.initial_parameters["W1"][406, 37]
    tip = pane.tool_tip(Cell(406, 37))
    assert f"ΔW1[406, 37] = {exact(value)}\n" in tip
    assert "the pixel in row 14, column 14" in tip


@pytest.mark.parametrize("size", [(716, 180), (1029, 280), (676, 460), (1900, 1000)])
def test_every_cell_is_found_where_it_is_drawn(opened: Opener, mnist_run: Trainer, size: tuple[int, int]) -> None:
    panel = opened(mnist_run, size=size)
    for layer in {layer for _, layer in panel.panes}:
        pane = heat(panel, "last", layer)
        assert pane.data is not None
        rows, columns = pane.data.values.shape
        for cell in (Cell(0, 0), Cell(rows - 1, columns - 1), Cell(rows // 2, columns // 3), Cell(None, columns - 1)):
            assert pane.spot_at(pane.cell_rect(cell).center()) == cell


def test_a_click_selects_the_parameter(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    with qtbot.waitSignal(panel.parameter_selected) as caught:
        place = heat(panel, "last", 2).cell_rect(Cell(1, 0)).center().toPoint()
        qtbot.mouseClick(panel.sheet, Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["W2", (1, 0)]


# --- room


@pytest.mark.parametrize("size", [(236, 110), (352, 180), (716, 180), (1029, 280), (676, 460), (1900, 1000)])
@pytest.mark.parametrize("layers", [1, 2, 8])
def test_pictures_that_are_compared_are_equally_large_and_none_overlap(
    opened: Opener, size: tuple[int, int], layers: int
) -> None:
    run = Trainer(DEEP.replace(layers=DEEP.layers[-layers:]))
    run.run()
    panel = opened(run, size=size)
    places = [pane.rect for pane in panel.panes.values()]
    assert len(places) % 4 == 0
    assert {(place.width(), place.height()) for place in places} == {(places[0].width(), places[0].height())}
    assert all(panel.sheet.rect().contains(place.toRect()) for place in places)
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    assert panel.sheet.geometry() == panel.rect()


def test_where_there_is_no_room_for_all_layers_the_header_offers_them_one_by_one(
    qtbot: QtBot, xor_run: Trainer, mnist_run: Trainer
) -> None:
    panel = WeightsPanel()
    dock = PanelDock(panel.title(), panel)
    qtbot.addWidget(dock)
    for control in panel.controls():
        dock.header.addWidget(control)
    dock.resize(740, 221)
    dock.show()
    panel.set_quantity("all")
    layers = panel.header.layers
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert not layers.isVisible()
    assert {layer for _, layer in panel.panes} == {1, 2}
    panel.start_run(mnist_run.experiment, mnist_run.dataset)
    panel.show_snapshot(mnist_run.snapshot())
    assert layers.isVisible()
    assert layers.currentText() == "W₁"
    assert {layer for _, layer in panel.panes} == {1}
    qtbot.keyClick(layers, Qt.Key.Key_Down)
    assert {layer for _, layer in panel.panes} == {2}
    assert layers.currentText() == "W₂"
    data = heat(panel, "weights", 2).data
    assert data is not None
    assert np.array_equal(data.values, mnist_run.parameters["W2"])
    panel.options.set_layer(None)
    dock.resize(1600, 900)
    assert {layer for _, layer in panel.panes} == {1, 2}, "there is room for both now"
    assert not layers.isVisible()


def test_one_layer_stands_in_a_row_or_in_a_square() -> None:
    wide = rows_of_quantities(QRect(0, 0, 716, 180), 4)
    assert len({place.y() for place in wide}) == 1
    square = rows_of_quantities(QRect(0, 0, 676, 460), 4)
    assert len({place.y() for place in square}) == len({place.x() for place in square}) == 2


def test_the_header_has_room_at_the_size_of_the_design(qtbot: QtBot, mnist_run: Trainer) -> None:
    panel = WeightsPanel()
    dock = PanelDock(panel.title(), panel)
    qtbot.addWidget(dock)
    for control in panel.controls():
        dock.header.addWidget(control)
    panel.start_run(mnist_run.experiment, mnist_run.dataset)
    panel.set_quantity("all")
    dock.resize(740, 221)
    dock.show()
    assert dock.width() == 740
    row = [control for control in panel.controls() if control.isVisible()]
    assert len(row) == 4
    for control in row:
        assert control.width() >= control.minimumSizeHint().width()
    assert all(a.geometry().right() < b.geometry().left() for a, b in pairwise(row))


# --- pictures of large matrices


def test_a_picture_is_as_large_as_its_room_allows() -> None:
    grid = tile_grid(128, (28, 28), 150, 167, 1)
    assert grid.size[0] <= 150
    assert grid.size[1] <= 167
    assert grid.width >= 11
    assert tile_grid(4, (28, 28), 300, 300, 2).width == 140, "from two pixels a number on, a whole number of them"


def test_a_number_that_is_none_leaves_its_neighbours_alone() -> None:
    values = np.ones((16, 3), np.float32)
    values[5, 1] = np.nan
    values[0, 2] = np.inf
    for edge in (2, 3, 8):
        grid = tile_grid(3, (4, 4), edge, 3 * edge + 2, 1)
        shades = tile_shades(values, (4, 4), grid, full_range(values))
        tiles = [shades[:, start : start + grid.width] for start in range(0, 3 * (grid.width + 1), grid.width + 1)]
        assert (tiles[0] == tiles[0][0, 0]).all()
        assert (tiles[0] != MISSING).all()
        assert (tiles[1] == MISSING).mean() < 0.5


def test_a_matrix_with_more_numbers_than_pixels_shows_some_of_them() -> None:
    values = np.arange(784.0 * 128).reshape(784, 128)
    shades = matrix_shades(values, 50, 200, full_range(values))
    assert shades.shape == (50, 128)
    assert (np.diff(shades.astype(int), axis=0) >= 0).all()


# --- manners


def test_a_hidden_panel_only_remembers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(0, 0, 6))
    before = heat(panel, "weights", 1).data
    panel.hide()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(1000, 0, 6)))
    assert heat(panel, "weights", 1).data is before
    panel.show()
    data = heat(panel, "weights", 1).data
    assert data is not None
    assert np.array_equal(data.values, xor_run.snapshot_at(Cursor(1000, 0, 6)).parameters["W1"])


def test_colours_follow_the_theme(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(1000, 0, 6))
    panel.set_theme(DARK)
    data = heat(panel, "gradient", 1).data
    assert data is not None
    assert data.table is diverging(DARK)
    assert picture(panel).pixelColor(713, 178).name() == DARK.card.lower()


def test_another_run_leaves_nothing_of_the_one_before(opened: Opener, xor_run: Trainer, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert all(isinstance(pane, HeatPane) and pane.data is None for pane in panel.panes.values())
    assert picture(panel).pixelColor(60, 60).name() == LIGHT.card.lower()


def test_all_four_are_told_to_a_person_who_cannot_see_them(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    summary = panel.summary()
    assert "The weights at epoch 2400." in summary
    assert "The change of the weights by the update of epoch 2400. Input → hidden W₁: not computed yet." in summary
    assert "The change of the weights from the start to epoch 2400." in summary
    assert "from −13.9876 to 9.8915" in summary


def test_titles_name_the_quantity_or_its_formula(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    titles = {place: pane.titles[0] for place, pane in panel.panes.items()}
    assert titles["weights", 1] == "Weights W₁"
    assert titles["gradient", 2] == "Gradient ∂L/∂W₂"
    assert titles["last", 1] == "Last change −η ∂L/∂W₁"
    assert [quantity for quantity, _ in list(panel.panes)[:4]] == list(QUANTITIES)


def test_pictures_out_of_sight_keep_their_places_whatever_the_size_of_text(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    places = [pane.rect for pane in panel.sheet.panes]
    panel.set_quantity("weights")
    assert not panel.sheet.isVisible()
    larger = QFont(panel.font())
    larger.setPixelSize(20)
    panel.sheet.setFont(larger)  # Qt ends the process where an exception comes out of what this calls
    assert [pane.rect for pane in panel.sheet.panes] == places
