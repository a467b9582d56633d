"""The trajectories panel: how chosen parameters went, exactly, up to the moment shown and no further."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import backprop
from app.export.render import render
from app.look.theme import DARK, LIGHT
from app.panels.trajectories import TrajectoriesPanel
from app.panels.trajectories.chosen import MOST
from app.panels.trajectories.panel import SMALL
from app.panels.trajectories.parameters import Parameters, text_of
from app.widgets.value_text import readable
from backprop import LESSONS, Cursor, Experiment, Layer, Trainer

XOR = LESSONS["xor"].experiment
ALL_OF_XOR = [("W1", (0, 0)), ("W1", (0, 1)), ("W1", (1, 0)), ("W1", (1, 1)), ("W2", (0, 0)), ("W2", (1, 0))]

Opener = Callable[..., TrajectoriesPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(TrajectoriesPanel, (716, 180))


def names(panel: TrajectoriesPanel) -> list[str]:
    return [course.name for course in panel.chart.courses.curves]


def picture(panel: TrajectoriesPanel) -> QImage:
    return panel.grab().toImage()


# --- what is drawn


def test_every_curve_goes_through_what_the_parameter_was(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2000, 0, 6))
    courses = panel.chart.courses
    assert names(panel) == [text_of(key) for key in ALL_OF_XOR]
    assert courses.places[:-1].tolist() == list(range(2001))
    assert courses.places[-1] == 2001
    for place in (0, 1, 777, 2000, 2001):
        # Before the batch of an epoch the parameters are those at its start.
        snapshot = xor_run.snapshot_at(Cursor(place, 0, 0))
        for number, (name, index) in enumerate(ALL_OF_XOR):
            assert courses.values[place, number] == snapshot.parameters[name][index]


@pytest.mark.parametrize("cursor", [Cursor(0, 0, 0), Cursor(0, 0, 6), Cursor(1, 0, 3), Cursor(2999, 0, 5)])
def test_a_curve_ends_at_the_moment_with_its_exact_value(opened: Opener, xor_run: Trainer, cursor: Cursor) -> None:
    panel = opened(xor_run, cursor)
    snapshot, courses = xor_run.snapshot_at(cursor), panel.chart.courses
    assert courses.places[-1] == snapshot.steps_done
    assert courses.values[-1].tolist() == [snapshot.parameters[name][index] for name, index in ALL_OF_XOR]
    assert (np.diff(courses.places[1:]) > 0).all(), "no moment comes twice"
    assert len(courses.places) == max(2, snapshot.steps_done + 1)


def test_moments_may_go_back_and_nothing_later_is_shown(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    late = picture(panel)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(500, 0, 6)))
    assert panel.chart.courses.places.max() == 501
    early = picture(panel)
    frame, top = panel.chart.frame, panel.chart.geometry().topLeft()

    def coloured(image: QImage, epoch: int) -> bool:
        x = round(frame.pixel(epoch, 0.0).x()) + top.x()
        rows = range(top.y() + round(frame.plot.top()), top.y() + round(frame.plot.bottom()))
        return any(image.pixelColor(x, y).hsvSaturation() > 60 for y in rows)

    assert coloured(late, 400)
    assert coloured(late, 1500)
    assert coloured(early, 400)
    assert not coloured(early, 1500)
    panel.show_snapshot(xor_run.snapshot())
    assert picture(panel) == late


def test_between_keyframes_the_moment_itself_is_the_end(opened: Opener, mnist_run: Trainer) -> None:
    cursor = Cursor(0, 100, 6)
    panel = opened(mnist_run, cursor)
    panel.add_parameter("W1", (406, 37))
    courses = panel.chart.courses
    steps = np.array([0, 58, *([] if 101 < 117 else [117])])
    assert np.array_equal(courses.places[:-1] * 938, steps)
    assert courses.places[-1] * 938 == 101
    assert courses.values[-1, -1] == mnist_run.snapshot_at(cursor).parameters["W1"][406, 37]
    assert courses.values[1, -1] == mnist_run.snapshot_at(Cursor(0, 58, 0)).parameters["W1"][406, 37]


def test_curves_and_their_names_are_painted_where_they_end(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    image, top = picture(panel), panel.chart.geometry().topLeft()
    snapshot, frame = xor_run.snapshot_at(Cursor(2400, 0, 6)), panel.chart.frame
    for course, (name, index) in zip(panel.chart.courses.curves, ALL_OF_XOR, strict=True):
        if name == "W2":  # curves of the first layer lie upon each other
            end = frame.pixel(2401, snapshot.parameters[name][index]).toPoint() + top
            near = [image.pixelColor(end + QPoint(dx, dy)).name() for dx in (-1, 0) for dy in (-1, 0, 1)]
            assert QColor(course.colour).name() in near
    assert panel.chart.labels() == names(panel)
    panel.resize(300, 120)
    assert panel.chart.labels() == [], "rather none than some upon each other"


def test_the_axis_holds_both_signs_and_the_whole_run(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    courses, frame = panel.chart.courses, panel.chart.frame
    assert frame.low <= courses.values.min() < 0.0 < courses.values.max() <= frame.high
    assert frame.axes.x_high == 3001
    panel.set_epochs(5000)
    assert panel.chart.frame.axes.x_high == 5000


def test_the_present_moment_is_marked(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(1500, 0, 6))
    image, top, frame = picture(panel), panel.chart.geometry().topLeft(), panel.chart.frame
    x = round(frame.pixel(1501, 0.0).x() - 0.5) + top.x()
    column = [image.pixelColor(x + d, top.y() + y).name() for d in (-1, 0, 1) for y in range(10, 100)]
    assert column.count(QColor(LIGHT.accent).name()) > 20


def test_it_is_read_with_the_pointer(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run)
    place = panel.chart.frame.pixel(1234.0, 0.0).toPoint()
    qtbot.mouseMove(panel.chart, place)
    read = panel.chart.read_out()
    assert read is not None
    epoch = round(read.x)
    assert abs(epoch - 1234) <= 4
    assert read.title == f"Start of epoch {epoch:,}"
    snapshot = xor_run.snapshot_at(Cursor(epoch, 0, 0))
    assert [(r.label, r.value) for r in read.readings] == [
        (text_of((name, index)), readable(float(snapshot.parameters[name][index]))) for name, index in ALL_OF_XOR
    ]
    qtbot.mouseMove(panel.chart, panel.chart.frame.pixel(3001.0, 0.0).toPoint())
    read = panel.chart.read_out()
    assert read is not None
    assert read.title == "Now"


def test_a_batch_is_named_where_an_epoch_has_many(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.chart.courses  # noqa: B018
    read = panel.chart.reader
    assert read is not None
    found = read(58 / 938)
    assert found is not None
    assert found.title == "Epoch 0, before batch 58"


# --- other runs


def test_what_was_added_is_kept_for_a_run_of_the_same_network(
    opened: Opener, mnist_run: Trainer, mnist: backprop.Dataset
) -> None:
    panel = opened(mnist_run)
    panel.add_parameter("W1", (300, 5))
    again = Trainer(LESSONS["mnist"].experiment.replace(seed=3), mnist, evaluate=False)
    panel.start_run(again.experiment, again.dataset)
    panel.show_snapshot(again.snapshot())
    panel.show_trajectories(again.history)
    assert panel.chosen() == [("W1", (300, 5))]
    assert not panel.note.isVisible()
    assert panel.chart.courses.values[-1, 0] == again.parameters["W1"][300, 5]
    assert len(panel.chart.courses.places) == 2


def test_a_parameter_that_a_new_network_does_not_have_is_dropped_with_a_word(
    opened: Opener, mnist_run: Trainer, xor_run: Trainer
) -> None:
    panel = opened(mnist_run)
    panel.add_parameter("W1", (300, 5))
    panel.add_parameter("W1", (1, 1))
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert panel.note.isVisible()
    assert panel.note.text() == "Not part of this network, and so no longer shown: W1[300, 5]."
    assert panel.chosen() == ALL_OF_XOR
    panel.show_snapshot(xor_run.snapshot())
    panel.show_trajectories(xor_run.history)
    assert panel.note.isVisible(), "until something else is done"
    panel.add_parameter("W2", (0, 0))
    assert not panel.note.isVisible()


def test_between_two_runs_nothing_of_the_one_before_is_shown(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    assert names(panel) == []
    panel.show_snapshot(xor_run.snapshot_at(Cursor(100, 0, 6)))
    courses = panel.chart.courses
    assert courses.places.tolist() == [0, 101], "the start and the moment are known without a record"
    assert courses.values[0].tolist() == [xor_run.snapshot().initial_parameters[n][i] for n, i in ALL_OF_XOR]


def test_a_run_that_diverged_is_drawn_as_far_as_it_has_numbers(opened: Opener) -> None:
    run = Trainer(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=900.0, epochs=200))
    with pytest.raises(backprop.DivergedError):
        run.run()
    panel = opened(run)
    picture(panel)
    assert np.isfinite(panel.chart.frame.high)
    assert panel.chart.frame.high > 1e3
    assert len(panel.summary()) > 20


def test_networks_of_any_shape(opened: Opener) -> None:
    for layers in ((Layer(1, biases=False),), (*(Layer(3, "tanh") for _ in range(7)), Layer(1))):
        run = Trainer(Experiment(dataset="xor", layers=layers, epochs=40))
        run.run()
        panel = opened(run)
        assert panel.chosen()
        assert (run.experiment.layers[0].units == 1) == (Parameters(run.experiment, run.dataset).count <= SMALL)
        assert np.array_equal(
            panel.chart.courses.values[-1], [run.parameters[name][index] for name, index in panel.chosen()]
        )


# --- manners


@pytest.mark.parametrize("size", [(236, 110), (300, 400), (716, 180), (1900, 1000)])
def test_chips_and_chart_have_room(opened: Opener, mnist_run: Trainer, size: tuple[int, int]) -> None:
    panel = opened(mnist_run, size=size)
    for unit in range(14):
        panel.add_parameter("W1", (700, unit + 100))
    QApplication.processEvents()
    shown = [chip for chip in panel.chips.chips if chip.isVisible()]
    places = [chip.geometry() for chip in shown] + [panel.field.geometry()]
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    assert all(panel.chips.rect().contains(place) for place in places)
    assert panel.chart.height() >= 0.5 * panel.height()
    assert len(names(panel)) == MOST, "all curves are drawn, whether or not their chips have room"


def test_a_hidden_panel_computes_nothing(opened: Opener, xor_run: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = opened(xor_run, Cursor(100, 0, 6))
    picture(panel)
    panel.hide()
    asked: list[int] = []
    original = type(xor_run.history.keyframes).values
    monkeypatch.setattr(
        type(xor_run.history.keyframes), "values", lambda self, *args: asked.append(1) or original(self, *args)
    )
    panel.show_snapshot(xor_run.snapshot_at(Cursor(200, 0, 6)))
    panel.show_trajectories(xor_run.history)
    QApplication.processEvents()
    assert not asked
    panel.show()
    picture(panel)
    picture(panel)
    assert len(asked) == 1, "once a frame, however often it was told of changes"
    assert panel.chart.courses.places[-1] == 201


def test_colours_follow_the_theme(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    light = [course.colour for course in panel.chart.courses.curves]
    panel.set_theme(DARK)
    dark = [course.colour for course in panel.chart.courses.curves]
    assert all(a != b for a, b in zip(light, dark, strict=True))
    assert [chip.chip.colour for chip in panel.chips.chips] == dark
    assert picture(panel).pixelColor(714, 100).name() == DARK.card.lower()


def test_a_person_who_cannot_see_it_is_told_the_numbers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    assert panel.accessibleName() == "Trajectories"
    start, now = xor_run.snapshot().initial_parameters["W2"], xor_run.snapshot_at(Cursor(2400, 0, 6)).parameters["W2"]
    assert panel.summary().startswith("6 parameters up to epoch 2,400 of 3,001. W1[0, 0]: ")
    assert f"W2[0, 0]: {readable(start[0, 0])} at the start, {readable(now[0, 0])} now." in panel.summary()


def test_a_figure_for_export_stands_by_itself(qtbot: QtBot, xor_run: Trainer) -> None:
    panel = TrajectoriesPanel()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    panel.set_exporting("Weights over epochs")
    panel.start_run(xor_run.experiment, xor_run.dataset)
    panel.show_snapshot(xor_run.snapshot())
    panel.show_trajectories(xor_run.history)
    frame = render(panel, (800, 600))
    assert frame.shape == (600, 800, 3)
    assert not panel.chips.isVisibleTo(panel)
    plot = panel.chart.frame.plot.translated(panel.chart.pos())
    title = frame[: int(plot.top()) - 8]
    assert (title < 128).any()
    beneath = frame[int(plot.bottom()) + 25 :]
    assert (beneath < 128).any(), "the axis has its title"
    assert panel.chart.labels() == names(panel)
