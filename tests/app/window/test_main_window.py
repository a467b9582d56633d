"""The whole window, offscreen: real widgets, real training, everything reachable."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.look.appearance import Colours
from app.look.theme import DARK, LIGHT
from app.panels.equation.panel import EquationPanel
from app.run.pace import FASTEST, PACES, Unit
from app.settings import Settings
from app.window.main_window import MainWindow
from backprop import Cursor
from tests.answers import answer


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings) -> Iterator[MainWindow]:
    window = open_window(qtbot, settings)
    yield window
    window.close()


def open_window(qtbot: QtBot, settings: QSettings) -> MainWindow:
    window = MainWindow(Settings(settings))
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)  # which is a small screen's, and there is none
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.controller.moment is not None and window.complete, timeout=30_000)
    qtbot.waitUntil(lambda: window.guide is not None)
    return window


def cursor(window: MainWindow) -> Cursor:
    assert window.controller.moment is not None
    return window.controller.moment.snapshot.cursor


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    window.controller.set_pace(FASTEST)
    window.controller.play()
    qtbot.waitUntil(lambda: cursor(window).epoch >= epochs or window.controller.moment.finished, timeout=60_000)
    window.controller.pause()
    qtbot.waitUntil(lambda: not window.controller.moment.playing)


def test_it_opens_on_xor_paused_with_every_panel_that_suits(window: MainWindow) -> None:
    assert window.bar.lesson.currentData() == "xor"
    assert cursor(window) == Cursor(0, 0, 0)
    visible = {name for name, dock in window.workspace.docks.items() if dock.isVisible()}
    assert visible == {"experiment", "guide", *window.panels} - {"accuracy"}


def test_keys_play_pause_step_and_reset(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 6))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: cursor(window).epoch > 3)
    assert window.bar.play.text() == "Pause"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.controller.moment.playing)
    assert window.bar.play.text() == "Play"
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 0))


def test_the_step_button_goes_as_far_as_the_box_beside_it_says(qtbot: QtBot, window: MainWindow) -> None:
    window.bar.unit.setCurrentIndex(window.bar.unit.findData(Unit.EPOCH))
    window.commands["step"].trigger()
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 6))


def test_the_readings_are_those_of_the_moment(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 1000)
    moment = window.controller.moment
    assert moment is not None
    assert window.bar.epoch.value() == f"{moment.snapshot.cursor.epoch:,}"
    assert window.bar.loss.value() == f"{moment.history.step_mse[-1]:.4f}"
    assert window.bar.right.value() in {f"{right} / 4" for right in range(5)}


def test_a_wrong_field_stops_no_one_from_pausing(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.play()
    qtbot.waitUntil(lambda: cursor(window).epoch > 3)
    batch = window.form.field("batch_size")
    qtbot.keyClicks(batch, "9")
    qtbot.keyClick(batch, Qt.Key.Key_Return)
    assert window.form.experiment() is None
    qtbot.mouseClick(window.bar.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.controller.playing)
    qtbot.waitUntil(lambda: not window.bar.play.isEnabled())  # what is wrong cannot be played on


def test_speed_is_a_control(qtbot: QtBot, window: MainWindow) -> None:
    before = PACES.index(window.controller.pace)
    qtbot.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert PACES.index(window.controller.pace) == before - 1
    window.bar.speed.setValue(0)
    assert window.controller.pace == PACES[0]
    window.controller.play()
    qtbot.waitUntil(lambda: cursor(window).phase == 1, timeout=5000)
    assert cursor(window).epoch == 0


def test_mnist_shows_digits_predictions_and_accuracy_by_digit(qtbot: QtBot, window: MainWindow) -> None:
    window.requests.ask_for_lesson("mnist")
    qtbot.waitUntil(lambda: window.controller.run.experiment.dataset == "mnist", timeout=30_000)
    assert window.workspace.docks["accuracy"].isVisible()
    train(qtbot, window, 1)
    moment = window.controller.moment
    assert moment is not None
    assert window.bar.right.value() == f"{100 * moment.history.accuracy[-1]:.2f} %"
    assert "57.0" in window.workspace.docks["samples"].caption()
    assert "57.0" in window.panels["accuracy"].summary()


def test_changing_lesson_asks_before_a_run_is_lost(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(qtbot, window, 100)
    kept = cursor(window)
    asked = answer(monkeypatch, accept=False)
    window.requests.ask_for_lesson("mnist")
    assert "will be discarded" in asked[0]
    assert window.bar.lesson.currentData() == "xor"
    assert cursor(window) == kept
    answer(monkeypatch, accept=True)
    window.requests.ask_for_lesson("mnist")
    qtbot.waitUntil(lambda: window.controller.run.experiment.dataset == "mnist", timeout=30_000)


def test_an_edited_architecture_begins_a_new_run(qtbot: QtBot, window: MainWindow) -> None:
    experiment = window.controller.run.experiment
    hidden, output = experiment.layers
    window.form.experiment_edited.emit(experiment.replace(layers=(type(hidden)(5, "tanh", "xavier", True), output)))
    qtbot.waitUntil(lambda: window.controller.moment.snapshot.parameters["W1"].shape == (2, 5))
    assert window.bar.lesson.currentIndex() == -1  # it is no longer the lesson
    assert window.bar.lesson.placeholderText() == "My own"


def test_export_writes_both_animations_while_training_goes_on(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    train(qtbot, window, 500)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    window.controller.play()
    with qtbot.waitSignal(window.exports.finished, timeout=30_000) as finished:
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert [path.name for path in finished.args[0]] == ["weights_update.gif", "training_loss.gif"]
    for path in finished.args[0]:
        assert iio.imread(path).shape[1:] == (600, 800, 3)
    assert "Saved weights_update.gif" in window.notice.text


def test_a_cancelled_export_leaves_nothing_behind(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    train(qtbot, window, 100)
    window.exports.export_to(tmp_path)
    window.exports.cancel()
    qtbot.waitUntil(lambda: "cancelled" in window.notice.text, timeout=10_000)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_written_says_why_and_loses_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    train(qtbot, window, 100)
    before = cursor(window)
    window.exports.export_to(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: "does not exist" in window.notice.text, timeout=10_000)
    assert cursor(window) == before
    assert window.notice.isVisible()


@pytest.mark.parametrize("state", ["training", "exporting", "loading"])
def test_closing_stops_everything_within_two_seconds(
    qtbot: QtBot, settings: QSettings, tmp_path: Path, state: str
) -> None:
    window = open_window(qtbot, settings)
    if state == "loading":
        window.requests.choose_lesson("mnist")
    else:
        train(qtbot, window, 100)
        window.controller.play()
    if state == "exporting":
        window.exports.export_to(tmp_path)
    window.close()
    assert not window.exports.running
    assert window.controller._worker.isFinished()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("export")]
    assert list(tmp_path.glob("*.gif")) in ([], sorted(tmp_path.glob("*.gif")))
    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".gif", ".ini")]


def test_window_lesson_and_theme_are_remembered(qtbot: QtBot, settings: QSettings) -> None:
    first = open_window(qtbot, settings)
    first.appearance.choose(Colours.DARK)
    first.workspace.docks["weights"].close()
    first.requests.choose_lesson("mnist")
    first.close()
    second = open_window(qtbot, settings)
    assert second.theme is DARK
    assert second.workspace.docks["weights"].isHidden()
    qtbot.waitUntil(lambda: second.controller.run.experiment.dataset == "mnist", timeout=30_000)
    # Hidden for XOR only, where it has nothing to show; it must be back for MNIST.
    assert second.workspace.docks["accuracy"].isVisible()
    second.commands["reset_layout"].trigger()
    assert second.workspace.docks["weights"].isVisible()
    second.close()


def sizes(window: MainWindow) -> dict[str, tuple[int, int]]:
    QApplication.processEvents()
    docks = window.workspace.docks.items()
    return {name: (dock.width(), dock.height()) for name, dock in docks if not dock.visibleRegion().isEmpty()}


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the docks have their sizes: they come over several turns, on a busy machine over longer ones."""
    qtbot.waitUntil(lambda: not window.workspace._settling.isActive())
    for _ in range(20):
        QApplication.processEvents()


