"""The diagnosis panel: findings in words, with evidence and cures as buttons, and the numbers of every layer."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

import app.panels.diagnosis.panel as panel_module
from app.look.fonts import number_font
from app.look.theme import DARK, LIGHT, Theme
from app.panels.diagnosis import DiagnosisPanel
from app.panels.diagnosis.bars import scale_labels
from app.panels.diagnosis.figures import figure, percent
from app.panels.diagnosis.finding_card import FindingCard
from app.panels.diagnosis.marks import EARLY, WELL, paint_mark
from app.panels.diagnosis.names import Names
from app.panels.diagnosis.offers import cure_offer
from app.panels.diagnosis.table_layout import Cell
from app.panels.diagnosis.words import tell
from app.widgets.typeface import Typeface
from backprop import LESSONS, Cursor, Dataset, Layer, Trainer
from backprop.diagnosis.rules import RULES, Cure, Evidence, Finding, diagnose
from backprop.diagnosis.vital_signs import vital_signs
from tests.moments import show_moment
from tests.pictures import colours, pixels
from tests.short_runs import after, network

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment
COMPACT = (376, 285)
#: What the card around it leaves of that.
DOCKED = (350, 233)

Opener = Callable[..., DiagnosisPanel]


@pytest.fixture(scope="module")
def xor_run() -> Trainer:
    return after(XOR, 2500)


@pytest.fixture(scope="module")
def stuck_run() -> Trainer:
    return after(XOR.replace(layers=network("tanh"), seed=1), 800)


@pytest.fixture(scope="module")
def mnist_run(mnist: Dataset) -> Trainer:
    return after(MNIST, 938, mnist)


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(DiagnosisPanel, COMPACT)


def cards(panel: DiagnosisPanel) -> list[FindingCard]:
    return [card for card in panel.cards if card.isVisible()]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("−", "-")


def button(panel: DiagnosisPanel, label: str) -> QPushButton:
    every = [button for card in cards(panel) for button in card.buttons if button.isVisible()]
    return next(b for b in every if b.accessibleName() == label)


# --- what it says


def test_the_plateau_of_the_lesson(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(300, 0, 6))
    (card,) = cards(panel)
    assert card.kind == "note"
    assert card.heading == "On a plateau since epoch 10"
    assert card.body.startswith("The loss stays near 0.2496, as if every sample were given the mean target.")
    assert card.body.endswith("It falls faster and faster: the run is finding its way out.")
    assert [button.text() for button in card.buttons] == ["Show epoch 10", "Learning rate 1 from here on"]


def test_a_stuck_run_names_its_samples_and_what_it_gives_them(opened: Opener, stuck_run: Trainer) -> None:
    (card,) = cards(opened(stuck_run))
    assert card.heading == "Stuck: 2 samples stay wrong"
    outputs = stuck_run.predict(stuck_run.dataset.train.x)[:, 0]
    assert f"(1, 0) gives {outputs[2]:.2f} instead of 1, (1, 1) gives {outputs[3]:.2f} instead of 0." in card.body
    assert "Same network, new seed" in [button.text() for button in card.buttons]
    assert "seed 2" in card.buttons[2].toolTip()


def test_the_digits_that_sleep(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    card = cards(panel)[0]
    assert card.kind == "warning"
    assert card.heading == "Digits 3, 5, 6 and 8 are asleep"
    share = plain(percent(diagnose(mnist_run.snapshot(), mnist_run.history.view()).findings[0].numbers["share"]))
    assert plain(card.body).startswith(("All wrong outputs", f"{share} of the wrong outputs"))
    assert [button.text() for button in card.buttons] == [
        "Show accuracy by digit",
        "Show output 3",
        "Use cross-entropy",
        "Use Xavier, learning rate 0.01",
    ]


def test_a_healthy_run_is_told_so_with_numbers(opened: Opener, xor_run: Trainer) -> None:
    (card,) = cards(opened(xor_run, Cursor(2400, 0, 6)))
    assert (card.kind, card.heading) == (WELL, "Nothing wrong to be seen")
    diagnosis = diagnose(xor_run.snapshot_at(Cursor(2400, 0, 6)), xor_run.history.view())
    trend = diagnosis.case.trend
    assert trend is not None
    assert f"{trend.latest:.4f} now, fell by {percent(trend.drop)} over the last 720 epochs." in card.body
    ratios = [layer.update_ratio for layer in diagnosis.case.signs.layers]
    assert f"{figure(min(ratios))} to {figure(max(ratios))}" in card.body  # type: ignore[type-var]
    assert not card.buttons


@pytest.mark.parametrize("cursor", [Cursor(0, 0, 0), Cursor(0, 0, 3), Cursor(30, 0, 6)])
def test_at_the_beginning_it_is_too_early(opened: Opener, xor_run: Trainer, cursor: Cursor) -> None:
    (card,) = cards(opened(xor_run, cursor))
    assert (card.kind, card.heading) == (EARLY, "Too early to tell")


def test_every_rule_has_words_that_leave_nothing_out() -> None:
    runs = {
        "diverged": after(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=5.0), 20),
        "symmetric": after(XOR.replace(layers=network("sigmoid", "zeros")), 60),
        "exploding": after(XOR.replace(layers=network("identity", "standard_normal", units=64, depth=4)), 1),
        "dead_relu": after(XOR.replace(layers=network("relu", "he", 4), learning_rate=10.0), 60),
        "vanishing": after(XOR.replace(layers=network("sigmoid", units=4, depth=4)), 30),
        "rate_too_high": after(XOR.replace(learning_rate=5.0), 300),
        "rate_too_low": after(XOR.replace(learning_rate=1e-4), 60),
        "plateau": after(XOR, 200),
    }
    for key, run in runs.items():
        finding = next(f for f in diagnose(run.snapshot(), run.history.view()).findings if f.key == key)
        told = tell(finding, Names(run.experiment, run.dataset))
        assert told.heading != key
        for text in (told.heading, told.body):
            assert text
            assert "{" not in text
            assert "None" not in text.replace("None of", "")
    assert set(runs) | {"stuck", "saturated_outputs", "saturated_layer"} == set(RULES)


def test_a_finding_without_words_is_still_named(xor_run: Trainer) -> None:
    assert tell(Finding("brand_new", "note", {}), Names(XOR, xor_run.dataset)).heading == "brand_new"


@pytest.mark.parametrize(
    ("cure", "label"),
    [
        (Cure("new_seed", {"seed": 8}), "Same network, new seed"),
        (Cure("initializer", {"layers": network("sigmoid")}), "Use initializer Xavier"),
        (Cure("initializer", {"layers": network("sigmoid"), "learning_rate": 0.01}), "Use Xavier, learning rate 0.01"),
        (Cure("activation", {"layers": network("tanh", "xavier")}), "Use tanh and Xavier"),
        (Cure("units", {"layers": network("sigmoid", units=4)}), "Use 4 hidden units"),
        (Cure("loss", {"layers": XOR.layers, "loss": "binary_cross_entropy"}), "Use binary cross-entropy"),
        (Cure("learning_rate", {"learning_rate": 0.05}, during_run=True), "Learning rate 0.05 from here on"),
        (Cure("learning_rate", {"learning_rate": 0.05}), "Start again with learning rate 0.05"),
    ],
)
def test_a_button_says_exactly_what_will_be_done(cure: Cure, label: str, qtbot: QtBot) -> None:
    offer = cure_offer(cure, XOR, 0.5)
    assert offer.label == label
    assert ("goes on" in offer.hint) == cure.during_run
    assert ("Begins a new run" in offer.hint) != cure.during_run


# --- the numbers


@pytest.mark.parametrize("phase", range(7))
def test_the_table_has_the_engines_numbers(opened: Opener, xor_run: Trainer, phase: int) -> None:
    cursor = Cursor(700, 0, phase)
    panel = opened(xor_run, cursor)
    signs = vital_signs(xor_run.snapshot_at(cursor))
    for row, layer in zip(panel.table.texts(), signs.layers, strict=True):
        assert row[0] == ("hidden" if layer.number == 1 else "output")
        assert row[1:4] == [figure(v) for v in (layer.gradient_rms, layer.weight_rms, layer.update_ratio)]
        assert (row[4] == "–") == (layer.saturated is None)
        assert (row[1] == "–") == (phase < 6 - layer.number)


def test_pointing_tells_exact_numbers_and_definitions(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=(600, 500))
    table, layer = panel.table, vital_signs(mnist_run.snapshot()).layers[0]
    places = table.layout_of_cells().places
    gradient = plain(table.hint_at(places[Cell(0, "gradient")].center()))
    assert gradient.startswith(f"The hidden layer: {layer.gradient_rms:.6g}\n")
    assert "root mean square of dL/dW" in gradient
    assert "0.001 is a rule of thumb" in table.hint_at(places[Cell(-1, "ratio")].center())
    assert layer.activations is not None
    place = places[Cell(0, "activations")]
    first = table.hint_at(QPointF(place.left() + 1, place.center().y()))
    assert f"{layer.activations.counts[0]:,} of {32 * 128:,} values from 0 to 0.0416667." in first
    assert layer.deltas is not None
    delta = table.hint_at(places[Cell(0, "deltas")].center())
    assert f"{layer.deltas.zeros:,} are exactly 0." in delta
    assert table.hint_at(QPointF(-50, -50)) == ""


def test_the_evidence_stands_out_in_the_table(opened: Opener, mnist_run: Trainer, xor_run: Trainer) -> None:
    assert opened(mnist_run).table.marked() == {Cell(0, "flat"): "note", Cell(1, "flat"): "warning"}
    assert opened(xor_run, Cursor(2400, 0, 6)).table.marked() == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.0123, "0.012"),
        (1.0, "1"),
        (12.4, "12"),
        (-0.5, "-0.5"),
        (9.96e-4, "1.0e-3"),
        (4.24e-6, "4.2e-6"),
        (9.99e-6, "1.0e-5"),
        (98765.0, "9.9e4"),
        (float("inf"), "∞"),
        (float("nan"), "?"),
        (1e-310, "1.0e-310"),
    ],
)
def test_figures_are_short(value: float | None, text: str) -> None:
    assert figure(value).replace("−", "-") == text


# --- exactly this moment


def test_every_moment_shows_its_own_numbers_forwards_and_back(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    history = xor_run.history.view()
    for number, epoch in enumerate((2400, 300, 1200, 0, 299, 2499)):
        snapshot = xor_run.snapshot_at(Cursor(epoch, 0, 6))
        then = history.until(snapshot.steps_done, snapshot.step + snapshot.compared)
        halves = [lambda s=snapshot: panel.show_snapshot(s), lambda h=then: panel.show_history(h)]
        for half in halves if number % 2 else reversed(halves):
            half()
        expected = diagnose(snapshot, history)
        shown = panel.diagnosis()
        assert shown is not None
        assert shown.case.snapshot is snapshot
        assert shown.case.steps == epoch + 1
        names = Names(XOR, xor_run.dataset)
        if expected.findings:
            assert cards(panel)[0].heading == tell(expected.findings[0], names).heading
        assert panel.table.texts()[0][1] == figure(vital_signs(snapshot).layers[0].gradient_rms)


def test_a_moment_is_shown_once_both_halves_are_there(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(300, 0, 6))
    before = panel.table.texts()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 6)))  # its history is on its way
    assert panel.table.texts() == before
    assert cards(panel)[0].heading == "On a plateau since epoch 10"
    panel.show_history(xor_run.history.view())
    assert panel.table.texts() != before
    assert cards(panel)[0].heading == "Nothing wrong to be seen"


def test_the_same_moment_is_worked_out_once(opened: Opener, xor_run: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = opened(xor_run, Cursor(300, 0, 6))
    asked = []
    monkeypatch.setattr(panel_module, "diagnose", lambda *args: asked.append(args) or diagnose(*args))
    snapshot, history = xor_run.snapshot_at(Cursor(301, 0, 6)), xor_run.history.view().until(302)
    panel.show_history(history)
    panel.show_snapshot(snapshot)
    panel.show_history(history)
    panel.show_snapshot(snapshot)
    assert len(asked) == 1


def test_nothing_is_worked_out_while_hidden(opened: Opener, xor_run: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = opened(xor_run, Cursor(300, 0, 6))
    panel.hide()
    asked = []
    monkeypatch.setattr(panel_module, "diagnose", lambda *args: asked.append(args) or diagnose(*args))
    for epoch in range(2300, 2400):
        show_moment(panel, xor_run, Cursor(epoch, 0, 6))
    assert not asked
    panel.show()
    assert len(asked) == 1
    assert cards(panel)[0].heading == "Nothing wrong to be seen"


def test_a_run_that_diverged_is_shown(opened: Opener) -> None:
    run = after(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=50.0), 200)
    assert run.diverged is not None
    panel = opened(run)
    (card,) = cards(panel)
    assert (card.kind, card.heading) == ("severe", "Numbers have overflowed")
    assert "Start again with learning rate 0.5" in [button.text() for button in card.buttons]
    panel.grab()


def test_a_new_run_begins_with_nothing(opened: Opener, mnist_run: Trainer, xor_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert panel.diagnosis() is None
    assert not cards(panel)
    assert panel.table.texts() == []
    assert panel.summary() == "No moment of a run is shown yet."
    panel.grab()
    show_moment(panel, xor_run, Cursor(300, 0, 6))
    assert len(panel.table.texts()) == 2


def test_more_epochs_make_a_slow_run_less_slow(opened: Opener) -> None:
    panel = opened(after(XOR.replace(learning_rate=1e-3), 60))
    assert cards(panel)[0].heading == "Learning rate 0.001 is too low"
    panel.set_epochs(1_000_000)
    assert cards(panel)[0].heading == "Nothing wrong to be seen"


# --- what a person asks for


def test_evidence_and_cures_are_one_click_away(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run)
    finding = diagnose(mnist_run.snapshot(), mnist_run.history.view()).findings[0]
    for label, evidence in (("Show accuracy by digit", finding.evidence[0]), ("Show output 3", finding.evidence[1])):
        with qtbot.waitSignal(panel.evidence_requested) as shown:
            button(panel, label).click()
        assert shown.args == [evidence]
        assert isinstance(shown.args[0], Evidence)
    with qtbot.assertNotEmitted(panel.evidence_requested), qtbot.waitSignal(panel.cure_requested) as applied:
        button(panel, "Use Xavier, learning rate 0.01").click()
    (cure,) = applied.args
    healed = cure.apply(mnist_run.experiment)
    assert [layer.initializer for layer in healed.layers] == ["xavier", "xavier"]
    assert healed.learning_rate == 0.01


def test_what_a_button_does_belongs_to_the_moment_shown(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(300, 0, 6))
    run = after(XOR, 300)
    run.learning_rate = 0.25
    for _ in range(10):
        run.step_batch()
    show_moment(panel, run)
    with qtbot.waitSignal(panel.cure_requested) as applied:
        button(panel, "Learning rate 0.5 from here on").click()
    assert applied.args[0].changes == {"learning_rate": 0.5}
    assert "It is 0.25 now." in button(panel, "Learning rate 0.5 from here on").toolTip()


def test_where_there_is_little_room_one_finding_is_unfolded(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=DOCKED)
    first, second = cards(panel)
    assert (first.folded, second.folded) == (False, True)
    assert not any(button.isVisible() for button in second.buttons)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (first.folded, second.folded) == (True, False)
    assert second.buttons[0].isVisible()
    show_moment(panel, mnist_run, Cursor(0, 900, 6))
    assert (first.folded, second.folded) == (True, False), "a person's choice is kept from moment to moment"
    panel.resize(600, 500)
    assert (first.folded, second.folded) == (False, False)


def test_everything_can_be_reached_with_the_keyboard(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run, size=DOCKED)
    first, second = cards(panel)
    panel.activateWindow()
    first.buttons[0].setFocus()
    reached = []
    for _ in range(len(first.buttons) + 2):
        reached.append(panel.focusWidget())
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert reached == [*first.buttons, second, panel.table]
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert not second.folded
    assert panel.focusWidget() is second.buttons[0]
    with qtbot.waitSignal(panel.evidence_requested):
        QTest.keyClick(second.buttons[0], Qt.Key.Key_Space)


def test_arrow_keys_read_the_table(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    table = panel.table
    table.setFocus()
    signs = vital_signs(mnist_run.snapshot()).layers
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert f"{signs[1].gradient_rms:.6g}" in plain(table.accessibleDescription())
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert f"The output layer: {signs[1].weight_rms:.6g}" in plain(table.accessibleDescription())
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.accessibleDescription().startswith("Weight RMS")


# --- how it looks


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_has_the_themes_colours(opened: Opener, mnist_run: Trainer, theme: Theme) -> None:
    panel = opened(mnist_run, theme=theme)
    seen = colours(panel)
    for colour in (theme.card, theme.field, theme.forward, theme.backward, theme.negative):
        assert colour in seen
    other = LIGHT if theme is DARK else DARK
    panel.set_theme(other)
    seen = colours(panel)
    assert theme.card not in seen
    assert {other.card, other.forward, other.backward} <= seen


def test_severities_differ_in_shape() -> None:
    def shape(kind: str) -> np.ndarray:
        image = QImage(28, 28, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        paint_mark(painter, QRectF(0, 0, 28, 28), kind, LIGHT)
        painter.end()
        return pixels(image) != 0xFFFFFF

    shapes = [shape(kind) for kind in ("severe", "warning", "note", WELL, EARLY)]
    for number, one in enumerate(shapes):
        assert one.any()
        for other in shapes[:number]:
            assert (one != other).mean() > 0.02


@pytest.mark.parametrize("width", [90, 115, 240])
def test_labels_of_a_scale_keep_apart(qapp: QApplication, width: int) -> None:
    face = Typeface(number_font(8.0))
    labels = sorted(scale_labels(QRectF(0, 0, width, 60), None, face))
    assert [text for _, text in labels] == (["1e−6", "1e−3", "1"] if width > 200 else ["1e−6", "1"])
    for (x, text), (following, _) in pairwise(labels):
        assert x + face.advance(text) + 5 < following


def test_bars_are_higher_where_there_are_more_values(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=(900, 600))
    table = panel.table
    place = table.layout_of_cells().places[Cell(0, "activations")]
    image = pixels(table.grab().toImage())
    wanted = int(LIGHT.forward[1:], 16)
    bar = place.width() / 24
    top, bottom = round(place.top()), round(place.bottom())
    heights = [int((image[top:bottom, int(place.left() + (k + 0.4) * bar)] == wanted).sum()) for k in range(24)]
    histogram = vital_signs(mnist_run.snapshot()).layers[0].activations
    assert histogram is not None
    assert heights[0] == max(heights)
    assert np.corrcoef(heights, np.log1p(histogram.counts))[0, 1] > 0.99


@pytest.mark.parametrize("size", [(260, 160), (300, 220), COMPACT, DOCKED, (600, 500), (1900, 1000)])
@pytest.mark.parametrize("which", ["xor", "stuck", "mnist", "deep"])
def test_nothing_is_cut_off(
    opened: Opener, which: str, size: tuple[int, int], xor_run: Trainer, stuck_run: Trainer, mnist_run: Trainer
) -> None:
    deep = XOR.replace(layers=network("sigmoid", units=4, depth=7))
    runs = {"xor": (xor_run, Cursor(300, 0, 6)), "stuck": (stuck_run, None), "mnist": (mnist_run, None)}
    run, cursor = runs[which] if which in runs else (after(deep, 30), None)
    panel = opened(run, cursor, size)
    content = panel.table.parentWidget()
    scroll = panel.findChild(QScrollArea)
    assert content is not None
    assert scroll is not None
    assert content.width() <= scroll.viewport().width()
    bottom = 0
    for card in cards(panel):
        assert card.geometry().top() >= bottom
        bottom = card.geometry().bottom()
        assert card.geometry().right() <= content.width()
        assert card.height() == card.height_at(card.width(), card.folded)
        for one in card.buttons:
            if one.isVisible():
                assert card.rect().contains(one.geometry())
                assert one.fontMetrics().horizontalAdvance(one.text()) < one.width()
    assert panel.table.geometry().top() >= bottom
    assert panel.table.geometry().bottom() <= content.height()
    layout = panel.table.layout_of_cells()
    assert all(panel.table.rect().toRectF().contains(place.toRect().toRectF()) for place in layout.places.values())
    assert min(place.height() for cell, place in layout.places.items() if cell.row >= 0) >= 15
    assert {"gradient", "flat"} <= set(layout.columns)
    if size[0] >= 350 and which != "deep":
        assert len(layout.columns) == 7
    if size[0] >= 350 and which != "deep":
        assert content.height() <= scroll.viewport().height(), "without scrolling at the size it has in the window"


def test_a_button_that_was_cut_short_gets_its_words_back(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=(200, 300))
    one = button(panel, "Use Xavier, learning rate 0.01")
    assert one.text().endswith("…")
    panel.resize(600, 500)
    assert one.text() == "Use Xavier, learning rate 0.01"


def test_a_figure_has_its_title_and_no_buttons(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=(800, 600))
    before = cards(panel)[0].height_at(600, True)
    panel.set_exporting("Diagnosis after an epoch")
    assert not any(card.buttons for card in cards(panel))
    assert not any(card.folded for card in cards(panel))
    assert cards(panel)[0].height_at(600, True) > before
    image = pixels(panel.grab().toImage())
    assert (image[20:60, 250:550] != int(LIGHT.card[1:], 16)).any(), "the title"


def test_the_summary_has_the_findings_and_the_numbers(opened: Opener, mnist_run: Trainer, xor_run: Trainer) -> None:
    summary = plain(opened(mnist_run).summary())
    assert summary.startswith("Digits 3, 5, 6 and 8 are asleep: ")
    signs = vital_signs(mnist_run.snapshot()).layers
    for layer in signs:
        assert f"gradient RMS {plain(figure(layer.gradient_rms))}" in summary
    panel = opened(xor_run, Cursor(2400, 0, 6))
    panel.hide()
    show_moment(panel, xor_run, Cursor(300, 0, 6))
    assert panel.summary().startswith("On a plateau since epoch 10"), "of this moment, though nobody sees it"


def test_the_caption_counts(opened: Opener, mnist_run: Trainer, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    with qtbot.waitSignal(panel.caption_changed) as caption:
        show_moment(panel, xor_run, Cursor(300, 0, 6))
    assert caption.args == ["1 finding"]
    with qtbot.waitSignal(panel.caption_changed) as caption:
        show_moment(panel, xor_run, Cursor(2400, 0, 6))
    assert caption.args == [""]
