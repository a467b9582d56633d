"""Which parameters have their courses shown: suggested, added by a click or by name, removed, with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import backprop
from app.panels.trajectories import TrajectoriesPanel
from app.panels.trajectories.chosen import MOST, Chosen
from app.panels.trajectories.parameters import Parameters, text_of, typed
from backprop import LESSONS, Cursor, Layer, Trainer

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


# --- what is chosen


def test_a_small_network_shows_all_in_shades_of_its_layers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    assert panel.chosen() == ALL_OF_XOR
    colours = {course.name: QColor(course.colour) for course in panel.chart.courses.curves}
    assert len({colour.name() for colour in colours.values()}) == 6
    assert all(colour.blue() > colour.red() for name, colour in colours.items() if name.startswith("W1"))
    assert all(colour.red() > colour.blue() for name, colour in colours.items() if name.startswith("W2"))


def test_of_a_large_network_those_of_the_last_layer_are_suggested_that_changed_most(
    opened: Opener, mnist_run: Trainer
) -> None:
    panel = opened(mnist_run)
    # Of 200 steps there are keyframes before 0, 58, 117 and 175: the record has doubled twice.
    snapshot = mnist_run.snapshot_at(Cursor(0, 175, 0))
    changes = {
        (name, tuple(int(i) for i in index)): abs(float(value))
        for name in ("W2", "b2")
        for index, value in np.ndenumerate(snapshot.parameters[name] - snapshot.initial_parameters[name])
    }
    largest = sorted(changes, key=lambda key: changes[key])[-6:]
    assert set(panel.chosen()) == set(largest)


def test_suggestions_stay_while_moments_come_and_go(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    suggested = panel.chosen()
    for batch in (3, 150, 60, 199):
        panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, batch, 6)))
        panel.show_trajectories(mnist_run.history)
        assert panel.chosen() == suggested


def test_before_the_first_update_nothing_has_changed_and_that_is_said(opened: Opener, mnist: backprop.Dataset) -> None:
    run = Trainer(LESSONS["mnist"].experiment, mnist, evaluate=False)
    panel = opened(run)
    assert panel.chosen() == []
    assert "first update" in panel.chart.courses.message
    run.step_batch()
    panel.show_snapshot(run.snapshot())
    panel.show_trajectories(run.history)
    assert len(panel.chosen()) == 6
    assert panel.chart.courses.message == ""


def test_parameters_are_added_and_removed(opened: Opener, mnist_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(mnist_run)
    suggested = panel.chosen()
    panel.add_parameter("W1", (300, 5))
    panel.add_parameter("W1", (300, 5))
    panel.add_parameter("b1", (7,))
    assert panel.chosen() == [*suggested, ("W1", (300, 5)), ("b1", (7,))]
    assert names(panel)[-2:] == ["W1[300, 5]", "b1[7]"]
    panel.remove_parameter("W1", (300, 5))
    chip = next(chip for chip in panel.chips.chips if chip.text() == text_of(suggested[0]))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert panel.chosen() == [*suggested[1:], ("b1", (7,))]
    assert [chip.text() for chip in panel.chips.chips] == names(panel)


def test_clear_takes_all_away_and_suggest_brings_suggestions_back(
    opened: Opener, xor_run: Trainer, qtbot: QtBot
) -> None:
    panel = opened(xor_run)
    for control in panel.controls():
        qtbot.addWidget(control)
        assert control.toolTip()
        assert control.accessibleName()
    assert not panel.suggest_button.isEnabled()
    qtbot.mouseClick(panel.clear_button, Qt.MouseButton.LeftButton)
    assert panel.chosen() == []
    assert names(panel) == []
    assert "type its name" in panel.chart.courses.message
    assert not panel.clear_button.isEnabled()
    panel.add_parameter("W2", (1, 0))
    assert panel.chosen() == [("W2", (1, 0))]
    qtbot.mouseClick(panel.suggest_button, Qt.MouseButton.LeftButton)
    assert panel.chosen() == ALL_OF_XOR


def test_colours_stay_with_their_curves(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    before = {course.name: course.colour for course in panel.chart.courses.curves}
    assert len(set(before.values())) == 6
    first, second = panel.chosen()[:2]
    panel.remove_parameter(*first)
    panel.add_parameter("W1", (1, 1))
    after = {course.name: course.colour for course in panel.chart.courses.curves}
    assert after[text_of(second)] == before[text_of(second)]
    assert after["W1[1, 1]"] == before[text_of(first)], "the colour that has become free"
    assert {chip.text(): chip.chip.colour for chip in panel.chips.chips} == after


def test_of_too_many_what_was_added_first_goes(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    for unit in range(30):
        panel.add_parameter("b1", (unit,))
    chosen = panel.chosen()
    assert len(chosen) == MOST
    assert chosen[-1] == ("b1", (29,))
    assert ("b1", (0,)) not in chosen
    assert len({course.colour for course in panel.chart.courses.curves}) == MOST


@given(st.lists(st.tuples(st.sampled_from("ars"), st.integers(0, 40)), max_size=80))
def test_however_it_is_chosen_each_has_a_place_of_its_own(acts: list[tuple[str, int]]) -> None:
    chosen = Chosen()
    for act, number in acts:
        key = ("b1", (number,))
        if act == "a":
            chosen.add(key)
        elif act == "r":
            chosen.remove(key)
        else:
            chosen.suggest([("b1", (number + k,)) for k in range(number % 7)])
        keys = chosen.keys()
        assert key in keys if act == "a" else act == "s" or key not in keys
        assert len(keys) == len(set(keys)) <= MOST
        slots = [chosen.slot(key) for key in keys]
        assert len(set(slots)) == len(slots)
        assert all(0 <= slot < MOST for slot in slots)


# --- names


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("W1[0, 1]", ("W1", (0, 1))),
        ("w1 0 1", ("W1", (0, 1))),
        (" b2[3] ", ("b2", (3,))),
        ("B2(3)", ("b2", (3,))),
        ("W12[400,7]", ("W12", (400, 7))),
        ("W1", None),
        ("x[0]", None),
        ("W1[-1, 0]", None),
        ("", None),
    ],
)
def test_names_are_understood(text: str, key: object) -> None:
    assert typed(text) == key


def test_every_parameter_has_a_name_and_a_place(mnist: backprop.Dataset, xor: backprop.Dataset) -> None:
    for experiment, dataset in (
        (XOR.replace(layers=(Layer(3, "tanh"), Layer(2), Layer(1))), xor),
        (LESSONS["mnist"].experiment, mnist),
    ):
        run = Trainer(experiment, dataset, evaluate=False)
        parameters = Parameters(experiment, dataset)
        _, vector = run.history.keyframes.before(0)
        assert parameters.count == len(vector)
        keys = parameters.all() if parameters.count < 100 else [("W1", (783, 127)), ("b1", (0,)), ("W2", (5, 9))]
        assert [vector[place] for place in parameters.places(keys)] == [
            run.parameters[name][index] for name, index in keys
        ]
        assert all(key in parameters and typed(text_of(key)) == key for key in keys)
    for wrong in (("W1", (784, 0)), ("W1", (0,)), ("b1", (0, 0)), ("W3", (0, 0)), ("W1", (-1, 0)), "W1"):
        assert wrong not in parameters


def test_a_name_is_typed_and_a_wrong_one_answered_in_words(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run)
    panel.clear()
    qtbot.keyClicks(panel.field, "w2 1 0")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.chosen() == [("W2", (1, 0))]
    assert panel.field.text() == ""
    assert not panel.note.isVisible()
    for text, words in (
        ("W2[2, 0]", "This network has no W2[2, 0]. Its arrays are W1 (2 × 2), W2 (2 × 1)."),
        ("b1[0]", "This network has no b1[0]. Its arrays are W1 (2 × 2), W2 (2 × 1)."),
        ("hidden", "A parameter is called W1[0, 1] or b1[0]: array, row and column, or the unit of a bias."),
    ):
        panel.field.setText(text)
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
        assert panel.note.isVisible()
        assert panel.note.text() == words
        assert panel.field.property("invalid")
        assert panel.chosen() == [("W2", (1, 0))]
    qtbot.keyClick(panel.field, Qt.Key.Key_Backspace)
    assert not panel.field.property("invalid")


# --- the keyboard


def test_chips_are_reached_and_removed_with_the_keyboard(opened: Opener, xor_run: Trainer, qtbot: QtBot) -> None:
    panel = opened(xor_run)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.chips.chips[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.chips.chips[1], Qt.Key.Key_Delete)
    assert [chip.text() for chip in panel.chips.chips][:2] == ["W1[0, 0]", "W1[1, 0]"]
    assert QApplication.focusWidget() is panel.chips.chips[1], "the next one has the keyboard now"
    qtbot.keyClick(panel.chips.chips[1], Qt.Key.Key_Space)
    assert [chip.text() for chip in panel.chips.chips][:2] == ["W1[0, 0]", "W1[1, 1]"]
    qtbot.keyClick(panel.chips.chips[1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.chips.chips[2]
    panel.chips.chips[-1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.chips.chips[-1], Qt.Key.Key_Backspace)
    assert QApplication.focusWidget() is panel.chips.chips[-1], "of the last one, the one before"
    for _ in range(3):
        qtbot.keyClick(panel.chips.chips[-1], Qt.Key.Key_Return)
    assert panel.chips.chips == []
    assert QApplication.focusWidget() is panel.field


def test_pointing_at_a_chip_lets_the_other_curves_recede(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, size=(1053, 321))
    before = picture(panel)
    panel.chips.chips[4].pointed.emit(True)
    after = picture(panel)
    top = panel.chart.geometry().topLeft()
    for number, kept in ((4, True), (5, False)):
        colour = QColor(panel.chart.courses.curves[number].colour).name()
        value = float(panel.chart.courses.values[2000, number])
        at = panel.chart.frame.pixel(2000, value).toPoint() + top
        near = [at + QPoint(x, y) for x in range(-6, 7) for y in range(-2, 3)]
        assert any(before.pixelColor(point).name() == colour for point in near)
        assert any(after.pixelColor(point).name() == colour for point in near) == kept
    panel.chips.chips[4].pointed.emit(False)
    assert picture(panel) == before
