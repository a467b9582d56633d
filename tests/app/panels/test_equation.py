"""The matrix form of a small network: the engine's numbers, marked where they come from, at every moment and size."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import DARK, LIGHT, Theme
from app.panels.equation import EquationPanel
from app.panels.equation.cell_page import CellPage
from app.panels.equation.page import is_lit
from app.panels.equation.terms import Cell, Key, Kind
from app.panels.network.drawing import tint
from backprop import LESSONS, Cursor, Dataset, Experiment, Layer, Phase, Snapshot, Trainer
from backprop.dataset_catalogue import CATALOGUE, DatasetInfo
from backprop.datasets import Samples
from backprop.microscope import examine
from tests.pictures import colours

XOR = LESSONS["xor"].experiment
EPOCH = 2400
SIZES = [(740, 221), (1053, 321), (1400, 600)]

Opener = Callable[..., EquationPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(EquationPanel, (740, 221))


def cell_page(panel: EquationPanel) -> CellPage:
    panel.grab()
    page = panel.page()
    assert isinstance(page, CellPage)
    return page


def place(panel: EquationPanel, kind: Kind, layer: int, *index: int) -> QRectF:
    found = panel.page().place(Cell(Key(kind, layer), index))
    assert found is not None
    return found


def picture(panel: EquationPanel) -> QImage:
    return panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def text_of(panel: EquationPanel) -> str:
    return "".join(run.text for run in panel.foot())


def array(snapshot: Snapshot, key: Key) -> np.ndarray | None:
    kind, place = key.kind, key.layer - 1
    if kind == "A":
        return snapshot.a[place] if key.layer else snapshot.x
    of_layer = {"Z": snapshot.z, "delta": snapshot.delta}.get(kind)
    if of_layer is not None:
        return of_layer[place]
    if kind in ("dW", "db"):
        return snapshot.gradients.get(f"{kind[1]}{key.layer}")
    return snapshot.y if kind == "Y" else None


# --- what it shows


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("phase", range(7))
def test_the_numbers_in_the_cells_are_the_engines(
    opened: Opener, xor_run: Trainer, phase: int, size: tuple[int, int]
) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, phase), size)
    page, snapshot = cell_page(panel), xor_run.snapshot_at(Cursor(EPOCH, 0, phase))
    assert panel.view() == "all"
    shown = {block.key for block in page.blocks()}
    assert {Key("Z", 1), Key("A", 2), Key("delta", 1), Key("dW", 2), Key("new_W", 1), Key("loss", 2)} <= shown
    for key in shown:
        values = array(snapshot, key)
        if values is None:
            assert key not in page.written or key.kind in ("W", "slope", "signal", "loss", "new_W")
            continue
        written = page.written[key]
        step = 0.51 * 10.0 ** (written.exponent - written.decimals)
        for value in values.ravel().tolist():
            text = written.text(value).replace("−", "-")
            assert float(text) * 10.0**written.exponent == pytest.approx(value, abs=step)


def test_at_the_update_the_equations_keep_the_weights_they_were_computed_with(opened: Opener, xor_run: Trainer) -> None:
    before = xor_run.snapshot_at(Cursor(EPOCH, 0, 5)).parameters["W1"]
    panel = opened(xor_run, Cursor(EPOCH, 0, 6))
    after = xor_run.snapshot_at(Cursor(EPOCH, 0, 6)).parameters["W1"]
    terms = panel.terms()
    assert terms.array(Key("W", 1)) == pytest.approx(before, rel=1e-14)
    assert terms.array(Key("new_W", 1)) == pytest.approx(after, abs=0.0)
    assert before[0, 1] != after[0, 1]


def test_stale_numbers_are_dashes_and_computed_ones_are_tinted(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 4))
    image = picture(panel)
    negative = tint(LIGHT.card, LIGHT.negative, 40)
    assert negative in colours(image, place(panel, "delta", 2, 1, 0).adjusted(0, 0, -1, -1)) or any(
        QColor(colour).red() > QColor(colour).blue() + 40
        for colour in colours(image, place(panel, "delta", 2, 1, 0).adjusted(1, 1, -2, -2))
    )
    stale = [
        QColor(colour)
        for kind, index in (("delta", (1, 0)), ("dW", (0, 1)), ("new_W", (0, 0)))
        for colour in colours(image, place(panel, kind, 1, *index).adjusted(1, 1, -2, -2))  # type: ignore[arg-type]
    ]
    assert len({colour.name() for colour in stale}) > 1, "not even a dash"
    assert all(max(c.red(), c.green(), c.blue()) - min(c.red(), c.green(), c.blue()) < 40 for c in stale)
    assert all(colour.lightness() > 130 for colour in stale)
    page = cell_page(panel)
    assert Key("delta", 1) not in page.written
    assert Key("delta", 2) in page.written


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_phase_just_computed_is_lit_in_its_colour(opened: Opener, xor_run: Trainer, theme: Theme) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 0), theme=theme)
    wanted = {
        1: {("Z", 1), ("A", 1)},
        2: {("Z", 2), ("A", 2)},
        3: {("loss", 2), ("signal", 2)},
        4: {("delta", 2), ("slope", 2), ("signal", 2), ("dW", 2)},
        5: {("delta", 1), ("slope", 1), ("signal", 1), ("dW", 1)},
        6: {("new_W", 1), ("new_W", 2)},
    }
    for phase in range(7):
        panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, phase)))
        page, image = cell_page(panel), picture(panel)
        colour = theme.forward if phase <= 2 else theme.backward if phase in (4, 5) else theme.accent
        lit = {
            (block.key.kind, block.key.layer)
            for block in page.blocks()
            if colour in colours(image, page.captions.bracketed(block).adjusted(-1, -1, 1, 1))
        }
        assert lit == wanted.get(phase, set()), phase


def test_a_phase_lights_what_it_computes_and_nothing_else() -> None:
    every = [
        Key(kind, layer) for layer in (1, 2) for kind in ("Z", "A", "slope", "signal", "delta", "dW", "new_W", "W")
    ]  # type: ignore[arg-type]
    assert not any(is_lit(key, None, 2) for key in every)
    assert [key for key in every if is_lit(key, Phase("forward", 2), 2)] == [Key("Z", 2), Key("A", 2)]
    assert [key for key in every if is_lit(key, Phase("update"), 2)] == [Key("new_W", 1), Key("new_W", 2)]


def test_the_line_below_says_what_the_phase_computes(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    assert text_of(panel) == "Backward 1:  δ₁ = f′(Z₁) ⊙ δ₂ W₂ᵀ,   ∂L/∂W₁ = Xᵀ δ₁"
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 1)))
    assert text_of(panel) == "Forward 1:  Z₁ = X W₁,   A₁ = sigmoid(Z₁)"
    assert panel.foot()[0].colour == LIGHT.forward
    panel.show_snapshot(xor_run.snapshot_at(Cursor(0, 0, 0)))
    assert text_of(panel).startswith("Before the first phase")


def test_moments_may_come_in_any_order(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 6))
    first = picture(panel)
    for cursor in (Cursor(3, 0, 1), Cursor(0, 0, 0), Cursor(1200, 0, 4), Cursor(EPOCH, 0, 6)):
        panel.show_snapshot(xor_run.snapshot_at(cursor))
        panel.grab()
    assert picture(panel) == first


def test_nothing_is_computed_while_it_cannot_be_seen(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 2))
    shown = picture(panel)
    panel.hide()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 5)))
    assert panel._terms is None or panel._terms.snapshot.cursor.phase == 2
    panel.show()
    assert panel.terms().snapshot.cursor.phase == 5
    assert picture(panel) != shown


# --- pointing


def test_pointing_marks_the_row_and_the_column_it_came_from(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    plain = picture(panel)
    qtbot.mouseMove(panel, place(panel, "dW", 2, 1, 0).center().toPoint())
    cell = Cell(Key("dW", 2), (1, 0))
    assert panel.pointed() == cell
    blocks = {block.key: block for block in panel.page().blocks()}
    marked = {source.key: rect for rect, source in panel.page().marks(panel.terms(), cell)}
    assert marked == {
        Key("A", 1): blocks[Key("A", 1)].rect_of((0, 4, 1, 2)),
        Key("delta", 2): blocks[Key("delta", 2)].rect,
    }
    image = picture(panel)
    for row in range(4):
        for key, column, changed in ((Key("A", 1), 1, True), (Key("A", 1), 0, False), (Key("delta", 1), 1, False)):
            at = blocks[key].rect_of((row, row + 1, column, column + 1)).topLeft().toPoint() + QPoint(4, 4)
            assert (image.pixelColor(at) != plain.pixelColor(at)) is changed, (key, row, column)
    assert LIGHT.forward in colours(image, marked[Key("A", 1)].adjusted(-3, -3, 3, 3))
    assert LIGHT.backward in colours(image, marked[Key("delta", 2)].adjusted(-3, -3, 3, 3))
    assert text_of(panel).startswith("dW2[1, 0] = 0.5 · 0.026687 + 0.99710 · (−0.044754)")
    assert text_of(panel).endswith("= −0.007068")
    qtbot.mouseMove(panel, QPoint(2, panel.height() - 2))
    assert panel.pointed() is None
    assert picture(panel) == plain


def test_elementwise_partners_and_biases_are_marked_too(opened: Opener, xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(3), Layer(1))), xor)
    trainer.step_batch()
    panel = opened(trainer, size=(1400, 600))

    def marked(kind: Kind, layer: int, *index: int) -> set[tuple[Key, tuple[int | None, ...]]]:
        found = panel.page().marks(panel.terms(), Cell(Key(kind, layer), index))
        return {(source.key, source.pattern) for _, source in found}

    assert marked("Z", 1, 2, 1) == {(Key("A", 0), (2, None)), (Key("W", 1), (None, 1)), (Key("b", 1), (1,))}
    assert marked("delta", 1, 3, 2) == {(Key("signal", 1), (3, 2)), (Key("slope", 1), (3, 2))}
    assert marked("new_b", 1, 2) == {(Key("b", 1), (2,)), (Key("db", 1), (2,))}
    assert marked("loss", 2) == {(Key("A", 2), (None, None)), (Key("Y", 2), (None, None))}


def test_what_is_pointed_at_stays_under_the_pointer_at_every_moment(
    opened: Opener, xor_run: Trainer, qtbot: QtBot
) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 3))
    qtbot.mouseMove(panel, place(panel, "delta", 2, 2, 0).center().toPoint())
    assert text_of(panel) == "δ2[2, 0]  is not computed yet in this step"
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 4)))
    assert text_of(panel) == "δ2[2, 0] = −0.2432 · 0.1840 = −0.04475"
    # Alone, there is but one row, and something else stands there, or nothing.
    panel.show_alone("train", 0)
    panel.grab()
    assert panel.pointed() != Cell(Key("delta", 2), (2, 0))


def test_the_hint_has_every_digit_and_says_what_it_is(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    snapshot = xor_run.snapshot_at(Cursor(EPOCH, 0, 5))
    assert snapshot.z[0] is not None
    value = str(snapshot.z[0][2, 1]).replace("-", "−")
    hint = panel.hint_at(place(panel, "Z", 1, 2, 1).center())
    assert hint == f"Z1[2, 1] = {value}\nhidden 2, sample (1, 0) → 1 · Z₁ is 4 × 2"
    assert "from x₁ to hidden 2 · ∂L/∂W₁ is 2 × 2" in panel.hint_at(place(panel, "dW", 1, 0, 1).center())
    assert "objective" in panel.hint_at(place(panel, "loss", 2).center())
    assert panel.hint_at(QPointF(1, panel.height() - 1)) == ""


def test_the_hint_does_not_cover_the_calculation(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    high, low = (place(panel, "delta", 1, row, 0).center().toPoint() for row in (0, 3))
    assert panel.hint_place(high, panel.hint_at(QPointF(high))) == high
    below = panel.hint_place(low, panel.hint_at(QPointF(low)))
    assert below.y() + 16 >= panel.calculation_place().bottom()


def test_arrow_keys_go_from_number_to_number(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.point_at(Cell(Key("Z", 1), (2, 0)))
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert panel.pointed() == Cell(Key("Z", 1), (2, 1))
    assert text_of(panel) == "Z1[2, 1] = 1 · 5.841 + 0 · 5.842 = 5.841"
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert panel.pointed() == Cell(Key("A", 1), (2, 0))
    QTest.keyClick(panel, Qt.Key.Key_Down)
    QTest.keyClick(panel, Qt.Key.Key_Down)
    assert panel.pointed() == Cell(Key("signal", 1), (0, 0))
    QTest.keyClick(panel, Qt.Key.Key_Up)
    assert panel.pointed() == Cell(Key("A", 1), (3, 0))
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.pointed() is None
    for _ in range(60):
        QTest.keyClick(panel, Qt.Key.Key_Right)
    pointed = panel.pointed()
    assert pointed is not None
    assert panel.page().place(pointed) is not None


def test_the_keyboard_comes_with_tab_and_arrow_keys_are_the_panels_then(
    opened: Opener, xor_run: Trainer, qtbot: QtBot
) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(panel)
    window.resize(760, 290)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=place(panel, "W", 1, 0, 0).center().toPoint())
    assert not panel.hasFocus(), "a click takes the keyboard away from the window"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert panel.hasFocus()
    assert panel.pointed() is not None
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(panel, event)
    assert event.isAccepted()
    panel.releaseKeyboard()
    panel.setParent(None)


# --- choosing


def test_a_click_on_a_parameter_selects_it(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 6))
    for kind, layer, index in (("W", 1, (0, 1)), ("dW", 2, (1, 0)), ("new_W", 1, (1, 1))):
        with qtbot.waitSignal(panel.parameter_selected) as selected:
            at = place(panel, kind, layer, *index).center().toPoint()  # type: ignore[arg-type]
            qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
        assert selected.args == [f"W{layer}", index]
    panel.point_at(Cell(Key("dW", 1), (0, 0)))
    with qtbot.waitSignal(panel.parameter_selected) as selected:
        QTest.keyClick(panel, Qt.Key.Key_Return)
    assert selected.args == ["W1", (0, 0)]


def test_a_selected_parameter_is_marked_where_there_is_one(opened: Opener, xor_run: Trainer, xor: Dataset) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 1))
    cell = place(panel, "W", 2, 1, 0).adjusted(-3, -3, 3, 3)
    assert LIGHT.backward not in colours(picture(panel), cell)
    panel.select_parameter("W2", (1, 0))
    assert LIGHT.backward in colours(picture(panel), cell)
    for name, index in (("b1", (0,)), ("W2", (7, 0)), ("W9", (0, 0))):
        panel.select_parameter(name, index)
        panel.grab()


def test_a_click_on_a_row_selects_its_sample(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    for kind, layer in (("A", 0), ("Z", 2), ("delta", 1), ("Y", 2)):
        with qtbot.waitSignal(panel.sample_selected) as selected:
            at = place(panel, kind, layer, 3, 0).center().toPoint()  # type: ignore[arg-type]
            qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
        assert selected.args == [3]
        assert panel.sample() == 3
        panel.set_sample(0)


def test_samples_count_as_elsewhere_when_the_batch_is_shuffled(opened: Opener, xor: Dataset, qtbot: QtBot) -> None:
    trainer = Trainer(XOR.replace(shuffle=True, seed=5), xor)
    trainer.step_batch()
    rows = trainer.snapshot().rows.tolist()
    assert rows != [0, 1, 2, 3]
    panel = opened(trainer)
    with qtbot.waitSignal(panel.sample_selected) as selected:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=place(panel, "A", 0, 1, 0).center().toPoint())
    assert selected.args == [rows[1]]
    batches = Trainer(XOR.replace(batch_size=2), xor)
    batches.step_batch()
    batches.step_batch()
    panel.start_run(batches.experiment, xor)
    panel.show_snapshot(batches.snapshot())
    with qtbot.waitSignal(panel.sample_selected) as selected:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=place(panel, "A", 0, 1, 0).center().toPoint())
    assert selected.args == [1]


def test_the_selected_samples_row_is_framed(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.set_sample(1)
    first = picture(panel)
    panel.set_sample(3)
    second = picture(panel)
    page = cell_page(panel)
    for block in page.blocks():
        by_sample = block.rows == 4
        box = block.rect.adjusted(-2, -2, 2, 2).toAlignedRect()
        assert (first.copy(box) != second.copy(box)) is by_sample, block.key


def test_the_sample_is_chosen_in_the_header(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.set_sample(1)
    assert panel.picker.number.text() == "2 of 4"
    with qtbot.waitSignal(panel.sample_selected) as selected:
        panel.picker.number.stepUp()
    assert selected.args == [2]
    with qtbot.assertNotEmitted(panel.sample_selected):
        panel.set_sample(0)
    assert panel.picker.number.value() == 1


# --- which layers


def networks() -> list[Experiment]:
    small = [(4, 1), (1,), (8, 8, 1), (8, 8, 8, 8, 8, 8, 8, 1)]
    return [XOR.replace(layers=tuple(Layer(units, "tanh") for units in sizes)) for sizes in small]


@pytest.mark.parametrize("size", [(260, 160), (740, 221), (1053, 321), (1920, 1000)])
def test_nothing_is_ever_cut_off(opened: Opener, xor: Dataset, size: tuple[int, int]) -> None:
    for experiment in networks():
        trainer = Trainer(experiment, xor)
        trainer.step_batch()
        panel = opened(trainer, size=size)
        phases = len(trainer.snapshot().phases)
        views = ["all", "follow", str(len(experiment.layers))] if len(experiment.layers) > 1 else ["all"]
        for view in views:
            panel.set_view(view)
            for phase in {1, phases - 1, phases}:
                panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, phase)))
                page = cell_page(panel)
                for block in page.blocks():
                    inside = panel.rect().toRectF().contains(page.captions.bracketed(block))
                    assert inside, (experiment.layers, view, phase, block)
        panel.hide()


def test_the_whole_is_shown_where_it_can_be_read_and_otherwise_the_phases_layer(
    opened: Opener, xor: Dataset, qtbot: QtBot
) -> None:
    trainer = Trainer(networks()[2], xor)
    trainer.step_batch()
    panel = opened(trainer, Cursor(0, 0, 2))
    assert panel.view() == "follow"

    def layers() -> set[int]:
        return {block.key.layer for block in cell_page(panel).blocks() if block.key.kind in ("Z", "delta")}

    assert layers() == {2}
    panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, 3)))
    assert layers() == {3}
    panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, 7)))
    assert layers() >= {1}
    panel.views._choice.button("2").click()  # type: ignore[union-attr]
    assert panel.view() == "2"
    assert layers() >= {2}
    panel.views._choice.button("all").click()  # type: ignore[union-attr]
    assert layers() == {1, 2, 3}
    panel.show_snapshot(trainer.snapshot_at(Cursor(0, 0, 3)))
    assert panel.view() == "all", "what a person chose holds"


def test_xor_is_whole_at_every_size_of_the_design_and_smaller_only_by_layer(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 2))
    for size, view in (((740, 221), "all"), ((260, 160), "follow"), ((1053, 321), "all")):
        panel.resize(*size)
        assert cell_page(panel).layout.em >= (10 if view == "all" else 8)
        assert panel.view() == view


def test_a_single_layer_leaves_nothing_to_choose(opened: Opener, xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(1),)), xor)
    trainer.step_batch()
    panel = opened(trainer)
    assert panel.view() == "all"
    assert panel.views._choice is None


def test_of_a_large_batch_the_rows_around_the_sample_are_shown(
    opened: Opener, xor: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = DatasetInfo(2, 1, 60)
    monkeypatch.setitem(CATALOGUE, "many", info)
    x, y, labels = (np.tile(part, (15, 1)) for part in (xor.train.x, xor.train.y, xor.train.labels[:, np.newaxis]))
    many = Dataset("many", info, Samples(x, y, labels.ravel()))
    trainer = Trainer(XOR.replace(dataset="many", batch_size=30), many)
    trainer.step_batch()
    panel = opened(trainer)
    panel.set_sample(20)
    page = cell_page(panel)
    assert 4 <= page.rows <= 8
    assert page.place(Cell(Key("Z", 1), (20, 0))) is not None
    assert page.place(Cell(Key("Z", 1), (2, 0))) is None
    first = 20 - page.rows // 2
    assert page.note(panel.terms()) == f"rows {first + 1}–{first + page.rows} of 30"
    assert page.written[Key("Z", 1)]
    panel.set_sample(29)
    assert cell_page(panel).place(Cell(Key("Z", 1), (29, 0))) is not None
    panel.point_at(Cell(Key("dW", 2), (0, 0)))
    assert "26 more" in text_of(panel)


# --- alone


def test_a_sample_alone_has_the_engines_numbers_and_no_update(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5), (1053, 321))
    batch = picture(panel)
    with qtbot.waitSignal(panel.examined) as examined:
        panel.picker.mode.set_value("alone")
    panel.show_alone("train", 3)
    moment = xor_run.snapshot_at(Cursor(EPOCH, 0, 5))
    wanted = examine(moment, moment.x[3:4], moment.y[3:4])
    shown = panel.terms().snapshot
    assert isinstance(examined.args[0], Snapshot)
    assert len(shown.rows) == 1
    for name, gradient in wanted.gradients.items():
        assert shown.gradients[name].tobytes() == gradient.tobytes()
    kinds = {block.key.kind for block in cell_page(panel).blocks()}
    assert "new_W" not in kinds
    assert picture(panel) != batch
    assert panel._frame_in_use().chip(panel.examination.name()) == "x_train[3] alone: a batch of one, no update"
    accent = colours(picture(panel), panel._frame_in_use().foot_room)
    assert LIGHT.accent in accent
    assert panel.picker.number.text() == "x_train[3]"
    with qtbot.waitSignal(panel.examined) as left:
        panel.picker.mode.set_value("batch")
    assert left.args == [None]
    assert picture(panel) == batch


def test_alone_it_follows_the_phases_and_shows_all_between_two_steps(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 1))
    panel.show_alone("train", 1)
    for phase, computed in ((0, 5), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 5)):
        panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, phase)))
        assert panel.terms().snapshot.cursor.phase == computed
        panel.grab()


def test_alone_nobody_is_told_while_nothing_is_seen(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.show_alone("train", 1)
    told: list[object] = []
    panel.examined.connect(told.append)
    panel.hide()
    assert told == [None]
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 4)))
    assert "x_train[1] alone" in panel.summary()
    assert told == [None]
    panel.show()
    assert isinstance(told[-1], Snapshot)
    assert told[-1].cursor.phase == 4


def test_alone_a_click_on_a_row_selects_nothing(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.show_alone("train", 1)
    with qtbot.assertNotEmitted(panel.sample_selected):
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=place(panel, "A", 1, 0, 0).center().toPoint())
        panel.picker.number.stepUp()
    assert panel.examination.number == 2


def test_the_next_wrong_answer_is_found(opened: Opener, xor: Dataset, qtbot: QtBot) -> None:
    trainer = Trainer(XOR, xor)
    panel = opened(trainer)  # at the start every answer is 1
    panel.show_alone("train", 0)
    for wanted in (3, 0):
        with qtbot.waitSignal(panel.examination.changed):
            panel.picker.wrong.click()
        assert panel.examination.number == wanted


def test_where_every_answer_is_right_the_search_ends(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.show_alone("train", 2)
    with qtbot.waitSignal(panel.examination._search.found) as found:
        panel.picker.wrong.click()
    assert found.args == [-1]
    assert panel.examination.number == 2


# --- the panel's contract


def test_it_waits_in_silence_for_a_run(qtbot: QtBot) -> None:
    panel = EquationPanel()
    qtbot.addWidget(panel)
    for control in panel.controls():
        qtbot.addWidget(control)
    panel.resize(740, 221)
    panel.show()
    panel.grab()
    assert panel.summary() == ""
    assert panel.hint_at(QPointF(50, 50)) == ""
    panel.set_sample(2)
    panel.picker.wrong.click()
    QTest.keyClick(panel, Qt.Key.Key_Right)
    with pytest.raises(RuntimeError, match="No run"):
        panel.terms()


def test_the_summary_tells_it_with_numbers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.set_sample(2)
    assert panel.summary() == (
        "Epoch 2,400 · batch 0 · Backward 1. Sample 3 in the batch of 4 · (1, 0) → 1. "
        "Backward 1 computes δ₁ = f′(Z₁) ⊙ δ₂ W₂ᵀ, ∂L/∂W₁ = Xᵀ δ₁. Outputs of the sample: output 0.7568. L is 0.1259. "
        "Layer 2: the sample's largest delta is −0.0448, the largest gradient of a weight 0.00886. "
        "Layer 1: the sample's largest delta is 0.1296, the largest gradient of a weight −0.001357."
    )


def test_the_caption_says_what_is_looked_at(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5), (1053, 321))
    with qtbot.waitSignal(panel.caption_changed) as caption:
        panel.set_sample(2)
    assert caption.args == ["batch of 4 · (1, 0) → 1"]
    with qtbot.waitSignal(panel.caption_changed) as caption:
        panel.show_alone("train", 3)
    assert caption.args == ["(1, 1) → 0"]
    panel.resize(600, 200)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 4)))
    assert panel._caption == "", "the controls need the header"


def test_every_control_says_what_it_does(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    picker = panel.picker
    panel.show_alone("train", 3)
    choice = panel.views._choice
    assert choice is not None
    buttons = [picker.mode.button("batch"), picker.mode.button("alone"), picker.part.button("test"), picker.wrong]
    buttons += [choice.button(key) for key in ("all", "follow", "1", "2")]
    for control in (*buttons, picker.number):
        assert control.toolTip()
        assert control.accessibleName()
    assert panel.accessibleName() == panel.title() == "Matrix form"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_theme_recolours_everything(opened: Opener, xor_run: Trainer, theme: Theme) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    panel.grab()
    panel.set_theme(theme)
    image = picture(panel)
    assert image.pixelColor(1, 120).name().upper() == theme.card
    other = DARK if theme is LIGHT else LIGHT
    assert not {other.card, other.text, other.backward} & colours(image, panel.rect().toRectF())


def test_larger_text_makes_larger_numbers(opened: Opener, xor_run: Trainer, qapp: QApplication) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5), (1400, 600))
    before = panel._frame_in_use().foot.plain.height
    try:
        install(qapp, LIGHT, 1.5)
        panel.grab()
        assert panel._frame_in_use().foot.plain.height > 1.3 * before
        assert isinstance(panel.page(), CellPage)
    finally:
        install(qapp, LIGHT)


def test_a_figure_has_its_title_and_nothing_to_point_at(qtbot: QtBot, xor_run: Trainer) -> None:
    panel = EquationPanel()
    qtbot.addWidget(panel)
    for control in panel.controls():
        qtbot.addWidget(control)
    panel.set_exporting("The four stages")
    panel.resize(800, 600)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(EPOCH, 0, 5)))
    image = picture(panel)
    assert LIGHT.text in colours(image, QRectF(300, 8, 200, 24)), "no title"
    page = panel.page()
    assert isinstance(page, CellPage)
    assert min(block.rect.top() for block in page.blocks()) > 60
    QTest.mouseMove(panel, place(panel, "dW", 2, 0, 0).center().toPoint())
    assert panel.pointed() is None
    assert panel.hint_at(place(panel, "dW", 2, 0, 0).center()) == ""


def test_a_run_that_overflowed_can_be_looked_at(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(EPOCH, 0, 5))
    snapshot = xor_run.snapshot_at(Cursor(EPOCH, 0, 6))
    broken = {name: value * np.nan for name, value in snapshot.parameters.items()}
    wild = tuple(None if d is None else np.where(d > 0, np.inf, np.nan) for d in snapshot.delta)
    panel.show_snapshot(replace(snapshot, parameters=broken, delta=wild))
    panel.grab()
    panel.point_at(Cell(Key("dW", 1), (0, 0)))
    panel.grab()
    assert panel.summary()
    panel.show_alone("train", 1)
    panel.grab()
