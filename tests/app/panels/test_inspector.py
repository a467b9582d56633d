"""The inspector: one parameter's chain rule with exactly this moment's numbers, at any moment and size."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT, Theme
from app.panels.inspector import InspectorPanel
from backprop import LESSONS, Cursor, Dataset, Layer, Trainer
from tests.pictures import colours

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment
BACKWARD_1 = Cursor(2400, 0, 5)

Opener = Callable[..., InspectorPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(InspectorPanel, (739, 219))


def ascii_texts(panel: InspectorPanel) -> list[str]:
    return [text.replace("−", "-") for text in panel.page().texts()]


def button(panel: InspectorPanel, label: str) -> QPushButton:
    return next(c for c in panel.controls() if isinstance(c, QPushButton) and c.text() == label)


# --- what it says


def test_the_picture_of_the_design(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, BACKWARD_1)
    with qtbot.waitSignal(panel.caption_changed) as caption:
        panel.set_sample(2)
    assert panel.parameter() == ("W1", (0, 1))
    assert caption.args == ["W1[0, 1] = 5.8407 · sample (1, 0)"]
    texts = ascii_texts(panel)
    assert texts[0] == "-0.001363"
    assert "sum over 4 samples -0.001357" in texts
    assert "new w = 5.840723 - 0.5 · (-0.0013567) = " in texts
    assert "5.841401" in texts
    by_hand = np.prod([float(text) for text in texts[1:5]])
    assert f"{by_hand:.4g}" == texts[0]


def test_every_moment_shows_its_own_numbers_forwards_and_back(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    for epoch in (2400, 1200, 2000, 0, 2399):
        snapshot = xor_run.snapshot_at(Cursor(epoch, 0, 5))
        panel.show_snapshot(snapshot)
        for name, index in (("W1", (1, 0)), ("W2", (1, 0))):
            panel.select_parameter(name, index)
            gradient = float(snapshot.gradients[name][index])
            chip = next(text for text in ascii_texts(panel) if text.startswith("sum over"))
            assert float(chip.rpartition(" ")[2]) == pytest.approx(gradient, rel=1e-3)
            bars = [share for _, share in panel.page().bars.places]
            assert [bar.row for bar in bars] == [0, 1, 2, 3]
            total = sum(Decimal(bar.text.replace("−", "-")) for bar in bars)
            assert float(total) == pytest.approx(gradient, rel=1e-3)


def test_the_update_is_told_before_and_after_it_is_made(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    assert any(text.startswith("new w = ") for text in panel.page().texts())
    told = ascii_texts(panel)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 6)))
    assert any(text.startswith("updated w = ") for text in panel.page().texts())
    assert f"{xor_run.snapshot_at(Cursor(2400, 0, 6)).parameters['W1'][0, 1]:.6f}" in ascii_texts(panel)
    assert "5.841401" in told


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (0, "the gradient comes with Backward 1. Next is Forward 1."),
        (3, "the gradient comes with Backward 1. Next is Backward 2."),
        (4, "the gradient comes next, with Backward 1."),
    ],
)
def test_before_the_gradient_it_says_what_comes(opened: Opener, xor_run: Trainer, phase: int, words: str) -> None:
    panel = opened(xor_run, Cursor(2400, 0, phase))
    assert any(text.endswith(words) for text in panel.page().texts())
    assert panel.page().texts()[0] == "–"
    assert not panel.page().bars.places
    assert words in panel.summary()
    assert not any(text.startswith(("sum over", "new w")) for text in panel.page().texts())


def test_a_parameter_that_is_not_there_is_said_in_words(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    panel.select_parameter("b1", (0,))
    assert panel.page().texts() == ["This network has no parameter named b1: choose one of W1, W2."]
    assert "no parameter named b1" in panel.summary()
    assert not button(panel, "Copy as text").isEnabled()
    panel.grab()
    panel.select_parameter("W1", (0, 0))
    assert button(panel, "Copy as text").isEnabled()


def test_a_large_network_begins_with_its_largest_gradient_and_keeps_to_it(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, 3, 5))
    gradient = mnist_run.snapshot_at(Cursor(0, 3, 5)).gradients["W2"]
    row, column = np.unravel_index(int(np.abs(gradient).argmax()), gradient.shape)
    assert panel.parameter() == ("W2", (row, column))
    for cursor in (Cursor(0, 9, 5), Cursor(0, 1, 0), Cursor(0, 0, 2)):
        panel.show_snapshot(mnist_run.snapshot_at(cursor))
        assert panel.parameter() == ("W2", (row, column))


def test_many_samples_are_summed_up(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, 3, 5))
    panel.select_parameter("b1", (17,))
    panel.set_sample(40)
    bars = [share for _, share in panel.page().bars.places]
    assert 4 <= len(bars) < 64
    assert bars[-1].row is None
    assert bars[-1].label == f"the other {64 - len(bars) + 1}"
    assert [bar.row for bar in bars if bar.selected] == [40]
    gradient = mnist_run.snapshot_at(Cursor(0, 3, 5)).gradients["b1"][17]
    assert sum(bar.value for bar in bars) == pytest.approx(float(gradient), rel=1e-4)


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_cross_entropy"])
def test_other_networks(opened: Opener, loss: str, mnist: Dataset) -> None:
    hidden = (Layer(5, "tanh", biases=False), Layer(4, "relu"), Layer(3, "softmax"), Layer(6, "identity"))
    experiment = MNIST.replace(layers=(*hidden, Layer(10, "softmax")), loss=loss, batch_size=7, learning_rate=1e-3)
    run = Trainer(experiment, mnist)
    run.step_batch()
    panel = opened(run)
    for phase in range(2 * 5 + 3):
        snapshot = run.snapshot_at(Cursor(0, 0, phase))
        panel.show_snapshot(snapshot)
        for name, array in snapshot.parameters.items():
            panel.select_parameter(name, tuple(size - 1 for size in array.shape))
            assert not panel.grab().isNull()
            waiting = any("Not computed yet" in text for text in panel.page().texts())
            assert waiting == (name not in snapshot.gradients)


# --- how it looks


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_directions_and_signs_have_their_colours(opened: Opener, xor_run: Trainer, theme: Theme) -> None:
    panel = opened(xor_run, BACKWARD_1, theme=theme)
    seen = colours(panel)
    for colour in (theme.card, theme.forward, theme.backward, theme.positive):
        assert colour in seen
    panel.select_parameter("W1", (0, 0))  # its way to the output is a negative weight
    assert theme.negative in colours(panel)
    other = LIGHT if theme is DARK else DARK
    panel.set_theme(other)
    assert other.backward in colours(panel)
    assert theme.card not in colours(panel)


@pytest.mark.parametrize("size", [(260, 160), (400, 200), (739, 219), (1053, 321), (1900, 1000)])
def test_nothing_is_cut_off(opened: Opener, xor_run: Trainer, mnist_run: Trainer, size: tuple[int, int]) -> None:
    for run, cursor in ((xor_run, BACKWARD_1), (mnist_run, Cursor(0, 3, 5))):
        panel = opened(run, cursor, size)
        panel.select_parameter("W1", (0, 1))
        page = panel.page()
        assert page.formula is not None
        for place in page.formula.places:
            assert place.room.left() >= 0
            assert place.room.right() <= size[0]
        assert page.chip is not None
        assert page.chip[0].right() <= size[0]
        assert page.chip[0].bottom() <= size[1]
        assert max(room.top() + page.plain.height for room, *_ in page.lines) <= size[1]
        assert all(place.right() <= size[0] and place.bottom() <= size[1] for place, _ in page.bars.places)


def test_a_figure_has_its_title_and_no_hints(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1, (800, 600))
    smaller = panel.page().plain.height
    assert panel.hint_at(QPointF(20, 20))
    panel.set_exporting("Why?")
    assert "Why?" in panel.page().texts()
    assert panel.page().plain.height > smaller
    assert not panel.hint_at(QPointF(60, 90))


# --- what a person can do


def test_a_share_clicked_is_the_sample_looked_at(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, BACKWARD_1)
    place, share = panel.page().bars.places[3]
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center().toPoint())
    assert chosen.args == [share.row]
    assert panel.sample() == 3
    assert [bar.row for _, bar in panel.page().bars.places if bar.selected] == [3]
    with qtbot.assertNotEmitted(panel.sample_selected):
        QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))


def test_a_shuffled_whole_batch_keeps_to_the_sample(opened: Opener, qtbot: QtBot) -> None:
    run = Trainer(XOR.replace(shuffle=True, epochs=5))
    run.run()
    panel = opened(run)
    for epoch in range(5):
        panel.show_snapshot(run.snapshot_at(Cursor(epoch, 0, 5)))
        panel.set_sample(2)
        assert panel.subject().sample_name() == "(1, 0)"
    row = next(number for number, (_, bar) in enumerate(panel.page().bars.places) if bar.label.startswith("(0, 1)"))
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        centre = panel.page().bars.places[row][0].center().toPoint()
        QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    assert chosen.args == [1]


def test_hints_have_every_digit(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    snapshot = xor_run.snapshot_at(BACKWARD_1)
    page = panel.page()
    assert page.formula is not None
    weight = page.formula.places[2].room.center() + QPointF(4, 4)
    assert str(snapshot.parameters["W2"][1, 0]) in panel.hint_at(weight)
    left = panel.hint_at(page.formula.places[0].room.center() + QPointF(4, 4))
    assert "W1[0, 1]" in left
    assert "Arrays count from 0" in left, "the formula beside it says 12"
    assert page.chip is not None
    assert str(snapshot.gradients["W1"][0, 1]).replace("-", "−") in panel.hint_at(page.chip[0].center()).replace(
        "-", "−"
    )
    assert panel.hint_at(QPointF(738, 218)) == ""


def test_what_is_copied(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    panel.set_sample(2)
    button(panel, "Copy as text").click()
    text = QGuiApplication.clipboard().text()
    assert "sample 3 of 4: (-0.044754) * 10.537 * 0.0028899 * 1 = -0.001363" in text
    button(panel, "Copy as LaTeX").click()
    assert QGuiApplication.clipboard().text().startswith(r"\begin{align*}")
    for control in panel.controls():
        assert control.toolTip()
        assert control.accessibleName()


def test_nothing_is_worked_out_while_hidden(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, BACKWARD_1)
    panel.hide()
    with qtbot.assertNotEmitted(panel.caption_changed):
        panel.show_snapshot(xor_run.snapshot_at(Cursor(100, 0, 5)))
    with qtbot.waitSignal(panel.caption_changed) as caption:
        panel.show()
    value = xor_run.snapshot_at(Cursor(100, 0, 5)).parameters["W1"][0, 1]
    assert f"{value:.4f}" in caption.args[0]


def test_a_new_run_begins_without_a_selection(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    panel.select_parameter("W2", (1, 0))
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert panel.parameter() is None
    assert panel.summary() == ""
    assert not panel.grab().isNull()
    panel.show_snapshot(xor_run.snapshot_at(BACKWARD_1))
    assert panel.parameter() == ("W1", (0, 1))


def test_the_summary_has_the_numbers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, BACKWARD_1)
    panel.set_sample(2)
    assert panel.summary() == (
        "W1[1, 2], from x₁ to hidden 2. Sample (1, 0) adds −0.001363 to the gradient; the sum over 4 samples is "
        "−0.001357. Update: 5.840723 minus 0.5 times −0.0013567 gives 5.841401."
    )