def test_panels_keep_their_sizes_from_start_to_start(qtbot: QtBot, settings: QSettings) -> None:
    first = open_window(qtbot, settings)
    settle(qtbot, first)
    before = sizes(first)
    first.close()
    for _ in range(3):
        again = open_window(qtbot, settings)
        settle(qtbot, again)
        assert sizes(again) == before
        again.close()


def test_reset_layout_puts_a_moved_panel_back(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    before = sizes(window)
    docks = window.workspace.docks
    window.workspace.tabifyDockWidget(docks["samples"], docks["weights"])
    docks["loss"].setFloating(True)
    docks["network"].close()
    window.commands["reset_layout"].trigger()

    def is_back() -> None:
        after = sizes(window)
        assert after.keys() == before.keys()
        for name in before:
            assert after[name] == pytest.approx(before[name], abs=2), name

    qtbot.waitUntil(is_back)


def test_a_header_without_controls_keeps_its_distance_from_the_panel(window: MainWindow) -> None:
    QApplication.processEvents()
    for name in ("experiment", "samples", "diagnosis"):
        assert window.workspace.docks[name].titleBarWidget().height() >= 36, name


def test_every_panel_gets_its_share_of_a_larger_window_and_gives_it_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.workspace._settling.isActive())
    before = sizes(window)
    window.resize(1920, 1080)
    larger = sizes(window)
    assert larger["experiment"][0] == pytest.approx(before["experiment"][0], abs=10), "a form needs no more width"
    for name in ("network", "samples", "loss"):
        growth = np.divide(larger[name], before[name])
        assert growth == pytest.approx(np.divide((1920 - 220, 1080 - 124), (1366 - 220, 768 - 124)), rel=0.06), name
    window.resize(1366, 768)
    assert sizes(window) == before
    network = window.workspace.docks["network"].geometry()
    line = QPoint(network.right() + 4, network.center().y())
    qtbot.mousePress(window.workspace, Qt.MouseButton.LeftButton, pos=line)
    target, left, none = QPointF(line - QPoint(40, 0)), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, target, window.workspace.mapToGlobal(target), left, left, none)
    QApplication.sendEvent(window.workspace, move)
    qtbot.waitUntil(lambda: sizes(window)["network"][0] < before["network"][0] - 20)
    qtbot.mouseRelease(window.workspace, Qt.MouseButton.LeftButton, pos=line - QPoint(40, 0))
    chosen = sizes(window)
    for size in ((1920, 1080), (1366, 768)):
        window.resize(*size)
        QApplication.processEvents()
    assert sizes(window) == chosen, "what a person has chosen is what is shared"


