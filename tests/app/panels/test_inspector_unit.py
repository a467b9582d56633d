"""The inspector's page of a unit: its function, exactly this moment's numbers, words, and ways to go on from it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT, Theme
from app.panels.inspector import InspectorPanel
from app.panels.inspector.softmax_plot import SoftmaxPlot
from app.panels.inspector.unit_page import UnitPage
from app.panels.inspector.unit_plot import UnitPlot
from app.panels.network import NetworkPanel
from app.panels.network.sample_view import Unit
from backprop import LESSONS, Cursor, Dataset, Layer, Trainer
from tests.pictures import colours

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment
BACKWARD_1 = Cursor(2400, 0, 5)

Opener = Callable[..., InspectorPanel]


@pytest.fixture(scope="module")
def mixed_run(mnist: Dataset) -> Trainer:
    hidden = (Layer(16, "relu", "he"), Layer(6, "softmax"), Layer(5, "tanh"), Layer(4, "identity"))
    experiment = MNIST.replace(layers=(*hidden, Layer(10, "softmax")), loss="mean_cross_entropy")
    trainer = Trainer(experiment, mnist)
    for _ in range(5):
        trainer.step_batch()
    return trainer


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    open_panel = opener(InspectorPanel, (740, 221))

    def open_unit(run: Trainer, unit: tuple[int, int], *moment: object, **look: object) -> InspectorPanel:
        panel = open_panel(run, *moment, **look)
        panel.select_unit(*unit)
        return panel

    return open_unit


def page(panel: InspectorPanel) -> UnitPage:
    shown = panel.page()
    assert isinstance(shown, UnitPage)
    return shown


def plot(panel: InspectorPanel) -> UnitPlot:
    shown = page(panel).plot
    assert isinstance(shown, UnitPlot)
    return shown


def texts(panel: InspectorPanel) -> list[str]:
    return [text.replace("−", "-").replace("\N{NO-BREAK SPACE}", " ") for text in panel.page().texts()]


def sentence(panel: InspectorPanel, beginning: str) -> str:
    return next(text for text in texts(panel) if text.startswith(beginning))


def colour_at(panel: InspectorPanel, point: QPointF) -> str:
    return panel.grab().toImage().pixelColor(point.toPoint()).name().upper()


def button(panel: InspectorPanel, label: str) -> QPushButton:
    return next(c for c in panel.controls() if isinstance(c, QPushButton) and c.text() == label)


def click(panel: InspectorPanel, point: QPointF) -> None:
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point.toPoint())


# --- what it says


def test_a_unit_has_its_numbers_and_they_reconcile(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    with qtbot.waitSignal(panel.caption_changed) as caption:
        panel.set_sample(2)
    assert caption.args == ["Unit 2 of layer 1 · sample (1, 0)"]
    assert panel.unit() == (1, 1)
    assert panel.parameter() is None
    said = texts(panel)
    assert said[:3] == ["5.841", "5.8407 · 1", "5.8416 · 0"]
    assert said[3:5] == ["0.997102", "0.002890"]
    delta, *factors = said[5:9]
    assert f"{np.prod([float(text) for text in factors]):.4g}" == delta == "-0.001363"
    assert sentence(panel, "Saturated.").startswith("Saturated. f′(z) is 1.2 % of its greatest")
    assert sentence(panel, "Saturated.").endswith("So it is for 3 of 4 samples.")


def test_every_moment_shows_its_own_numbers_forwards_and_back(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (2, 0), BACKWARD_1, (1053, 321))
    for epoch in (2400, 700, 1500, 0, 2399):
        snapshot = xor_run.snapshot_at(Cursor(epoch, 0, 6))
        panel.show_snapshot(snapshot)
        for sample in range(4):
            panel.set_sample(sample)
            z, a, delta = (part[-1][sample, 0] for part in (snapshot.z, snapshot.a, snapshot.delta))
            assert float(texts(panel)[0]) == pytest.approx(float(z), rel=1e-3)
            assert plot(panel).point() == QPointF(plot(panel).frame.x(z), plot(panel).frame.y(a))
            bars = [bar for _, bar in page(panel).bars.places]
            assert [bar.value for bar in bars] == snapshot.delta[-1][:, 0].tolist()
            assert [bar.row for bar in bars if bar.selected] == [sample]
            assert float(texts(panel)[5]) == pytest.approx(float(delta), rel=1e-3)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (0, "Not computed yet in this step: z comes with Forward 2. Next is Forward 1."),
        (1, "Not computed yet in this step: z comes next, with Forward 2."),
        (2, "δ comes with Backward 2. Next is Loss."),
        (3, "δ comes next, with Backward 2."),
    ],
)
def test_it_says_what_comes_before_it_is_computed(opened: Opener, xor_run: Trainer, phase: int, words: str) -> None:
    panel = opened(xor_run, (2, 0), Cursor(2400, 0, phase))
    assert words in texts(panel)
    assert words in panel.summary().replace("\N{NO-BREAK SPACE}", " ")
    known = phase >= 2
    assert (plot(panel).point() is not None) == known
    assert any(text.startswith("Awake.") for text in texts(panel)) == known
    assert "–" in texts(panel)
    assert not any(text.startswith("δ of each sample") for text in texts(panel))


def test_after_the_update_z_is_explained_with_the_weights_it_came_from(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    before = texts(panel)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 6)))
    assert texts(panel) == before


def test_many_inputs_are_named_by_size_and_the_rest_is_summed_up(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, (1, 17), Cursor(0, 5, 5), (1053, 321))
    row = page(panel).rows[0][1]
    snapshot = mnist_run.snapshot_at(Cursor(0, 5, 5))
    terms = snapshot.x[panel.subject().row] * snapshot.parameters["W1"][:, 17]
    named = np.argsort(-np.abs(terms))[: len(row.places) - 3]
    for place, source in zip(row.places[1:], named.tolist(), strict=False):
        weight, value = (float(number.strip("()")) for number in place.term.number.replace("−", "-").split(" · "))
        assert weight * value == pytest.approx(float(terms[source]), rel=1e-4)
        assert page(panel).target_at(page(panel).rows[0][0] + place.room.center()).index == (source, 17)
    assert row.places[-2].term.formula == (f"{784 - len(named)} others",)
    assert "δ of each sample; their sum" in sentence(panel, "δ of each")


@pytest.mark.parametrize(("theme", "other"), [(LIGHT, DARK), (DARK, LIGHT)])
def test_function_and_slope_have_the_colours_of_the_passes(
    opened: Opener, xor_run: Trainer, theme: Theme, other: Theme
) -> None:
    panel = opened(xor_run, (2, 0), BACKWARD_1, theme=theme)
    drawn = plot(panel)
    point, slope_point, tangent = drawn.point(), drawn.slope_point(), drawn.tangent()
    assert point is not None
    assert slope_point is not None
    assert tangent is not None
    assert colour_at(panel, point) == theme.forward
    assert colour_at(panel, slope_point) == theme.backward
    assert theme.positive in colours(panel)
    assert theme.negative in colours(panel)
    panel.set_theme(other)
    assert colour_at(panel, plot(panel).point()) == other.forward
    assert theme.card not in colours(panel)


def test_the_tangent_touches_the_curve_with_its_slope(opened: Opener, xor_run: Trainer) -> None:
    for cursor in (BACKWARD_1, Cursor(0, 0, 5), Cursor(1200, 0, 3)):
        panel = opened(xor_run, (2, 0), cursor, (1053, 321))
        for sample in range(4):
            panel.set_sample(sample)
            drawn, explanation = plot(panel), page(panel).subject.explanation
            first, last = drawn.tangent()
            frame = drawn.frame
            per_z, per_a = frame.upper.width() / (2 * frame.reach), frame.upper.height()
            steepness = -(last.y() - first.y()) / per_a / ((last.x() - first.x()) / per_z)
            assert steepness == pytest.approx(float(explanation.slope[sample]), rel=1e-6)
            share = (drawn.point().x() - first.x()) / (last.x() - first.x())
            assert first.y() + share * (last.y() - first.y()) == pytest.approx(drawn.point().y(), abs=1e-6)
            assert frame.upper.adjusted(-1, -1, 1, 1).contains(first)
            assert frame.upper.adjusted(-1, -1, 1, 1).contains(last)


def test_every_sample_of_the_batch_has_its_place_on_the_curve(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, (1, 17), Cursor(0, 5, 1), (1053, 321))
    snapshot = mnist_run.snapshot_at(Cursor(0, 5, 1))
    z = snapshot.z[0][:, 17]
    frame = plot(panel).frame
    assert np.abs(z).max() <= frame.reach <= max(6.0, 2.0 * np.abs(z).max())
    ticks = QPointF(frame.x(z[9]), frame.y(snapshot.a[0][9, 17]))
    assert plot(panel).row_at(ticks) is not None
    assert plot(panel).row_at(ticks + QPointF(0, 40)) is None


# --- what its slope means


def test_a_relu_is_active_silent_or_dead(opened: Opener, mixed_run: Trainer) -> None:
    snapshot = mixed_run.snapshot()
    z = snapshot.z[0]
    silent = (z <= 0).sum(axis=0)
    unit = int(np.argmax((silent > 0) & (silent < 64)))
    panel = opened(mixed_run, (1, unit), size=(1053, 321))
    panel.set_sample(int(np.argmax(z[:, unit] <= 0)))
    assert sentence(panel, "Silent.").endswith(f"So it is for {silent[unit]} of 64 samples.")
    panel.set_sample(int(np.argmax(z[:, unit] > 0)))
    assert sentence(panel, "Active.").endswith(f"Silent for {silent[unit]} of 64 samples.")
    parts = list(snapshot.z)
    parts[0] = -np.abs(z)
    object.__setattr__(snapshot, "z", tuple(parts))
    dead = list(snapshot.a)
    dead[0] = np.zeros_like(z)
    object.__setattr__(snapshot, "a", tuple(dead))
    panel.show_snapshot(snapshot)
    assert "for all 64 samples" in sentence(panel, "Dead in this batch.")


def test_where_the_slope_cancels_nothing_is_called_asleep(opened: Opener, mixed_run: Trainer, xor_run: Trainer) -> None:
    panel = opened(mixed_run, (5, 3), size=(1053, 321))
    assert "it cancels, so the error passes whole" in sentence(panel, "Cannot fall asleep.")
    panel.select_unit(4, 1)
    assert sentence(panel, "Linear.")
    panel.select_unit(2, 1)
    assert "a(1 - a) is".replace("-", "−") in panel.summary()


def test_a_softmax_is_shown_as_shares_and_a_row_of_its_jacobian(opened: Opener, mixed_run: Trainer) -> None:
    panel = opened(mixed_run, (5, 3))
    snapshot, row = mixed_run.snapshot(), panel.subject().row
    drawn = page(panel).plot
    assert isinstance(drawn, SoftmaxPlot)
    a = snapshot.a[-1][row]
    heights = np.array([drawn.bar(unit).height() for unit in range(10)])
    np.testing.assert_allclose(heights / heights.sum(), a, rtol=1e-4)
    changes = np.array([drawn.bar(unit, lower=True).height() for unit in range(10)])
    np.testing.assert_allclose(
        changes / changes[3],
        np.where(np.arange(10) == 3, 1.0, a / (1 - a[3])),
        rtol=1e-4,
    )
    assert drawn.bar(3, lower=True).bottom() <= drawn.bar(4, lower=True).top() + 1e-6
    assert f"a = {a[7]!s}" in panel.hint_at(drawn.bar(7).center())
    assert "∂" not in " ".join(texts(panel))
    click(panel, drawn.column(7).center())
    assert panel.unit() == (5, 7)


# --- what is not there


def test_a_unit_that_is_not_there_is_said_in_words_and_nothing_is_lost(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    panel.select_unit(2, 5)
    assert texts(panel) == ["Layer 2 has no unit 6, for it has 1 units, counted from 1: choose another one."]
    assert panel.summary() == panel.page().texts()[0]
    panel.select_unit(9, 0)
    assert "no layer 9" in texts(panel)[0]
    for label in ("Copy as text", "Copy as LaTeX"):
        assert not button(panel, label).isEnabled()
        assert "nothing to copy" in button(panel, label).toolTip()
    assert not panel.grab().isNull()
    assert panel.hint_at(QPointF(20, 20)) == ""
    panel.select_unit(1, 1)
    assert button(panel, "Copy as text").isEnabled()
    assert "nothing" not in button(panel, "Copy as text").toolTip()


def test_an_input_has_a_value_and_no_function(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (0, 1), BACKWARD_1)
    panel.set_sample(1)
    assert "is an input: its value 1 is given by the sample" in texts(panel)[0]
    panel.select_unit(0, 7)
    assert "no input 8" in texts(panel)[0]


def test_a_run_that_overflows_is_still_shown(opened: Opener, xor_run: Trainer) -> None:
    snapshot = xor_run.snapshot_at(BACKWARD_1)
    panel = opened(xor_run, (2, 0), BACKWARD_1)
    for wrong in (np.inf, -np.inf, np.nan):
        parts = [part.copy() for part in snapshot.z]
        parts[1][:, 0] = wrong
        object.__setattr__(snapshot, "z", tuple(parts))
        broken = [part.copy() for part in snapshot.a]
        broken[1][:, 0] = np.nan
        object.__setattr__(snapshot, "a", tuple(broken))
        panel.show_snapshot(snapshot)
        assert not panel.grab().isNull()
        assert sentence(panel, "Not a number.")
        assert plot(panel).point() is None


# --- how it fits


@pytest.mark.parametrize("size", [(260, 160), (400, 200), (714, 132), (740, 221), (1053, 321), (1900, 1000)])
@pytest.mark.parametrize("phase", [0, 6, 12])
def test_nothing_is_cut_off(opened: Opener, mixed_run: Trainer, size: tuple[int, int], phase: int) -> None:
    panel = opened(mixed_run, (1, 3), Cursor(0, 4, phase), size)
    for layer in range(1, 6):
        panel.select_unit(layer, 2)
        shown = page(panel)
        for corner, row in shown.rows:
            assert corner.y() + row.height <= size[1]
            assert max(corner.x() + place.room.right() for place in row.places) <= size[0]
        for x, top, text, bold in shown.pieces:
            assert top + shown.plain.height <= size[1] + 1
            assert x + (shown.bold if bold else shown.plain).advance(text) <= size[0]
        assert all(place.right() <= size[0] and place.bottom() <= size[1] for place, _ in shown.bars.places)
        assert shown.rows


def test_formulas_keep_their_size_and_place_from_phase_to_phase(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), Cursor(2400, 0, 0))
    places = []
    for phase in range(7):
        panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, phase)))
        places.append([(corner, row.face) for corner, row in page(panel).rows])
    assert all(each == places[0] for each in places)


def test_a_figure_has_its_title_and_leads_nowhere(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1, (800, 600))
    centre = page(panel).bars.places[0][0].center()
    panel.set_exporting("A unit")
    assert any(line[2] == "A unit" for line in page(panel).lines)
    click(panel, centre)
    assert panel.hint_at(page(panel).rows[0][0] + QPointF(5, 5)) == ""


# --- what a person can do


def test_a_weight_clicked_in_the_sum_opens_its_chain_rule(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    corner, row = page(panel).rows[0]
    with qtbot.waitSignal(panel.parameter_selected) as chosen:
        click(panel, corner + row.places[2].room.center())
    assert chosen.args == ["W1", (1, 1)]
    assert panel.parameter() == ("W1", (1, 1))
    assert not isinstance(panel.page(), UnitPage)


def test_a_factor_clicked_in_the_chain_rule_opens_its_unit(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    panel.select_parameter("W2", (1, 0))
    row = panel.page().formula
    with qtbot.waitSignal(panel.unit_selected) as chosen:
        click(panel, row.places[-1].room.center() + QPointF(4, 4))
    assert chosen.args == [1, 1]
    panel.select_parameter("W1", (0, 0))
    click(panel, panel.page().formula.places[3].room.center() + QPointF(4, 4))
    assert panel.unit() == (1, 0)


def test_a_sample_is_chosen_by_its_bar_and_by_its_tick(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, (2, 0), BACKWARD_1, (1053, 321))
    place, share = page(panel).bars.places[3]
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        click(panel, place.center())
    assert chosen.args == [share.row] == [3]
    drawn = plot(panel)
    z, a = drawn.explanation.z, drawn.explanation.a
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        click(panel, QPointF(drawn.frame.x(z[0]), drawn.frame.y(a[0])))
    assert chosen.args == [0]
    assert panel.sample() == 0
    assert f"z = {z[1]}".replace("-", "−") in panel.hint_at(QPointF(drawn.frame.x(z[1]), drawn.frame.y(a[1])))


def test_the_keyboard_walks_through_all_units_and_parameters(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, (1, 0), BACKWARD_1)
    walked = []
    panel.unit_selected.connect(lambda layer, unit: walked.append((layer, unit)))
    panel.parameter_selected.connect(lambda name, index: walked.append((name, index)))
    for key in ("Down", "Down", "Down", "Up", "PageUp", "End", "PageDown", "Up", "Home"):
        QTest.keyClick(panel, getattr(Qt.Key, f"Key_{key}"))
    assert walked == [(1, 1), (2, 0), (1, 1), (1, 0), (1, 1), (2, 0), (1, 1), (1, 0)]
    walked.clear()
    QTest.keyClick(panel, Qt.Key.Key_Return)  # the sample is (0, 1): all of z comes through the second weight
    assert panel.parameter() == ("W1", (1, 0))
    for key in ("Up", "Down", "PageDown", "Up", "PageUp", "Return"):
        QTest.keyClick(panel, getattr(Qt.Key, f"Key_{key}"))
    assert walked == [
        ("W1", (1, 0)),
        ("W1", (0, 1)),
        ("W1", (1, 0)),
        ("W2", (0, 0)),
        ("W1", (1, 1)),
        ("W1", (0, 0)),
        (1, 0),
    ]
    panel.select_parameter("W7", (0, 0))
    QTest.keyClick(panel, Qt.Key.Key_Down)
    assert panel.parameter() == ("W1", (0, 0))


def test_the_window_keeps_its_keys_for_steps_in_time(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = opened(xor_run, (1, 0), BACKWARD_1)
    window.setCentralWidget(panel)
    stepped = []
    action = window.addAction("step")
    action.setShortcut("Right")
    action.triggered.connect(lambda: stepped.append(1))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    panel.clearFocus()
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.hasFocus)
    assert colour_at(panel, QPointF(panel.width() / 2, 1)) != LIGHT.card
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert stepped == [1]
    assert panel.unit() == (1, 0)
    window.takeCentralWidget()  # it is closed by itself


def test_a_unit_clicked_in_the_network_is_shown_and_one_walked_to_is_marked_there(
    opened: Opener, xor_run: Trainer, qtbot: QtBot
) -> None:
    panel = opened(xor_run, (1, 0), BACKWARD_1)
    network = NetworkPanel()
    qtbot.addWidget(network)
    for control in network.controls():
        qtbot.addWidget(control)
    network.resize(720, 290)
    network.start_run(xor_run.experiment, xor_run.dataset)
    network.show_snapshot(xor_run.snapshot_at(BACKWARD_1))
    network.unit_selected.connect(panel.select_unit)
    panel.unit_selected.connect(network.select_unit)
    place = network.place(Unit(2, 0)).center().toPoint()
    QTest.mouseClick(network, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert panel.unit() == (2, 0)
    QTest.keyClick(panel, Qt.Key.Key_Up)
    assert network.selected() == Unit(1, 1)


def test_what_is_copied_of_a_unit(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    panel.set_sample(2)
    button(panel, "Copy as text").click()
    assert "z1[2] = Σ_i w1[i,2] x[i] = 5.8407 * 1 + 5.8416 * 0 = 5.841" in QGuiApplication.clipboard().text()
    button(panel, "Copy as LaTeX").click()
    assert r"\delta^{(1)}_{2} &=" in QGuiApplication.clipboard().text()
    QTest.keyClick(panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "a1[2] = σ(z1[2]) = 0.997102" in QGuiApplication.clipboard().text()


def test_the_summary_tells_all_of_it(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    panel.set_sample(2)
    assert panel.summary() == (
        "Unit 2 of layer 1, hidden 2, sample (1, 0). z is 5.841, a is 0.997102, the slope is 0.002890. Saturated. "
        "f′(z) is 1.2 % of its greatest value, 0.25: hardly any error passes. So it is for 3 of 4 samples. "
        "Delta is −0.001363."
    )


def test_a_new_run_begins_with_a_parameter_again(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, (1, 1), BACKWARD_1)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    panel.show_snapshot(xor_run.snapshot_at(BACKWARD_1))
    assert panel.unit() is None
    assert panel.parameter() == ("W1", (0, 1))
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    assert panel.parameter() == ("W1", (0, 1))


@pytest.mark.parametrize("height", range(114, 232, 9))
def test_a_low_panel_leaves_out_details_but_not_the_state(opened: Opener, mnist_run: Trainer, height: int) -> None:
    panel = opened(mnist_run, (2, 2), size=(740, height))
    assert sentence(panel, "Saturated. ")
