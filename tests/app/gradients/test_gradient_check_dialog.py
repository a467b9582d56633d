"""The gradient check in its window: the moment on the screen, a table, a verdict, and an end that comes at once."""

import os
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.gradients import dialog as dialogs
from app.gradients import job as jobs
from app.gradients.dialog import GradientCheckDialog
from app.gradients.job import affordable
from app.gradients.report import INSTALL_COMMAND, GradientReport
from app.look.theme import DARK, LIGHT
from backprop import LESSONS, Cursor, Dataset, Layer, Snapshot, Trainer
from backprop.arrays import Array
from backprop.gradient_check import CheckPoint, check_differences
from backprop.layers import Dense

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[GradientCheckDialog]:
    window = GradientCheckDialog(LIGHT)
    qtbot.addWidget(window)
    yield window
    window.stop()


@pytest.fixture
def no_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (dialogs, jobs):
        monkeypatch.setattr(module, "tensorflow_installed", lambda: False)


@pytest.fixture(scope="module")
def xor_moment(xor: Dataset) -> Snapshot:
    trainer = Trainer(XOR.replace(epochs=101), xor)
    trainer.run()
    return trainer.snapshot_at(Cursor(100, 0, 5))


@pytest.fixture(scope="module")
def mnist_moment(mnist: Dataset) -> Snapshot:
    trainer = Trainer(MNIST, mnist)
    trainer.step_batch()
    return trainer.snapshot()


def check(qtbot: QtBot, dialog: GradientCheckDialog, moment: Snapshot, timeout: int = 60_000) -> GradientReport:
    dialog.check(moment)
    assert dialog.job is not None
    job = dialog.job
    qtbot.waitUntil(lambda: not job.is_running, timeout=timeout)
    assert dialog.report is not None
    return dialog.report


def cell(dialog: GradientCheckDialog, row: int, column: int) -> str:
    return dialog.table.item(row, column).text().replace("−", "-")


def checking() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "gradient-check"]


@pytest.mark.usefixtures("no_tensorflow")
def test_the_moment_on_the_screen_is_checked(qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot) -> None:
    report = check(qtbot, dialog, xor_moment)
    assert report.differences == check_differences(CheckPoint.at(xor_moment))
    assert "epoch 100, batch 0, after Backward 1, with the 4 samples" in dialog.what.text()
    assert [cell(dialog, row, 0) for row in range(2)] == ["W1", "W2"]
    assert [cell(dialog, row, 1) for row in range(2)] == ["4 of 4", "2 of 2"]
    for row, found in enumerate(report.differences):
        assert float(cell(dialog, row, 2)) == pytest.approx(found.relative_error, rel=0.06)
        assert not dialog.table.item(row, 2).icon().isNull()
        assert f"{found.ours:.9g}".replace("-", "−") in dialog.table.item(row, 2).toolTip()
    assert dialog.verdict.text().replace("−", "-") == report.verdict()
    assert dialog.verdict.text().startswith("Every gradient is right")
    assert not dialog.progress.isVisible()
    assert not checking()


@pytest.mark.usefixtures("no_tensorflow")
def test_without_tensorflow_it_says_how_to_get_it(
    qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot
) -> None:
    report = check(qtbot, dialog, xor_moment)
    assert report.tensorflow is None
    assert INSTALL_COMMAND in dialog.notes.text()
    assert cell(dialog, 0, 3) == "–"


@pytest.mark.usefixtures("no_tensorflow")
def test_a_wrong_gradient_is_found_and_told_with_more_than_a_colour(
    qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Dense.compute_gradients

    def wrong(self: Dense, x: Array, delta: Array) -> None:
        right(self, x, delta)
        if self.weights.shape == (2, 2):
            self.weights_gradient[1, 0] *= 1.01

    monkeypatch.setattr(Dense, "compute_gradients", wrong)
    report = check(qtbot, dialog, xor_moment)
    assert not report.passed
    assert "WRONG" in dialog.verdict.text()
    assert "report this as a bug" in dialog.notes.text()
    first, second = (dialog.table.item(row, 2) for row in range(2))
    assert "W1[1, 0]" in first.toolTip()
    assert first.font().bold()
    assert not second.font().bold()
    assert "wrong" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "right" in second.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.usefixtures("no_tensorflow")
def test_what_no_difference_can_tell_is_left_out_and_said(
    qtbot: QtBot, dialog: GradientCheckDialog, xor: Dataset
) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(3, "relu", "he"), Layer(1))), xor)
    check(qtbot, dialog, trainer.snapshot())
    assert "before the first phase" in dialog.what.text()
    assert "3 numbers at the corner of a ReLU" in dialog.notes.text()
    assert cell(dialog, 1, 1) == "0 of 3"
    assert cell(dialog, 1, 2) == "–"
    assert dialog.verdict.text().startswith("Every gradient that could be checked is right")


