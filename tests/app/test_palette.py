"""The command palette: anything the program can do, found by a part of its name, used with the keyboard alone."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.palette.entry import Entry
from app.palette.match import found
from app.palette.palette import Palette
from app.run.pace import PACES
from app.window.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def entry(title: str, hint: str = "", reason: str = "") -> Entry:
    return Entry(title, "Action", title, lambda: None, hint, reason=reason)


def titles(typed: str, entries: list[Entry], recent: tuple[str, ...] = ()) -> list[str]:
    return [one.title for one in found(typed, entries, recent)]


class TestMatching:
    ENTRIES = (entry("Step"), entry("Reset layout"), entry("Full screen", "Use the whole screen, for a projector."))

    def test_without_words_everything_fits_in_its_order(self) -> None:
        assert titles("", list(self.ENTRIES)) == ["Step", "Reset layout", "Full screen"]

    def test_what_was_used_last_comes_first(self) -> None:
        assert titles("", list(self.ENTRIES), ("Full screen", "Step")) == ["Full screen", "Step", "Reset layout"]

    @pytest.mark.parametrize("typed", ["lay", "rst lay", "RL", "layout reset", "rlay"])
    def test_words_parts_and_letters_in_their_order_fit(self, typed: str) -> None:
        assert titles(typed, list(self.ENTRIES)) == ["Reset layout"]

    def test_a_word_of_the_meaning_fits(self) -> None:
        assert titles("projector", list(self.ENTRIES)) == ["Full screen"]

    def test_the_start_of_a_name_fits_better_than_its_middle(self) -> None:
        assert titles("set", [entry("Reset"), entry("Settings"), entry("My settings")]) == [
            "Settings",
            "My settings",
            "Reset",
        ]

    def test_what_cannot_be_used_comes_after_what_fits_as_well(self) -> None:
        assert titles("st", [entry("Step", reason="The run is at its end."), entry("Stop")]) == ["Stop", "Step"]

    def test_letters_in_another_order_do_not_fit(self) -> None:
        assert titles("tuoyal", list(self.ENTRIES)) == []


@pytest.fixture
def window(shared_window: MainWindow) -> MainWindow:
    return shared_window


def type_and_enter(qtbot: QtBot, window: MainWindow, text: str) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, text)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def open_palette(qtbot: QtBot, window: MainWindow) -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.beside.palette
    assert palette is not None
    assert palette.isVisible()
    return palette


def test_it_offers_every_action_lesson_panel_speed_and_setting(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    names = {one.name for one in palette.model.entries}
    assert names >= {f"action/{name}" for name, _ in window.commands.items()}
    assert names >= {"lesson/xor", "lesson/mnist"} | {f"panel/{name}" for name in window.workspace.docks}
    assert names >= {f"pace/{number}" for number in range(len(PACES))}
    settings = {name.split("/")[1] for name in names if name.startswith("setting/")}
    assert settings == set(window.form.names())
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_panel_that_was_closed_comes_back_by_its_name(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.docks["loss"].close()
    type_and_enter(qtbot, window, "loss")
    qtbot.waitUntil(lambda: window.workspace.docks["loss"].isVisible())


def test_a_setting_takes_the_value_typed_after_its_name(qtbot: QtBot, window: MainWindow) -> None:
    type_and_enter(qtbot, window, "learning rate 0.125")
    qtbot.waitUntil(lambda: window.controller.experiment.learning_rate == 0.125)
    type_and_enter(qtbot, window, "epo 9000")
    qtbot.waitUntil(lambda: window.controller.experiment.epochs == 9000)


def test_a_value_that_cannot_be_used_is_explained_where_it_stands(qtbot: QtBot, window: MainWindow) -> None:
    type_and_enter(qtbot, window, "epochs 0")
    qtbot.waitUntil(lambda: "epochs" in window.form.errors())
    type_and_enter(qtbot, window, "epochs 9000")
    qtbot.waitUntil(lambda: not window.form.errors())


def test_a_choice_of_the_experiment_is_an_entry(qtbot: QtBot, window: MainWindow) -> None:
    type_and_enter(qtbot, window, "initializer xavier")
    qtbot.waitUntil(lambda: window.controller.experiment.layers[0].initializer == "xavier")


def test_a_speed_is_an_entry(qtbot: QtBot, window: MainWindow) -> None:
    type_and_enter(qtbot, window, "1 phase a second")
    qtbot.waitUntil(lambda: window.controller.pace == PACES[0])


def test_a_language_is_an_entry_by_its_own_name(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.language_chosen) as chosen:
        type_and_enter(qtbot, window, "English")
    assert chosen.args == ["en"]


def test_what_cannot_be_done_says_why_and_does_nothing(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, "step back")
    first = palette.model.entries[0]
    assert (first.name, first.reason) == ("action/back", "The run is at its start.")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)


def test_arrows_choose_and_the_last_used_comes_first_next_time(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, "speed")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    chosen = palette.model.entries[palette.list.currentIndex().row()]
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    again = open_palette(qtbot, window)
    assert again.model.entries[0].name == chosen.name
    qtbot.keyClick(again.field, Qt.Key.Key_Escape)


def test_words_that_fit_nothing_are_told_so(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)


def test_it_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    field = window.form.field("seed")
    field.setFocus()
    palette = open_palette(qtbot, window)
    assert palette.field.hasFocus()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_it_closes_though_nothing_is_left_to_give_the_focus_back_to(qtbot: QtBot, window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    palette = open_palette(qtbot, window)
    field.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    palette.close_up()
    assert not palette.isVisible()


def test_a_click_elsewhere_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    window.form.field("seed").setFocus()
    qtbot.waitUntil(lambda: not palette.isVisible())
    assert window.form.field("seed").hasFocus()


def test_it_can_be_read_by_a_screen_reader(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.field, "full screen")
    index = palette.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Action: Full screen F11"
    assert "projector" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert palette.accessibleName()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
