"""The export dialog in the whole window: what is chosen, shown, refused, written and remembered."""

import csv
import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio.v3 as iio
import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.export.figure import Figure
from app.export.flow import ExportFlow
from app.export.formats import video
from app.export.moments import Every, Spread
from app.export.request import COMPOSED
from app.export_dialog.dialog import ExportDialog
from app.export_dialog.preview import Picture
from app.export_dialog.remembered import Spacing
from app.export_dialog.rows import NumberField
from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.run.controller import Controller
from app.run.pace import FASTEST, Unit
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar
from app.window.main_window import MainWindow
from backprop import LESSONS, Cursor


@pytest.fixture(scope="module")
def finished(qapp: QApplication) -> Iterator[Controller]:
    """A run of 200 epochs of XOR that has come to its end."""
    controller = Controller()
    controller.start_run(LESSONS["xor"].experiment.replace(epochs=200))
    wait(lambda: controller.reached is not None and not controller.busy)
    controller.set_pace(FASTEST)
    controller.play()
    wait(lambda: controller.reached.finished and not controller.playing)
    yield controller
    controller.stop()


@pytest.fixture
def exports(qtbot: QtBot, finished: Controller, settings: QSettings, tmp_path: Path) -> Iterator[ExportFlow]:
    settings.setValue("export_folder", str(tmp_path))
    ground, notice = QWidget(), NoticeBar()
    qtbot.addWidget(ground)
    qtbot.addWidget(notice)
    flow = ExportFlow(ground, finished, notice, Settings(settings))
    flow.notice = notice  # for the tests to read
    yield flow
    flow.stop()


@pytest.fixture
def dialog(qtbot: QtBot, finished: Controller, exports: ExportFlow, settings: QSettings) -> Iterator[ExportDialog]:
    finished.go_live()
    dialog = ExportDialog(finished, exports, Settings(settings), dict)
    qtbot.addWidget(dialog)
    dialog.open_for(LIGHT)
    dialog.form.size_field.set_size((320, 240))
    yield dialog
    dialog.stop()


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings, tmp_path: Path) -> Iterator[MainWindow]:
    settings.setValue("export_folder", str(tmp_path))
    settings.setValue("welcomed", "yes")
    window = MainWindow(Settings(settings))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.controller.moment is not None and window.complete, timeout=30_000)
    yield window
    window.close()


