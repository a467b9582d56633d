"""The network panel: what it draws is the sample, the moment and the network that the engine has."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

import backprop
from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.panels.network import NetworkPanel
from app.panels.network.bars import Bars
from app.panels.network.drawing import tint
from app.panels.network.figures import compact, short, signed
from app.panels.network.image_flow import ImageFlow
from app.panels.network.node_layout import Column, NodeLayout
from app.panels.network.node_link import NodeLink
from app.panels.network.sample_view import Parameter, Target, Unit
from app.widgets.colour_scale import Levels, diverging, viridis
from app.widgets.value_text import exact
from backprop import Cursor, Dataset, Experiment, Layer, Snapshot, Trainer

# The offscreen platform says what it cannot do; that is not a fault of the program.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

XOR = backprop.LESSONS["xor"].experiment
MNIST = backprop.LESSONS["mnist"].experiment
SIZE = (719, 258)
EPOCH = 2400


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> NetworkPanel:
    install(qapp, LIGHT)
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    for control in panel.controls():
        qtbot.addWidget(control)
    panel.resize(*SIZE)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def show(panel: NetworkPanel, trainer: Trainer, phase: int, epoch: int = EPOCH, batch: int = 0) -> Snapshot:
    """Show the panel a moment of a run, and return that moment."""
    panel.start_run(trainer.experiment, trainer.dataset)
    snapshot = trainer.snapshot_at(Cursor(epoch, batch, phase))
    panel.show_snapshot(snapshot)
    return snapshot


def show_run_of(panel: NetworkPanel, experiment: Experiment, dataset: Dataset, steps: int = 3) -> Snapshot:
    trainer = Trainer(experiment, dataset, evaluate=False)
    for _ in range(steps):
        trainer.step_batch()
    panel.start_run(trainer.experiment, trainer.dataset)
    panel.show_snapshot(trainer.snapshot())
    return trainer.snapshot()


def picture(panel: NetworkPanel) -> QImage:
    return panel.grab().toImage()


def colour_at(panel: NetworkPanel, point: QPointF) -> QColor:
    return picture(panel).pixelColor(point.toPoint())


def alike(colour: QColor, other: str, tolerance: int = 24) -> bool:
    """Return whether two colours differ by no more than a smooth edge makes them."""
    wanted = QColor(other)
    channels = ((colour.red(), wanted.red()), (colour.green(), wanted.green()), (colour.blue(), wanted.blue()))
    return all(abs(a - b) <= tolerance for a, b in channels)


def count(panel: NetworkPanel, box: QRectF, colour: str) -> int:
    """Count the pixels of exactly that colour in ``box``."""
    image = picture(panel).copy(box.toRect()).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF
    return int(np.sum(pixels == QColor(colour).rgb() & 0xFFFFFF))


def node_link(panel: NetworkPanel) -> NodeLink:
    assert isinstance(panel._drawing, NodeLink)
    panel.grab()
    return panel._drawing


def image_flow(panel: NetworkPanel) -> ImageFlow:
    assert isinstance(panel._drawing, ImageFlow)
    panel.grab()
    return panel._drawing


def centre_of(panel: NetworkPanel, target: Target) -> QPoint:
    if isinstance(target, Unit) and isinstance(panel._drawing, NodeLink):
        return node_link(panel).layout.centres[target.layer][target.unit].toPoint()
    return panel.place(target).center().toPoint()


def hover(panel: NetworkPanel, qtbot: QtBot, target: Target) -> str:
    """Move the pointer onto a target and return the tool tip."""
    qtbot.mouseMove(panel, centre_of(panel, target) + QPoint(1, 0))
    qtbot.mouseMove(panel, centre_of(panel, target))
    return QToolTip.text()


# --- which drawing


def layers(*units: int, activation: str = "sigmoid", output: str = "sigmoid", biases: bool = True) -> tuple[Layer, ...]:
    hidden = tuple(Layer(size, activation, biases=biases) for size in units[:-1])
    return (*hidden, Layer(units[-1], output, biases=biases))


@pytest.mark.parametrize(
    ("units", "drawing"),
    [((2, 1), NodeLink), ((1,), NodeLink), ((16, 1), NodeLink), ((8, 8, 1), NodeLink), ((17, 1), ImageFlow)],
)
def test_small_networks_are_drawn_edge_by_edge(
    panel: NetworkPanel, xor: Dataset, units: tuple[int, ...], drawing: type
) -> None:
    show_run_of(panel, XOR.replace(layers=layers(*units)), xor)
    assert type(panel._drawing) is drawing


def test_many_edges_are_too_many_even_between_few_units(panel: NetworkPanel, xor: Dataset) -> None:
    show_run_of(panel, XOR.replace(layers=layers(10, 10, 1)), xor)
    assert isinstance(panel._drawing, ImageFlow)


# --- node-link: values


def test_pointing_at_a_node_gives_the_engines_numbers(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    snapshot = show(panel, xor_run, 6)
    panel.set_sample(2)
    a, z, delta = snapshot.a[0], snapshot.z[0], snapshot.delta[0]
    assert a is not None
    assert z is not None
    assert delta is not None
    assert hover(panel, qtbot, Unit(1, 0)).split("\n") == [
        "hidden 1",
        f"a = {exact(a[2, 0])}",
        f"z = {exact(z[2, 0])}",
        f"δ = {exact(delta[2, 0])}",
    ]
    assert hover(panel, qtbot, Unit(0, 0)) == "x₁\nx = 1.0"
    assert hover(panel, qtbot, Unit(2, 0)).endswith("target = 1.0")


def test_pointing_at_a_weight_gives_its_ends_value_and_gradient(
    panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer
) -> None:
    snapshot = show(panel, xor_run, 6)
    assert hover(panel, qtbot, Parameter("W1", (0, 1))).split("\n") == [
        "x₁ → hidden 2",
        f"w = {exact(snapshot.parameters['W1'][0, 1])}",
        f"gradient of the batch = {exact(snapshot.gradients['W1'][0, 1])}",
    ]


def test_a_weight_has_no_gradient_before_its_backward_phase(
    panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer
) -> None:
    show(panel, xor_run, 4)
    assert "gradient" in hover(panel, qtbot, Parameter("W2", (0, 0)))
    assert "gradient" not in hover(panel, qtbot, Parameter("W1", (0, 0)))


def test_lines_can_be_pointed_at_beside_their_labels(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    layout = node_link(panel).layout
    start, end = layout.centres[1][0], layout.centres[2][0]
    assert panel.target_at(start + (end - start) * 0.75) == Parameter("W2", (0, 0))
    assert panel.target_at(QPointF(2, 2)) is None


def test_biases_are_shown_and_can_be_pointed_at(panel: NetworkPanel, qtbot: QtBot, xor: Dataset) -> None:
    snapshot = show_run_of(panel, XOR.replace(layers=layers(2, 1)), xor)
    bias = Parameter("b1", (1,))
    assert hover(panel, qtbot, bias).split("\n")[:2] == ["hidden 2", f"b = {exact(snapshot.parameters['b1'][1])}"]
    assert count(panel, panel.place(bias), LIGHT.soft_text) > 3
    show_run_of(panel, XOR.replace(layers=layers(2, 1, biases=False)), xor)
    assert "bias" not in node_link(panel).layout.captions[1]


def test_the_tool_tip_follows_the_run(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    show(panel, xor_run, 6, epoch=10)
    before = hover(panel, qtbot, Parameter("W1", (0, 0)))
    later = xor_run.snapshot_at(Cursor(2000, 0, 6))
    panel.cursor().setPos(panel.mapToGlobal(centre_of(panel, Parameter("W1", (0, 0)))))
    panel.show_snapshot(later)
    assert QToolTip.text() != before
    assert exact(later.parameters["W1"][0, 0]) in QToolTip.text()


# --- node-link: colours


def test_nodes_are_filled_by_activation(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    panel.set_sample(2)
    layout = node_link(panel).layout
    below = QPointF(0, 0.6 * layout.radii[0])
    blues = [colour_at(panel, centre + below).red() for centre in layout.centres[0]]
    assert blues[0] < blues[1] - 80, "x₁ is 1 and x₂ is 0, so x₁ is a much deeper blue"


def test_negative_activations_have_the_negative_colour(panel: NetworkPanel, xor: Dataset) -> None:
    snapshot = show_run_of(panel, XOR.replace(layers=layers(3, 1, activation="tanh"), seed=1), xor, steps=200)
    a = snapshot.a[0]
    assert a is not None
    layout = node_link(panel).layout
    for unit, value in enumerate(a[panel.sample()]):
        fill = colour_at(panel, layout.centres[1][unit] + QPointF(0, 0.7 * layout.radii[1]))
        assert (fill.blue() > fill.red()) == (value > 0)


def test_lines_show_sign_by_colour_and_size_by_width(panel: NetworkPanel, xor_run: Trainer) -> None:
    snapshot = show(panel, xor_run, 6)
    weights = snapshot.parameters["W2"][:, 0]
    assert weights[0] < 0 < weights[1]
    layout = node_link(panel).layout
    for unit, colour in ((0, LIGHT.negative), (1, LIGHT.positive)):
        start, end = layout.centres[1][unit], layout.centres[2][0]
        assert alike(colour_at(panel, start + (end - start) * 0.75), colour, 0)
    near = [QRectF(layout.centres[1][unit] - QPointF(60, 8), QSizeF(1, 17)) for unit in (0, 1)]
    thin, thick = (count(panel, box, LIGHT.card) for box in near)
    assert thin >= thick + 3, "0.80 is a thin line and 5.84 a thick one"


# --- what is computed, what is lit


def ring_colour(panel: NetworkPanel, layer: int) -> QColor:
    layout = node_link(panel).layout
    return colour_at(panel, layout.centres[layer][0] - QPointF(0, layout.radii[layer]))


def test_before_the_first_phase_only_inputs_have_values(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    show(panel, xor_run, 0)
    layout = node_link(panel).layout
    for layer in (1, 2):
        centre, radius = layout.centres[layer][0], layout.radii[layer]
        inside = QRectF(centre.x() - 0.6 * radius, centre.y() - 0.6 * radius, 1.2 * radius, 1.2 * radius)
        assert count(panel, inside, LIGHT.card) == inside.toRect().width() * inside.toRect().height()
        assert "not computed yet" in hover(panel, qtbot, Unit(layer, 0))
    assert count(panel, panel.place(Parameter("W1", (0, 0))), LIGHT.text) > 5, "weights are there all the time"
    assert panel.strip.current() is None


@pytest.mark.parametrize(
    ("phase", "lit", "colour"),
    [(1, 1, "forward"), (2, 2, "forward"), (3, 2, "accent"), (4, 2, "backward"), (5, 1, "backward")],
)
def test_the_layer_just_computed_is_lit(
    panel: NetworkPanel, xor_run: Trainer, phase: int, lit: int, colour: str
) -> None:
    show(panel, xor_run, phase)
    assert alike(ring_colour(panel, lit), getattr(LIGHT, colour))
    assert not alike(ring_colour(panel, 3 - lit), getattr(LIGHT, colour))
    assert panel.strip.current() == phase - 1


@pytest.mark.parametrize(
    ("phase", "lit", "colour"),
    [(1, 1, "forward"), (2, 2, "forward"), (3, 0, ""), (4, 0, ""), (5, 2, "backward"), (6, 0, "")],
)
def test_the_connections_on_which_a_phase_computes_are_lit(
    panel: NetworkPanel, xor_run: Trainer, phase: int, lit: int, colour: str
) -> None:
    show(panel, xor_run, phase)
    layout = node_link(panel).layout
    glow = tint(LIGHT.card, getattr(LIGHT, colour), 20) if colour else ""
    for layer in (1, 2):
        start, end = layout.centres[layer - 1][1], layout.centres[layer][-1]
        beside = QRectF(start + (end - start) * 0.7 - QPointF(1, 12), QSizeF(3, 24))
        seen = {tint(LIGHT.card, direction, 20) for direction in (LIGHT.forward, LIGHT.backward, LIGHT.accent)}
        seen = {light for light in seen if count(panel, beside, light)}
        assert seen == ({glow} if layer == lit else set())


def test_after_the_update_nothing_is_lit(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    assert all(alike(ring_colour(panel, layer), LIGHT.text) for layer in (0, 1, 2))


def test_deltas_appear_when_they_are_computed(panel: NetworkPanel, xor_run: Trainer) -> None:
    seen = []
    for phase in (3, 4, 5):
        show(panel, xor_run, phase)
        layout = node_link(panel).layout
        boxes = [layout.caption_rect(layer, 0, "delta") for layer in (1, 2)]
        seen.append([count(panel, box, LIGHT.backward) > 0 for box in boxes])
    assert seen == [[False, False], [False, True], [True, True]]


def test_the_header_names_the_phases_of_this_network(panel: NetworkPanel, xor: Dataset, xor_run: Trainer) -> None:
    show(panel, xor_run, 1)
    assert [label for label, _ in panel.strip.phases()] == [
        "Forward 1",
        "Forward 2",
        "Loss",
        "Backward 2",
        "Backward 1",
        "Update",
    ]
    show_run_of(panel, XOR.replace(layers=layers(1)), xor)
    assert [label for label, _ in panel.strip.phases()] == ["Forward 1", "Loss", "Backward 1", "Update"]


def test_going_back_in_time_shows_that_moment_and_nothing_else(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 2)
    first = picture(panel)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(40, 0, 5)))
    assert picture(panel) != first
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 2)))
    assert picture(panel) == first


def test_a_hidden_panel_catches_up_when_it_is_shown(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 1)
    panel.hide()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 4)))
    assert panel.strip.current() == 0
    panel.show()
    assert panel.strip.current() == 3


# --- which sample


def test_the_selector_walks_through_the_samples(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    snapshot = show(panel, xor_run, 6)
    panel.set_sample(2)
    assert panel.selector.label.text() == "Sample 3 of 4"
    chosen: list[int] = []
    panel.sample_selected.connect(chosen.append)
    for _ in range(2):
        qtbot.mouseClick(panel.selector.next, Qt.MouseButton.LeftButton)
    assert chosen == [3, 0]
    view = panel.view()
    assert view is not None
    assert np.array_equal(view.inputs, snapshot.x[0])
    qtbot.mouseClick(panel.selector.previous, Qt.MouseButton.LeftButton)
    assert panel.sample() == 3


def test_a_run_begins_with_a_sample_that_is_not_all_zeros(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 0)
    view = panel.view()
    assert view is not None
    assert view.inputs.any()


def test_shuffling_a_full_batch_does_not_change_the_sample(panel: NetworkPanel, xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(shuffle=True, epochs=20), xor)
    panel.start_run(trainer.experiment, xor)
    panel.set_sample(2)
    orders = set()
    for _ in range(8):
        trainer.step_epoch()
        panel.show_snapshot(trainer.snapshot())
        orders.add(tuple(trainer.snapshot().rows))
        view = panel.view()
        assert view is not None
        assert np.array_equal(view.inputs, xor.train.x[2])
    assert len(orders) > 1


def test_a_smaller_last_batch_shows_its_last_sample(panel: NetworkPanel, xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(batch_size=3), xor)
    panel.start_run(trainer.experiment, xor)
    panel.set_sample(2)
    trainer.step_batch()
    panel.show_snapshot(trainer.snapshot())
    assert panel.selector.label.text() == "Sample 3 of 3"
    trainer.step_batch()
    panel.show_snapshot(trainer.snapshot())
    assert panel.selector.label.text() == "Sample 1 of 1"
    assert not panel.selector.next.isEnabled()
    trainer.step_batch()
    panel.show_snapshot(trainer.snapshot())
    assert panel.selector.label.text() == "Sample 3 of 3"


# --- selecting


def test_a_click_on_a_weight_selects_and_announces_it(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    edge = Parameter("W1", (0, 1))
    box = panel.place(edge)
    assert count(panel, box.adjusted(-2, -2, 2, 2), LIGHT.backward) == 0
    with qtbot.waitSignal(panel.parameter_selected) as caught:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert caught.args == ["W1", (0, 1)]
    assert panel.selected() == edge
    assert count(panel, box.adjusted(-2, -2, 2, 2), LIGHT.backward) > 40


def test_a_click_on_a_node_selects_and_announces_it(panel: NetworkPanel, qtbot: QtBot, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    with qtbot.waitSignal(panel.unit_selected) as caught:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=centre_of(panel, Unit(2, 0)))
    assert caught.args == [2, 0]
    layout = node_link(panel).layout
    assert alike(colour_at(panel, layout.centres[2][0] - QPointF(0, layout.radii[2] + 4)), LIGHT.backward)


def test_a_new_run_selects_nothing(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    panel.select_parameter("W2", (1, 0))
    show(panel, xor_run, 6)
    assert panel.selected() is None


# --- where things stand


@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5),
    biases=st.booleans(),
    width=st.integers(260, 1900),
    height=st.integers(130, 1000),
)
@example(sizes=[1, 1, 1, 2, 1], biases=False, width=260, height=130)
def test_nothing_overlaps_and_nothing_is_cut_off(
    qapp: QApplication, sizes: list[int], biases: bool, width: int, height: int
) -> None:
    room = QRectF(0, 0, width, height)
    columns = [Column(units, "hidden 2.1", biases and layer > 0) for layer, units in enumerate(sizes)]
    layout = NodeLayout(columns, room)
    units = [(layer, unit) for layer, count in enumerate(sizes) for unit in range(count)]
    assert all(room.adjusted(-1, -1, 1, 1).contains(layout.unit_rect(*unit)) for unit in units)
    labels = [layout.label_rect(layer, edge) for layer in range(1, len(sizes)) for edge in layout.labels[layer]]
    boxes = [box for box in labels if box is not None]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    circles = [(layout.centres[layer][unit], layout.radii[layer]) for layer, unit in units]
    assert not any(box.contains(centre + QPointF(r, 0)) for box in boxes for centre, r in circles)
    for layer in range(1, len(sizes)):
        here = [layout.label_rect(layer, edge) for edge in layout.labels[layer]]
        for point in crossings(layout, layer):
            assert not any(box is not None and box.contains(point) for box in here)


def crossings(layout: NodeLayout, layer: int) -> list[QPointF]:
    """Return where connections into ``layer`` cross, from their equations."""
    before, after = layout.centres[layer - 1], layout.centres[layer]
    points = []
    for (i, j), (k, m) in combinations(product(range(len(before)), range(len(after))), 2):
        gap, gap_after = before[i].y() - before[k].y(), after[j].y() - after[m].y()
        if gap * gap_after < 0:
            points.append(before[i] + (after[j] - before[i]) * (gap / (gap - gap_after)))
    return points


def test_the_lesson_has_all_its_labels_at_the_windows_smallest_size(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6)
    assert [len(labels) for labels in node_link(panel).layout.labels] == [0, 4, 2]


def test_labels_stay_where_they_are_while_weights_change(panel: NetworkPanel, xor_run: Trainer) -> None:
    show(panel, xor_run, 6, epoch=0)
    before = panel.place(Parameter("W2", (0, 0)))
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 6)))
    assert panel.place(Parameter("W2", (0, 0))) == before


@pytest.mark.parametrize("size", [(260, 160), (1900, 1000)])
@pytest.mark.parametrize(
    "recipe",
    [
        layers(1),
        layers(4, 1, activation="relu", output="identity"),
        layers(16, 4, 1, activation="tanh", output="tanh"),
        layers(2, 2, 2, 2, 2, 2, 2, 1),
        layers(200, 30, 1, activation="identity", output="relu"),
        layers(1, output="softmax"),
    ],
)
def test_any_network_can_be_drawn_at_any_size(
    panel: NetworkPanel, xor: Dataset, recipe: tuple[Layer, ...], size: tuple[int, int]
) -> None:
    panel.resize(*size)
    show_run_of(panel, XOR.replace(layers=recipe), xor)
    image = picture(panel)
    assert len({image.pixel(x, size[1] // 2) for x in range(size[0])}) > 4


def test_numbers_that_are_none_are_drawn_as_such(panel: NetworkPanel, xor: Dataset) -> None:
    wild = XOR.replace(layers=layers(3, 1, activation="identity", output="identity"), learning_rate=1000.0)
    trainer = Trainer(wild, xor)
    with pytest.raises(backprop.DivergedError):
        trainer.run()
    panel.start_run(wild, xor)
    panel.show_snapshot(trainer.snapshot())
    assert isinstance(node_link(panel), NodeLink)


# --- image flow


def test_the_input_is_the_samples_image(panel: NetworkPanel, mnist: Dataset, mnist_run: Trainer) -> None:
    snapshot = show(panel, mnist_run, 6, epoch=0, batch=100)
    panel.set_sample(7)
    image_flow(panel)
    shown = picture(panel)
    pixels = mnist.train.x[snapshot.rows[7]]
    for pixel in (*np.flatnonzero(pixels > 0.9)[:20], 40, 700):
        drawn = shown.pixelColor(panel.place(Unit(0, int(pixel))).center().toPoint()).red()
        assert drawn == pytest.approx(255 * pixels[pixel], abs=2)


def test_tiles_have_the_colour_of_their_activation(panel: NetworkPanel, qtbot: QtBot, mnist_run: Trainer) -> None:
    snapshot = show(panel, mnist_run, 6, epoch=0, batch=100)
    a = snapshot.a[0]
    assert a is not None
    image_flow(panel)
    shown = picture(panel)
    colours = viridis().pixels[Levels(0.0, 1.0).shades(a[0])]
    for unit in (0, 17, 63, 127):
        assert shown.pixel(panel.place(Unit(1, unit)).center().toPoint()) == colours[unit]
    assert f"a = {exact(a[0, 63])}" in hover(panel, qtbot, Unit(1, 63))


def test_the_layer_going_backwards_shows_its_deltas(panel: NetworkPanel, mnist_run: Trainer) -> None:
    snapshot = show(panel, mnist_run, 5, epoch=0, batch=100)
    delta = snapshot.delta[0]
    assert delta is not None
    image_flow(panel)
    largest = float(np.abs(delta[0]).max())
    colours = diverging(LIGHT).pixels[Levels(-largest, largest).shades(delta[0])]
    unit = int(np.abs(delta[0]).argmax())
    assert picture(panel).pixel(panel.place(Unit(1, unit)).center().toPoint()) == colours[unit]


def test_what_is_not_computed_yet_is_empty(panel: NetworkPanel, mnist_run: Trainer) -> None:
    show(panel, mnist_run, 0, epoch=0, batch=100)
    image_flow(panel)
    assert alike(colour_at(panel, panel.place(Unit(1, 60)).center()), LIGHT.field, 0)
    assert count(panel, panel.place(Unit(2, 3)), LIGHT.positive) == 0


def test_bars_are_as_long_as_outputs_are_large(panel: NetworkPanel, xor: Dataset) -> None:
    lengths = {}
    for seed in range(4):
        recipe = (Layer(20, "sigmoid", "uniform"), Layer(1, "sigmoid", "standard_normal"))
        snapshot = show_run_of(panel, XOR.replace(layers=recipe, seed=seed), xor)
        output = snapshot.a[-1]
        assert output is not None
        row = panel.place(Unit(2, 0))
        line = QRectF(row.left(), row.center().y(), row.width(), 1)
        value = float(output[panel.sample(), 0])
        right = (value >= 0.5) == bool(snapshot.y[panel.sample(), 0])
        lengths[value] = count(panel, line, LIGHT.right if right else LIGHT.wrong)
    bars = image_flow(panel).blocks[-1]
    assert isinstance(bars, Bars)
    assert max(lengths) - min(lengths) > 0.3
    for value, length in lengths.items():
        assert length == pytest.approx(value * bars._tracks[0].width(), abs=2.0)


def test_the_right_class_is_ticked_and_a_wrong_answer_crossed(panel: NetworkPanel, mnist_run: Trainer) -> None:
    snapshot = show(panel, mnist_run, 6, epoch=0, batch=100)
    output = snapshot.a[-1]
    assert output is not None
    answers, targets = output.argmax(axis=1), snapshot.y.argmax(axis=1)
    wrong = int(np.flatnonzero(answers != targets)[0])
    panel.set_sample(wrong)
    marked = {
        colour: [unit for unit in range(10) if count(panel, panel.place(Unit(2, unit)), colour)]
        for colour in (LIGHT.right, LIGHT.wrong)
    }
    assert marked == {LIGHT.right: [targets[wrong]], LIGHT.wrong: [answers[wrong]]}


def test_a_selected_unit_shows_its_connections(panel: NetworkPanel, qtbot: QtBot, mnist_run: Trainer) -> None:
    show(panel, mnist_run, 6, epoch=0, batch=100)
    flow = image_flow(panel)
    between = QRectF(
        flow.blocks[1].rect.right() + 4, 40, flow.blocks[2].rect.left() - flow.blocks[1].rect.right() - 8, 180
    )
    plain = picture(panel).copy(between.toRect())
    with qtbot.waitSignal(panel.unit_selected) as caught:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=centre_of(panel, Unit(1, 20)))
    assert caught.args == [1, 20]
    assert picture(panel).copy(between.toRect()) != plain


# --- the rest of the contract


def test_the_theme_recolours_everything(panel: NetworkPanel, xor_run: Trainer, qapp: QApplication) -> None:
    show(panel, xor_run, 4)
    install(qapp, DARK)
    panel.set_theme(DARK)
    assert alike(ring_colour(panel, 2), DARK.backward)
    assert alike(ring_colour(panel, 1), DARK.text)
    install(qapp, LIGHT)


def test_the_summary_says_what_is_drawn(panel: NetworkPanel, xor_run: Trainer) -> None:
    assert panel.summary() == ""
    snapshot = show(panel, xor_run, 4)
    panel.set_sample(2)
    output = snapshot.a[-1]
    assert output is not None
    assert panel.summary() == (
        "A network of 2 – 2 – 1 units; sample (1, 0) → 1. "
        f"Outputs: output {output[2, 0]:.3f}. Epoch 2400, batch 0, Backward 2."
    )


def test_an_exported_copy_has_a_title_and_no_hover(panel: NetworkPanel, xor_run: Trainer) -> None:
    panel.resize(800, 600)
    panel.set_exporting("XOR")
    show(panel, xor_run, 4)
    assert count(panel, QRectF(300, 8, 200, 28), LIGHT.text) > 10
    assert panel.target_at(QPointF(centre_of(panel, Unit(1, 0)))) is None
    assert panel.place(Unit(1, 0)).top() > 60


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.000"), (0.75, "0.750"), (-0.0001, "0.000"), (13.5601, "13.56"), (-512.3, "−512.3"), (2.5e6, "2.5e6")],
)
def test_short_figures_keep_their_length(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0000"), (0.12964, "+0.1296"), (-0.00136, "−0.0014"), (3.1e-7, "+3.1e−7"), (float("nan"), "nan")],
)
def test_signed_figures_never_pretend_to_be_zero(value: float, text: str) -> None:
    assert signed(value) == text


def test_compact_figures_have_nothing_that_is_not_needed() -> None:
    assert [compact(value) for value in (0.0, 1.0, -1.0, 2.54, 1.3e-7)] == ["0", "1", "−1", "2.5", "1.3e−7"]