@pytest.mark.usefixtures("no_tensorflow")
def test_a_diverged_moment_is_told_in_words(qtbot: QtBot, dialog: GradientCheckDialog, xor: Dataset) -> None:
    moment = Trainer(XOR, xor).snapshot()
    weights = {name: value.copy() for name, value in moment.parameters.items()}
    weights["W2"][0, 0] = np.nan
    object.__setattr__(moment, "parameters", weights)
    dialog.check(moment)
    qtbot.waitUntil(lambda: not dialog.job.is_running)
    assert "no longer finite" in dialog.verdict.text()
    assert not dialog.copy_button.isEnabled()


def test_tensorflow_is_asked_in_a_process_of_its_own(
    qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot
) -> None:
    pytest.importorskip("tensorflow")
    dialog.check(xor_moment)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not dialog.job.is_running, timeout=300_000)
    assert dialog.report is not None
    assert dialog.report.tensorflow is not None
    assert max(found.relative_error for found in dialog.report.tensorflow) < 1e-12
    assert [found.name for found in dialog.report.tensorflow] == ["W1", "W2"]
    assert dialog.verdict.text().startswith("Every gradient is right")


def test_a_tensorflow_that_fails_is_told_and_spoils_nothing(
    qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (dialogs, jobs):
        monkeypatch.setattr(module, "tensorflow_installed", lambda: True)
    monkeypatch.setattr(jobs, "_answer", os.getpid)  # does not take what it is given
    report = check(qtbot, dialog, xor_moment)
    assert report.tensorflow is None
    assert report.passed
    assert "could not be asked" in dialog.notes.text()
    assert INSTALL_COMMAND not in dialog.notes.text()


def test_closing_ends_everything_within_two_seconds(
    qtbot: QtBot, dialog: GradientCheckDialog, mnist_moment: Snapshot
) -> None:
    dialog.check(mnist_moment)
    assert dialog.isVisible()
    assert not dialog.isModal()
    qtbot.waitUntil(lambda: dialog.progress.value() > 5, timeout=60_000)
    assert checking()
    begun = time.perf_counter()
    dialog.close()
    assert time.perf_counter() - begun < 2.0
    assert not checking()
    assert dialog.report is None


@pytest.mark.usefixtures("no_tensorflow")
def test_cancel_gives_a_check_up_and_another_can_begin(
    qtbot: QtBot, dialog: GradientCheckDialog, mnist_moment: Snapshot, xor_moment: Snapshot
) -> None:
    dialog.check(mnist_moment)
    qtbot.waitUntil(lambda: dialog.progress.value() > 2, timeout=60_000)
    assert "of 538 numbers" in dialog.verdict.text()
    assert dialog.close_button.text() == "Cancel"
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not dialog.job.is_running)
    assert "cancelled" in dialog.verdict.text()
    assert dialog.table.rowCount() == 0
    assert dialog.isVisible()
    check(qtbot, dialog, xor_moment)
    assert dialog.table.rowCount() == 2
    dialog.close_button.click()
    assert not dialog.isVisible()


@pytest.mark.usefixtures("no_tensorflow")
def test_a_second_moment_takes_the_place_of_the_first(
    qtbot: QtBot, dialog: GradientCheckDialog, mnist_moment: Snapshot, xor_moment: Snapshot
) -> None:
    dialog.check(mnist_moment)
    check(qtbot, dialog, xor_moment)
    assert len(checking()) == 0
    assert [cell(dialog, row, 0) for row in range(dialog.table.rowCount())] == ["W1", "W2"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("no_tensorflow")
def test_what_is_copied(qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot) -> None:
    dialog.check(xor_moment)
    assert not dialog.copy_button.isEnabled()
    assert "nothing to copy" in dialog.copy_button.toolTip()
    qtbot.waitUntil(lambda: not dialog.job.is_running)
    assert dialog.report is not None
    dialog.copy_button.click()
    first, *rest = QGuiApplication.clipboard().text().splitlines()
    assert first == dialog.what.text()
    assert "\n".join(rest) == dialog.report.to_text()


@pytest.mark.usefixtures("no_tensorflow")
def test_signs_follow_the_theme(qtbot: QtBot, dialog: GradientCheckDialog, xor_moment: Snapshot) -> None:
    check(qtbot, dialog, xor_moment)
    for theme in (LIGHT, DARK):
        dialog.set_theme(theme)
        sign = dialog._sign.pixmap().toImage()
        colours = {sign.pixelColor(x, y).name().upper() for x in range(sign.width()) for y in range(sign.height())}
        assert theme.right in colours


def test_a_large_network_is_checked_in_part(mnist: Dataset, mnist_moment: Snapshot) -> None:
    assert affordable(mnist_moment) == (64, 200)
    wide = Trainer(MNIST.replace(layers=(Layer(4096), Layer(512), Layer(10)), batch_size=None), mnist)
    samples, numbers = affordable(wide.snapshot())
    assert 1 <= samples < 256
    assert 20 <= numbers <= 200
