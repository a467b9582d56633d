"""Undo and redo of settings: in the run where that is possible, else in a new one, after the question an edit asks."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.panels.experiment.fields import Choice, Entry
from app.run.dataset_store import DatasetStore
from app.run.pace import FASTEST, Unit
from app.window.main_window import MainWindow
from app.window.undo_words import what_changed
from backprop import LESSONS, DatasetError, Layer
from tests.answers import answer

XOR, MNIST = LESSONS["xor"].experiment, LESSONS["mnist"].experiment
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Desk:
    """A window, and what a person does at it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        """Bring everything to where it is when the program is opened for the first time."""
        self.qtbot = qtbot
        self.window = window
        self.settle()
        run = window.controller.run
        self.window.requests.choose_lesson("xor")
        qtbot.waitUntil(lambda: self.window.controller.run is not run)
        self.settle()
        self.window.undo._stack.clear()

    @property
    def experiment(self) -> Any:
        return self.window.controller.experiment

    def settle(self) -> None:
        controller = self.window.controller
        self.qtbot.waitUntil(lambda: not controller.busy and controller.moment is not None, timeout=30_000)

    def wait_for(self, **values: object) -> None:
        self.qtbot.waitUntil(
            lambda: all(getattr(self.experiment, name) == value for name, value in values.items()), timeout=30_000
        )
        self.settle()

    def type(self, name: str, text: str) -> Entry:
        field = self.window.form.field(name)
        assert isinstance(field, Entry)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        return field

    def choose(self, name: str, key: object) -> None:
        field = self.window.form.field(name)
        assert isinstance(field, Choice)
        field.choose(key)

    def train(self) -> None:
        self.window.controller.set_pace(FASTEST)
        before = self.window.controller.reached.position
        self.window.controller.step(Unit.EPOCH)
        self.qtbot.waitUntil(lambda: self.window.controller.reached.position > before)

    def undo(self) -> None:
        self.window.commands["undo"].trigger()

    def redo(self) -> None:
        self.window.commands["redo"].trigger()

    def text(self, name: str) -> str:
        return str(self.window.commands[name].text())


@pytest.fixture
def desk(qtbot: QtBot, shared_window: MainWindow) -> Desk:
    return Desk(qtbot, shared_window)


def test_nothing_can_be_undone_before_anything_was_changed(desk: Desk) -> None:
    assert not desk.window.commands["undo"].isEnabled()
    assert "No setting has been changed" in desk.window.commands["undo"].toolTip()
    assert not desk.window.commands["redo"].isEnabled()


def test_a_learning_rate_is_undone_and_redone_in_the_same_run(desk: Desk) -> None:
    run = desk.window.controller.run
    field = desk.type("learning_rate", "0.1")
    desk.wait_for(learning_rate=0.1)
    assert desk.text("undo") == "Undo learning rate"
    # The field still has the focus; what it shows was taken, so its own undo has nothing to do.
    desk.qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    desk.wait_for(learning_rate=0.5)
    assert field.text() == "0.5"
    assert desk.text("redo") == "Redo learning rate"
    desk.qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL | SHIFT)
    desk.wait_for(learning_rate=0.1)
    assert field.text() == "0.1"
    assert desk.window.controller.run is run


def test_a_field_that_is_being_typed_into_keeps_its_own_undo(desk: Desk) -> None:
    desk.type("learning_rate", "0.1")
    desk.wait_for(learning_rate=0.1)
    field = desk.window.form.field("epochs")
    assert isinstance(field, Entry)
    field.setFocus()
    field.end(False)
    desk.qtbot.keyClicks(field, "7")
    assert field.text() == "10,0007"
    desk.qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "10,000"
    assert desk.experiment.learning_rate == 0.1


def test_changes_that_nothing_was_trained_with_are_one(desk: Desk) -> None:
    for text in ("0.4", "0.3", "0.2"):
        desk.type("learning_rate", text)
        desk.wait_for(learning_rate=float(text))
    desk.undo()
    desk.wait_for(learning_rate=0.5)
    assert not desk.window.commands["undo"].isEnabled()


