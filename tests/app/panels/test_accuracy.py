"""The accuracy panel: the test set's accuracy after each epoch, as a whole and by class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import backprop
from app.export.render import render
from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.panels import PANELS
from app.panels.accuracy import ASLEEP, AccuracyPanel
from backprop import LESSONS, Cursor, HistoryView, Layer, Trainer
from tests.pictures import has_colour
from tests.pointing import point_at

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MNIST = LESSONS["mnist"].experiment
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


@pytest.fixture(scope="module")
def lesson(mnist: backprop.Dataset) -> Trainer:
    """The first two epochs of the lesson, in which some digits are asleep."""
    trainer = Trainer(MNIST, mnist)
    trainer.step_epoch()
    trainer.step_epoch()
    return trainer


@pytest.fixture(scope="module")
def awake(mnist: backprop.Dataset) -> Trainer:
    """One epoch of a network that begins with small weights, so that no digit is asleep."""
    layers = (Layer(32, "sigmoid", "xavier"), Layer(10, "sigmoid", "xavier"))
    trainer = Trainer(MNIST.replace(layers=layers, epochs=1), mnist)
    trainer.run()
    return trainer


@pytest.fixture
def panel(qtbot: QtBot) -> AccuracyPanel:
    widget = AccuracyPanel()
    qtbot.addWidget(widget)
    widget.resize(350, 220)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def show(panel: AccuracyPanel, trainer: Trainer, history: HistoryView | None = None) -> None:
    panel.start_run(trainer.experiment, trainer.dataset)
    panel.show_history(history or trainer.history.view())
    panel.show_snapshot(trainer.snapshot())


def made_up(trainer: Trainer, by_class: list[float]) -> HistoryView:
    """The record of one epoch with these accuracies by class."""
    history = trainer.history.view().until(trainer.experiment.steps_per_epoch)
    return replace(history, class_accuracy=np.array([by_class]), accuracy=np.array([np.mean(by_class)]))


def test_only_experiments_with_a_test_set_suit(panel: AccuracyPanel) -> None:
    assert PANELS["accuracy"].suits(MNIST)
    assert not PANELS["accuracy"].suits(LESSONS["xor"].experiment)


def test_a_run_without_a_test_set_shows_nothing_and_breaks_nothing(panel: AccuracyPanel) -> None:
    trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=3))
    trainer.run()
    show(panel, trainer)
    panel.grab()
    panel.summary()


def test_lines_are_the_engines_numbers_in_percent(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    *digits, total = panel.chart.curves
    assert np.array_equal(total.values, 100 * lesson.history.accuracy)
    assert total.colour == LIGHT.text
    assert [curve.label for curve in digits] == list("0123456789")
    assert [curve.colour for curve in digits] == list(LIGHT.series)
    for digit, curve in enumerate(digits):
        assert np.array_equal(curve.values, 100 * lesson.history.class_accuracy[:, digit])
    assert total.width > max(curve.width for curve in digits)


def test_axes_span_all_epochs_and_zero_to_a_hundred_percent(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    frame = panel.chart.frame
    assert (frame.axes.x_high, frame.low, frame.high) == (20, 0.0, 100.0)
    assert [tick.text for tick in frame.y_ticks][-1] == "100 %"
    image = panel.chart.grab().toImage()
    assert has_colour(image, frame.pixel(1, 100 * lesson.history.accuracy[1]), LIGHT.text)


def test_a_digit_can_be_told_without_colour(panel: AccuracyPanel, lesson: Trainer) -> None:
    """Its name is written beside its end: where a digit ends alone, next to that end and nowhere else."""
    shares = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.4, 0.9]
    show(panel, lesson, made_up(lesson, shares))
    end = panel.chart.frame.pixel(0, 40.0)

    def ink(image: QImage) -> int:
        box = image.copy(round(end.x()) + 6, round(end.y()) - 8, 14, 14)
        return sum(box.pixelColor(x, y).lightness() < 120 for x in range(14) for y in range(14))

    with_name = ink(panel.chart.grab().toImage())
    shares[8] = 0.2
    show(panel, lesson, made_up(lesson, shares))
    assert with_name > ink(panel.chart.grab().toImage()) + 10


def test_the_pointer_reads_every_digit(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    point_at(panel, 1)
    read = panel.chart.read_out()
    assert read is not None
    assert read.x == 1
    assert read.title == f"Epoch 1: {100 * lesson.history.accuracy[1]:.2f}{SPACE}% of all"
    named = [(reading.label, reading.value) for reading in read.readings if reading.label]
    assert named == [
        (str(digit), f"{100 * share:.1f}{SPACE}%") for digit, share in enumerate(lesson.history.class_accuracy[1])
    ]
    point_at(panel, 15)
    beyond = panel.chart.read_out()
    assert beyond is not None
    assert beyond.x == 1, "the last epoch known is the nearest"


def test_digits_that_are_asleep_are_named_with_true_numbers(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    shares = lesson.history.class_accuracy[-1]
    asleep = [str(digit) for digit in range(10) if shares[digit] < ASLEEP]
    assert len(asleep) >= 2, "the lesson's own run has digits asleep after its first epochs"
    text = panel.note.text()
    assert f"Digits {', '.join(asleep[:-1])} and {asleep[-1]} are asleep" in text
    assert f"{100 * max(shares[int(digit)] for digit in asleep):.1f}{SPACE}%" in text
    assert panel.note.is_callout()
    assert panel.note.toolTip()


def test_one_digit_asleep_is_spoken_of_as_one(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson, made_up(lesson, [0.9] * 8 + [0.012, 0.9]))
    assert panel.note.text() == f"<b>Digit 8 is asleep:</b> 1.2{SPACE}% of its images are recognised."


def test_a_digit_at_the_limit_is_awake(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson, made_up(lesson, [0.9] * 8 + [ASLEEP, 0.9]))
    assert not panel.note.is_callout()


def test_nobody_is_called_asleep_before_an_epoch_is_complete(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson, lesson.history.view().until(500))
    assert not panel.note.is_callout()
    assert "asleep" not in panel.note.text()


def test_when_all_are_awake_the_weakest_is_named(panel: AccuracyPanel, awake: Trainer) -> None:
    show(panel, awake)
    shares = awake.history.class_accuracy[-1]
    assert shares.min() >= ASLEEP
    assert not panel.note.is_callout()
    assert f"{int(np.argmin(shares))}, is at {100 * shares.min():.1f}{SPACE}%" in panel.note.text()


def test_the_whole_note_can_be_read(panel: AccuracyPanel, lesson: Trainer, qtbot: QtBot) -> None:
    show(panel, lesson)
    for width in (260, 350, 700):
        panel.resize(width, 230)
        QApplication.sendPostedEvents()
        note = panel.note
        qtbot.waitUntil(lambda note=note: note.height() >= note.heightForWidth(note.width()))
        QApplication.sendPostedEvents()
        assert note.geometry().bottom() <= panel.height() - 1
        assert note.y() > panel.chart.geometry().bottom()
    panel.resize(260, 160)
    assert not note.isVisible(), "a low panel keeps its room for the chart"


def test_the_caption_has_the_current_accuracy(panel: AccuracyPanel, lesson: Trainer) -> None:
    said: list[str] = []
    panel.caption_changed.connect(said.append)
    show(panel, lesson, lesson.history.view().until(0))
    assert said == ["test set, 10,000"]
    show(panel, lesson)
    assert said[-1] == f"test set, 10,000 · {100 * lesson.history.accuracy[-1]:.2f}{SPACE}%"


def test_going_back_shows_exactly_that_moment(panel: AccuracyPanel, lesson: Trainer) -> None:
    steps = MNIST.steps_per_epoch
    early = lesson.history.view().until(steps)
    show(panel, lesson, early)
    before = panel.grab().toImage()
    show(panel, lesson)
    assert panel.grab().toImage() != before
    panel.show_history(early)
    panel.show_snapshot(lesson.snapshot_at(Cursor(1, 0, 0)))
    assert panel.grab().toImage() == before


def test_the_present_moment_is_marked_where_lines_go_on(panel: AccuracyPanel, lesson: Trainer) -> None:
    panel.start_run(lesson.experiment, lesson.dataset)
    panel.show_history(lesson.history.view())
    panel.show_snapshot(lesson.snapshot_at(Cursor(1, 3, 2)))
    assert panel.chart.now == 0, "in the middle of epoch 1 the accuracy known is that of epoch 0"
    panel.show_snapshot(lesson.snapshot())
    assert panel.chart.now is None


def test_a_hidden_panel_waits_and_then_shows_the_newest(panel: AccuracyPanel, lesson: Trainer, qtbot: QtBot) -> None:
    panel.hide()
    show(panel, lesson)
    assert panel.chart.curves == ()
    panel.show()
    qtbot.waitExposed(panel)
    assert len(panel.chart.curves) == 11


def test_accuracies_that_were_not_measured_are_left_out(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson, made_up(lesson, [float("nan")] * 10))
    panel.grab()
    assert not panel.note.is_callout()


def test_a_theme_recolours_everything(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    panel.set_theme(DARK)
    assert [curve.colour for curve in panel.chart.curves] == [*DARK.series, DARK.text]
    assert panel.chart.grab().toImage().pixelColor(1, 1) == QColor(DARK.card)


def test_the_summary_has_the_runs_own_numbers(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    summary = panel.summary()
    assert f"{100 * lesson.history.accuracy[-1]:.2f}" in summary
    for digit, share in enumerate(lesson.history.class_accuracy[-1]):
        assert f"{digit}: {100 * share:.1f}" in summary


def test_the_title_speaks_of_digits_only_where_there_are_some(panel: AccuracyPanel, lesson: Trainer) -> None:
    show(panel, lesson)
    assert panel.title() == panel.accessibleName() == "Accuracy by digit"
    clothes = backprop.Dataset(
        "keras_fashion_mnist",
        MNIST.replace(dataset="keras_fashion_mnist").info,
        lesson.dataset.train,
        lesson.dataset.test,
    )
    panel.start_run(MNIST.replace(dataset="keras_fashion_mnist"), clothes)
    panel.show_history(made_up(lesson, [0.01] + [0.9] * 9))
    assert panel.title() == "Accuracy by class"
    assert panel.note.text().startswith("<b>T-shirt is asleep:</b>")
    panel.grab()


def test_an_exported_figure_has_titles_and_no_note(lesson: Trainer, qtbot: QtBot) -> None:
    panel = AccuracyPanel()
    qtbot.addWidget(panel)
    panel.set_exporting("Accuracy over epochs")
    show(panel, lesson)
    picture = render(panel, (800, 600))
    assert picture.shape == (600, 800, 3)
    assert not panel.note.isVisibleTo(panel)
    assert len(panel.chart.curves) == 11
    assert picture[0, 0].tolist() == [QColor(LIGHT.card).red()] * 3
    assert (picture[: int(panel.chart.frame.plot.top())].min(axis=2) < 80).any(), "no title above"