def test_a_changed_number_of_epochs_reaches_the_charts(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.set_epochs(300)
    qtbot.waitUntil(lambda: window.controller.reached.epochs == 300)
    train(qtbot, window, 300)
    assert window.controller.moment.finished
    assert "of 300 epochs" in window.panels["loss"].summary()


def test_clicking_a_connection_brings_up_its_chain_rule(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 50)
    inspector = window.workspace.docks["inspector"]
    window.panels["network"].parameter_selected.emit("W2", (1, 0))
    qtbot.waitUntil(lambda: not inspector.visibleRegion().isEmpty())
    assert inspector.caption().startswith("W2[1, 0]")


def test_settings_that_cannot_be_read_are_as_good_as_none(qtbot: QtBot, settings: QSettings) -> None:
    for key in ("geometry", "docks", "lesson", "theme", "export_folder"):
        settings.setValue(key, 17)
    window = open_window(qtbot, settings)
    assert window.theme is LIGHT
    assert window.bar.lesson.currentData() == "xor"
    window.close()


def test_a_missing_data_file_is_told_and_the_run_before_is_kept(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("backprop.datasets.MNIST_FILE", tmp_path / "mnist.npz")
    for box in (window.bar.lesson, window.form.field("dataset")):
        window.notice.hide()
        box.setCurrentIndex(box.findData("mnist"))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(lambda: window.notice.isVisible() and "is missing" in window.notice.text)
        qtbot.waitUntil(lambda: not window.controller.busy)
        assert window.controller.run.experiment.dataset == "xor"
        assert window.bar.lesson.currentData() == "xor"
        assert window.form.experiment().dataset == "xor"
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: cursor(window) == Cursor(0, 0, 1))


def test_where_the_last_lesson_cannot_be_loaded_the_window_opens_on_xor(
    qtbot: QtBot, settings: QSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("backprop.datasets.MNIST_FILE", tmp_path / "mnist.npz")
    Settings(settings).set_text("lesson", "mnist")
    window = open_window(qtbot, settings)
    assert window.bar.lesson.currentData() == "xor"
    assert "is missing" in window.notice.text
    assert window.notice.isVisible()
    window.close()


def test_every_button_has_a_name_and_a_tool_tip(window: MainWindow) -> None:
    for button in window.findChildren(QPushButton):
        if button.isVisible():
            assert button.accessibleName() or button.text(), button
            assert button.toolTip(), f"{button.text() or button.accessibleName()} has no tool tip"


def test_fifty_windows_leave_no_thread_and_no_widget(qtbot: QtBot, settings: QSettings) -> None:
    def census() -> tuple[int, int]:
        QApplication.processEvents()
        gc.collect()
        return threading.active_count(), len(QApplication.allWidgets())

    def once() -> None:
        window = MainWindow(Settings(settings))
        window.show()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete

    once()
    before = census()
    for _ in range(5):
        once()
    assert census() == before


def test_the_bar_fits_a_small_screen_at_every_pace_and_epoch(qtbot: QtBot, window: MainWindow) -> None:
    """A window that grows beyond the screen hides its own menu."""
    window.requests.ask_for_lesson("mnist")
    qtbot.waitUntil(lambda: window.controller.run.experiment.dataset == "mnist", timeout=30_000)
    bar = window.bar
    bar.epoch.set_value("9,999")
    bar.epoch.set_caption("Epoch of 10,000")
    bar.loss.set_caption("Loss, epoch 99")
    bar.right.set_value("99.99 %")
    bar.right.set_caption("Accuracy, epoch 99")
    widths = set()
    for pace in PACES:
        bar.set_pace(pace)
        assert bar.minimumSizeHint().width() <= 1366
        assert len(bar._row.rows()) == 1
        widths.add(bar.minimumSizeHint().width())
    assert len(widths) == 1, "nothing moves when the pace changes"


def test_the_bar_says_when_the_last_epoch_is_done(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.set_epochs(20)
    train(qtbot, window, epochs=20)
    qtbot.waitUntil(lambda: window.bar.epoch.caption() == "Last of 20")
    assert window.bar.epoch.value() == "19"
    window.controller.set_epochs(30)
    qtbot.waitUntil(lambda: window.bar.epoch.caption() == "Epoch of 30")


@pytest.mark.parametrize("size", [(1366, 768), (1010, 700)])
def test_a_window_at_rest_lays_nothing_out_again(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    """Docks that share a place, of which this run hides one, once kept the window laying out and painting for ever."""
    window.resize(*size)
    settle(qtbot, window)

    class Layouts(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Type.LayoutRequest
            return False

    layouts = Layouts()
    window.workspace.installEventFilter(layouts)
    for _ in range(50):
        QApplication.processEvents()
    window.workspace.removeEventFilter(layouts)
    assert layouts.count == 0


def test_what_stands_behind_another_panel_is_made_when_it_comes_to_the_front(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide, docks = window.guide, window.workspace.docks
    assert guide is not None
    arranged: list[Cursor] = []
    page = EquationPanel.page
    monkeypatch.setattr(EquationPanel, "page", lambda panel: arranged.append(cursor(window)) or page(panel))
    window.requests.choose_lesson("mnist")
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=30_000)
    assert arranged == []
    assert guide.area.widget() is None
    docks["equation"].raise_()
    docks["guide"].raise_()
    qtbot.waitUntil(lambda: bool(arranged) and guide.area.widget() is guide.page)
    window.controller.step(Unit.PHASE)
    qtbot.waitUntil(lambda: arranged[-1].phase == 1)
    docks["weights"].raise_()
    QApplication.processEvents()
    window.controller.step(Unit.PHASE)
    qtbot.waitUntil(lambda: cursor(window).phase == 2)
    assert arranged[-1].phase == 1
