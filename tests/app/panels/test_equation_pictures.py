"""The matrix form of a large network: the same numbers as pictures, any sample in its batch or alone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT, Theme
from app.panels.equation import EquationPanel
from app.panels.equation.blocks import BarsBlock, TileBlock
from app.panels.equation.picture_layout import grid_of
from app.panels.equation.picture_page import PicturePage
from app.panels.equation.terms import Cell, Key, Kind
from app.widgets.colour_scale import centred_range, diverging
from backprop import LESSONS, Cursor, Dataset, Experiment, Layer, Snapshot, Trainer
from backprop.metrics import predicted_classes
from backprop.microscope import examine
from tests.pictures import colours

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment
BATCH = 150

Opener = Callable[..., EquationPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(EquationPanel, (740, 221))


def page_of(panel: EquationPanel) -> PicturePage:
    panel.grab()
    page = panel.page()
    assert isinstance(page, PicturePage)
    return page


def place(panel: EquationPanel, kind: Kind, layer: int, *index: int) -> QRectF:
    found = panel.page().place(Cell(Key(kind, layer), index))
    assert found is not None
    return found


def picture(panel: EquationPanel) -> QImage:
    return panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def text_of(panel: EquationPanel) -> str:
    return "".join(run.text for run in panel.foot())


def tiles(panel: EquationPanel, kind: Kind) -> list[TileBlock]:
    return [block for block in page_of(panel).blocks() if isinstance(block, TileBlock) and block.key.kind == kind]


# --- what it shows


@pytest.mark.parametrize("phase", range(7))
def test_the_tiles_are_the_units_that_learn_most_from_the_sample_at_every_phase(
    opened: Opener, mnist_run: Trainer, phase: int
) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, phase))
    panel.set_sample(9)
    delta = mnist_run.snapshot_at(Cursor(0, BATCH, 5)).delta[0]
    assert delta is not None
    shown = page_of(panel).units
    assert len(shown) >= 3
    wanted = np.sort(np.abs(delta[9]))[::-1][: len(shown)]
    assert np.abs(delta[9][list(shown)]) == pytest.approx(wanted, rel=1e-4)
    assert [tile.unit for tile in tiles(panel, "W")] == [tile.unit for tile in tiles(panel, "dW")] == list(shown)


def test_a_tile_has_the_colours_of_its_gradient(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1400, 600))
    panel.set_sample(3)
    gradient = mnist_run.snapshot_at(Cursor(0, BATCH, 5)).gradients["W1"]
    found = tiles(panel, "dW")
    table, levels = diverging(LIGHT), centred_range(gradient[:, [tile.unit for tile in found]])
    image = picture(panel)
    for tile in found:
        values = gradient[:, tile.unit]
        for pixel in (int(np.argmax(values)), int(np.argmin(values)), 0):
            rect = tile.place(Cell(Key("dW", 1), (pixel, tile.unit)))
            assert rect is not None
            colour = image.pixelColor(rect.center().toPoint())
            wanted = QColor.fromRgb(int(table.pixels[levels.shades(values[[pixel]])[0]]))
            assert abs(colour.red() - wanted.red()) < 12, (tile.unit, pixel)
            assert abs(colour.blue() - wanted.blue()) < 12, (tile.unit, pixel)


def test_alone_the_gradient_of_the_first_layer_is_the_image_itself(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1053, 321))
    panel.show_alone("test", 115)
    snapshot = panel.terms().snapshot
    x = mnist_run.dataset.test.x[115]  # type: ignore[union-attr]
    delta = snapshot.delta[0]
    assert delta is not None
    image = picture(panel)
    ink, blank = int(np.argmax(x)), 0
    for tile in tiles(panel, "dW")[:4]:
        assert snapshot.gradients["W1"][:, tile.unit] == pytest.approx(x * delta[0, tile.unit], rel=1e-5)
        bright, dark = (
            image.pixelColor(tile.rect_of(tile.span((pixel, tile.unit)) or (0, 1, 0, 1)).center().toPoint())
            for pixel in (ink, blank)
        )
        assert bright != dark
        warm = bright.red() > bright.blue()
        assert warm is bool(delta[0, tile.unit] < 0), "orange stands for less, blue for more"


def test_what_is_not_computed_yet_is_an_empty_frame(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 2))
    image = picture(panel)
    for tile in tiles(panel, "dW"):
        assert colours(image, tile.rect.adjusted(4, 4, -4, -4)) == {LIGHT.field}
    for tile in tiles(panel, "W"):
        assert len(colours(image, tile.rect.adjusted(4, 4, -4, -4))) > 50
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, BATCH, 5)))
    image = picture(panel)
    assert any(len(colours(image, tile.rect.adjusted(4, 4, -4, -4))) > 20 for tile in tiles(panel, "dW"))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_phase_just_computed_is_lit_in_its_colour(opened: Opener, mnist_run: Trainer, theme: Theme) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 1), theme=theme)
    wanted = {
        1: {("A", 1)},
        2: {("A", 2)},
        3: {("loss", 2)},
        4: {("delta", 2), ("dW", 2)},
        5: {("delta", 1), ("dW", 1)},
        6: {("W", 1), ("W", 2)},
    }
    for phase, keys in wanted.items():
        panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, BATCH, phase)))
        page, image = page_of(panel), picture(panel)
        colour = theme.forward if phase <= 2 else theme.backward if phase in (4, 5) else theme.accent
        lit = set()
        for block in page.blocks():
            box = block.rect.adjusted(-3, -3, 3, 3)
            edge = colours(image, QRectF(box.left(), box.center().y(), 3, 1)) | (
                colours(image, block.rect.adjusted(0, 0, 0, -4)) if block.key.kind == "loss" else set()
            )
            if colour in edge:
                lit.add((block.key.kind, block.key.layer))
        assert lit == keys, phase


def test_outputs_are_bars_with_names_and_the_answer_is_marked(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1053, 321))
    outputs = mnist_run.snapshot_at(Cursor(0, BATCH, 5)).a[1]
    assert outputs is not None
    labels = mnist_run.dataset.train.labels[BATCH * 64 : BATCH * 64 + 64]
    answers = predicted_classes(outputs)
    image_colours = {}
    for right in (True, False):
        sample = int(np.flatnonzero((answers == labels) == right)[0])
        panel.set_sample(sample)
        block = next(b for b in page_of(panel).blocks() if isinstance(b, BarsBlock) and b.key == Key("A", 2))
        image_colours[right] = colours(picture(panel), block.rect)
    assert LIGHT.right in image_colours[True]
    assert LIGHT.wrong not in image_colours[True]
    assert LIGHT.wrong in image_colours[False]


def test_another_sample_shows_other_pictures_but_the_same_batch_gradient(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    panel.set_sample(1)
    first, weights = picture(panel), place(panel, "W", 2, 0, 0)
    panel.set_sample(2)
    second = picture(panel)
    page = page_of(panel)
    heat = next(block for block in page.blocks() if block.key == Key("dW", 2))
    image_block = next(block for block in page.blocks() if block.key == Key("A", 0))
    assert first.copy(heat.rect.toAlignedRect()) == second.copy(heat.rect.toAlignedRect())
    assert first.copy(image_block.rect.toAlignedRect()) != second.copy(image_block.rect.toAlignedRect())
    assert weights == place(panel, "W", 2, 0, 0)


# --- pointing


def test_pointing_at_a_gradients_pixel_marks_the_pixel_and_the_deltas(
    opened: Opener, mnist_run: Trainer, qtbot: QtBot
) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1053, 321))
    panel.set_sample(5)
    tile = tiles(panel, "dW")[1]
    x = mnist_run.snapshot_at(Cursor(0, BATCH, 5)).x[5]
    pixel = int(np.argmax(x))
    rect = tile.place(Cell(Key("dW", 1), (pixel, tile.unit)))
    assert rect is not None
    qtbot.mouseMove(panel, rect.center().toPoint())
    cell = panel.pointed()
    assert cell == Cell(Key("dW", 1), (pixel, tile.unit))
    marked = {source.key: box for box, source in panel.page().marks(panel.terms(), cell)}
    assert marked[Key("A", 0)] == place(panel, "A", 0, 5, pixel)
    assert marked[Key("delta", 1)] == place(panel, "delta", 1, 5, tile.unit)
    assert text_of(panel).startswith(f"dW1[{pixel}, {tile.unit}] = ")
    assert "more" in text_of(panel)
    row, column = divmod(pixel, 28)
    assert f"from the pixel in row {row}, column {column} to hidden {tile.unit + 1}" in panel.hint_at(rect.center())


def test_an_activation_comes_from_the_image_and_the_weights_of_its_tile(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1053, 321))
    panel.set_sample(5)
    unit = page_of(panel).units[0]
    panel.point_at(Cell(Key("A", 1), (5, unit)))
    marked = {source.key: box for box, source in panel.page().marks(panel.terms(), Cell(Key("A", 1), (5, unit)))}
    assert marked[Key("W", 1)] == tiles(panel, "W")[0].rect
    assert marked[Key("A", 0)] == next(block.rect for block in panel.page().blocks() if block.key == Key("A", 0))
    assert "sigmoid(" in text_of(panel)


def test_an_output_comes_from_its_row_of_weights(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1053, 321))
    panel.set_sample(5)
    heat = next(block for block in page_of(panel).blocks() if block.key == Key("W", 2))
    marked = {source.key: box for box, source in panel.page().marks(panel.terms(), Cell(Key("A", 2), (5, 3)))}
    assert marked[Key("W", 2)] == heat.rect_of((3, 4, 0, 128))
    assert heat.cell(3, 17) == Cell(Key("W", 2), (17, 3))


def test_a_click_on_a_pixel_or_a_weight_selects_the_parameter(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5), (1400, 600))
    panel.set_sample(5)
    unit = page_of(panel).units[2]
    for kind, layer, index in (("W", 1, (406, unit)), ("dW", 1, (14, unit)), ("W", 2, (100, 7)), ("dW", 2, (3, 9))):
        with qtbot.waitSignal(panel.parameter_selected) as selected:
            at = place(panel, kind, layer, *index).center().toPoint()  # type: ignore[arg-type]
            qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
        assert selected.args == [f"W{layer}", index]


def test_arrow_keys_go_through_pixels_and_from_picture_to_picture(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    panel.set_sample(5)
    page_of(panel)
    panel.point_at(Cell(Key("A", 0), (5, 30)))
    QTest.keyClick(panel, Qt.Key.Key_Down)
    assert panel.pointed() == Cell(Key("A", 0), (5, 58))
    panel.point_at(Cell(Key("A", 0), (5, 27)))
    QTest.keyClick(panel, Qt.Key.Key_Right)
    pointed = panel.pointed()
    assert pointed is not None
    assert pointed.key == Key("W", 1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        for _ in range(80):
            QTest.keyClick(panel, key)
        pointed = panel.pointed()
        assert pointed is not None
        assert panel.page().place(pointed) is not None
    panel.grab()


def test_units_may_change_under_a_pointer_that_rests(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    tile = tiles(panel, "dW")[0]
    point = tile.rect.center().toPoint()
    qtbot.mouseMove(panel, point)
    for batch in (0, 40, 80, BATCH):
        panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, batch, 5)))
        pointed = panel.pointed()
        assert pointed is not None
        assert pointed.index[1] == page_of(panel).units[0]
        assert text_of(panel).startswith(f"dW1[{pointed.index[0]}, {pointed.index[1]}]")


# --- any digit under the microscope


def test_any_digit_of_either_set_has_the_engines_numbers(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 4))
    moment = mnist_run.snapshot_at(Cursor(0, BATCH, 4))
    assert mnist_run.dataset.test is not None
    for part, samples, number in (("test", mnist_run.dataset.test, 9999), ("train", mnist_run.dataset.train, 59_999)):
        with qtbot.waitSignal(panel.examined) as examined:
            panel.show_alone(part, number)
        wanted = examine(moment, samples.x[number : number + 1], samples.y[number : number + 1], phase=4)
        result = examined.args[0]
        assert isinstance(result, Snapshot)
        assert result.gradients.keys() == wanted.gradients.keys() == {"W2", "b2"}
        for name, gradient in wanted.gradients.items():
            assert result.gradients[name].tobytes() == gradient.tobytes()
        assert panel.picker.number.text() == f"x_{part}[{number}]"
        page_of(panel)
    panel.show_alone("test", 10_000)
    assert panel.examination.number == 9999


def test_the_header_chooses_set_and_number(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    picker = panel.picker
    assert not picker.part.isVisibleTo(picker)
    picker.mode.set_value("alone")
    assert picker.part.isVisibleTo(picker)
    assert panel.examination.name() == "x_test[0]"
    picker.number.setValue(4711)
    assert panel.examination.name() == "x_test[4711]"
    picker.part.set_value("train")
    assert panel.examination.name() == "x_train[0]"
    assert picker.number.maximum() == 59_999
    picker.number.stepDown()
    assert panel.examination.name() == "x_train[59999]", "before the first comes the last"
    picker.mode.set_value("batch")
    assert panel.terms().snapshot is panel._snapshot
    picker.mode.set_value("alone")
    assert panel.examination.name() == "x_train[59999]", "it comes back to the same one"


def test_next_wrong_goes_to_the_next_wrong_digit(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    assert mnist_run.dataset.test is not None
    samples = mnist_run.dataset.test
    answers = predicted_classes(mnist_run.snapshot_at(Cursor(0, BATCH, 5)).predict(samples.x[:400]))
    wrong = np.flatnonzero(answers != samples.labels[:400])
    panel.show_alone("test", 0)
    for number in wrong[wrong > 0][:3].tolist():
        with qtbot.waitSignal(panel.examination.changed):
            panel.picker.wrong.click()
        assert panel.examination.number == number


def test_a_sample_is_kept_over_runs_on_the_same_data_only(opened: Opener, mnist_run: Trainer, xor: Dataset) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    panel.show_alone("train", 123)
    panel.start_run(mnist_run.experiment.replace(seed=3), mnist_run.dataset)
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, 3, 5)))
    assert panel.examination.name() == "x_train[123]"
    small = Trainer(XOR, xor)
    told: list[object] = []
    panel.examined.connect(told.append)
    panel.start_run(XOR, xor)
    panel.show_snapshot(small.snapshot())
    assert panel.examination.name() == ""
    assert told == [None]
    panel.grab()


# --- other networks and sizes


def layers(*units: int, activation: str = "sigmoid", output: str = "sigmoid") -> tuple[Layer, ...]:
    return (*(Layer(size, activation) for size in units[:-1]), Layer(units[-1], output))


def others() -> list[Experiment]:
    return [
        MNIST,
        MNIST.replace(layers=layers(10, output="softmax"), loss="cross_entropy"),
        MNIST.replace(layers=layers(30, 64, 20, 10, activation="relu", output="softmax"), loss="mean_cross_entropy"),
        MNIST.replace(layers=layers(*[12] * 7, 10, activation="tanh"), learning_rate=0.01),
        XOR.replace(layers=layers(37, 1, activation="tanh")),
        XOR.replace(layers=layers(20, 20, 1, activation="relu"), learning_rate=0.01),
    ]


@pytest.mark.parametrize("size", [(260, 160), (740, 221), (1053, 321), (1920, 1000)])
def test_nothing_is_ever_cut_off(opened: Opener, mnist: Dataset, xor: Dataset, size: tuple[int, int]) -> None:
    for experiment in others():
        trainer = Trainer(experiment, mnist if experiment.dataset == "mnist" else xor, evaluate=False)
        trainer.step_batch()
        panel = opened(trainer, size=size)
        phases = len(trainer.snapshot().phases)
        chosen = ["all", "follow", str(len(experiment.layers))] if len(experiment.layers) > 1 else ["all"]
        for view in (None, *chosen):
            if view is not None:
                panel.set_view(view)
            for phase in (0, 1, phases - 1, phases):
                panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, phase)))
                page = page_of(panel)
                assert page.blocks()
                for block in page.blocks():
                    inside = panel.rect().toRectF().adjusted(0, 0, 0.5, 0.5).contains(block.rect)
                    assert inside, (experiment.layers, view, phase, block)
                    assert block.rect.width() > 0
                    assert block.rect.height() > 0
        panel.hide()


def test_a_deep_network_follows_the_phase_where_the_whole_has_no_room(opened: Opener, mnist: Dataset) -> None:
    trainer = Trainer(others()[3], mnist, evaluate=False)
    trainer.step_batch()
    panel = opened(trainer, Cursor(0, 0, 5))
    assert panel.view() == "follow"
    assert {block.key for block in page_of(panel).blocks()} >= {Key("W", 5), Key("A", 4), Key("A", 5), Key("dW", 5)}
    panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, 1)))
    assert any(block.key == Key("A", 0) for block in page_of(panel).blocks())


def test_a_low_panel_shows_the_band_of_the_phase(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, BATCH, 1), (600, 110))
    forward = {block.key.kind for block in page_of(panel).blocks()}
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, BATCH, 5)))
    backward = {block.key for block in page_of(panel).blocks()}
    assert forward == {"A", "W"}
    assert backward == {Key("A", 0), Key("dW", 1), Key("delta", 1), Key("dW", 2), Key("delta", 2), Key("loss", 2)}


@pytest.mark.parametrize(("count", "grid"), [(128, (8, 16)), (784, (28, 28)), (1, (1, 1)), (37, (1, 37)), (10, (2, 5))])
def test_grids_have_no_gaps(count: int, grid: tuple[int, int]) -> None:
    assert grid_of(count) == grid


def test_a_run_that_overflowed_can_be_looked_at(opened: Opener, mnist_run: Trainer) -> None:
    snapshot = mnist_run.snapshot_at(Cursor(0, BATCH, 6))
    broken = {name: value * np.nan for name, value in snapshot.parameters.items()}
    wild = tuple(None if d is None else np.where(d > 0, np.inf, np.nan) for d in snapshot.delta)
    panel = opened(mnist_run, Cursor(0, BATCH, 5))
    panel.show_snapshot(replace(snapshot, parameters=broken, delta=wild, gradients=broken))
    panel.grab()
    panel.point_at(Cell(Key("A", 2), (5, 3)))
    panel.grab()
    panel.show_alone("test", 1)
    panel.grab()
    assert panel.summary()


def test_a_figure_has_its_title_above_the_pictures(qtbot: QtBot, mnist_run: Trainer) -> None:
    panel = EquationPanel()
    qtbot.addWidget(panel)
    for control in panel.controls():
        qtbot.addWidget(control)
    panel.set_exporting("A digit on its way")
    panel.resize(800, 600)
    panel.start_run(mnist_run.experiment, mnist_run.dataset)
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, BATCH, 5)))
    assert LIGHT.text in colours(picture(panel), QRectF(300, 8, 200, 24))
    assert min(block.rect.top() for block in panel.page().blocks()) > 60
    assert panel.hint_at(QPointF(panel.rect().center() + QPoint(0, -100))) == ""