def test_a_change_that_was_trained_with_stays_a_change_of_its_own(desk: Desk) -> None:
    desk.type("learning_rate", "0.4")
    desk.wait_for(learning_rate=0.4)
    desk.train()
    desk.type("learning_rate", "0.2")
    desk.wait_for(learning_rate=0.2)
    desk.undo()
    desk.wait_for(learning_rate=0.4)
    desk.undo()
    desk.wait_for(learning_rate=0.5)


def test_going_back_by_hand_leaves_nothing_to_undo(desk: Desk) -> None:
    desk.type("epochs", "500")
    desk.wait_for(epochs=500)
    desk.type("epochs", "10000")
    desk.wait_for(epochs=10_000)
    assert not desk.window.commands["undo"].isEnabled()


def test_what_needs_another_run_is_undone_in_another_run(desk: Desk) -> None:
    desk.choose("activation", "tanh")
    desk.qtbot.waitUntil(lambda: desk.experiment.layers[0].activation == "tanh")
    desk.settle()
    assert desk.text("undo") == "Undo activation"
    desk.undo()
    desk.qtbot.waitUntil(lambda: desk.experiment == XOR)
    assert desk.window.bar.lesson.currentData() == "xor"


def test_an_undo_asks_before_a_run_is_lost_and_stays_where_it_is_if_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("seed", "7")
    desk.wait_for(seed=7)
    desk.train()
    asked = answer(monkeypatch, accept=False)
    desk.undo()
    assert "will be discarded" in asked[0]
    assert desk.experiment.seed == 7
    assert desk.text("undo") == "Undo seed"
    answer(monkeypatch, accept=True)
    desk.undo()
    desk.wait_for(seed=0)
    assert desk.window.controller.reached.position == 0
    desk.redo()
    desk.wait_for(seed=7)


def test_the_choice_of_a_lesson_is_undone(desk: Desk) -> None:
    desk.window.bar.choose_lesson("mnist")
    desk.wait_for(dataset="mnist")
    assert desk.text("undo") == "Undo choice of lesson"
    desk.undo()
    desk.wait_for(dataset="xor")
    assert desk.window.bar.lesson.currentData() == "xor"
    assert desk.window.settings.text("lesson", "") == "xor"


def test_new_random_seeds_are_one_change(desk: Desk) -> None:
    for _ in range(3):
        run = desk.window.controller.run
        desk.window.commands["random"].trigger()
        desk.qtbot.waitUntil(lambda run=run: desk.window.controller.run is not run)
        desk.settle()
    desk.undo()
    desk.wait_for(seed=0)
    assert not desk.window.commands["undo"].isEnabled()


def test_a_change_whose_run_cannot_begin_is_not_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.window.bar.choose_lesson("mnist")
    desk.wait_for(dataset="mnist")
    desk.undo()
    desk.wait_for(dataset="xor")

    def fail(*_: object) -> None:
        raise DatasetError("The file is missing.")

    monkeypatch.setattr(DatasetStore, "get", fail)
    desk.redo()
    desk.qtbot.waitUntil(lambda: "is missing" in desk.window.notice.text)
    desk.settle()
    assert desk.experiment.dataset == "xor"
    assert desk.text("redo") == "Redo choice of lesson"
    assert not desk.window.commands["undo"].isEnabled()


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (XOR.replace(batch_size=2), "batch size"),
        (XOR.replace(shuffle=True), "shuffle"),
        (XOR.replace(layers=(Layer(5, "sigmoid", "uniform", False), XOR.layers[1])), "layers"),
        (XOR.replace(layers=tuple(Layer(l.units, l.activation, "xavier", False) for l in XOR.layers)), "initializer"),  # noqa: E741
        (XOR.replace(layers=tuple(Layer(l.units, l.activation, "uniform", True) for l in XOR.layers)), "biases"),  # noqa: E741
        (XOR.replace(seed=3, batch_size=2), "change of the experiment"),
        (MNIST, "choice of lesson"),
    ],
)
def test_the_menu_says_what_is_undone(qapp: QApplication, after: Any, words: str) -> None:
    assert what_changed(XOR, after) == words
