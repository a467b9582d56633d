"""What nobody has caught: the run is saved first, one calm dialog, a report without anything personal, no storm."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.crash.report import make_report, without_home
from app.crash.reporter import CrashReporter
from app.files.recovery import leftovers
from app.run.pace import Unit
from app.settings import Settings
from app.window.main_window import MainWindow
from backprop import Cursor
from backprop.session import open_session


class Desk(QWidget):
    """A window with a button whose slot raises."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("divide", self)
        self.button.clicked.connect(self._divide)
        self.closed = False
        self.saved: list[str] = []

    def _divide(self) -> None:
        raise ZeroDivisionError("nothing can be divided by nought")

    def save_run(self) -> Path | None:
        self.saved.append("run")
        return Path("run.backprop")

    def closeEvent(self, event: object) -> None:
        self.closed = True


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    return desk


@pytest.fixture
def reporter(desk: Desk) -> Iterator[CrashReporter]:
    reporter = CrashReporter(desk, desk.save_run)
    reporter.install()
    yield reporter
    reporter.uninstall()


def test_an_exception_in_a_slot_saves_the_run_and_opens_one_dialog(
    qtbot: QtBot, desk: Desk, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    desk.button.click()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    dialog = reporter.dialog
    assert dialog is not None
    assert desk.saved == ["run"]
    assert "Your run is saved" in dialog.sentence.text()
    assert "ZeroDivisionError: nothing can be divided by nought" in dialog.report.toPlainText()
    assert "NumPy: " in dialog.report.toPlainText()
    assert "uncaught" in caplog.text
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    dialog.continue_button.click()
    assert reporter.dialog is None
    assert not desk.closed


def test_the_run_that_was_saved_is_offered_at_the_next_start(qtbot: QtBot, settings: QSettings, tmp_path: Path) -> None:
    window = MainWindow(Settings(settings))
    window.show()
    qtbot.waitUntil(lambda: window.controller.reached is not None and window.complete)
    window.files.begin(tmp_path)
    window.controller.step(Unit.EPOCH)
    qtbot.waitUntil(lambda: window.controller.reached.snapshot.epochs_done == 1)
    window.commands["about"].triggered.connect(lambda: 1 / 0)
    reporter = CrashReporter(window, window.files.keep_safe)
    reporter.install()
    try:
        window.commands["about"].trigger()
        qtbot.waitUntil(lambda: reporter.dialog is not None)
        assert reporter.dialog is not None
        assert "Your run is saved" in reporter.dialog.sentence.text()
        reporter.dialog.quit_button.click()
    finally:
        reporter.uninstall()
    (slot,) = leftovers(tmp_path)
    assert open_session(slot.path).cursor == Cursor(0, 0, 6)
    slot.discard()
    window.deleteLater()


def test_the_same_exception_again_is_only_logged(
    qtbot: QtBot, desk: Desk, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(20):
        desk.button.click()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    reporter.dialog.accept()
    desk.button.click()
    qtbot.wait(20)
    assert reporter.dialog is None
    assert desk.saved == ["run"]
    assert caplog.text.count("uncaught") == 21


def test_another_exception_while_the_dialog_is_open_is_only_logged(
    qtbot: QtBot, desk: Desk, reporter: CrashReporter
) -> None:
    desk.button.click()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    first = reporter.dialog
    QTimer.singleShot(0, desk, lambda: {}["missing"])
    qtbot.wait(20)
    assert reporter.dialog is first
    first.accept()


def test_an_exception_in_a_thread_is_told_in_the_window(qtbot: QtBot, reporter: CrashReporter) -> None:
    thread = threading.Thread(target=lambda: [][0])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    assert "IndexError" in reporter.dialog.report.toPlainText()
    reporter.dialog.accept()


def test_a_run_that_cannot_be_saved_does_not_make_things_worse(qtbot: QtBot, desk: Desk) -> None:
    def fail() -> Path | None:
        raise OSError("the disk is full")

    reporter = CrashReporter(desk, fail)
    reporter.install()
    try:
        desk.button.click()
        qtbot.waitUntil(lambda: reporter.dialog is not None)
        assert reporter.dialog is not None
        assert "saved" not in reporter.dialog.sentence.text()
        reporter.dialog.accept()
    finally:
        reporter.uninstall()


def test_quit_closes_the_window_in_the_ordinary_way(qtbot: QtBot, desk: Desk, reporter: CrashReporter) -> None:
    desk.button.click()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    reporter.dialog.quit_button.click()
    assert desk.closed


def test_the_report_names_no_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, real = tmp_path / "home", tmp_path / "disk" / "ada"
    real.mkdir(parents=True)
    home.symlink_to(real)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert without_home(f'File "{home}/app.py" and {real}/log') == 'File "~/app.py" and ~/log'
    log = home / "backscope.log"
    log.write_text(f"WARNING could not write {home}/run.backprop\n")
    monkeypatch.setattr("app.crash.report.last_lines", lambda _: log.read_text())
    report = make_report(OSError(f"cannot write {home}/x"))
    assert "could not write ~/run.backprop" in report
    assert str(tmp_path) not in report


def test_what_qt_says_is_logged(reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    reporter._take_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "a timer was stopped by another thread")
    assert ("qt", logging.WARNING, "a timer was stopped by another thread") in caplog.record_tuples


def test_the_run_is_saved_before_a_fatal_message_of_qt_ends_the_process(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import qFatal
from PySide6.QtWidgets import QApplication, QWidget
from app.crash.reporter import CrashReporter
app = QApplication([])
window = QWidget()
def save_run():
    file = Path({str(tmp_path / "run")!r})
    file.write_text("saved")
    return file
CrashReporter(window, save_run).install()
qFatal("the platform is gone")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert "the platform is gone" in ended.stderr
    assert (tmp_path / "run").read_text() == "saved"
