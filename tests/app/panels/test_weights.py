"""The weights panel: every layer's numbers of exactly the moment that is shown."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

import backprop
from app.export.render import render
from app.look.theme import DARK, LIGHT
from app.panels.weights import WeightsPanel
from app.widgets.colour_scale import MISSING, centred_range, diverging, full_range, viridis
from app.widgets.dock import PanelDock
from app.widgets.heat_data import Cell
from app.widgets.matrix_view import MatrixView
from app.widgets.tiles import TilesView
from app.widgets.value_text import exact, readable
from backprop import LESSONS, Cursor, Experiment, Layer, Trainer

XOR = LESSONS["xor"].experiment
DEEP = Experiment(dataset="xor", layers=(*(Layer(3, "tanh") for _ in range(7)), Layer(1)), epochs=5)

Opener = Callable[..., WeightsPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(WeightsPanel, (716, 200))


def colour_of(panel: WeightsPanel, layer: int, cell: Cell) -> str:
    view = panel.views[layer]
    return view.grab().toImage().pixelColor((view.cell_rect(cell).topLeft() + QPointF(5, 5)).toPoint()).name()


# --- what is shown


def test_every_layer_shows_the_weights_of_the_moment_and_of_no_other(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    for cursor in (Cursor(2400, 0, 4), Cursor(0, 0, 0), Cursor(3000, 0, 6)):
        snapshot = xor_run.snapshot_at(cursor)
        panel.show_snapshot(snapshot)
        for layer in (1, 2):
            data = panel.views[layer].data
            assert data is not None
            assert np.array_equal(data.values, snapshot.parameters[f"W{layer}"])
            assert data.biases is None


def test_the_colours_of_a_layer_span_its_own_smallest_to_largest_weight(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    weights = xor_run.snapshot_at(Cursor(2400, 0, 4)).parameters["W2"]
    shades = full_range(weights).shades(weights)
    for row in (0, 1):
        expected = QColor.fromRgba(int(viridis().pixels[shades[row, 0]])).name()
        assert colour_of(panel, 2, Cell(row, 0)) == expected
    assert panel.views[2].bar.labels() == ("−13.6", "10.5")
    assert panel.views[1].bar.labels() == ("0.80", "5.84")


def test_the_layers_are_named_by_what_they_connect(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    assert [view.accessibleName() for view in panel.views.values()] == ["Input → hidden W₁", "Hidden → output W₂"]
    assert panel.views[1].titles()[0] == "Input → hidden W₁ · 2 × 2"
    assert panel.views[1].tool_tip(Cell(0, 1)).endswith("\nfrom x₁ to hidden 2")


def test_a_value_is_read_in_full(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    value = xor_run.snapshot_at(Cursor(2400, 0, 4)).parameters["W1"][0, 1]
    assert panel.views[1].read_out(Cell(0, 1)) == "W1[0, 1] = 5.8407"
    assert f"W1[0, 1] = {value}" in panel.views[1].tool_tip(Cell(0, 1))


def test_gradients_appear_phase_by_phase(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.set_quantity("gradient")
    for phase, known in ((0, set()), (3, set()), (4, {2}), (5, {1, 2}), (6, {1, 2})):
        snapshot = xor_run.snapshot_at(Cursor(2400, 0, phase))
        panel.show_snapshot(snapshot)
        for layer, view in panel.views.items():
            if layer in known:
                assert view.data is not None
                assert np.array_equal(view.data.values, snapshot.gradients[f"W{layer}"])
                assert view.read_out(Cell(0, 0)).startswith(f"dW{layer}[0, 0] = ")
            else:
                assert view.data is None
                assert f"phase Backward {layer}" in view.message()


@pytest.mark.parametrize("run", ["xor_run", "mnist_run"])
def test_the_last_change_is_exactly_what_the_update_added(
    opened: Opener, run: str, request: pytest.FixtureRequest
) -> None:
    trainer: Trainer = request.getfixturevalue(run)
    batch = 2 if run == "mnist_run" else 0
    epoch = 0 if run == "mnist_run" else 2400
    before = trainer.snapshot_at(Cursor(epoch, batch, 5))
    after = trainer.snapshot_at(Cursor(epoch, batch, 6))
    panel = opened(trainer)
    panel.set_quantity("last")
    panel.show_snapshot(before)
    for view in panel.views.values():
        assert view.data is None
        assert "phase Update" in view.message()
    panel.show_snapshot(after)
    for layer, view in panel.views.items():
        assert view.data is not None
        assert np.array_equal(before.parameters[f"W{layer}"] + view.data.values, after.parameters[f"W{layer}"])
        assert view.data.values.any()
        assert not np.signbit(view.data.values[view.data.values == 0]).any(), "a zero has no minus sign"
        if view.data.biases is not None:
            assert np.array_equal(before.parameters[f"b{layer}"] + view.data.biases, after.parameters[f"b{layer}"])
        assert f"−η dW{layer}[0, 0] = " in view.read_out(Cell(0, 0))


def test_a_learning_rate_that_was_changed_on_the_way_counts(opened: Opener) -> None:
    run = Trainer(XOR.replace(epochs=20))
    for _ in range(10):
        run.step_epoch()
    run.learning_rate = 0.125
    run.step_epoch()
    panel = opened(run)
    panel.set_quantity("last")
    data, snapshot = panel.views[1].data, run.snapshot()
    assert data is not None
    assert np.array_equal(data.values, -0.125 * snapshot.gradients["W1"])


def test_the_change_is_counted_from_the_start(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.set_quantity("change")
    snapshot = xor_run.snapshot()
    data = panel.views[1].data
    assert data is not None
    assert np.array_equal(data.values, snapshot.parameters["W1"] - snapshot.initial_parameters["W1"])
    panel.show_snapshot(xor_run.snapshot_at(Cursor()))
    data = panel.views[1].data
    assert data is not None
    assert not data.values.any()


def test_signed_quantities_are_coloured_around_zero_and_so_can_weights_be(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    panel.set_quantity("change")
    view = panel.views[2]
    assert view.data is not None
    assert view.data.table is diverging(LIGHT)
    assert view.data.levels.low == -view.data.levels.high
    negative, positive = (QColor(colour_of(panel, 2, Cell(row, 0))) for row in (0, 1))
    assert negative.red() > negative.blue()
    assert positive.blue() > positive.red()
    panel.set_quantity("weights")
    assert view.data.table is viridis()
    panel.options.set_colours("diverging")
    assert view.data.table is diverging(LIGHT)
    panel.options.set_colours("viridis")
    panel.set_quantity("change")
    assert view.data.table is viridis()


def test_a_kept_scale_gives_a_value_the_same_colour_at_every_moment(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 0))
    panel.options.set_locked(True)
    view = panel.views[1]
    assert view.data is not None
    kept = view.data.levels
    panel.show_snapshot(xor_run.snapshot_at(Cursor(0, 0, 0)))
    assert view.data.levels == kept
    assert view.bar.labels()[0].startswith("≤"), "and says that some values lie outside of it"
    panel.options.set_locked(False)
    assert view.data.levels == full_range(view.data.values)


def test_one_scale_for_all_layers_is_around_zero_and_holds_the_largest_weight(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    panel.options.set_shared(True)
    first, second = panel.views[1].data, panel.views[2].data
    assert first is not None
    assert second is not None
    assert first.levels == second.levels == centred_range(first.values, second.values)
    assert first.table is second.table is diverging(LIGHT)
    panel.options.set_colours("viridis")
    assert panel.views[1].data is not None
    assert panel.views[1].data.levels == full_range(first.values, second.values)
    panel.options.set_colours("auto")
    panel.options.set_shared(False)
    assert panel.views[1].data.levels == full_range(first.values)


def test_biases_are_shown_with_their_weights_and_on_the_same_scale(opened: Opener) -> None:
    run = Trainer(XOR.replace(layers=(Layer(2, "tanh"), Layer(1)), epochs=50))
    run.run()
    panel = opened(run)
    data = panel.views[1].data
    assert data is not None
    assert data.biases is not None
    assert np.array_equal(data.biases, run.parameters["b1"])
    assert data.levels == full_range(run.parameters["W1"], run.parameters["b1"])
    assert panel.views[1].read_out(Cell(None, 1)).startswith("b1[1] = ")
    assert panel.views[1].tool_tip(Cell(None, 1)).endswith("\nbias of hidden 2")


# --- images


def test_the_first_layer_of_images_is_tiles_and_takes_most_of_the_space(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    first, second = panel.views[1], panel.views[2]
    assert isinstance(first, TilesView)
    assert isinstance(second, MatrixView)
    assert first.width() > 2.5 * second.width()
    place = first.cell_rect(Cell(14 * 28 + 14, 37)).center()
    cell = first.cell_at(place)
    assert cell is not None
    assert cell == Cell(14 * 28 + 14, 37)
    weight = mnist_run.parameters["W1"][cell]
    assert f"W1[406, 37] = {exact(weight)}" in first.tool_tip(cell)
    assert "the pixel in row 14, column 14" in first.tool_tip(cell)


def test_the_first_layer_of_images_can_be_seen_as_the_matrix_it_is(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.set_view("matrix")
    assert isinstance(panel.views[1], MatrixView)
    assert panel.views[1].data is not None
    assert panel.views[1].data.values.shape == (784, 128)
    panel.set_view("tiles")
    assert isinstance(panel.views[1], TilesView)


def test_tiles_are_offered_in_the_header_only_for_images(qtbot: QtBot, xor_run: Trainer, mnist_run: Trainer) -> None:
    panel = WeightsPanel()
    dock = PanelDock(panel.title(), panel)
    qtbot.addWidget(dock)
    for control in panel.controls():
        dock.header.addWidget(control)
    dock.show()
    box = panel.header.views
    for run, offered in (
        (xor_run, ["Matrix", "Histogram"]),
        (mnist_run, ["Tiles", "Matrix", "Histogram"]),
        (xor_run, ["Matrix", "Histogram"]),
    ):
        panel.start_run(run.experiment, run.dataset)
        assert [box.itemText(k) for k in range(box.count())] == offered
        assert box.currentText() == offered[0]


def test_the_view_is_chosen_with_the_keyboard(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run)
    box = panel.header.views
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert panel.view() == "matrix"
    assert isinstance(panel.views[1], MatrixView)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert isinstance(panel.views[1], TilesView)


def test_a_click_on_a_map_selects_the_parameter_there(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run)
    selected: list[tuple[str, object]] = []
    panel.parameter_selected.connect(lambda name, index: selected.append((name, index)))
    for layer, cell in ((1, Cell(406, 37)), (1, Cell(None, 5)), (2, Cell(20, 3))):
        view = panel.views[layer]
        place = view.cell_rect(cell).center().toPoint()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.cell_at(QPointF(place)) is not None
    kinds = [name for name, _ in selected]
    assert kinds == ["W1", "b1", "W2"]
    found = panel.views[1].cell_at(QPointF(panel.views[1].cell_rect(Cell(406, 37)).center().toPoint()))
    assert selected[0] == ("W1", tuple(found or ()))
    assert all(isinstance(number, int) for _, index in selected for number in index)  # type: ignore[attr-defined]


# --- any network


@pytest.mark.parametrize("size", [(236, 110), (352, 130), (716, 200), (1900, 1000)])
@pytest.mark.parametrize("layers", [1, 2, 8])
def test_all_layers_have_a_place_of_their_own(opened: Opener, size: tuple[int, int], layers: int) -> None:
    run = Trainer(DEEP.replace(layers=DEEP.layers[-layers:]))
    run.run()
    panel = opened(run, size=size)
    places = [view.geometry() for view in panel.views.values()]
    assert len(places) == layers
    assert all(panel.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])


def test_one_layer_can_be_chosen_among_many(opened: Opener) -> None:
    run = Trainer(DEEP)
    run.run()
    panel = opened(run)
    panel.options.set_layer(3)
    assert [number for number, view in panel.views.items() if view.isVisible()] == [3]
    assert panel.views[3].width() == panel.width()
    data = panel.views[3].data
    assert data is not None
    assert np.array_equal(data.values, run.parameters["W3"])
    panel.options.set_layer(None)
    assert all(view.isVisible() for view in panel.views.values())


def test_another_run_leaves_nothing_of_the_one_before(opened: Opener, xor_run: Trainer, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert all(view.data is None for view in panel.views.values())
    panel.show_snapshot(xor_run.snapshot())
    assert [view.data.values.shape for view in panel.views.values() if view.data] == [(2, 2), (2, 1)]


def test_numbers_that_are_none_are_shown_without_colour(opened: Opener) -> None:
    run = Trainer(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=900.0, epochs=200))
    with pytest.raises(backprop.DivergedError):
        run.run()
    panel = opened(run)
    data = panel.views[1].data
    assert data is not None
    bad = ~np.isfinite(data.values)
    assert (data.levels.shades(data.values)[np.isnan(data.values)] == MISSING).all()
    assert bad.any() or np.abs(data.values).max() > 1e100


# --- manners


def test_a_hidden_panel_only_remembers_and_shows_the_newest_when_seen(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(0, 0, 0))
    before = panel.views[1].data
    panel.hide()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(1000, 0, 0)))
    assert panel.views[1].data is before
    panel.show()
    data = panel.views[1].data
    assert data is not None
    assert np.array_equal(data.values, xor_run.snapshot_at(Cursor(1000, 0, 0)).parameters["W1"])


def test_colours_follow_the_theme(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.set_quantity("change")
    panel.set_theme(DARK)
    data = panel.views[1].data
    assert data is not None
    assert data.table is diverging(DARK)
    assert panel.grab().toImage().pixelColor(715, 199).name() == DARK.card.lower()


def test_a_person_who_cannot_see_it_is_told_the_numbers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    assert panel.accessibleName() == "Weights"
    weights = xor_run.snapshot_at(Cursor(2400, 0, 4)).parameters
    ends = [readable(float(end)) for name in ("W1", "W2") for end in (weights[name].min(), weights[name].max())]
    assert panel.summary() == (
        f"The weights at epoch 2400. Input → hidden W₁ · 2 × 2: from {ends[0]} to {ends[1]}. "
        f"Hidden → output W₂ · 2 × 1: from {ends[2]} to {ends[3]}."
    )
    panel.set_quantity("gradient")
    assert "Input → hidden W₁: not computed yet." in panel.summary()


def test_every_control_says_what_it_does(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    for control in panel.controls():
        assert control.accessibleName()
        assert control.toolTip() or control is panel.header.quantity
    for key in ("weights", "gradient", "last", "change", "all"):
        assert panel.header.quantity.button(key).toolTip()


# --- the figure for an animation


def figure(run: Trainer, cursor: Cursor, title: str = "") -> tuple[WeightsPanel, np.ndarray]:
    panel = WeightsPanel()
    panel.set_theme(LIGHT)
    panel.set_exporting(title)
    panel.start_run(run.experiment, run.dataset)
    panel.show_snapshot(run.snapshot_at(cursor))
    return panel, render(panel, (800, 600))


def test_an_exported_figure_is_what_the_lesson_describes(qtbot: QtBot, xor_run: Trainer) -> None:
    panel, picture = figure(xor_run, Cursor(3000, 0, 6))
    qtbot.addWidget(panel)
    assert [view.titles()[0] for view in panel.views.values()] == ["Weights Input-Hidden", "Weights Hidden-Output"]
    left, right = (panel.views[layer] for layer in (1, 2))
    assert left.geometry().right() < right.geometry().left()
    weights = xor_run.snapshot_at(Cursor(3000, 0, 6)).parameters
    for layer, view in panel.views.items():
        shades = full_range(weights[f"W{layer}"]).shades(weights[f"W{layer}"])
        for cell, shade in np.ndenumerate(shades):
            point = (view.cell_rect(Cell(*cell)).center() + view.pos()).toPoint()
            expected = QColor.fromRgba(int(viridis().pixels[shade]))
            assert picture[point.y(), point.x()].tolist() == [expected.red(), expected.green(), expected.blue()]
        assert view.bar.rect.height() > 300


def test_exported_frames_of_two_moments_differ_only_by_their_numbers(qtbot: QtBot, xor_run: Trainer) -> None:
    (first, early), (second, late) = figure(xor_run, Cursor(0, 0, 6)), figure(xor_run, Cursor(1000, 0, 6))
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    assert early.shape == late.shape == (600, 800, 3)
    assert first.views[1].image_rect == second.views[1].image_rect
    assert (early != late).any()


def test_a_figure_of_more_layers_names_each(qtbot: QtBot) -> None:
    run = Trainer(DEEP.replace(layers=(Layer(3), Layer(2), Layer(1))))
    panel, _ = figure(run, Cursor(), "Epoch 0")
    qtbot.addWidget(panel)
    assert [view.titles()[0] for view in panel.views.values()] == [
        "Weights Input-Hidden 1",
        "Weights Hidden 1-Hidden 2",
        "Weights Hidden 2-Output",
    ]
    assert all(view.data is not None and view.data.biases is None for view in panel.views.values())


def test_mnist_is_exported_as_the_matrices_they_are(qtbot: QtBot, mnist_run: Trainer) -> None:
    panel, picture = figure(mnist_run, Cursor(0, 2, 6))
    qtbot.addWidget(panel)
    assert isinstance(panel.views[1], MatrixView)
    rect = panel.views[1].image_rect.translated(QPointF(panel.views[1].pos()))
    assert rect.width() > 200
    assert rect.height() > 400
    inside = picture[int(rect.top()) + 5 : int(rect.bottom()) - 5, int(rect.left()) + 5 : int(rect.right()) - 5]
    assert len(np.unique(inside.reshape(-1, 3), axis=0)) > 100
