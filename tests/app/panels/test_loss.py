"""The loss panel: what it plots of a run, what it says about it, and the figure it becomes for an export."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import backprop
from app.export.render import render
from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.panels.loss import LossPanel
from app.run.moment import KeptRun
from app.widgets.ticks import value_text
from backprop import LESSONS, Cursor, DivergedError, Layer, Trainer
from tests.moments import show_moment
from tests.pictures import has_colour
from tests.pointing import point_at

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

XOR = LESSONS["xor"].experiment


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


@pytest.fixture(scope="module")
def run() -> Trainer:
    """All of the XOR lesson."""
    trainer = Trainer(XOR)
    trainer.run()
    return trainer


@pytest.fixture
def panel(qtbot: QtBot) -> LossPanel:
    widget = LossPanel()
    qtbot.addWidget(widget)
    widget.resize(350, 250)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def trained(**changes: object) -> Trainer:
    trainer = Trainer(XOR.replace(**changes))
    trainer.run()
    return trainer


def show(panel: LossPanel, trainer: Trainer, cursor: Cursor | None = None) -> None:
    panel.start_run(trainer.experiment, trainer.dataset)
    show_moment(panel, trainer, cursor)


# --- one batch an epoch


def test_every_epochs_loss_stands_at_its_epoch(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    (curve,) = panel.chart.curves
    assert np.array_equal(curve.values, run.history.loss)
    assert [curve.place(epoch) for epoch in (0, 1, 9_999)] == [0, 1, 9_999]
    image = panel.chart.grab().toImage()
    for epoch in (500, 2_400, 9_000):
        assert has_colour(image, panel.chart.frame.pixel(epoch, run.history.loss[epoch]), LIGHT.positive)


def test_axes_span_all_epochs_and_the_largest_loss_so_far(panel: LossPanel, run: Trainer) -> None:
    show(panel, run, Cursor(20, 0, 6))
    frame = panel.chart.frame
    assert frame.axes.x_high == 10_000
    assert (frame.low, frame.high) == (0.0, run.history.loss[:21].max())
    assert [tick.text for tick in frame.x_ticks] == ["0", "2,500", "5,000", "7,500", "10,000"]


def test_a_history_longer_than_planned_is_shown_whole(panel: LossPanel, run: Trainer) -> None:
    panel.start_run(XOR.replace(epochs=4_000), run.dataset)
    panel.show_history(run.history.view())
    assert panel.chart.frame.axes.x_high == 10_000


def test_going_back_shows_exactly_that_moment(panel: LossPanel, run: Trainer) -> None:
    show(panel, run, Cursor(2_400, 0, 4))
    early = panel.grab().toImage()
    assert len(panel.chart.curves[0].values) == 2_401, "the loss phase of epoch 2400 is done"
    show(panel, run)
    assert panel.grab().toImage() != early
    show(panel, run, Cursor(2_400, 0, 4))
    assert panel.grab().toImage() == early


def test_a_loss_appears_with_its_loss_phase(panel: LossPanel, run: Trainer) -> None:
    show(panel, run, Cursor(7, 0, 2))
    assert len(panel.chart.curves[0].values) == 7
    show(panel, run, Cursor(7, 0, 3))
    assert len(panel.chart.curves[0].values) == 8


def test_history_and_snapshot_may_come_in_either_order(panel: LossPanel, run: Trainer) -> None:
    show(panel, run, Cursor(2_400, 0, 4))
    expected = panel.grab().toImage()
    panel.start_run(run.experiment, run.dataset)
    panel.show_snapshot(run.snapshot_at(Cursor(2_400, 0, 4)))
    panel.show_history(run.history.view().until(2_400, 2_401))
    assert panel.grab().toImage() == expected


def test_the_present_moment_is_marked_at_its_epoch(panel: LossPanel, run: Trainer) -> None:
    panel.start_run(run.experiment, run.dataset)
    panel.show_history(run.history.view())
    panel.show_snapshot(run.snapshot_at(Cursor(2_400, 0, 4)))
    assert panel.chart.now == 2_400
    assert has_colour(panel.chart.grab().toImage(), panel.chart.frame.pixel(2_400, 0.2), LIGHT.accent)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_pointer_reads_the_engines_number(panel: LossPanel, run: Trainer, scale: str) -> None:
    panel.scale.set_value(scale)
    show(panel, run)
    point_at(panel, 2_400)
    read = panel.chart.read_out()
    assert read is not None
    epoch = round(read.x)
    assert abs(epoch - 2_400) < 10_000 / panel.chart.frame.plot.width()
    assert read.title == f"Epoch {epoch:,}"
    assert [reading.value for reading in read.readings] == [value_text(run.history.loss[epoch])]


def test_the_logarithmic_scale_shows_equal_ratios(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    panel.scale.set_value("log")
    frame = panel.chart.frame
    assert frame.axes.logarithmic
    assert frame.pixel(0, 0.02).y() - frame.pixel(0, 0.04).y() == pytest.approx(
        frame.pixel(0, 0.1).y() - frame.pixel(0, 0.2).y()
    )
    assert frame.low <= math.log10(run.history.loss.min())
    panel.scale.set_value("linear")
    assert not panel.chart.frame.axes.logarithmic


# --- many batches an epoch


def test_batches_are_a_fine_curve_and_epochs_a_strong_one(panel: LossPanel) -> None:
    trainer = trained(batch_size=1, epochs=50)
    show(panel, trainer)
    fine, strong = panel.chart.curves
    assert np.array_equal(fine.values, trainer.history.step_mse)
    assert np.array_equal(strong.values, trainer.history.loss)
    assert fine.width < strong.width
    assert fine.colour != strong.colour
    assert fine.place(4 * 30) == 30, "the first batch of epoch 30"
    assert strong.place(30) == pytest.approx(np.mean([fine.place(4 * 30 + batch) for batch in range(4)]))
    assert panel.chart.legend == ["mean of each epoch", "each batch of 1"]


def test_the_pointer_reads_a_batch_and_its_epoch(panel: LossPanel) -> None:
    trainer = trained(batch_size=2, epochs=20)
    show(panel, trainer)
    point_at(panel, 7.5)
    read = panel.chart.read_out()
    assert read is not None
    assert read.title == "Epoch 7"
    assert [(reading.label, reading.value) for reading in read.readings] == [
        ("Batch 1", value_text(trainer.history.step_mse[15])),
        ("Mean of epoch", value_text(trainer.history.loss[7])),
    ]


def test_the_present_moment_is_marked_between_epochs(panel: LossPanel) -> None:
    trainer = trained(batch_size=1, epochs=20)
    show(panel, trainer, Cursor(7, 3, 2))
    assert panel.chart.now == 7.75


# --- what is differentiated, and what is plotted


@pytest.mark.parametrize(
    ("changes", "relation"),
    [
        ({}, "is 2 × this MSE."),
        ({"batch_size": 1}, "is 0.5 × its MSE."),
        ({"loss": "mean_half_squared_error"}, "is 0.5 × this MSE."),
    ],
)
def test_the_factor_between_objective_and_mse_is_said_and_true(
    panel: LossPanel, changes: dict[str, object], relation: str
) -> None:
    trainer = trained(epochs=3, **changes)
    show(panel, trainer)
    assert panel.note.text().endswith(relation)
    snapshot = trainer.snapshot()
    assert snapshot.objective is not None
    assert snapshot.mse is not None
    assert f"is {snapshot.objective / snapshot.mse:g} × " in relation


def test_the_factor_of_the_mnist_lesson_is_that_of_its_batches(panel: LossPanel, mnist: backprop.Dataset) -> None:
    trainer = Trainer(LESSONS["mnist"].experiment, mnist)
    trainer.step_batch()
    show(panel, trainer)
    assert trainer.history.step_objective[0] / trainer.history.step_mse[0] == pytest.approx(320)
    assert "is 320 × its MSE" in panel.note.text()


def test_a_half_squared_error_offers_no_choice_of_quantity(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    assert panel.quantity.isHidden()
    assert not panel.scale.isHidden()


@pytest.mark.parametrize("batch_size", [None, 2])
def test_a_cross_entropy_can_be_plotted_itself(panel: LossPanel, batch_size: int | None) -> None:
    trainer = trained(loss="binary_cross_entropy", epochs=30, learning_rate=0.1, batch_size=batch_size)
    show(panel, trainer)
    assert not panel.quantity.isHidden()
    assert np.array_equal(panel.chart.curves[0].values, trainer.history.step_mse)
    assert panel.note.text() == "The objective is binary cross-entropy, not this MSE."
    panel.quantity.set_value("objective")
    history = trainer.history
    assert np.array_equal(panel.chart.curves[0].values, history.step_objective)
    assert np.allclose(panel.chart.curves[-1].values, history.step_objective.reshape(30, -1).mean(axis=1))
    assert "binary cross-entropy" in panel.note.text()
    point_at(panel, 10)
    read = panel.chart.read_out()
    assert read is not None
    assert read.readings[0].value == value_text(history.step_objective[10 * history.view().steps_per_epoch])


def test_runs_kept_are_told_apart_by_dashes_and_by_their_names_at_the_end(panel: LossPanel, run: Trainer) -> None:
    shorter = trained(epochs=4_000)
    show(panel, run)
    panel.show_kept(tuple(KeptRun(number, shorter.experiment, shorter.history.view()) for number in (4, 5, 6)))
    *kept, present = panel.chart.curves
    assert [curve.label for curve in kept] == ["run 4", "run 5", "run 6"]
    assert len({curve.dash for curve in kept}) == 3
    assert all(curve.dash > 0 for curve in kept)
    assert present.dash == 0.0


def test_an_objective_chosen_before_is_not_kept_for_a_run_that_has_none(panel: LossPanel, run: Trainer) -> None:
    show(panel, trained(loss="binary_cross_entropy", epochs=5))
    panel.quantity.set_value("objective")
    show(panel, run)
    assert np.array_equal(panel.chart.curves[0].values, run.history.loss)


def test_the_caption_says_what_is_plotted(panel: LossPanel, run: Trainer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.caption_changed) as said:
        panel.start_run(run.experiment, run.dataset)
    assert said.args == ["mean squared error"]


# --- manners


def test_before_a_run_there_are_axes_and_no_curve(panel: LossPanel, run: Trainer) -> None:
    panel.start_run(run.experiment, run.dataset)
    assert panel.chart.curves == ()
    assert panel.chart.frame.axes.x_high == 10_000
    panel.grab()
    assert panel.summary() == "No loss has been computed yet."


def test_a_run_that_diverges_is_shown_up_to_its_end(panel: LossPanel) -> None:
    linear = tuple(Layer(units, "identity", "uniform", False) for units in (2, 1))
    trainer = Trainer(XOR.replace(layers=linear, learning_rate=400.0))
    with pytest.raises(DivergedError):
        trainer.run()
    assert trainer.history.step_mse[-1] > 1e100
    for scale in ("linear", "log"):
        panel.scale.set_value(scale)
        show(panel, trainer)
        assert np.array_equal(panel.chart.curves[0].values, trainer.history.step_mse)
        last = len(trainer.history.step_mse) - 1
        at = panel.chart.frame.pixel(last, trainer.history.step_mse[-1])
        assert has_colour(panel.chart.grab().toImage(), at, LIGHT.positive)


def test_a_hidden_panel_waits_and_then_shows_the_newest(panel: LossPanel, run: Trainer, qtbot: QtBot) -> None:
    panel.hide()
    show(panel, run, Cursor(100, 0, 6))
    show(panel, run)
    assert panel.chart.curves == ()
    panel.show()
    qtbot.waitExposed(panel)
    assert np.array_equal(panel.chart.curves[0].values, run.history.loss)


def test_another_run_begins_without_the_curve_of_the_one_before(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    panel.start_run(XOR.replace(seed=1), run.dataset)
    assert panel.chart.curves == ()


def test_a_theme_recolours_everything(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    panel.set_theme(DARK)
    image = panel.chart.grab().toImage()
    assert image.pixelColor(1, 1) == QColor(DARK.card)
    assert has_colour(image, panel.chart.frame.pixel(2_400, run.history.loss[2_400]), DARK.positive)


@pytest.mark.parametrize("size", [(260, 160), (350, 250), (1900, 1000)])
def test_nothing_is_cut_off_at_any_size(panel: LossPanel, run: Trainer, size: tuple[int, int]) -> None:
    panel.resize(*size)
    show(panel, run)
    QApplication.sendPostedEvents()
    assert panel.chart.geometry().bottom() <= size[1] - 1
    if panel.note.isVisible():
        assert panel.note.geometry().bottom() <= size[1] - 1
        assert panel.note.height() >= panel.note.heightForWidth(panel.note.width())
        assert panel.note.y() > panel.chart.geometry().bottom()


def test_controls_say_what_they_do(panel: LossPanel) -> None:
    assert panel.controls()
    for control, keys in ((panel.scale, ("linear", "log")), (panel.quantity, ("mse", "objective"))):
        assert control.accessibleName()
        assert all(control.button(key).toolTip() for key in keys)
        assert any(holder.isAncestorOf(control) for holder in panel.controls())
    assert panel.accessibleName() == panel.title() == "Loss"
    assert panel.chart.accessibleName()


def test_the_summary_has_the_runs_own_numbers(panel: LossPanel, run: Trainer) -> None:
    show(panel, run)
    summary = panel.summary()
    for number in (run.history.loss[0], run.history.loss[-1]):
        assert value_text(number) in summary
    assert "10,000 of 10,000 epochs" in summary


# --- the figure of an export


def figure(trainer: Trainer, epoch: int) -> tuple[LossPanel, np.ndarray]:
    panel = LossPanel()
    panel.set_exporting("Loss over epochs")
    show(panel, trainer, Cursor(epoch, 0, 6))
    return panel, render(panel, (800, 600))


def test_an_exported_figure_is_complete_and_has_no_controls(run: Trainer, qtbot: QtBot) -> None:
    panel, picture = figure(run, 4_000)
    qtbot.addWidget(panel)
    assert picture.shape == (600, 800, 3)
    frame = panel.chart.frame
    assert frame.axes.x_high == 10_000
    assert (frame.low, frame.high) == (0.0, run.history.loss[:4_001].max())
    assert panel.chart.legend == ["Mean squared error"]
    assert panel.chart.now is None
    assert not panel.note.isVisibleTo(panel)
    card = [QColor(LIGHT.card).red(), QColor(LIGHT.card).green(), QColor(LIGHT.card).blue()]
    for corner in (picture[0, 0], picture[0, -1], picture[-1, 0], picture[-1, -1]):
        assert corner.tolist() == card
    at = panel.chart.mapTo(panel, frame.pixel(2_000, run.history.loss[2_000]).toPoint())
    around = picture[at.y() - 1 : at.y() + 2, at.x() - 1 : at.x() + 2].reshape(-1, 3).astype(int)
    blue = np.array([QColor(LIGHT.positive).red(), QColor(LIGHT.positive).green(), QColor(LIGHT.positive).blue()])
    assert np.abs(around - blue).sum(axis=1).min() < 60


def test_frames_of_an_export_keep_their_axes_and_differ_in_the_curve(run: Trainer, qtbot: QtBot) -> None:
    first, early = figure(run, 1_000)
    last, late = figure(run, 9_000)
    for panel in (first, last):
        qtbot.addWidget(panel)
    assert first.chart.frame.plot == last.chart.frame.plot
    assert first.chart.frame.x_ticks == last.chart.frame.x_ticks
    assert not np.array_equal(early, late)
    assert np.array_equal(early[:, : int(first.chart.frame.plot.left())], late[:, : int(first.chart.frame.plot.left())])


def test_an_export_is_linear_whatever_was_chosen(run: Trainer, qtbot: QtBot) -> None:
    panel = LossPanel()
    qtbot.addWidget(panel)
    panel.scale.set_value("log")
    panel.set_exporting("Loss over epochs")
    show(panel, run)
    assert not panel.chart.frame.axes.logarithmic


def test_a_panel_without_a_dock_opens_no_window_of_its_own(panel: LossPanel, run: Trainer) -> None:
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    show(panel, trained(loss="binary_cross_entropy", epochs=2))
    opened: set[QWidget] = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} - before
    assert not opened