def wait(come_true: Callable[[], bool]) -> None:
    """Let the program work until ``come_true``."""
    deadline = QDeadlineTimer(60_000)
    while not come_true():
        assert not deadline.hasExpired()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def settle(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Wait until the dialog has said all that it has to say of what is chosen."""
    qtbot.waitUntil(
        lambda: bool(dialog.reason.text()) or dialog.preview.estimate.text() not in ("", "Estimating …"),
        timeout=20_000,
    )


def export(qtbot: QtBot, exports: ExportFlow, dialog: ExportDialog) -> Path:
    """Press Export, and return the file that is there when it is done."""
    with qtbot.waitSignal(exports.finished, timeout=30_000) as finished:
        dialog.start_button.click()
    (path,) = finished.args[0]
    assert isinstance(path, Path)
    return path


def name_file(dialog: ExportDialog, name: str) -> None:
    """Type ``name`` in the place of the path."""
    dialog.form.target.path.selectAll()
    QTest.keyClicks(dialog.form.target.path, name)


def test_what_is_chosen_is_shown_estimated_and_written(
    qtbot: QtBot, exports: ExportFlow, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.form.view.choose(COMPOSED)
    dialog.form.moments.spacing.choose(Spacing.EVERY)
    dialog.form.moments.count.setValue(50)
    dialog.form.frame_ms.setValue(200)
    dialog.form.hold_ms.setValue(800)
    dialog.form.look.choose("dark")
    dialog.form.caption.setText("A run")
    settle(qtbot, dialog)
    image = dialog.preview.picture.image
    assert image is not None
    assert (image.width(), image.height()) == (320, 240)
    assert image.pixelColor(1, 1).name().upper() == DARK.card
    assert "4 frame" in dialog.preview.estimate.text()
    assert "1.6 s" in dialog.preview.estimate.text()
    path = export(qtbot, exports, dialog)
    assert path == tmp_path / "xor-run.gif"
    assert iio.imread(path, index=...).shape == (4, 240, 320, 3)
    assert not dialog.isVisible()
    assert "Saved xor-run.gif in" in exports.notice.text


def test_the_preview_shows_the_frame_that_the_slider_asks_for(qtbot: QtBot, dialog: ExportDialog) -> None:
    settle(qtbot, dialog)
    last = dialog.preview.picture.image
    with qtbot.waitSignal(dialog.rehearsal.previewed, timeout=20_000):
        dialog.preview.slider.setValue(0)
    assert dialog.preview.which.text() == "1 of 100"
    assert dialog.preview.picture.image != last


def test_a_picture_that_is_no_longer_that_of_what_is_chosen_looks_so(qtbot: QtBot) -> None:
    picture = Picture()
    qtbot.addWidget(picture)
    picture.show_image(QImage(4, 3, QImage.Format.Format_RGB32))
    picture.expect()
    assert not picture.is_stale, "most pictures are there at once"
    qtbot.waitUntil(lambda: picture.is_stale)
    picture.show_image(QImage(4, 3, QImage.Format.Format_RGB32))
    assert not picture.is_stale


def test_nothing_is_said_of_a_table_where_there_is_none(dialog: ExportDialog) -> None:
    dialog.form.target.format.choose("csv")
    assert "table" in dialog.preview.picture.words
    dialog.form.target.format.choose("gif")
    assert dialog.preview.picture.words == ""
    assert dialog.preview.which.text() == ""


def test_the_size_does_not_move_the_form(dialog: ExportDialog) -> None:
    widths = set()
    for row in range(dialog.form.size_field.preset.count()):
        dialog.form.size_field.preset.choose(dialog.form.size_field.preset.itemData(row))
        QApplication.processEvents()
        widths.add(dialog.form.sizeHint().width())
    assert len(widths) == 1


def test_numbers_begin_where_other_values_do_at_any_size_of_text(qtbot: QtBot, qapp: QApplication) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    field.show()
    edit = field.findChild(QLineEdit)
    before = edit.textMargins().left()
    install(qapp, LIGHT, text_scale=2.0)
    try:
        QApplication.processEvents()
        assert edit.textMargins().left() == 2 * before
    finally:
        install(qapp, LIGHT)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_labels_stand_at_the_height_of_their_fields(dialog: ExportDialog, qapp: QApplication, scale: float) -> None:
    install(qapp, LIGHT, text_scale=scale)
    try:
        QApplication.processEvents()
        for label in dialog.form.findChildren(QLabel):
            field = label.buddy()
            if field in (dialog.form.view, dialog.form.size_field.preset, dialog.form.frame_ms, dialog.form.colours):
                top = label.mapTo(dialog, label.contentsRect().topLeft()).y()
                middle = field.mapTo(dialog, field.rect().center()).y()
                assert abs(top + label.fontMetrics().height() / 2 - middle) <= 1.5, label.text()
    finally:
        install(qapp, LIGHT)


def test_the_range_is_dragged_or_moved_by_keys(qtbot: QtBot, dialog: ExportDialog) -> None:
    strip = dialog.form.moments.strip
    assert strip.range() == (None, None)
    assert strip.words() == ("Start", "Epoch 199")

    def drag(handle: QWidget, share: float) -> None:
        start = handle.geometry().center()
        goal = QPoint(round(strip.width() * share), start.y())
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(strip, goal)
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=goal)

    drag(strip.first, 0.25)
    drag(strip.last, 0.75)
    first, last = strip.range()
    assert first is not None
    assert last is not None
    assert 40 <= first.epoch <= 60
    assert 140 <= last.epoch <= 160
    for handle, key, before in ((strip.first, Qt.Key.Key_Right, first), (strip.last, Qt.Key.Key_Left, last)):
        handle.setFocus()
        QTest.keyClick(handle, key)
        now = strip.range()[0 if handle is strip.first else 1]
        assert now is not None
        assert now.epoch == before.epoch + (1 if key == Qt.Key.Key_Right else -1)
        assert handle.accessibleDescription() == f"Epoch {now.epoch}"
    QTest.keyClick(strip.last, Qt.Key.Key_Home)  # no range ends before it begins
    assert strip.range()[0] == strip.range()[1]
    QTest.keyClick(strip.last, Qt.Key.Key_End)
    QTest.keyClick(strip.first, Qt.Key.Key_Home)
    assert strip.range() == (None, None)


def test_the_range_takes_the_moment_on_the_screen(
    qtbot: QtBot, finished: Controller, exports: ExportFlow, dialog: ExportDialog
) -> None:
    finished.seek_cursor(Cursor(60, 0, 3))
    qtbot.waitUntil(lambda: not finished.live and finished.moment.snapshot.cursor.epoch == 60)
    dialog.form.moments.begin_here.click()
    assert dialog.form.moments.strip.range() == (Cursor(60, 0, 3), None)
    dialog.form.target.format.choose("png")
    dialog.form.moments.end_here.click()
    assert dialog.form.moments.strip.range() == (None, Cursor(60, 0, 3))
    path = export(qtbot, exports, dialog)
    assert path.suffix == ".png"
    assert iio.imread(path).shape == (240, 320, 3)


def test_a_table_has_a_row_for_each_moment_and_no_picture(
    qtbot: QtBot, exports: ExportFlow, dialog: ExportDialog
) -> None:
    dialog.form.moments.spacing.choose(Spacing.EVERY)
    dialog.form.target.format.choose("csv")
    assert not dialog.form.size_field.isVisible()
    assert dialog.preview.picture.image is None
    path = export(qtbot, exports, dialog)
    assert path.name == "xor-metrics.csv"
    with path.open(newline="") as file:
        assert len(list(csv.reader(file))) == 201


@pytest.mark.parametrize(
    ("spoil", "field", "words"),
    [
        (lambda dialog: dialog.form.size_field.wide.setValue(20), "size", "choose sides of"),
        (lambda dialog: dialog.form.frame_ms.setValue(0), "frame_ms", "A frame cannot last 0 ms"),
        (lambda dialog: dialog.form.hold_ms.setValue(900_000), "hold_ms", "cannot stay 900,000 ms"),
        (lambda dialog: name_file(dialog, "run.doc"), "target", "does not end like"),
        (lambda dialog: name_file(dialog, "/nowhere/run.gif"), "target", "does not exist"),
        (lambda dialog: name_file(dialog, " "), "target", "no name yet"),
    ],
)
def test_what_makes_no_sense_is_marked_where_it_stands(
    dialog: ExportDialog, spoil: object, field: str, words: str
) -> None:
    spoil(dialog)
    assert words in dialog.form.error(field)
    assert dialog.reason.text() == "Mend what is marked, then the export can begin."
    assert not dialog.start_button.isEnabled()
    assert dialog.preview.picture.image is None
    marked = [widget for widget in dialog.findChildren(QWidget) if widget.property("invalid")]
    assert marked
    assert all(words in widget.accessibleDescription() for widget in marked)
    name_file(dialog, "run.gif")
    dialog.form.size_field.set_size((320, 240))
    dialog.form.frame_ms.setValue(100)
    dialog.form.hold_ms.setValue(100)
    dialog._change()
    assert dialog.start_button.isEnabled()
    assert not [widget for widget in dialog.findChildren(QWidget) if widget.property("invalid")]


def test_moments_that_are_none_are_refused_after_a_look(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.form.moments.spacing.choose(Spacing.EVERY)
    strip = dialog.form.moments.strip
    strip.set_last(Cursor(3, 0, 2))
    strip.set_first(Cursor(3, 0, 1))
    strip.changed.emit()
    settle(qtbot, dialog)
    assert "There is nothing to export" in dialog.form.error("moments")
    assert not dialog.start_button.isEnabled()


def test_a_format_that_is_not_installed_tells_the_command(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(video.importlib.util, "find_spec", lambda name: None)
    dialog = request.getfixturevalue("dialog")
    row = dialog.form.target.format.row_of("mp4")
    assert row is not None
    assert "not installed" in dialog.form.target.format.itemText(row)
    dialog.form.target.format.choose("mp4")
    assert "pip install imageio-ffmpeg" in dialog.form.error("format")
    assert not dialog.start_button.isEnabled()


def test_format_and_file_follow_each_other(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.form.request().target == tmp_path / "xor-weights.gif"
    dialog.form.view.choose(("loss",))
    dialog.form.target.format.choose("webp")
    assert dialog.form.request().target == tmp_path / "xor-loss.webp"
    name_file(dialog, "mine.png")  # without a folder it goes where the last one went
    assert dialog.form.target.format.key() == "png"
    dialog.form.view.choose(("weights",))  # a name that a person has given stays
    dialog.form.target.format.choose("gif")
    assert dialog.form.request().target == tmp_path / "mine.gif"
    assert not dialog.form.target.note.isVisible()
    (tmp_path / "mine.gif").touch()
    dialog.form.target.format.choose("png")
    dialog.form.target.format.choose("gif")
    assert dialog.form.target.note.isVisible()


def test_the_file_can_be_chosen(monkeypatch: pytest.MonkeyPatch, dialog: ExportDialog, tmp_path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "chosen.apng"), ""))
    dialog.form.target.browse.click()
    assert dialog.form.request().target == tmp_path / "chosen.apng"
    assert dialog.form.target.format.key() == "apng"


def test_one_export_at_a_time_and_cancel_leaves_nothing(
    qtbot: QtBot, exports: ExportFlow, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.form.moments.frames.setValue(200)
    dialog.start_button.click()
    assert exports.running
    assert "Exporting xor-weights.gif" in exports.notice.text
    dialog.open_for(LIGHT)
    assert "An export is under way" in dialog.reason.text()
    assert not dialog.start_button.isEnabled()
    exports.start()
    assert "An export is under way" in exports.notice.text
    exports.cancel()
    qtbot.waitUntil(lambda: not exports.running, timeout=20_000)
    assert "cancelled" in exports.notice.text
    assert dialog.start_button.isEnabled()
    assert not list(tmp_path.iterdir())


def test_in_the_window_a_run_goes_on_while_it_is_exported(qtbot: QtBot, window: MainWindow) -> None:
    window.controller.set_pace(FASTEST)
    window.controller.set_epochs(10_000_000)
    window.controller.play()
    qtbot.waitUntil(lambda: window.controller.reached.position > 600)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.beside.exporter
    assert dialog is not None
    assert not dialog.isModal()
    titles = {dialog.form.view.itemText(row) for row in range(dialog.form.view.count())}
    assert {"Network, loss and matrices", "Weights", "Loss", "Diagnosis"} <= titles
    assert window.commands["export_as"] in window.bar.export.actions()
    assert window.commands["export_as"] in window.bar.menu.menu().actions()
    dialog.form.size_field.set_size((320, 240))
    path = export(qtbot, window.exports, dialog)
    assert window.controller.playing
    assert len(iio.imread(path, index=...)) > 1


def test_closing_the_window_ends_preview_and_export(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.commands["export_as"].trigger()
    dialog = window.beside.exporter
    assert dialog is not None
    dialog.form.moments.frames.setValue(200)
    dialog.start_button.click()
    window.commands["export_as"].trigger()
    dialog._rehearse()
    window.close()
    assert not window.exports.running
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("export")]
    assert not list(tmp_path.iterdir())


def test_another_run_is_offered_its_own_views_and_range(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["export_as"].trigger()
    dialog = window.beside.exporter
    assert dialog is not None
    assert dialog.form.view.row_of(("accuracy",)) is None
    window.requests.choose_lesson("mnist")
    qtbot.waitUntil(lambda: dialog.form.view.row_of(("accuracy",)) is not None, timeout=60_000)
    qtbot.waitUntil(lambda: dialog.form.request().target.name == "mnist-weights.gif")


def test_choices_are_remembered_but_not_the_range(
    qtbot: QtBot, finished: Controller, exports: ExportFlow, dialog: ExportDialog, settings: QSettings
) -> None:
    dialog.form.view.choose(("loss",))
    dialog.form.moments.show_spacing(Spacing.EVERY, 7, Unit.BATCH, 12)
    dialog.form.size_field.preset.choose((1080, 1080))
    dialog.form.frame_ms.setValue(40)
    dialog.form.look.choose("dark")
    dialog.form.colours.choose("diverging")
    dialog.form.target.format.choose("apng")
    dialog.form.moments.strip.set_first(Cursor(20, 0, 6))
    dialog.close()
    again = ExportDialog(finished, exports, Settings(settings), dict)
    qtbot.addWidget(again)
    again.open_for(LIGHT)
    request = again.form.request()
    assert request.views == ("loss",)
    assert request.moments.spacing == Every(7, Unit.BATCH)
    assert request.moments.first is None
    assert (request.size, request.frame_ms, request.theme) == ((1080, 1080), 40, "dark")
    assert (request.colours, request.format_name) == ("diverging", "apng")
    again.form.moments.spacing.choose(Spacing.CHANGE)
    assert again.form.request().moments.spacing == Spread(12, even_change=True)
    again.stop()
    again.close()


@pytest.mark.parametrize("kept", ["", "{", '{"views": 3}', '{"views": ["nothing"], "format_name": "doc"}'])
def test_settings_that_cannot_be_read_do_no_harm(
    settings: QSettings, kept: str, request: pytest.FixtureRequest
) -> None:
    settings.setValue("export_choices", kept)
    chosen = request.getfixturevalue("dialog").form.request()
    chosen.check()
    assert chosen.views == ("weights",)
    assert chosen.format_name == "gif"


def test_everything_has_a_name_a_tip_and_is_reached_by_tab(qtbot: QtBot, dialog: ExportDialog) -> None:
    kinds = (QAbstractSlider, QLineEdit, QPushButton, type(dialog.form.view), type(dialog.form.frame_ms))
    for kind in kinds:
        for widget in dialog.findChildren(kind):
            if not widget.isVisible() or widget.objectName().startswith("qt_") or not widget.focusPolicy():
                continue
            assert widget.toolTip() or widget.parentWidget().toolTip(), widget
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    dialog.activateWindow()
    dialog.form.view.setFocus()
    reached = set()
    for _ in range(40):
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    for widget in (
        dialog.form.moments.strip.first,
        dialog.form.moments.strip.last,
        dialog.form.caption,
        dialog.preview.slider,
    ):
        assert widget in reached
    assert {dialog.form.target.path, dialog.start_button, dialog.close_button} <= reached
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_presses_the_button_that_has_the_focus_and_otherwise_exports(
    qtbot: QtBot, exports: ExportFlow, dialog: ExportDialog
) -> None:
    dialog.form.moments.strip.set_first(Cursor(20, 0, 6))
    dialog.activateWindow()
    dialog.form.moments.begin_here.setFocus()
    QTest.keyClick(dialog.form.moments.begin_here, Qt.Key.Key_Return)
    assert dialog.form.moments.strip.words() == ("Epoch 199", "Epoch 199")
    assert not exports.running
    dialog.form.caption.setFocus()
    with qtbot.waitSignal(exports.finished, timeout=30_000):
        QTest.keyClick(dialog.form.caption, Qt.Key.Key_Return)


def test_no_hidden_panels_stay_when_the_dialog_is_closed(qtbot: QtBot, dialog: ExportDialog) -> None:
    def figures() -> int:
        gc.collect()
        return sum(isinstance(widget, Figure) for widget in QApplication.topLevelWidgets())

    settle(qtbot, dialog)
    assert figures()
    dialog.close()
    qtbot.waitUntil(lambda: not figures())


def test_the_strip_follows_the_theme(dialog: ExportDialog) -> None:
    for theme in (DARK, LIGHT):
        dialog.set_theme(theme)
        image = dialog.form.moments.strip.grab().toImage()
        colours = {image.pixelColor(x, image.height() // 3).name().upper() for x in range(image.width())}
        assert theme.card in colours
